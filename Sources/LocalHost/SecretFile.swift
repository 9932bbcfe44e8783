import CSystem
import Engine

/// Reads the secrets of a command at the moment when it is started.
enum SecretFile {
    /// The bytes of the longest secret.
    static let limit = 4096

    /// The words of a command with its secrets in their places.
    static func revealed(
        _ command: Command, _ argv: [String]
    ) throws(Toolbox.Fault) -> [String] {
        var words = argv
        for secret in command.secrets where words.indices.contains(secret.word) {
            words[secret.word] = try text(of: secret.path)
        }
        return words
    }

    private static func text(of path: String) throws(Toolbox.Fault) -> String {
        // A FIFO without a writer would block an open without O_NONBLOCK.
        guard let file = Descriptor(system_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)) else {
            throw fault(path, "cannot be read: \(words(of: system_error()))")
        }
        var status = stat()
        guard fstat(file.number, &status) == 0, system_kind(status.st_mode) == S_IFREG else {
            throw fault(path, "is not a regular file")
        }
        guard status.st_uid == 0 || status.st_uid == geteuid() else {
            throw fault(path, "belongs to somebody else: chown root \(path)")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw fault(path, "is open to others: chmod 600 \(path)")
        }
        guard let bytes = bytes(of: file), bytes.count <= limit else {
            throw fault(path, "cannot be read, or is longer than \(limit) bytes")
        }
        let text = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        guard !text.isEmpty, !text.contains(0), let word = String(validating: text, as: UTF8.self)
        else { throw fault(path, "is empty, or holds something else than text") }
        return word
    }

    /// The first bytes, one more than the longest secret has; nil when they cannot be read.
    private static func bytes(of file: Descriptor) -> [UInt8]? {
        withUnsafeTemporaryAllocation(byteCount: limit + 1, alignment: 1) { buffer in
            file.read(buffer).map { Array(buffer[..<$0]) }
        }
    }

    private static func fault(_ path: String, _ why: String) -> Toolbox.Fault {
        Toolbox.Fault(why: "the secret in \(path) \(why)")
    }
}
