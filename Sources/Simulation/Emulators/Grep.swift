import Engine

/// grep(1) of GNU, for the switches in the kernel's tree of targets
/// (drivers/target/target_core_configfs.c), which it reads through the links that LUNs are.
enum Grep {
    private static let root = "/sys/kernel/config/target"
    private static let version =
        "Target Engine Core ConfigFS Infrastructure v5.0 on Linux/x86_64 on 6.1.0-56-cloud-amd64"

    static func run(_ argv: [String], on world: World) -> Outcome {
        guard argv.contains("-R"), let path = argv.last else { return .fails(2, "Usage: grep") }
        guard path == root, world.lio.isLoaded else {
            return .fails(2, "grep: \(path): No such file or directory")
        }
        var output: [UInt8] = []
        let isAskedForDevices = argv.contains("--include=udev_path")
        func put(_ path: String, _ value: String) { output.put("\(root)/\(path):\(value)\n") }
        put("version", version)
        for group in world.lio.groups {
            let folder = "iscsi/\(group.target)/tpgt_1"
            for (number, unit) in group.units.enumerated() {
                let link = "\(folder)/lun/lun_\(number)/\(Self.link(number))"
                put("\(link)/enable", "1")
                guard isAskedForDevices,
                    let backstore = world.lio.backstores.first(where: { $0.name == unit })
                else { continue }
                put("\(link)/udev_path", backstore.lun.path)
            }
            put("\(folder)/enable", group.isEnabled ? "1" : "0")
        }
        for (number, backstore) in world.lio.backstores.enumerated() {
            put("core/iblock_\(number)/\(backstore.name)/enable", "1")
            guard isAskedForDevices else { continue }
            put("core/iblock_\(number)/\(backstore.name)/udev_path", backstore.lun.path)
        }
        return .exits(Output(.exited(0), output: output))
    }

    /// rtslib names the links at random.
    private static func link(_ number: Int) -> String { "1b3c5d7e9\(number)" }
}
