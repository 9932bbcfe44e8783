import Engine

/// The secrets that this host's tools were given: what comes back from the machine is told without
/// them, to the run and so to every view of it.
///
/// Hidden is the text as it was given. A tool that prints it in another form (base64, a `%40` for
/// an `@`) gives it away.
struct SecretMask {
    /// Longest first, so that one that contains another is hidden whole.
    private var secrets: [[UInt8]] = []
    private static let mask = Array(Command.mask.utf8)

    /// Hides `text` from now on.
    mutating func add(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, !secrets.contains(bytes) else { return }
        secrets.append(bytes)
        secrets.sort { $0.count > $1.count }
    }

    /// Whether it has nothing to hide.
    var isEmpty: Bool { secrets.isEmpty }

    /// The bytes with `(secret)` in the place of each secret.
    func hiding(in bytes: [UInt8]) -> [UInt8] {
        if isEmpty { return bytes }
        var shown: [UInt8] = []
        shown.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let rest = bytes[index...]
            if let secret = secrets.first(where: { rest.starts(with: $0) }) {
                shown += Self.mask
                index += secret.count
            } else {
                shown.append(bytes[index])
                index += 1
            }
        }
        return shown
    }

    /// The same of what was cut off at its end: the beginning of a secret there is hidden, too.
    func hiding(inHead bytes: [UInt8]) -> [UInt8] {
        let length = longestPart { secret, count in
            bytes.count >= count && bytes.suffix(count).elementsEqual(secret.prefix(count))
        }
        if length == 0 { return hiding(in: bytes) }
        return hiding(in: Array(bytes.dropLast(length))) + Self.mask
    }

    /// The same of what was cut off at its beginning: the end of a secret there is hidden, too.
    func hiding(inTail bytes: [UInt8]) -> [UInt8] {
        let length = longestPart { secret, count in
            bytes.count >= count && bytes.prefix(count).elementsEqual(secret.suffix(count))
        }
        if length == 0 { return hiding(in: bytes) }
        return Self.mask + hiding(in: Array(bytes.dropFirst(length)))
    }

    /// The verdict with its words hidden: a look at processes shows their arguments.
    func hiding(in verdict: Verdict) -> Verdict {
        if isEmpty { return verdict }
        return switch verdict {
        case .holds: .holds
        case .doesNot(let text): .doesNot(hiding(in: text))
        case .unknown(let text): .unknown(hiding(in: text))
        case .never(let text): .never(hiding(in: text))
        }
    }

    private func hiding(in text: String) -> String {
        String(decoding: hiding(in: Array(text.utf8)), as: UTF8.self)
    }

    /// The length of the longest part of a secret, less than the whole, that stands at a cut.
    private func longestPart(_ stands: ([UInt8], Int) -> Bool) -> Int {
        secrets.map { secret in
            stride(from: secret.count - 1, to: 0, by: -1).first { stands(secret, $0) } ?? 0
        }.max() ?? 0
    }
}
