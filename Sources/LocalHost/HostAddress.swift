import CSystem
import Engine

/// The address of a TCP port.
enum HostAddress {
    case ipv4(sockaddr_in)
    case ipv6(sockaddr_in6)

    /// So many addresses of one name are tried.
    private static let limit = 4

    /// The addresses that `host` stands for: itself one, or a name of hosts(5).
    ///
    /// Name servers are not asked: that cannot be bounded, and in a failover they may be gone.
    static func all(of host: String, port: UInt16) -> [HostAddress] {
        if let address = HostAddress(host, port) { return [address] }
        var texts: [Substring] = host == "localhost" ? ["127.0.0.1", "::1"] : []
        if texts.isEmpty, case .text(.some(let bytes)) = PathLook.text(of: "/etc/hosts") {
            texts = Self.texts(for: host, in: String(decoding: bytes, as: UTF8.self))
        }
        return texts.prefix(limit).compactMap { HostAddress(String($0), port) }
    }

    private static func texts(for host: String, in table: String) -> [Substring] {
        table.split(whereSeparator: \.isNewline).compactMap { line in
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            let names = words.dropFirst()
            return names.contains { $0.lowercased() == host.lowercased() } ? words.first : nil
        }
    }

    private init?(_ text: String, _ port: UInt16) {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if inet_pton(AF_INET, text, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            self = .ipv4(four)
        } else if inet_pton(AF_INET6, text, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            self = .ipv6(six)
        } else {
            return nil
        }
    }

    var family: Int32 {
        switch self {
        case .ipv4: AF_INET
        case .ipv6: AF_INET6
        }
    }

    /// connect(2), which does not block.
    func connect(_ socket: Descriptor) -> Int32 {
        switch self {
        case .ipv4(let address): connected(socket, address)
        case .ipv6(let address): connected(socket, address)
        }
    }

    private func connected(_ socket: Descriptor, _ address: some Any) -> Int32 {
        withUnsafeBytes(of: address) { bytes in
            CSystem.connect(
                socket.number,
                bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count)
            )
        }
    }
}
