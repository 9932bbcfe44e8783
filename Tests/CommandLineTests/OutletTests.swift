import Foundation
import Testing

/// Readers of the output that stop reading, or go away: no run waits for them.
@Suite struct OutletTests {
    private let pair: PlainPair

    init() throws { pair = try PlainPair() }

    /// A pipe that is full to the brim.
    private static func fullPipe() throws -> Pipe {
        let pipe = Pipe()
        let writing = pipe.fileHandleForWriting.fileDescriptor
        let flags = fcntl(writing, F_GETFL)
        #expect(fcntl(writing, F_SETFL, flags | O_NONBLOCK) == 0)
        let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 4096)
        while write(writing, bytes, bytes.count) > 0 {}
        while write(writing, bytes, 1) > 0 {}
        #expect(fcntl(writing, F_SETFL, flags) == 0)
        return pipe
    }

    private func run(_ words: [String], output: Pipe? = nil, errors: Pipe? = nil) throws
        -> Program.Outcome
    {
        try Program.start(
            ["run", pair.plan("up"), "--pair", "p"] + words,
            output: output?.fileHandleForWriting, errors: errors?.fileHandleForWriting
        ).end()
    }

    @Test func `JSON that nobody reads holds no run up, and is no success`() throws {
        let outcome = try run(["--json"], output: Self.fullPipe())
        #expect(pair.has("up"))
        #expect(outcome.code == 74, "\(outcome)")
        #expect(outcome.errors.contains("a part of the output is left out"), "\(outcome)")
        #expect(try pair.failover("status").code == 0)
    }

    @Test func `JSON whose reader is gone is no success`() throws {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let outcome = try run(["--json"], output: pipe)
        #expect(pair.has("up"))
        #expect(outcome.code == 74, "\(outcome)")
    }

    @Test func `how a run ended counts more than what could not be written`() throws {
        try FileManager.default.removeItem(atPath: pair.folder + "/master")
        #expect(try run(["--json"], output: Self.fullPipe()).code == 4)
    }

    @Test func `JSON that is read late is whole`() throws {
        let pipe = try Self.fullPipe()
        let reading = pipe.fileHandleForReading
        let program = try Program.start(
            ["run", pair.plan("up"), "--pair", "p", "--json"],
            output: pipe.fileHandleForWriting)
        try pipe.fileHandleForWriting.close()
        #expect(pair.wait { pair.has("up") })
        let text = String(decoding: try reading.readToEnd() ?? Data(), as: UTF8.self)
        #expect(program.end().code == 0)
        let lines = text.drop { $0 == "x" }.split(separator: "\n")
        #expect(lines.first?.contains("\"fact\":\"plan\"") == true)
        #expect(lines.last?.contains("\"fact\":\"ended\"") == true)
        for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }

    @Test func `a display that nobody reads holds no run up`() throws {
        let outcome = try run([], errors: Self.fullPipe())
        #expect(outcome.code == 0, "\(outcome)")
        #expect(pair.has("up"))
    }

    @Test(arguments: [
        ["status", "--json", "--plans", "HERE"], ["status", "--plans", "HERE"],
        ["history", "--plans", "HERE"], ["hold", "--plans", "HERE"], ["unhold", "--plans", "HERE"],
        ["recover", "--plans", "HERE"], ["validate", "plans"],
        ["test", "plans/cases/give-up.yaml"],
        ["test", "--record", "plans/cases/give-up.yaml"],
        ["preview", "plans/become-slave.yaml", "--simulate"],
        ["run", "plans/become-slave.yaml", "--simulate", "--fast"],
        ["run", "plans/become-slave.yaml", "--simulate", "--fast", "--json"],
        ["steps"], ["steps", "carp"], ["explain"], ["version"], ["--version"], ["help"],
        ["help", "run"], ["run", "--help"], ["--generate-completion-script", "bash"],
        ["install", "devd", "--plans", "plans", "--program", "/f"],
    ])
    func `a disk that takes no result makes it no success`(_ words: [String]) throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let outcome = try Program.start(
            words.map { $0 == "HERE" ? pair.folder : $0 }, output: full
        ).end()
        #expect(outcome.code == 74, "\(outcome)")
        #expect(outcome.errors.contains("the output is lost from here on"), "\(outcome)")
    }

    @Test func `a fault counts more than what could not be written`() throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let plan = pair.plan("up")
        try pair.file("up.yaml", "plan: up\n")
        #expect(try Program.start(["validate", plan, "--json"], output: full).end().code == 65)
    }

    @Test func `a person who has seen enough is no failure`() throws {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let outcome = try run([], output: pipe)
        #expect(pair.has("up"))
        #expect(outcome.code == 0, "\(outcome)")
    }

    @Test func `a terminal's colours are not asked of one that is dumb`() throws {
        let script = URL(filePath: "/usr/bin/script")
        guard FileManager.default.isExecutableFile(atPath: script.path) else { return }
        for (term, isPlain) in [("dumb", true), ("xterm", false)] {
            let call = "\(Program.binary.path) run plans/become-master.yaml --simulate --fast"
            let outcome = try Program.start(
                ["-qec", call, "/dev/null"], environment: ["TERM": term], binary: script
            ).end()
            #expect(outcome.output.contains("\u{1B}") != isPlain, "\(term)")
            #expect(outcome.output.contains("done"), "\(outcome)")
        }
    }
}
