import CSystem
import Engine
import Foundation
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// Processes that live on without whoever started them.
    @Suite struct DetachedTests {
        @Test func whatIsNoPathIsNotStarted() throws {
            #expect(Detached.executable?.hasPrefix("/") == true)
            #expect(throws: StoreFault.self) { try Detached.start(["sleep", "1"]).get() }
            #expect(throws: StoreFault.self) { try Detached.start(["/bin/echo", "\0"]).get() }
            #expect(throws: StoreFault.self) { try Detached.start([]).get() }
        }

        @Test(arguments: [
            ("none", "no such file or directory"), ("text", "permission denied"),
            ("garbage", "exec format error"), ("folder", "permission denied"),
        ])
        func theLogIsToldOfWhatComesToNoProgram(_ name: String, _ why: String) throws {
            let scratch = try Scratch()
            let text = try scratch.file("text", "x")
            // Not by this process, as for the tools of a scratch folder.
            let copy = Command.tool("install", "-m", "755", text, scratch.path("garbage"))
            #expect(try LocalHost(syslog: nil).output(of: copy).succeeded)
            mkdir(scratch.path("folder"), 0o755)
            let log = try scratch.socket("log")
            // A name that fits into no address of a socket, a socket that is not there, ours.
            let long = "/" + String(repeating: "x", count: 200)
            let paths = [long, scratch.path("gone"), scratch.path("log")]
            let syslog = try #require(Syslog(tag: "carp-hast", paths: paths))
            let complaint = syslog.line("tank: no worker: ", level: "crit")
            let pid = try Detached.start([scratch.path(name)], complaint: complaint).get()
            var line = ""
            #expect(
                try awaited {
                    line += received(log)
                    return !line.isEmpty
                })
            #expect(line.hasPrefix("<26>") && line.hasSuffix(" carp-hast: tank: no worker: \(why)"))
            #expect(
                try awaited {
                    system_reap_left_children()
                    return !exists(pid)
                })
        }

        @Test func whatIsToldToNobodyEndsAllTheSame() throws {
            let pid = try Detached.start(["/no/such/program"]).get()
            #expect(
                try awaited {
                    system_reap_left_children()
                    return !exists(pid)
                })
        }

        @Test func theEndedAreReaped() throws {
            let pid = try Detached.start(["/bin/true"]).get()
            #expect(
                try awaited {
                    system_reap_left_children()
                    return !exists(pid)
                })
        }

        private func received(_ socket: Descriptor) -> String {
            let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
                count = socket.read(UnsafeMutableRawBufferPointer(buffer)) ?? 0
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
