import CSystem
import Engine

/// What is wrong with a file or folder of the store; none of it stops a failover.
public struct StoreFault: Error, Hashable, Sendable {
    /// What is, and what it means, as one printable line.
    public let why: String
    /// The command that mends it, where one does.
    public let help: String?
    /// Whether a disk did not answer, so that to ask it again would take as long again.
    public let isSilence: Bool

    /// Creates a fault from what is and what mends it.
    public init(_ why: String, help: String? = nil, isSilence: Bool = false) {
        self.why = why
        self.help = help
        self.isSilence = isSilence
    }

    /// Why `path` could not be read apart.
    init(_ what: String, _ fault: DiskReader.Fault, at path: String) {
        switch fault {
        case .error(let error): self.init(what, error, at: path)
        case .silent: self.init("\(what): its disk does not answer", isSilence: true)
        }
    }

    /// What the system refused to do with `path`.
    init(_ what: String, _ error: Int32, at path: String) {
        self.init("\(what): \(reason(error))", help: Self.help(error, at: path))
    }

    private static func help(_ error: Int32, at path: String) -> String? {
        let folder = shellQuoted(parent(of: path))
        return switch error {
        case ENOSPC, EDQUOT: "df -h \(folder)    # and make room there"
        case ENOENT: "mkdir -p -m 700 \(folder)"
        case EACCES, EPERM: "ls -ld \(folder)    # must be root's, with mode 700"
        case EROFS: "mount    # \(folder) must be writable"
        case EMFILE, ENFILE: "ulimit -n    # no file descriptor is left"
        default: nil
        }
    }
}

extension StoreFault: CustomStringConvertible {
    /// Fault and help as one line.
    public var description: String { help.map { "\(why) (\($0))" } ?? why }
}

/// The words of the system for an error number, as they stand within a sentence.
func reason(_ error: Int32) -> String {
    let text = words(of: error)
    return text.prefix(1).lowercased() + text.dropFirst()
}

/// The folder that holds `path`.
func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
}
