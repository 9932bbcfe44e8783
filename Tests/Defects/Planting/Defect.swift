/// A defect that is planted to see whether the verifier finds it.
///
/// Its file is a diff with a heading: what is wrong, and how it comes to light.
public struct Defect: Sendable {
    /// The name of its file.
    public let name: String
    /// What is wrong, in a sentence.
    public let sentence: String
    /// What is played, in the words of `Words`.
    public let play: [String]
    /// The kind of breach that must be found.
    public let breach: String
    /// What the shipped plans are changed by besides, with the defect and without; nil for nothing.
    public let witness: String?
    /// The change itself.
    public let diff: Diff

    /// Reads a file of `Tests/Defects`; nil when its heading lacks something.
    public init?(name: String, text: String) {
        var sentence: [Substring] = []
        var values: [Substring: Substring] = [:]
        for line in text.split(separator: "\n").prefix(while: { !$0.hasPrefix("--- ") }) {
            if let key = ["play", "breach", "plans"].first(where: { line.hasPrefix("\($0): ") }) {
                values[key[...]] = line.dropFirst(key.count + 2)
            } else {
                sentence.append(line)
            }
        }
        guard let play = values["play"], let breach = values["breach"], !sentence.isEmpty else {
            return nil
        }
        self.name = name
        self.sentence = sentence.joined(separator: " ")
        self.play = play.split(separator: " ").map(String.init)
        self.breach = String(breach)
        witness = values["plans"].map(String.init)
        diff = Diff(text)
    }
}
