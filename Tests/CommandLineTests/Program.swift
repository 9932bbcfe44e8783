import Foundation

/// The program as it was built, run as a person runs it.
struct Program {
    /// How a run of it came out.
    struct Outcome {
        let code: Int32
        let output: String
        let errors: String

        /// The lines on standard output.
        var lines: [Substring] { output.split(separator: "\n") }
    }

    /// A program that takes longer is ended, and fails its test.
    static let patience: TimeInterval = 60

    /// The top folder of the repository.
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Beside the tests that run, wherever they were built.
    static let binary = URL(filePath: CommandLine.arguments[0])
        .resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "failover")

    let process: Process
    private let scratch: Scratch

    /// Runs it with these arguments, from the top folder, without a terminal.
    static func run(_ arguments: String...) throws -> Outcome { try start(arguments).end() }

    static func run(_ arguments: [String]) throws -> Outcome { try start(arguments).end() }

    /// Starts it, or another program; its output is kept unless it goes elsewhere.
    static func start(
        _ arguments: [String], environment: [String: String] = [:], output: FileHandle? = nil,
        errors: FileHandle? = nil, binary: URL = binary
    ) throws -> Program {
        let scratch = try Scratch()
        let process = Process()
        process.executableURL = binary
        process.arguments = arguments
        process.currentDirectoryURL = root
        process.environment = ["PATH": "/usr/bin:/bin", "TERM": "xterm"].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try output ?? FileHandle(forWritingTo: scratch.file("output"))
        process.standardError = try errors ?? FileHandle(forWritingTo: scratch.file("errors"))
        try process.run()
        return Program(process: process, scratch: scratch)
    }

    /// Waits until it has said `word` on standard error.
    func wait(for word: String) {
        let end = Date.now + Self.patience
        while Date.now < end, process.isRunning, !scratch.text("errors").contains(word) {
            Thread.sleep(forTimeInterval: 0.02)
        }
    }

    /// Sends a signal once it has said `word` on standard error.
    func send(_ signal: Int32, after word: String) {
        wait(for: word)
        kill(process.processIdentifier, signal)
    }

    /// Waits until it ends, but not for ever.
    func end() -> Outcome {
        let end = DispatchWorkItem { [process] in process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience, execute: end)
        process.waitUntilExit()
        end.cancel()
        return Outcome(
            code: process.terminationReason == .exit ? process.terminationStatus : -1,
            output: scratch.text("output"), errors: scratch.text("errors"))
    }
}

/// A folder of its own for a test, gone afterwards.
final class Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "failover-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Creates a file with this text.
    @discardableResult
    func file(_ name: String, _ text: String = "") throws -> URL {
        let place = folder.appending(path: name)
        try Data(text.utf8).write(to: place)
        return place
    }

    /// The text of a file; empty when there is none.
    func text(_ name: String) -> String {
        let bytes = FileManager.default.contents(atPath: folder.appending(path: name).path)
        return String(decoding: bytes ?? Data(), as: UTF8.self)
    }
}
