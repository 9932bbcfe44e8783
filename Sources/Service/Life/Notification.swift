package import Engine
package import LocalHost

/// Tells the site's own command of a run that ended other than done.
///
/// It is a call of the program of its own, so that nobody waits for the command: not the run that
/// follows, not whoever waits for the lock, not a person. Nobody else makes one: its words are
/// written and read here.
package struct Notification: Equatable {
    /// The word behind `failover`.
    package static let name = "notifier"
    /// The command is ended after so long.
    private static let limit = Duration.seconds(30)

    private let facility: String
    private let level: String
    private let tag: String
    /// Where tools are searched; nil for the usual folders.
    private let path: [String]?
    /// The command, with what it is told of.
    private let argv: [String]

    /// What a site is told of a run; nil where it wants to know of none.
    package init?(_ site: Site, of text: String) {
        guard let command = site.notify else { return nil }
        facility = site.facility
        level = site.level
        tag = site.tag
        path = site.path
        argv = command + [printable(text)]
    }

    /// Has the command started; returns at once.
    package func send(complaint: Syslog.Line?) -> StoreFault? {
        guard let program = Detached.executable else {
            return StoreFault("the program's own file cannot be found, so that nobody is notified")
        }
        switch Detached.start([program, Self.name] + words, complaint: complaint) {
        case .success: return nil
        case .failure(let fault): return fault
        }
    }

    /// Runs the command to its end, or to its limit.
    package func run() {
        let syslog = Syslog(facility: facility, level: level, tag: tag)
        let host = LocalHost(path: path ?? LocalHost.usualPath, syslog: nil)
        let until = host.now + Self.limit
        host.perform(.execute(WorkID(1), Command(.tool(argv)), until: until))
        while let event = host.next() {
            guard case .finished(_, let finish) = event.input else { continue }
            if case .ended(let output) = finish, output.succeeded { return }
            syslog?.send("the notification command did not get through", level: "warning")
            return
        }
    }
}

extension Notification {
    private static let keys = ["--facility", "--level", "--tag", "--path"]
    private static let end = "--"

    /// The words behind `failover notifier`.
    package var words: [String] {
        let values: [String?] = [facility, level, tag, path?.joined(separator: ":")]
        return zip(Self.keys, values).flatMap { key, value in value.map { [key, $0] } ?? [] }
            + [Self.end] + argv
    }

    /// The call that these words make; nil for words that no engine has written.
    package init?(_ words: some Sequence<String>) {
        var values: [String: String] = [:]
        var rest = words.makeIterator()
        while let word = rest.next(), word != Self.end {
            guard Self.keys.contains(word), let value = rest.next() else { return nil }
            values[word] = value
        }
        argv = Array(IteratorSequence(rest))
        guard let facility = values["--facility"], let level = values["--level"],
            let tag = values["--tag"], !argv.isEmpty
        else { return nil }
        self.facility = facility
        self.level = level
        self.tag = tag
        path = values["--path"].map { $0.split(separator: ":").map(String.init) }
    }
}
