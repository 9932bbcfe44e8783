import CSystem
import Engine
import Foundation
import LocalHost
import Testing

extension LocalHostTests {
    /// Questions at a terminal, which a pseudo-terminal stands for.
    @Suite struct TerminalTests {
        /// A pseudo-terminal: the person's side, and the path of the program's.
        private func terminal() throws -> (person: FileHandle, path: String, keep: FileHandle) {
            var person: Int32 = -1
            var program: Int32 = -1
            #expect(openpty(&person, &program, nil, nil, nil) == 0)
            // Tests run side by side, and ttyname(3) has one buffer for all.
            var name = [CChar](repeating: 0, count: 256)
            #expect(ttyname_r(program, &name, name.count) == 0)
            let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            return (
                FileHandle(fileDescriptor: person, closeOnDealloc: true),
                String(decoding: bytes, as: UTF8.self),
                FileHandle(fileDescriptor: program, closeOnDealloc: true)
            )
        }

        /// What the program has written; empty when nothing comes within a bound.
        private func text(from person: FileHandle) -> String {
            var poll = pollfd(fd: person.fileDescriptor, events: Int16(POLLIN), revents: 0)
            guard Glibc.poll(&poll, 1, 5000) > 0 else { return "" }
            return String(decoding: person.availableData, as: UTF8.self)
        }

        @Test(arguments: [
            ("yes\n", 0, ""), ("y\n", 0, ""), (" YES \n", 0, ""), ("no\n", 1, ""), ("N\n", 1, ""),
            ("maybe\n\nyes\n", 0, ""), ("yesterday\nno\n", 1, ""),
            ("\nyes or no\nnot\n", 1, "no answer: neither yes nor no, 3 times"),
            ("\u{4}", 1, "no answer: the input is at its end"),
        ])
        func answers(_ typed: String, _ code: Int32, _ said: String) throws {
            let (person, path, keep) = try terminal()
            let host = LocalHost(syslog: nil, terminal: path)
            let command = Command(.ask("Is node B\nswitched\u{9B}off?", unattended: .refuse))
            host.perform(.execute(WorkID(1), command, until: host.after(patience)))
            host.perform(.sleep(WorkID(2), until: host.after(.milliseconds(50))))
            #expect(host.news()?.word == "woke 2")
            #expect(host.isAsking)
            let prompt = text(from: person)
            #expect(prompt.hasSuffix("Is node B switched off? [yes/no] "))
            try person.write(contentsOf: Data(typed.utf8))
            let answer = try #require(host.news())
            #expect(answer.word == "ended 1 exit \(code)")
            if case .finished(_, .ended(let output)) = answer.input {
                #expect(output.excerpt == said)
            }
            #expect(!host.isAsking)
            withExtendedLifetime(keep) {}
        }

        @Test func whatWasTypedBeforeIsNoAnswer() throws {
            let (person, path, keep) = try terminal()
            try person.write(contentsOf: Data("yes\n".utf8))
            let host = LocalHost(syslog: nil, terminal: path)
            host.perform(
                .execute(
                    WorkID(1), Command(.ask("Sure?", unattended: .refuse)),
                    until: host.after(.milliseconds(300)))
            )
            #expect(host.allEvents().map(\.word) == ["gave up 1", "gone 1"])
            withExtendedLifetime(keep) {}
        }

        @Test func questionsComeOneByOne() throws {
            let (person, path, keep) = try terminal()
            let host = LocalHost(syslog: nil, terminal: path)
            for number in 1...2 {
                let command = Command(.ask("Question \(number)?", unattended: .refuse))
                host.perform(.execute(WorkID(number), command, until: host.after(patience)))
            }
            var seen = ""
            for number in 1...2 {
                let timer = WorkID(10 + number)
                host.perform(.sleep(timer, until: host.after(.milliseconds(50))))
                #expect(host.news()?.word == "woke \(timer.number)")
                seen += text(from: person)
                #expect(seen.contains("Question \(number)?"))
                #expect(seen.contains("Question 2?") == (number == 2))
                try person.write(contentsOf: Data("yes\n".utf8))
                #expect(host.news()?.word == "ended \(number) exit 0")
            }
            withExtendedLifetime(keep) {}
        }

        @Test func withoutATerminalNobodyCanBeAsked() throws {
            let host = LocalHost(syslog: nil, terminal: "/dev/none-of-this")
            let output = try host.output(of: Command(.ask("Sure?", unattended: .refuse)))
            #expect(output.status == .exited(75))
            #expect(output.excerpt == "nobody can be asked: there is no terminal")
        }

        @Test func aTerminalThatGoesAwayIsNoAnswer() throws {
            let (person, path, keep) = try terminal()
            let host = LocalHost(syslog: nil, terminal: path)
            host.perform(
                .execute(
                    WorkID(1), Command(.ask("Sure?", unattended: .refuse)),
                    until: host.after(patience))
            )
            host.perform(.sleep(WorkID(2), until: host.after(.milliseconds(50))))
            #expect(host.news()?.word == "woke 2")
            try person.close()
            let word = try #require(host.news()).word
            #expect(["ended 1 exit 75", "ended 1 exit 1"].contains(word))
            withExtendedLifetime(keep) {}
        }
    }
}
