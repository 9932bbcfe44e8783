import Foundation
import Testing

/// A server on the iSCSI port of a loopback address of its own, where the fake ctld "listens".
final class LoopbackPortal {
    let address: String
    private let socket: Int32

    init() throws {
        let host = (1...3).map { _ in UInt32.random(in: 2...250) }
        address = "127.\(host[0]).\(host[1]).\(host[2])"
        #if os(Linux)
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket = Foundation.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = in_port_t(3260).bigEndian
        inet_pton(AF_INET, address, &place.sin_addr)
        let bound = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(bound == 0 && listen(socket, 8) == 0, "no port 3260 on \(address)")
    }

    deinit { close(socket) }
}
