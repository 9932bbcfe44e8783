import CSystem
import Engine
import Foundation
@testable import LocalHost
import Testing

/// All tests of the local host. They run at the same time; those that need the signals of the
/// whole process stand in `SignalTests`.
@Suite struct LocalHostTests {}

/// A folder with small tools, which is gone after the test.
final class Scratch {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "failover-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String) -> String { folder + "/" + name }

    /// Writes a file into the folder.
    @discardableResult
    func file(_ name: String, _ text: String, mode: Int = 0o644) throws -> String {
        let path = path(name)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    /// Writes a tool, a script of sh, that hosts of this folder find by its name.
    ///
    /// Another process writes it: if this one did, a child that another test starts meanwhile
    /// might still hold it open for writing, and then it cannot be executed (ETXTBSY).
    @discardableResult
    func tool(_ name: String, _ script: String) throws -> String {
        try program(name, "#!/bin/sh\n" + script + "\n")
    }

    /// A file that may be executed, whatever is in it; another process writes it, for the same
    /// reason.
    @discardableResult
    func program(_ name: String, _ content: String) throws -> String {
        let text = try file(name + ".text", content)
        let copy = Command.tool("install", "-m", "755", text, path(name))
        #expect(try LocalHost(syslog: nil).output(of: copy).succeeded)
        return path(name)
    }

    /// What a tool has written into a file of the folder.
    func lines(_ name: String) -> [String] {
        guard let data = FileManager.default.contents(atPath: path(name)) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// A datagram socket in the folder that a test can read from.
    func socket(_ name: String) throws -> Descriptor {
        let socket = try #require(Descriptor(system_datagram_socket()))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path(name).utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket.number, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        return socket
    }

    /// A host that finds the tools of this folder before all others, and logs nowhere.
    func host(lookTimeout: Duration = Attention.lookTimeout) -> LocalHost {
        LocalHost(
            path: [folder] + LocalHost.usualPath, lookTimeout: lookTimeout, syslog: nil,
            terminal: path("no-terminal"))
    }
}

/// So long a test waits for what should come at once.
let patience = Duration.seconds(20)

/// A script that starts a process in a session of its own, and prints its pid once it has that.
func detached(_ command: String) -> String {
    "setsid \(command) >/dev/null 2>&1 & echo $!;"
        + #" until [ "$(ps -o sid= -p $! | tr -d ' ')" = $! ]; do sleep 0.02; done"#
}

extension LocalHost {
    /// The time so much later than now.
    func after(_ duration: Duration) -> Instant { now + duration }

    /// The next event, those that tell who a started tool is left out.
    func news() -> Event? {
        while let event = next() {
            if case .started = event.input { continue }
            return event
        }
        return nil
    }

    /// All events until nothing is open any more.
    func allEvents() -> [Event] {
        var events: [Event] = []
        while let event = news() { events.append(event) }
        return events
    }

    /// How one command ends that is not given up on.
    func output(of command: Command) throws -> Output {
        perform(.execute(WorkID(1), command, until: after(patience)))
        let event = try #require(news())
        guard case .finished(WorkID(1), .ended(let output)) = event.input else {
            throw Unexpected(event.input)
        }
        #expect(news() == nil)
        return output
    }

    /// The answer to one await.
    func look(_ condition: any Condition, for duration: Duration = patience) throws -> Look {
        perform(.await(WorkID(1), condition, until: after(duration)))
        let event = try #require(news())
        guard case .looked(WorkID(1), let look) = event.input else {
            throw Unexpected(event.input)
        }
        return look
    }

    /// The answer to one query.
    func answer(_ query: Query) throws -> Answer {
        try look(Judged([query]) { _ in .holds }).answers[query]
    }
}

/// An event of another kind than the test is about.
struct Unexpected: Error {
    let input: Event.Input
    init(_ input: Event.Input) { self.input = input }
}

extension Event {
    /// The event in a word and its number.
    var word: String {
        switch input {
        case .begin: "begin"
        case .looked(let id, _): "looked \(id.number)"
        case .finished(let id, .ended(let output)): "ended \(id.number) \(output.status)"
        case .finished(let id, .left): "left something of \(id.number)"
        case .finished(let id, .gaveUp): "gave up \(id.number)"
        case .started(let id, _): "started \(id.number)"
        case .gone(let id): "gone \(id.number)"
        case .woke(let id): "woke \(id.number)"
        case .superseded: "superseded"
        case .interrupt: "interrupt"
        }
    }
}

/// A condition by its judgement.
struct Judged: Condition {
    let queries: [Query]
    let steadyFor: Duration
    let judgement: @Sendable (Answers) -> Verdict

    init(
        _ queries: [Query],
        steadyFor: Duration = .zero,
        _ judgement: @escaping @Sendable (Answers) -> Verdict
    ) {
        self.queries = queries
        self.steadyFor = steadyFor
        self.judgement = judgement
    }

    var summary: String { "it is so" }
    func judge(_ answers: Answers) -> Verdict { judgement(answers) }

    /// That a look command exits with 0.
    static func succeeds(_ argv: String..., steadyFor: Duration = .zero) -> Judged {
        let query = Query.userCommand(UserLook(argv: argv, changesNothing: true))
        return Judged([query], steadyFor: steadyFor) { answers in
            switch answers[query] {
            case .output(let output): output.succeeded ? .holds : .doesNot("\(output.status)")
            case .missing(let why): .unknown(why)
            default: .never("no output")
            }
        }
    }

    /// That a path is of a kind.
    static func path(
        _ path: String,
        is kind: PathKind,
        steadyFor: Duration = .zero
    ) -> Judged {
        Judged([.path(path)], steadyFor: steadyFor) { answers in
            switch answers[.path(path)] {
            case .path(kind): .holds
            case .path(let other): .doesNot(other.rawValue)
            default: .unknown("no kind")
            }
        }
    }
}

/// Whether a process is there, a dead one that nobody has waited for included.
func exists(_ pid: Int32) -> Bool { kill(pid, 0) == 0 }

/// The number that a tool printed.
func pid(in output: Output) throws -> Int32 {
    let words = String(decoding: output.standardOutput, as: UTF8.self)
        .split(whereSeparator: \.isWhitespace)
    return try #require(words.first.flatMap { Int32($0) })
}
