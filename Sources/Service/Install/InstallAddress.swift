import Engine

/// What a shared address is called by the program that moves it.
public enum InstallAddress: Sendable, Hashable {
    /// `1@vlan50`: a virtual host of CARP, FreeBSD 10 and newer.
    case carp(vhid: Int, interface: String)
    /// `carp0`: an interface of CARP, before FreeBSD 10.
    case interface(String)
    /// `INSTANCE VI_1`: an instance of keepalived.
    case instance(String)
    /// `GROUP G1`: instances of keepalived that move together.
    case group(String)

    /// The system that has such an address.
    var platform: Platform {
        switch self {
        case .carp, .interface: .freebsd
        case .instance, .group: .linux
        }
    }

    /// Reads an address as signals.yaml writes it.
    public init(_ text: String) throws(InstallFault) {
        let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        if words.count == 2, words[0] == "INSTANCE" || words[0] == "GROUP" {
            let name = String(words[1])
            guard PlainWord.isName(name, limit: 64) else {
                throw InstallFault("the name", name, "holds more than letters, digits, `_.-`")
            }
            self = words[0] == "INSTANCE" ? .instance(name) : .group(name)
            return
        }
        guard PlainWord.isName(text.split(separator: "@").joined(), limit: 64) else {
            throw InstallFault("the address", text, "holds more than letters, digits, `_.-`")
        }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 2:
            guard let vhid = Int(parts[0]), (1...255).contains(vhid), String(vhid) == parts[0],
                PlainWord.isName(parts[1], limit: 15)
            else { throw InstallFault("the address", text, "is not written like `1@vlan50`") }
            self = .carp(vhid: vhid, interface: parts[1])
        case 1 where text.hasPrefix("carp") && Int(text.dropFirst(4)) != nil:
            self = .interface(text)
        case 1:
            throw InstallFault(
                "the address", text, "is not written like `1@vlan50` or `INSTANCE VI_1`")
        default: throw InstallFault("the address", text, "holds more than one `@`")
        }
    }
}
