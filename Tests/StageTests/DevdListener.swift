import Foundation
import Testing

/// A listener on devd's socket of a stage.
final class DevdListener {
    private let socket: Int32

    init(_ stage: LiveStage) throws {
        let path = stage.root + "/run/devd.seqpacket.pipe"
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                connect(socket, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(connected == 0, "no devd on \(path)")
        // Whoever has only just connected is told nothing before the stage has noticed.
        while try stage.ask("listeners").output == "0\n" {}
    }

    deinit { close(socket) }

    /// The next message; empty when none comes.
    func receive() -> String {
        let bytes = [UInt8](unsafeUninitializedCapacity: 8192) { buffer, count in
            count = max(0, recv(socket, buffer.baseAddress, buffer.count, 0))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
