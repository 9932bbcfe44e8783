import Foundation

/// A process that a test has started, with its output in files.
final class Started {
    /// A process that takes longer is ended, and fails its test.
    private static let patience: TimeInterval = 120

    let process = Process()
    private let folder: URL

    init(_ program: String, _ arguments: [String]) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "stage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ["PATH": "/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try file("output")
        process.standardError = try file("errors")
        try process.run()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func file(_ name: String) throws -> FileHandle {
        let place = folder.appending(path: name)
        try Data().write(to: place)
        return try FileHandle(forWritingTo: place)
    }

    /// What it printed so far.
    var output: String { text("output") }
    /// What it printed to standard error so far.
    var errors: String { text("errors") }

    private func text(_ name: String) -> String {
        let bytes = FileManager.default.contents(atPath: folder.appending(path: name).path)
        return String(decoding: bytes ?? Data(), as: UTF8.self)
    }

    /// Waits until it has said `word` on either stream; false when it ended or took too long.
    func wait(for word: String, within limit: TimeInterval = patience) -> Bool {
        let end = Date.now + limit
        while Date.now < end {
            if output.contains(word) || errors.contains(word) { return true }
            guard process.isRunning else { return false }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return false
    }

    /// Sends it a signal.
    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits until it ends, but not for ever.
    func end() -> LiveStage.Outcome {
        let end = DispatchWorkItem { [process] in kill(process.processIdentifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience, execute: end)
        process.waitUntilExit()
        end.cancel()
        let code = process.terminationReason == .exit ? process.terminationStatus : -1
        return LiveStage.Outcome(code: code, output: output, errors: errors)
    }
}
