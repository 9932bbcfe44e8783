import Foundation

/// The inputs that are kept: those that once failed, and those that reach a rare place.
struct Corpus {
    static let folder = "Tests/Fuzz/Corpus"
    private static let suffix = ".input"

    /// One file of it.
    struct Entry {
        let name: String
        let input: Input
    }

    let repository: Repository
    let target: String

    private var folder: String { "\(Self.folder)/\(target)" }

    /// All inputs in the order of their names; a file that is none stops everything.
    var entries: [Entry] {
        repository.names(in: folder).filter { $0.hasSuffix(Self.suffix) }.map { name in
            guard let bytes = repository.bytes("\(folder)/\(name)"), let input = Input(file: bytes)
            else { preconditionFailure("\(folder)/\(name) is no input") }
            return Entry(name: name, input: input)
        }
    }

    /// Keeps an input; answers with its path.
    func keep(_ input: Input, as kind: String) throws -> String {
        let bytes = input.file
        let name = "\(kind)-\(String(fingerprint(bytes), radix: 16))\(Self.suffix)"
        let top = repository.root.appending(path: folder)
        try FileManager.default.createDirectory(at: top, withIntermediateDirectories: true)
        try Data(bytes).write(to: top.appending(path: name))
        return "\(folder)/\(name)"
    }
}
