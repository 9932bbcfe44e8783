import CSystem
import Engine

/// The terminal at which a person answers; one question at a time.
final class Terminal {
    /// What came of a question.
    enum Reply {
        case yes, no
        /// The person gave none, as often as was asked; in words.
        case noAnswer(String)
        /// Its time was up, or it was withdrawn.
        case unanswered
        /// There is no terminal, or the program is in its background; why.
        case nobody(String)
    }

    private struct Question {
        let id: WorkID
        let text: String
        let unattended: Command.Unattended
        let until: Instant

        /// What becomes of it when nobody can be asked, and why nobody can.
        func reply(unattended why: String) -> Reply {
            switch unattended {
            case .refuse, .wait: .nobody(why)
            case .yes: .yes
            case .no: .no
            }
        }
    }

    /// A line is cut here; an answer is one word.
    private static let lineLimit = 1024
    /// A question is put so often until the answer is a yes or a no.
    private static let turns = 3

    /// The answer to a posted question is looked for so often; a ring of the doorbell is faster.
    private static let beat = Duration.milliseconds(500)

    private let path: String?
    private let book: QuestionBook?
    /// The serial of the first question, while it stands open in the book.
    private var posted: String?
    private var questions: [Question] = []
    /// Open while the first question stands on it.
    private var line: Descriptor?
    /// How often the first question was put.
    private var turn = 0

    /// The terminal at `path`, or the program's own; where there is none, `book` takes questions
    /// that may wait.
    init(path: String?, book: QuestionBook? = nil) {
        self.path = path
        self.book = book
    }

    /// Puts a question; it comes up when those before it are answered.
    func ask(
        _ id: WorkID,
        _ text: String,
        unattended: Command.Unattended,
        until: Instant
    ) {
        questions.append(Question(id: id, text: text, unattended: unattended, until: until))
    }

    /// Withdraws a question; false when it is not open.
    func withdraw(_ id: WorkID) -> Bool {
        guard let index = questions.firstIndex(where: { $0.id == id }) else { return false }
        remove(at: index)
        return true
    }

    var isBusy: Bool { !questions.isEmpty }

    var due: Instant {
        if line == nil && isBusy && posted == nil { return .zero }
        return questions.map(\.until).min() ?? .never
    }

    /// When a question in the book wants to be looked at; never while there is none.
    func beat(after now: Instant) -> Instant { posted == nil ? .never : now + Self.beat }

    func wait(in polls: inout PollSet) { polls.add(line) }

    /// Prompts where it is time to, and takes answers.
    func serve(_ polls: PollSet, at now: Instant) -> [(WorkID, Reply)] {
        var replies: [(WorkID, Reply)] = []
        if let first = questions.first, let reply = polls.isReady(line) ? answer() : reply() {
            remove(at: 0)
            replies.append((first.id, reply))
        }
        for question in questions where question.until <= now {
            if withdraw(question.id) { replies.append((question.id, .unanswered)) }
        }
        while line == nil, posted == nil, let first = questions.first, let why = prompt(first) {
            if first.unattended == .wait && post(first) { break }
            remove(at: 0)
            replies.append((first.id, first.reply(unattended: why)))
        }
        return replies
    }

    /// Opens a question in the book; false where there is none that takes it.
    private func post(_ question: Question) -> Bool {
        let serial = "\(getpid())-\(question.id.number)"
        guard let book, book.post(question.text, serial: serial) == nil else { return false }
        posted = serial
        return true
    }

    /// What the book says of the posted question.
    private func reply() -> Reply? {
        guard let posted, let isYes = book?.reply(to: posted) else { return nil }
        return isYes ? .yes : .no
    }

    private func remove(at index: Int) {
        questions.remove(at: index)
        guard index == 0 else { return }
        if posted != nil {
            book?.close()
            posted = nil
        }
        guard let line else { return }
        write(line.number, "\n", 1)
        self.line = nil
    }

    /// Opens the terminal and puts the question there; says why that cannot be done.
    private func prompt(_ question: Question) -> String? {
        guard let open = open() else {
            return "nobody can be asked: there is no terminal"
        }
        let foreground = tcgetpgrp(open.number)
        guard foreground < 0 || foreground == getpgrp() else {
            return "nobody can be asked: the program is in the background of its terminal"
        }
        // What was typed before the question is no answer to it.
        tcflush(open.number, TCIFLUSH)
        let prompt = "\n" + printable(question.text) + " [yes/no] "
        guard write(open.number, prompt, prompt.utf8.count) > 0 else {
            return "nobody can be asked: the terminal takes no text"
        }
        line = open
        turn = 1
        return nil
    }

    /// Opens the terminal anew, so that O_NONBLOCK is ours alone and the shell's stays as it is.
    private func open() -> Descriptor? {
        let flags = O_RDWR | O_NONBLOCK | O_NOCTTY
        if let path { return Descriptor(system_open(path, flags)) }
        if let open = Descriptor(system_open("/dev/tty", flags)) { return open }
        guard isatty(0) == 1, let name = ttyname(0) else { return nil }
        return Descriptor(system_open(name, flags))
    }

    /// The answer on the line; nil when it is not there yet.
    private func answer() -> Reply? {
        guard let line else { return nil }
        return withUnsafeTemporaryAllocation(byteCount: Self.lineLimit, alignment: 1) { buffer in
            guard let count = line.read(buffer) else {
                if system_error() == EAGAIN { return nil }
                return .nobody("nobody can be asked any more: the terminal is gone")
            }
            let text = String(decoding: buffer[..<count], as: UTF8.self)
            guard count > 0 else { return .noAnswer("no answer: the input is at its end") }
            let words = text.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
            switch words {
            case ["yes"], ["y"]: return .yes
            case ["no"], ["n"]: return .no
            default: return askAgain(on: line)
            }
        }
    }

    /// Puts the question once more after an answer that is none, but not for ever.
    private func askAgain(on line: Descriptor) -> Reply? {
        guard turn < Self.turns else {
            return .noAnswer("no answer: neither yes nor no, \(turn) times")
        }
        turn += 1
        let prompt = "please answer yes or no: "
        write(line.number, prompt, prompt.utf8.count)
        return nil
    }
}
