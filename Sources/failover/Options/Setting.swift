import ArgumentParser

/// `name=value` on the command line: a parameter of the plan, or an assumption of a preview.
struct Setting: ExpressibleByArgument {
    let name: String
    let text: String

    init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
    }

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else {
            return nil
        }
        name = String(argument[..<equals])
        text = String(argument[argument.index(after: equals)...])
    }
}
