import CSystem
import Engine

/// A file with one secret in it, which nobody but its owner can read.
public enum SecretFile {
    /// A secret is no longer.
    public static let sizeLimit = StoreFile.limit

    /// The one line of the file, without its end; a `TrustFault` says what is to be mended first.
    public static func read(_ path: String) -> Result<String, TrustFault> {
        if let fault = Trust.check([path]).first { return .failure(fault) }
        let word = shellQuoted(path)
        let number = system_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        guard let file = Descriptor(number) else {
            return fault(path, "cannot be read: \(reason(system_error()))", "ls -l \(word)")
        }
        var status = stat()
        guard fstat(file.number, &status) == 0, system_kind(status.st_mode) == S_IFREG else {
            return fault(path, "is not a regular file", "ls -l \(word)")
        }
        guard status.st_mode & 0o077 == 0 else {
            return .failure(
                TrustFault(
                    path: printable(path),
                    what: "can be read or written by others",
                    why: "who would know the secret",
                    mend: "chmod 600 \(word)"))
        }
        guard let bytes = file.readAll(limit: sizeLimit + 1) else {
            return fault(path, "cannot be read: \(reason(system_error()))", "ls -l \(word)")
        }
        guard bytes.count <= sizeLimit else {
            return fault(path, "has more than \(sizeLimit) bytes", "wc -c \(word)")
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            return fault(path, "is not UTF-8", "file \(word)")
        }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        guard !text.isEmpty else { return fault(path, "is empty", "wc -c \(word)") }
        guard !text.contains(where: \.isNewline), !text.utf8.contains(0) else {
            return fault(path, "has more than one line", "wc -l \(word)")
        }
        return .success(text)
    }

    private static func fault(
        _ path: String,
        _ what: String,
        _ mend: String
    ) -> Result<String, TrustFault> {
        .failure(
            TrustFault(
                path: printable(path),
                what: what,
                why: "so there is no secret to be had from it",
                mend: mend))
    }
}
