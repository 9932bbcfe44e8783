import Engine

/// The alphabets of a notice, written down a second time: what is on no list was let through.
enum NoticeCheck {
    static func check(_ notice: Notice) throws(Finding) {
        switch notice {
        case .named(let name): try plain(name, "_.-", 64)
        case .carp(let vhid, let interface, let state):
            try expect((1...255).contains(vhid), "a vhid of \(vhid)")
            try named(interface)
            try plain(state, "_", 32)
        case .interface(let name, let type):
            try named(name)
            try plain(type, "_", 32)
        case .keepalived(let kind, let name, let state):
            try expect(kind == "INSTANCE" || kind == "GROUP", "it is of a \(kind)")
            try expect(!name.contains("\"") && name.utf8.count <= 64, "the name is \(name)")
            try plain(state, "_", 32)
        case .hast(let event, let resource, let roles):
            try plain(event, "-", 32)
            try operand(resource)
            for role in roles { try plain(role, "", 9) }
        case .drbd(let event, let resource, let state):
            try plain(event, "-", 32)
            try operand(resource)
            if !state.isEmpty { try plain(state, "", 32) }
        }
    }

    private static func plain(_ text: String, _ marks: String, _ limit: Int) throws(Finding) {
        let isSound = (1...limit).contains(text.utf8.count) && Text.isPlain(text, besides: marks)
        try expect(isSound, "`\(text)` was let through")
    }

    /// An interface: its name is no option, wherever it comes to stand.
    private static func named(_ interface: String) throws(Finding) {
        try plain(interface, "_.-", 31)
        let isLetter = interface.first.map { $0.isASCII && $0.isLetter } ?? false
        try expect(isLetter, "`\(interface)` can be an option or a path")
    }

    private static func operand(_ text: String) throws(Finding) {
        try plain(text, "_.:-", 127)
        try expect(text.first != "-" && text.first != ".", "`\(text)` can be an option or a path")
    }
}
