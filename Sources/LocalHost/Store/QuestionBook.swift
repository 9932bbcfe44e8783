import CSystem
import Engine

/// The question of a run that nobody sits at a terminal for: it stands open beside the lock until
/// a person answers it from elsewhere, by `failover approve`.
public struct QuestionBook: Hashable, Sendable {
    /// A question that waits for its answer.
    public struct Question: Hashable, Sendable {
        /// Which question it is; an answer to another does not count.
        public let serial: String
        /// The question, one line.
        public let text: String
    }

    private let folder: String

    /// The book of a pair.
    public init(_ pair: String, in folders: StateFolders) {
        folder = folders.runtime(of: pair)
    }

    /// The question that stands open; nil when there is none.
    public var question: Question? {
        guard case .success(let bytes?) = StoreFile.read(questionPath) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard lines.count == 2 else { return nil }
        return Question(serial: String(lines[0]), text: printable(lines[1]))
    }

    /// Answers a question for a person.
    public func answer(_ question: Question, yes: Bool) -> StoreFault? {
        let text = "\(question.serial) \(yes ? "yes" : "no")\n"
        return StoreFile.replace(answerPath, with: Array(text.utf8))
    }

    /// Opens a question; what was asked before is no longer open.
    func post(_ text: String, serial: String) -> StoreFault? {
        unlink(answerPath)
        let text = "\(serial)\n\(printable(text))\n"
        return StoreFile.replace(questionPath, with: Array(text.utf8))
    }

    /// The answer to the question of this serial; nil while there is none.
    func reply(to serial: String) -> Bool? {
        guard case .success(let bytes?) = StoreFile.read(answerPath) else { return nil }
        switch String(decoding: bytes, as: UTF8.self) {
        case "\(serial) yes\n": return true
        case "\(serial) no\n": return false
        default: return nil
        }
    }

    /// Closes the question.
    func close() {
        unlink(questionPath)
        unlink(answerPath)
    }

    private var questionPath: String { folder + "/question" }
    private var answerPath: String { folder + "/answer" }
}
