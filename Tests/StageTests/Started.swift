import Foundation
import Testing

/// A process that a test has started, with its output in files.
///
/// It is started without `Process` of Foundation, which is not safe to start many at once from
/// several threads (6.3: a crash in `run()` while another thread opens and closes files).
final class Started {
    /// A process that takes longer is ended, and fails its test.
    private static let patience: TimeInterval = 120
    private static let environment = ["PATH=/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin"]

    let pid: Int32
    private let folder: URL
    /// What waitpid(2) said, once it has ended.
    private var status: Int32?

    init(
        _ program: String, _ arguments: [String], patience: TimeInterval = Started.patience
    ) throws {
        limit = patience
        folder = FileManager.default.temporaryDirectory
            .appending(path: "stage-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for (number, name) in [(Int32(1), "output"), (2, "errors")] {
            let path = folder.appending(path: name).path
            posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o600)
        }
        // The threads of tests block signals, which a child would inherit.
        var attributes = posix_spawnattr_t()
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var pid: pid_t = 0
        let error = withPointers([program] + arguments) { words in
            withPointers(Self.environment) { variables in
                posix_spawn(&pid, program, &actions, &attributes, words, variables)
            }
        }
        try #require(error == 0, "\(program) was not started: \(String(cString: strerror(error)))")
        self.pid = pid
    }

    private let limit: TimeInterval

    deinit {
        if isRunning {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
        try? FileManager.default.removeItem(at: folder)
    }

    /// What it printed so far.
    var output: String { text("output") }
    /// What it printed to standard error so far.
    var errors: String { text("errors") }

    private func text(_ name: String) -> String {
        let bytes = FileManager.default.contents(atPath: folder.appending(path: name).path)
        return String(decoding: bytes ?? Data(), as: UTF8.self)
    }

    /// Whether it has not ended yet.
    var isRunning: Bool {
        guard status == nil else { return false }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) != 0 else { return true }
        self.status = status
        return false
    }

    /// Waits until it has said `word` on either stream; false when it ended or took too long.
    func wait(for word: String, within limit: TimeInterval = patience) -> Bool {
        let end = Date.now + limit
        while Date.now < end {
            if output.contains(word) || errors.contains(word) { return true }
            guard isRunning else { return false }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return false
    }

    /// Sends it a signal.
    func signal(_ number: Int32) { if isRunning { kill(pid, number) } }

    /// Waits until it ends, but not for ever.
    @discardableResult
    func end() -> LiveStage.Outcome {
        let end = Date.now + limit
        var pause = 0.001
        while isRunning {
            if Date.now >= end { kill(pid, SIGKILL) }
            Thread.sleep(forTimeInterval: pause)
            pause = min(2 * pause, 0.02)
        }
        let status = status ?? 0
        let code = status & 0x7f == 0 ? status >> 8 & 0xff : -1
        return LiveStage.Outcome(code: code, output: output, errors: errors)
    }
}

/// Calls `body` with the strings as C wants them, a null at the end.
private func withPointers<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
}
