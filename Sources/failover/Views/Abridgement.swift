import Simulation

/// An account without what only shows that all goes on as it should.
///
/// Before anything goes wrong a story is told by what is done to the pair and by its runs; from
/// then on by all that is not routine, until it has ended badly.
struct Abridgement {
    enum Row {
        case line(Account.Line)
        /// So many lines are left out.
        case left(Int)
    }

    let rows: [Row]

    /// So many lines before a mishap or the bad end are told in any case.
    private static let near = 2
    /// Fewer lines than that are not worth a mark in their place.
    private static let worth = 2
    /// More lines than that nobody reads: those in the middle are left out.
    private static let most = 44

    init(_ account: Account) {
        let lines = account.lines
        let first = lines.firstIndex { $0.kind == .mishap } ?? lines.endIndex
        let end = lines.firstIndex { $0.kind == .breach } ?? lines.endIndex
        var isTold = lines.enumerated().map { index, line in
            switch line.kind {
            case .act, .mishap, .run, .breach: index <= end
            default: index > first && index < end && !line.kind.isRoutine
            }
        }
        for (index, line) in lines.enumerated() where index <= end {
            guard line.kind == .mishap || line.kind == .breach else { continue }
            for near in max(0, index - Self.near)..<index { isTold[near] = true }
        }
        Self.shorten(&isTold)
        var rows: [Row] = []
        var index = 0
        while index < lines.count {
            let next = isTold[index...].firstIndex(of: true) ?? lines.count
            if next - index >= Self.worth {
                rows.append(.left(next - index))
                index = next
            } else {
                rows.append(.line(lines[index]))
                index += 1
            }
        }
        self.rows = rows
    }

    private static func shorten(_ isTold: inout [Bool]) {
        let told = isTold.indices.filter { isTold[$0] }
        guard told.count > most else { return }
        for index in told.dropFirst(most * 2 / 3).dropLast(most / 3) { isTold[index] = false }
    }
}
