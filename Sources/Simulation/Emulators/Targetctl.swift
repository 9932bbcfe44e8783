import Engine

/// targetctl(8) of rtslib-fb 2.1 (scripts/targetctl, rtslib/root.py): it returns 0 whatever it had
/// to leave out.
enum Targetctl {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count == 2 || argv.count == 3 else { return usage }
        switch argv[1] {
        case "restore": return restore(argv.count > 2 ? argv[2] : nil, on: &world)
        case "clear":
            world.clearLio()
            return .done
        case "save": return .done
        default: return usage
        }
    }

    private static func restore(_ file: String?, on world: inout World) -> Outcome {
        let isThere = file.map { world.canRead($0) } ?? (world.lio.restore != .noFile)
        guard isThere else {
            let path = file ?? "/etc/rtslib-fb-target/saveconfig.json"
            return .prints("No saved config file at \(path), ok, exiting\n")
        }
        let faults = world.restoreLio()
        var error: [UInt8] = []
        for fault in faults { error.put(fault + "\n") }
        return .exits(Output(.exited(0), error: error))
    }

    private static let usage = Outcome.fails(
        255, "syntax: /usr/bin/targetctl save [file_to_save_to]",
        "        /usr/bin/targetctl restore [file_to_restore_from]",
        "        /usr/bin/targetctl clear")
}
