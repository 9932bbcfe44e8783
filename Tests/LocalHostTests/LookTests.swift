import CSystem
import Engine
import Foundation
import LocalHost
import Testing

extension LocalHostTests {
    /// What the host sees.
    @Suite struct LookTests {
        @Test(arguments: [
            ("/dev/null", PathKind.characterDevice), ("/dev", .folder), ("/dev/fd/", .folder),
            ("/dev/none-of-this", .absent), ("/dev/null/x", .absent), ("/proc/self/stat", .file),
            ("/", .folder), ("FOLDER", .folder), ("FOLDER/file", .file),
            ("FOLDER/link", .characterDevice), ("FOLDER/dangling", .absent),
            ("FOLDER/none", .absent), ("FOLDER/file/x", .absent), ("FOLDER/fifo", .other),
        ])
        func paths(_ path: String, _ kind: PathKind) throws {
            let scratch = try Scratch()
            try scratch.file("file", "")
            let manager = FileManager.default
            try manager.createSymbolicLink(
                atPath: scratch.path("link"),
                withDestinationPath: "/dev/null"
            )
            try manager.createSymbolicLink(
                atPath: scratch.path("dangling"),
                withDestinationPath: "/dev/none-of-this"
            )
            mkfifo(scratch.path("fifo"), 0o600)
            let path = path.replacingOccurrences(of: "FOLDER", with: scratch.folder)
            #expect(try scratch.host().answer(.path(path)) == .path(kind))
        }

        @Test(arguments: ["relative", "", "/dev/n\0ull"])
        func anOddPathIsMissing(_ path: String) throws {
            let host = LocalHost(syslog: nil)
            for query in [Query.path(path), .text(path)] {
                guard case .missing(let why) = try host.answer(query) else {
                    Issue.record("there is an answer to \(query)")
                    continue
                }
                #expect(why.hasSuffix("is no absolute path"))
            }
        }

        @Test(arguments: [0, 1, 65_535, 65_536, 70_000]) func texts(_ count: Int) throws {
            let scratch = try Scratch()
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let path = scratch.path("file")
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            #expect(try scratch.host().answer(.text(path)) == .text(bytes))
        }

        @Test(arguments: ["/dev/none-of-this", "FOLDER/none"])
        func aTextThatIsNotThere(_ path: String) throws {
            let scratch = try Scratch()
            let path = path.replacingOccurrences(of: "FOLDER", with: scratch.folder)
            #expect(try scratch.host().answer(.text(path)) == .text(nil))
        }

        @Test(arguments: ["/dev/null", "/dev", "FOLDER"])
        func whatIsNoFileHasNoText(_ path: String) throws {
            let scratch = try Scratch()
            let path = path.replacingOccurrences(of: "FOLDER", with: scratch.folder)
            guard case .missing = try scratch.host().answer(.text(path)) else {
                Issue.record("\(path) has a text")
                return
            }
        }

        @Test func aTextOfTheKernel() throws {
            let host = LocalHost(syslog: nil)
            guard case .text(let bytes?) = try host.answer(.text("/proc/self/comm")) else {
                Issue.record("no text")
                return
            }
            #expect(!bytes.isEmpty)
        }

        @Test func processesComeAndGo() throws {
            let scratch = try Scratch()
            let worker = try scratch.tool("worker", "while :; do sleep 0.1; done")
            let host = scratch.host()
            let title = "/bin/sh \(worker) hastd: disk0 (secondary)"
            let runs = Judged([.processes]) { answers in
                guard case .processes(let table) = answers[.processes] else {
                    return .unknown("no table")
                }
                return table.contains { $0.title == title } ? .holds : .doesNot("no worker")
            }
            #expect(try host.look(runs, for: .zero).verdict == .doesNot("no worker"))
            let command = Command.tool("worker", "hastd: disk0 (secondary)")
            host.perform(.execute(WorkID(2), command, until: host.after(patience)))
            #expect(try host.look(runs).verdict == .holds)
            host.perform(.cancel(WorkID(2)))
            #expect(host.allEvents().map(\.word) == ["gave up 2", "gone 2"])
            #expect(try host.look(runs, for: .zero).verdict == .doesNot("no worker"))
        }

        /// Who a process is, is not what it calls itself.
        @Test func aDaemonIsLookedAtMoreClosely() throws {
            let scratch = try Scratch()
            #expect(symlink("/bin/sleep", scratch.path("hastd")) == 0)
            let host = scratch.host()
            let command = Command.tool("hastd", "20.5")
            host.perform(.execute(WorkID(2), command, until: host.after(patience)))
            var found: [ProcessEntry] = []
            while found.isEmpty {
                guard case .processes(let table) = try host.answer(.processes) else { break }
                found = table.filter { $0.title == "hastd 20.5" }
                for entry in table where !ProcessEntry.isDaemon(entry.title) {
                    #expect(entry.origin == nil)
                }
            }
            let origin = try #require(found.first?.origin)
            #expect(origin.program.hasSuffix("sleep"), "\(origin)")
            #expect(origin.user == geteuid() && origin.parent == getpid() && origin.started > 0)
            #expect(found.first?.isRoots("hastd") == false)
            host.perform(.cancel(WorkID(2)))
            _ = host.allEvents()
        }

        @Test func theTableIsInOrderAndWithoutOurselves() throws {
            let answer = try LocalHost(syslog: nil).answer(.processes)
            guard case .processes(let table) = answer else {
                Issue.record("no table: \(answer)")
                return
            }
            #expect(table.contains { $0.pid == 1 || $0.pid == getppid() })
            #expect(!table.contains { $0.pid == getpid() })
            #expect(table.map(\.pid) == table.map(\.pid).sorted())
        }

        @Test func aLookCommandAnswersWithItsOutput() throws {
            let scratch = try Scratch()
            try scratch.tool("look", "echo seen; exit 3")
            let host = scratch.host()
            let look = Query.userCommand(UserLook(argv: ["look"], changesNothing: true))
            #expect(
                try host.answer(look)
                    == .output(Output(.exited(3), output: Array("seen\n".utf8)))
            )
            let none = Query.userCommand(UserLook(argv: ["none"], changesNothing: true))
            guard case .output(let output) = try host.answer(none) else {
                Issue.record("no output")
                return
            }
            #expect(output.status.description.hasPrefix("none is not installed"))
        }

        @Test(arguments: ["127.0.0.1", "localhost"]) func ports(_ name: String) throws {
            let host = LocalHost(syslog: nil)
            let (listener, port) = try listening()
            #expect(try host.answer(.port(host: name, port)) == .port(.open))
            close(listener)
            #expect(try host.answer(.port(host: name, port)) == .port(.refused))
        }

        @Test func aSilentPortIsSilent() throws {
            let host = LocalHost(syslog: nil)
            let (listener, port) = try listening(backlog: 0)
            defer { close(listener) }
            // Nobody takes these, and when the queue is full the next attempt gets no answer.
            let waiting = (0..<4).map { _ in connecting(to: port) }
            defer { for socket in waiting { close(socket) } }
            let start = host.now
            #expect(try host.answer(.port(host: "127.0.0.1", port)) == .port(.silent))
            #expect(host.now - start >= .milliseconds(400))
        }

        @Test(arguments: [("no-such-host.invalid", 80), ("127.0.0.1", 0), ("127.0.0.1", 65_536)])
        func aPortThatCannotBe(_ name: String, _ port: Int) throws {
            guard case .missing = try LocalHost(syslog: nil).answer(.port(host: name, port)) else {
                Issue.record("there is an answer")
                return
            }
        }

        /// A socket that listens on a port of the kernel's choice.
        private func listening(backlog: Int32 = 1) throws -> (socket: Int32, port: Int) {
            let socket = system_stream_socket(AF_INET)
            var address = loopback(0)
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    #expect(bind(socket, pointer, size) == 0)
                    #expect(listen(socket, backlog) == 0)
                    #expect(getsockname(socket, pointer, &size) == 0)
                }
            }
            return (socket, Int(UInt16(bigEndian: address.sin_port)))
        }

        /// A socket that connects to a port, or waits to.
        private func connecting(to port: Int) -> Int32 {
            let socket = system_stream_socket(AF_INET)
            var address = loopback(UInt16(port))
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    _ = connect(socket, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            return socket
        }

        private func loopback(_ port: UInt16) -> sockaddr_in {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
            return address
        }
    }
}
