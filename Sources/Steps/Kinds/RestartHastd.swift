import Engine

/// `restart-hastd`: leads out of a hastd that does not answer any more.
struct RestartHastd: StepKind {
    static let reference = Reference(
        "restart-hastd",
        "Ends a hastd that does not answer any more, and starts it again.",
        notes: """
            Nothing is done where hastd answers, whatever it says. One that has not answered for \
            `silent-for`, or must not be asked for so long since the device of a promotion does \
            not appear, is deadlocked: it and a worker wait for each other, TERM does nothing, \
            and a worker must not be killed (recorded on FreeBSD 13.2: a worker killed first \
            left GEOM stuck until a reboot). The parent is killed; its workers are gone half a \
            second later, with all devices of HAST; then it is started again, and each role is \
            `init`. So nothing is killed while a pool is imported that lies on HAST: then only a \
            reboot leads out. The mark of a full copy stays, unless the copy was connected to a \
            primary, which may go on without it. `silent-for` must be longer than hastd can be \
            busy: its `timeout` for each disk. A hastd that does not run is started.
            """,
        fields: [
            .required("resources", .names, "the resources, as in /etc/hast.conf"),
            .required(
                "silent-for", .duration,
                "how long it must have given no answer, looked at again and again"),
        ],
        timeout: .seconds(60),
        limit: "`silent-for` and 1m",
        undone: "not undone: a hastd that answers is left so",
        example: "- restart-hastd: {resources: [disk0, disk1], silent-for: 2m}"
    )

    /// How long its workers may take to go.
    private static let ending = "10"

    private let resources: [String]
    private let silentFor: Duration
    private let list: Query
    private let state: HostState

    init?(_ fields: inout Fields) {
        let resources = fields.names("resources")
        let silentFor = fields.duration("silent-for")
        guard fields.platform == .freebsd else {
            fields.report(
                "resources",
                "Linux has no hastd",
                note: "DRBD is the kernel's, and answers by itself",
                help: "leave it out"
            )
            return nil
        }
        guard let named = resources, let silentFor,
            let resources = fields.markable(
                named, in: "resources", of: "restart-hastd",
                emptiness: "hastd is asked about the first of them")
        else { return nil }
        self.resources = resources
        self.silentFor = silentFor
        list = .command(.hastctlList(resources[0]))
        let marks = resources.map { Query.path(ReplicaMark.path(of: $0)) }
        let list = list
        let name = Array(resources[0].utf8)
        state = HostState(
            "hastd answers",
            subject: "hastd",
            Probe([list, .processes, Self.pools] + marks) { answers throws(Unreadable) in
                guard case .output = answers[list] else {
                    let silence = try Self.silence(answers, list)
                    throw Unreadable(silence)
                }
                let output = try answers.output(of: list)
                if Self.isDown(output) { return .doesNot("hastd does not run") }
                // Whatever it says of the resource, it is hastd that says it.
                _ = try HASTList(output, of: name, asked: list)
                return .holds
            }
        )
    }

    private static let pools = Query.command(.zpoolDevices)

    private static func isDown(_ output: Output) -> Bool {
        output.standardError.mentions("Unable to connect to hastd")
    }

    /// What is said of no answer, and of what forbids to do anything about it.
    private static func silence(_ answers: Answers, _ list: Query) throws(Unreadable) -> String {
        guard case .missing(let why) = answers[list] else {
            throw Unreadable("`\(list.line)` was answered with something else")
        }
        let said = "hastd does not answer: \(why)"
        guard let pool = try poolOnHAST(answers) else { return said }
        return said + "; pool \(pool) on its disks is imported, so that only a reboot leads out"
    }

    /// A pool that is imported and lies on a device of HAST, by `zpool list -v` (recorded on
    /// FreeBSD 13.2: the name of a pool at the margin, beneath it `hast/disk0`).
    private static func poolOnHAST(_ answers: Answers) throws(Unreadable) -> String? {
        let output = try answers.output(of: pools)
        if output.lacksZFS { return nil }
        guard output.succeeded else { throw Unreadable(pools, output) }
        var pool = ""
        for line in ByteLines(output.standardOutput) {
            var words = ByteWords(line)
            guard let word = words.next() else { continue }
            if line.first != UInt8(ascii: " ") { pool = word.text }
            let device = word.starts(with: "/dev/".utf8) ? word.dropFirst(5) : word
            if line.first == UInt8(ascii: " "), device.starts(with: "hast/".utf8) { return pool }
        }
        return nil
    }

    /// Whether it was seen that no imported pool lies on HAST.
    private static func isFree(_ seen: Answers) -> Bool {
        do throws(Unreadable) { return try poolOnHAST(seen) == nil } catch { return false }
    }

    var summary: String { "have hastd answer" }
    var goal: Goal { .condition(state) }
    var silence: Duration? { silentFor }
    /// The silence, and the restart behind it.
    var limit: Duration? { silentFor + Self.reference.timeout }

    func apply(_ seen: Answers) -> [Command] {
        let start = Command(.tool(HastdInterlock.starts))
        if case .output(let output) = seen[list] { return Self.isDown(output) ? [start] : [] }
        // In doubt nothing is killed.
        guard case .missing = seen[list], Self.isFree(seen), let processes = try? seen.processes(),
            let parent = processes.first(where: { Self.isParent($0.title) })
        else { return [] }
        let workers = processes.filter { $0.title.hasPrefix("hastd: ") }
        let pids = ([parent] + workers).map { String($0.pid) }
        return keepMarks(seen, workers) + [
            Command(.tool(HastdInterlock.ends)),
            Command(.tool(["pwait", "-t", Self.ending] + pids)),
            start,
        ]
    }

    /// The daemon itself, by the arguments that rc.d/hastd gives it.
    private static func isParent(_ title: String) -> Bool {
        title == "/sbin/hastd" || title.hasPrefix("/sbin/hastd ")
    }

    /// Notes for the hook of hastd which marks are still true when roles are given out again: those
    /// of copies to which no primary was connected.
    private func keepMarks(_ seen: Answers, _ workers: [ProcessEntry]) -> [Command] {
        let kept = resources.filter { resource in
            guard case .path(.file) = seen[.path(ReplicaMark.path(of: resource))] else {
                return false
            }
            let title = HASTWorkers.title(resource, .secondary)
            return !workers.contains { $0.title == title }
        }
        guard !kept.isEmpty else { return [] }
        return [Command(.tool(["touch"] + kept.map { ReplicaMark.restart(of: $0) }))]
    }

    var inverse: Inverse { .none("a hastd that answers is left so") }
}
