import Engine

/// tgt-admin(8) of tgt 1.0.85: it calls tgtadm, returns 0 whatever it left out, and says nothing
/// of it.
enum TgtAdmin {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        if let name = Tgtadm.value("--update", argv) {
            return update(name, argv, on: &world)
        }
        guard world.tgtRuns else { return .fails(107, Tgtadm.down) }
        if world.tgt.isBusy { return .blocked }
        if let name = Tgtadm.value("--delete", argv) {
            let isForced = argv.contains("--force")
            world.tgt.targets.removeAll { $0.name == name && (isForced || $0.session == nil) }
            return .done
        }
        guard let name = Tgtadm.value("--offline", argv) else {
            return .fails(1, "Unknown option")
        }
        let meant = world.tgt.targets.indices.filter {
            name == "ALL" || world.tgt.targets[$0].name == name
        }
        guard name == "ALL" || !meant.isEmpty else {
            return .fails(
                1, "", output: "There is no target with name \"\(name)\", can't offline it!\n")
        }
        for index in meant { world.tgt.targets[index].isReady = false }
        return .done
    }

    private static func update(
        _ name: String, _ argv: [String], on world: inout World
    ) -> Outcome {
        guard world.tgtRuns else {
            let command = "tgtadm -C 0 --lld iscsi --op new --mode target --tid 1 -T "
            let output = "Command:\n\t\(command)\(world.iscsi.targets.first ?? "")\n"
            return .fails(
                107, Tgtadm.down, Tgtadm.down, output: output + "exited with code: 107.\n")
        }
        if world.tgt.isBusy { return .blocked }
        if let file = Tgtadm.value("-c", argv), file != "/dev/null", !world.canRead(file) {
            return .fails(1, "Config file \(file) not found. Exiting...")
        }
        world.updateTgt(
            only: name == "ALL" ? nil : name, isForced: argv.contains("--force"),
            isEmpty: Tgtadm.value("-c", argv) == "/dev/null")
        return .done
    }
}
