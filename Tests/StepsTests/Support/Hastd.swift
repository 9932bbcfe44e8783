import Engine
import Testing

/// Process tables with a hastd of number 662, as recorded on FreeBSD 13.2, and with forgeries.
enum Hastd {
    static let pidFile = Answer.text(Array("662\n".utf8))

    static func origin(
        _ program: String, user: UInt32? = 0, parent: Int32 = 1, started: UInt64 = 5
    ) -> ProcessEntry.Origin {
        ProcessEntry.Origin(program: program, user: user, parent: parent, started: started)
    }

    static let daemon = ProcessEntry(
        pid: 662, title: "/sbin/hastd", origin: origin("/sbin/hastd", started: 1))

    /// hastd and a worker of its own.
    static func table(_ title: String, pid: Int32 = 1185) -> [ProcessEntry] {
        let worker = origin("/sbin/hastd", user: 845, parent: 662)
        return [daemon, ProcessEntry(pid: pid, title: title, origin: worker)]
    }

    /// Something that calls itself a worker.
    struct Forgery: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var others = [Hastd.daemon]
        var origin: ProcessEntry.Origin? = Hastd.origin("/sbin/hastd", user: 845, parent: 662)
        var pidFile = Hastd.pidFile

        func processes(titled title: String) -> [ProcessEntry] {
            others + [ProcessEntry(pid: 7000, title: title, origin: origin)]
        }
    }

    static let forgeries = [
        Forgery(testDescription: "another program", origin: origin("/usr/bin/perl", user: 1001)),
        Forgery(testDescription: "hastd, started by a user", origin: origin("/sbin/hastd")),
        Forgery(testDescription: "root's, but not hastd's child", origin: origin("hastd")),
        Forgery(testDescription: "of unknown origin", origin: nil),
        Forgery(testDescription: "no hastd runs", others: []),
        Forgery(
            testDescription: "a child of somebody's hastd",
            others: [
                ProcessEntry(
                    pid: 662, title: "/sbin/hastd", origin: origin("/tmp/hastd", user: 1001))
            ]),
        Forgery(
            testDescription: "a child of a set-user-id program",
            others: [
                ProcessEntry(pid: 662, title: "hastd", origin: origin("/tmp/hastd", user: nil))
            ]),
        Forgery(
            testDescription: "a child of who has the number now",
            others: [ProcessEntry(pid: 662, title: "hastd", origin: origin("/usr/sbin/sshd"))]),
        Forgery(
            testDescription: "the pid file names another", pidFile: .text(Array("663\n".utf8))),
        Forgery(testDescription: "no pid file", pidFile: .text(nil)),
        Forgery(testDescription: "no number", pidFile: .text(Array("hastd".utf8))),
        Forgery(testDescription: "an unreadable pid file", pidFile: .missing(why: "it hangs")),
    ]
}
