import CSystem
import Engine
import Foundation
@testable import LocalHost
import Testing

extension LocalHostTests {
    /// Lines to the system's log, which a socket of our own stands for.
    @Suite struct SyslogTests {
        private func received(_ socket: Descriptor) -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
                count = socket.read(UnsafeMutableRawBufferPointer(buffer)) ?? 0
            }
        }

        private func text(_ socket: Descriptor) -> String {
            String(decoding: received(socket), as: UTF8.self)
        }

        @Test func aLineIsOneDatagram() throws {
            let scratch = try Scratch()
            let socket = try scratch.socket("log")
            let syslog = try #require(
                Syslog(
                    facility: "local0",
                    level: "debug",
                    tag: "carp-hast",
                    paths: [scratch.path("none"), scratch.path("log")]
                )
            )
            let host = LocalHost(syslog: syslog)
            #expect(try host.output(of: Command(.log("one\ntwo\u{9B}31m"))).succeeded)
            // <135>Nov 22 08:32:30 carp-hast: one two
            #expect(
                text(socket).wholeMatch(
                    of: #/<135>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d carp-hast: one two 31m/#
                ) != nil
            )
            syslog.send("broken", level: "err")
            #expect(text(socket).hasPrefix("<131>"))
        }

        @Test func aLongLineIsCutBetweenCharacters() throws {
            let scratch = try Scratch()
            let socket = try scratch.socket("log")
            for shift in 0..<4 {
                let syslog = try #require(
                    Syslog(tag: String(repeating: "t", count: shift), paths: [scratch.path("log")])
                )
                syslog.send(String(repeating: "€", count: 2000))
                let bytes = received(socket)
                #expect(bytes.count <= 1024)
                #expect(bytes.count > 1020)
                #expect(String(validating: bytes, as: UTF8.self) != nil)
            }
        }

        @Test(arguments: [
            ("kern", "emerg", 0), ("daemon", "notice", 29), ("local7", "debug", 191),
            ("user", "alert", 9), ("cron", "err", 75), ("authpriv", "warning", 84),
            ("ftp", "info", 94),
        ])
        func priorities(_ facility: String, _ level: String, _ priority: Int) throws {
            let scratch = try Scratch()
            let socket = try scratch.socket("log")
            let syslog = try #require(
                Syslog(facility: facility, level: level, paths: [scratch.path("log")])
            )
            syslog.send("text")
            #expect(text(socket).hasPrefix("<\(priority)>"))
        }

        @Test(arguments: [("local9", "info"), ("daemon", "nonsense"), ("", ""), ("LOCAL0", "err")])
        func unknownNames(_ facility: String, _ level: String) {
            #expect(Syslog(facility: facility, level: level) == nil)
        }

        /// 2026-11-02 08:05:09.001234 in a zone three and a half hours behind.
        private func place(host: String = "san1.example.org") -> SyslogRecord.Place {
            var local = tm()
            (local.tm_year, local.tm_mon, local.tm_mday) = (126, 10, 2)
            (local.tm_hour, local.tm_min, local.tm_sec) = (8, 5, 9)
            return SyslogRecord.Place(
                microseconds: 1234, local: local, offset: -12_600, host: host, pid: 4711)
        }

        @Test(arguments: [
            (SyslogForm.traditional, "san1", "<131>Nov  2 08:05:09 carp-hast: one two"),
            (
                .structured, "san1.example.org",
                "<131>1 2026-11-02T08:05:09.001234-03:30 san1.example.org carp-hast 4711 - - "
                    + "one two"
            ),
            (
                .structured, "",
                "<131>1 2026-11-02T08:05:09.001234-03:30 - carp-hast 4711 - - one two"
            ),
        ])
        func forms(_ form: SyslogForm, _ host: String, _ line: String) {
            let record = SyslogRecord(
                priority: 131, tag: "carp-hast", text: "one\ntwo", limit: 1024)
            let bytes = record.bytes(as: form, place(host: host))
            #expect(String(decoding: bytes, as: UTF8.self) == line)
        }

        @Test func theStructuredFormIsSent() throws {
            let scratch = try Scratch()
            let socket = try scratch.socket("log")
            let syslog = try #require(Syslog(paths: [scratch.path("log")], form: .structured))
            syslog.send("text")
            let form =
                #/<29>1 \d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}[+-]\d\d:\d\d \S+ failover \d+ - - text/#
            #expect(text(socket).wholeMatch(of: form) != nil)
        }

        @Test func aLogThatIsNotThereFailsNothing() throws {
            let scratch = try Scratch()
            let long = "/" + String(repeating: "x", count: 200)
            let syslog = Syslog(paths: [scratch.path("none"), long, "/dev/null"])
            let host = LocalHost(syslog: syslog)
            #expect(try host.output(of: Command(.log("text"))).succeeded)
        }

        /// What is there to be read.
        private func lines(_ socket: Descriptor) -> [String] {
            var lines: [String] = []
            while true {
                let line = text(socket)
                if line.isEmpty { return lines }
                lines.append(line)
            }
        }

        @Test func howManyLinesWereLostIsSaidOnce() throws {
            let scratch = try Scratch()
            let path = scratch.path("log")
            func send(_ text: String) throws { try #require(Syslog(paths: [path])).send(text) }
            let remark = "lost that came before this process's last one: the log took none"
            // Nobody is there.
            for number in 0..<3 { try send("early \(number)") }
            let socket = try scratch.socket("log")
            try send("first")
            var seen = lines(socket)
            #expect(seen.count == 2 && seen[0].hasSuffix(": first"), "\(seen)")
            #expect(seen.last?.hasSuffix(": 3 lines are \(remark)") == true, "\(seen)")
            // It takes so many, and no more until they are read.
            for number in 0..<1000 { try send("line \(number)") }
            let taken = lines(socket).count
            #expect(taken < 1000)
            try send("second")
            try send("third")
            seen = lines(socket)
            #expect(seen.count == 3, "\(seen)")
            #expect(seen[1].hasSuffix(": \(1000 - taken) lines are \(remark)"), "\(seen)")
        }

        @Test func aLogThatDoesNotListenHoldsNothingUp() throws {
            let scratch = try Scratch()
            let socket = try scratch.socket("log")
            let syslog = try #require(Syslog(paths: [scratch.path("log")]))
            for number in 0..<1000 { syslog.send("line \(number)") }
            #expect(text(socket).hasSuffix("line 0"))
        }
    }
}
