import Engine

/// Who answers when a plan asks a person.
public enum Operator: String, Sendable, CaseIterable {
    case yes, no
    /// Nobody can be asked: there is no terminal.
    case nobody
    /// There is a terminal and nobody answers.
    case silent
}

extension Operator {
    /// What asking exits with; a silent one never ends.
    func exitCode(unattended: Command.Unattended) -> Int32 {
        switch (self, unattended) {
        case (.yes, _), (.nobody, .yes): 0
        case (.no, _), (.nobody, .no): 1
        case (.nobody, .refuse), (.nobody, .wait), (.silent, _): Command.nobodyToAsk
        }
    }
}
