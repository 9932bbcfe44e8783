import Engine
import Foundation
import LocalHost

/// A script that a shell is given as a file.
struct ShellScript {
    /// Stands for the script among the words of a shell.
    static let file = "SCRIPT"

    private let text: String

    init(_ text: String) { self.text = text }

    /// What it prints and how it exits; by the host's own hand, since a thread of the tests may
    /// block SIGCHLD, and a shell that inherits that waits for its children for ever.
    func run(_ words: [String]) throws -> (code: Int32, output: String) {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).sh")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let host = LocalHost(syslog: nil)
        let command = Command(
            .tool(["/bin/sh"] + words.map { $0 == Self.file ? file.path : $0 }))
        host.perform(.execute(WorkID(1), command, until: host.now + .seconds(30)))
        while let event = host.next() {
            guard case .finished(_, .ended(let output)) = event.input,
                case .exited(let code) = output.status
            else { continue }
            let bytes = output.standardOutput + output.standardError
            return (code, String(decoding: bytes, as: UTF8.self))
        }
        return (-1, "")
    }

    func run(_ words: String...) throws -> (code: Int32, output: String) { try run(words) }
}
