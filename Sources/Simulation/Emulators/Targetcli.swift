import Engine

/// targetcli(8) of targetcli-fb 2.1.53, a command at a time, which saves nothing (targetcli,
/// ui_root.py, ui_backstore.py, ui_target.py).
enum Targetcli {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        let words = Array(argv.dropFirst())
        world.lio.isLoaded = true
        if words.first == "restoreconfig" { return restore(words, on: &world) }
        guard let path = words.first, words.count > 1 else {
            return .fails(1, "the simulation does not know this command of targetcli")
        }
        let parts = path.split(separator: "/").map(String.init)
        switch (parts.first, words[1]) {
        case ("iscsi"?, "disable") where parts.count == 3 && parts[2] == "tpg1":
            guard let index = group(parts[1], world) else { return noPath(path) }
            world.lio.groups[index].isEnabled = false
        case ("iscsi"?, "delete") where parts.count == 1 && words.count == 3:
            guard let index = group(words[2], world) else {
                return .fails(
                    1,
                    "No such Target in configfs: /sys/kernel/config/target/iscsi/"
                        + words[2])
            }
            world.lio.groups.remove(at: index)
        case ("backstores"?, "delete") where parts == ["backstores", "block"] && words.count == 3:
            guard world.lio.backstores.contains(where: { $0.name == words[2] }) else {
                return .fails(1, "No storage object named \(words[2]).")
            }
            world.dropBackstore(words[2])
        default: return noPath(path)
        }
        world.tellLio()
        return .done
    }

    private static func group(_ target: String, _ world: World) -> Int? {
        world.lio.groups.firstIndex { $0.target == target }
    }

    private static func noPath(_ path: String) -> Outcome { .fails(1, "No such path \(path)") }

    /// `restoreconfig FILE clear_existing=true target=NAME`, or `storage_object=NAME`.
    private static func restore(_ words: [String], on world: inout World) -> Outcome {
        guard words.count == 4, words[2] == "clear_existing=true",
            let sign = words[3].firstIndex(of: "=")
        else { return .fails(1, "the simulation does not know these words") }
        let isSaved = Lio.files.contains(words[1]) && world.lio.restore != .noFile
        guard isSaved || world.canRead(words[1]) else {
            return .prints("Restore file \(words[1]) not found\n")
        }
        let name = String(words[3][words[3].index(after: sign)...])
        guard world.lio.restore == .works else { return .done }
        let faults =
            words[3].hasPrefix("target=")
            ? world.restoreTarget(name) : world.restoreBackstore(name)
        world.tellLio()
        guard !faults.isEmpty else {
            return .prints("Configuration restored from \(words[1])\n")
        }
        return .fails(
            1,
            "Configuration restored, \(faults.count) recoverable errors:\n"
                + faults.joined(separator: "\n"))
    }
}
