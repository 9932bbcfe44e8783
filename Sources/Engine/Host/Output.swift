/// What a command printed and how it ended.
public struct Output: Hashable, Sendable {
    /// How a command ended.
    public enum Status: Hashable, Sendable {
        /// It exited with this code.
        case exited(Int32)
        /// A signal of this number ended it.
        case signalled(Int32)
        /// It did not run this time, and why: no process or descriptor to be had.
        case notStarted(String)
        /// It cannot run as things are, and why: not installed, not executable.
        case unavailable(String)
    }

    /// How it ended.
    public let status: Status
    /// Standard output; of a command at most head and tail of it.
    public let standardOutput: [UInt8]
    /// Standard error; of a command at most head and tail of it.
    public let standardError: [UInt8]
    /// Whether something of it was left out.
    public let isCut: Bool

    /// Creates the output of a command that ended.
    public init(
        _ status: Status, output: [UInt8] = [], error: [UInt8] = [], isCut: Bool = false
    ) {
        self.status = status
        standardOutput = output
        standardError = error
        self.isCut = isCut
    }

    /// Why a look tells nothing whose output was cut.
    public static let isTooLong = "what it printed is too long to be kept whole"

    /// Whether it exited with 0, which proves nothing about its effect.
    public var succeeded: Bool { status == .exited(0) }

    /// An excerpt has at most so many scalars.
    public static let excerptLimit = 400
    /// It is taken from so many bytes at the end: an output may be of 64 MiB, and most of it is
    /// never shown.
    private static let excerptWindow = 16 * 1024

    /// What it printed, for a person: its errors if there are any, as one line.
    ///
    /// Of a long output the last lines are shown: a tool that fails says why at its end.
    public var excerpt: String {
        let bytes = standardError.isEmpty ? standardOutput : standardError
        let end = bytes.suffix(Self.excerptWindow)
        let lines = String(decoding: end, as: UTF8.self)
            .split(whereSeparator: \.isNewline).map { printable($0) }
        let isWhole = end.count == bytes.count
        var shown: [String] = []
        var room = Self.excerptLimit - Self.omission.count
        for line in lines.reversed() {
            room -= line.unicodeScalars.count + Self.separator.count
            guard room >= 0 else { break }
            shown.append(line)
        }
        let text = shown.reversed().joined(separator: Self.separator)
        if shown.count == lines.count, isWhole { return text }
        guard shown.isEmpty else { return Self.omission + text }
        let last = lines.last ?? ""
        return (lines.count > 1 || !isWhole ? Self.omission : "")
            + String(last.unicodeScalars.prefix(Self.excerptLimit - 2 * Self.omission.count)) + "…"
    }

    private static let separator = "; "
    private static let omission = "…; "
}

extension Output.Status: CustomStringConvertible {
    /// The ending in words: `exit 1`, `signal 9`, `hastctl is not installed`.
    public var description: String {
        switch self {
        case .exited(let code): "exit \(code)"
        case .signalled(let number): "signal \(number)"
        case .notStarted(let why), .unavailable(let why): why
        }
    }
}
