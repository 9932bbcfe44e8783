import Engine

/// What the manager says of one unit (org.freedesktop.systemd1(5)).
struct SystemdUnit {
    private var load: Bytes = []
    private var active: Bytes = []
    private var sub: Bytes = []
    private var result: Bytes = []
    /// The number of the job that is queued for it or under way.
    private var job: Int?
    /// How many processes and threads it has left.
    private var tasks = 0

    /// Reads the lines `Property=value` of `systemctl show`, which come in an order of its own.
    init(_ output: Output, asked query: Query) throws(Unreadable) {
        guard output.succeeded else { throw Unreadable(query, output) }
        for line in ByteLines(output.standardOutput) {
            guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let value = line[(equals + 1)...]
            switch line[..<equals] {
            case "LoadState": load = value
            case "ActiveState": active = value
            case "SubState": sub = value
            case "Result": result = value
            case "Job": job = value.number.flatMap { $0 == 0 ? nil : $0 }
            case "TasksCurrent": tasks = value.number ?? 0
            default: continue
            }
        }
        if active.isEmpty || load.isEmpty { throw Unreadable(query, output) }
    }

    func runs(_ unit: String) -> Verdict {
        switch active {
        case "active", "reloading", "refreshing": return .holds
        case "activating", "deactivating", "maintenance": return .doesNot(words(unit))
        case "inactive", "failed":
            if job != nil { return .doesNot(words(unit)) }
            switch load {
            case "not-found": return .never(missing(unit))
            case "masked":
                return .never("\(unit) is masked: `systemctl unmask \(unit)` lets it start")
            case "bad-setting", "error":
                return .never("systemd cannot load \(unit) (\(load.text)): see `systemctl status`")
            default: return .doesNot(words(unit))
            }
        default: return .unknown("\(unit) is `\(active.text)`, which is no known state")
        }
    }

    func isStopped(_ unit: String) -> Verdict {
        switch active {
        case "active", "reloading", "refreshing", "activating", "deactivating", "maintenance":
            return .doesNot(words(unit))
        case "inactive", "failed":
            if let job {
                return .doesNot("\(unit) is \(active.text), but job \(job) is yet to start it")
            }
            // After the last SIGKILL a unit is failed, and may still have processes in the kernel.
            if active.equals("failed"), tasks > 0 {
                return .doesNot("\(unit) has failed (\(result.text)), but \(tasks) tasks are left")
            }
            return load.equals("not-found") ? .never(missing(unit)) : .holds
        default: return .unknown("\(unit) is `\(active.text)`, which is no known state")
        }
    }

    /// What systemd is about to do with it; nil when it is at rest.
    func pending(_ unit: String) -> String? {
        switch active {
        case "activating", "deactivating", "reloading", "refreshing": return words(unit)
        default: return job == nil ? nil : words(unit)
        }
    }

    private func missing(_ unit: String) -> String { "this system has no unit \(unit)" }

    private func words(_ unit: String) -> String {
        let why = active.equals("failed") && !result.isEmpty ? result : sub
        let waits = job.map { ", job \($0) is queued" } ?? ""
        return "\(unit) is \(active.text) (\(why.text))\(waits)"
    }
}

extension SystemdUnit {
    /// The unit that a service's name stands for: `NAME.service`, unless it names a unit's type.
    static func fullName(_ name: String) -> String {
        types.contains { name.hasSuffix($0) } ? name : name + ".service"
    }

    private static let types = [
        ".service", ".socket", ".target", ".mount", ".automount", ".swap", ".timer", ".path",
        ".slice", ".scope", ".device",
    ]

    /// Whether it is the name of one unit as it stands: systemctl takes others for patterns or
    /// paths (systemd.unit(5)).
    static func isName(_ unit: String) -> Bool {
        let isShort = unit.utf8.count <= 255
        return isShort
            && unit.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: ":-_.\\@".utf8.contains(byte)
                }
            }
    }
}
