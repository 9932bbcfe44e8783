extension Field.Kind {
    /// The bytes of the longest text: what Linux and FreeBSD both take as one path or argument.
    public static let textLimit = 4096

    /// Why a text field of this kind does not take `text`; nil when it does.
    ///
    /// What passes as `name` or `path` can stand in a command line without being read as an option.
    public func refusal(of text: String) -> String? {
        if text.utf8.count > Self.textLimit { return "is longer than \(Self.textLimit) bytes" }
        if text.unicodeScalars.contains(where: \.isControl) {
            return "holds a control character or a newline"
        }
        switch self {
        case .name: return nameRefusal(text)
        case .pool: return poolRefusal(text)
        case .path: return pathRefusal(text)
        case .literal where text.isEmpty: return "is empty, and would match everything"
        case .literal: return literalRefusal(text)
        default: return nil
        }
    }

    /// The text of a script's pattern would never be found, so that its absence held at once.
    private func literalRefusal(_ text: String) -> String? {
        let found =
            if text.contains("\\") {
                "holds a backslash"
            } else if text.hasPrefix("^") {
                "begins with `^`"
            } else if text.hasSuffix("$") {
                "ends with `$`"
            } else if text.contains(".*") {
                "holds `.*`"
            } else {
                ""
            }
        if found.isEmpty { return nil }
        return found + ", and is compared as it stands: no pattern and no backslash"
    }

    /// Why a text is no tool: neither the name of one, nor an absolute path.
    static func toolRefusal(of text: String) -> String? {
        if let why = Self.name.refusal(of: text) { return why }
        guard text.contains("/") else { return nil }
        guard text.hasPrefix("/") else {
            return
                "is neither a name nor an absolute path: it would depend on the folder of whoever"
                + " starts the run"
        }
        return Self.path.refusal(of: text)
    }

    private func nameRefusal(_ text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text.hasPrefix("-") { return "begins with `-` and would be read as an option" }
        if text.unicodeScalars.contains(where: \.isBlank) { return "holds a blank" }
        if let found = Lookalike.first(in: text) {
            return "holds a character of another script: \(found.words)"
        }
        return nil
    }

    /// What zpool(8) refuses (module/zcommon/zfs_namecheck.c, pool_namecheck; lib/libzfs/
    /// libzfs_pool.c, zpool_name_valid), and a blank, which it takes.
    private func poolRefusal(_ text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text.hasPrefix("-") { return "begins with `-` and would be read as an option" }
        let bytes = text.utf8
        if bytes.contains(UInt8(ascii: " ")) {
            return "holds a blank, which zpool takes, and which would tear the lists of mounts and"
                + " exports: give the pool another name (`zpool import 'OLD NAME' NEW`)"
        }
        if bytes.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
            return
                "is a number: what zpool shows is the name, and `id` of `zpool-import` the number"
        }
        if let found = Lookalike.first(in: text) {
            return "holds what zpool refuses: \(found.words)"
        }
        guard let first = bytes.first, Self.isLetter(first) else {
            return "does not begin with a letter, as zpool wants it of a pool"
        }
        let isFine = bytes.allSatisfy { byte in
            Self.isLetter(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || "_-.:".utf8.contains(byte)
        }
        if !isFine { return "holds what zpool refuses in the name of a pool" }
        if bytes.count > 255 { return "is longer than 255 bytes, which zpool refuses" }
        if text == "log" || ["mirror", "raidz", "draid", "spare"].contains(where: text.hasPrefix) {
            return "begins like a word of zpool's own, which refuses it for a pool"
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }

    private func pathRefusal(_ text: String) -> String? {
        guard text.hasPrefix("/") else { return "is not an absolute path" }
        let components = text.split(separator: "/")
        if components.contains(".") || components.contains("..") {
            return "holds a `.` or `..` component"
        }
        return nil
    }
}

extension Unicode.Scalar {
    fileprivate var isBlank: Bool { value < 0x80 ? value == 0x20 : properties.isWhitespace }
}
