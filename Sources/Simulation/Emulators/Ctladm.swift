import Engine

/// ctladm(8): what the CAM target layer serves while ctld runs (usr.sbin/ctladm/ctladm.c).
enum Ctladm {
    static func run(_ argv: [String], on world: World) -> Outcome {
        guard argv.count > 1 else { return usage }
        switch argv[1] {
        case "portlist": return ports(argv[2...], on: world)
        case "devlist": return devices(argv[2...], on: world)
        default: return usage
        }
    }

    private static func ports(_ words: ArraySlice<String>, on world: World) -> Outcome {
        guard let arguments = Arguments(words, flags: "q", valued: "f"),
            arguments.operands.isEmpty
        else { return usage }
        var output: [UInt8] = []
        if !arguments.has("q") { output.put("Port Online Frontend Name     pp vp\n") }
        let isShown = arguments.all("f").last.map { $0 == "iscsi" } ?? true
        guard isShown, world.isServing("ctld") else {
            return .exits(Output(.exited(0), output: output))
        }
        for (number, target) in world.iscsi.targets.enumerated() {
            output.put(left: String(firstPort + number), 4)
            output.put(" YES    iscsi    iscsi    ")
            output.put("\(firstTag + number) 1  \(target),t,0x")
            output.put(String(firstTag + number, radix: 16))
            output.put("\n")
        }
        return .exits(Output(.exited(0), output: output))
    }

    /// The number of the first port that ctld makes, after those of the host's own.
    private static let firstPort = 131
    /// The portal group tag of the first port.
    private static let firstTag = 0x8001

    private static func devices(_ words: ArraySlice<String>, on world: World) -> Outcome {
        guard words.isEmpty else { return usage }
        var output: [UInt8] = []
        output.put("LUN Backend       Size (Blocks)   BS Serial Number    Device ID       \n")
        guard world.isServing("ctld") else {
            return .exits(Output(.exited(0), output: output))
        }
        for (number, lun) in world.iscsi.luns.enumerated() {
            output.put(right: String(number), 3)
            output.put(" ")
            output.put(left: "block", 8)
            output.put(" ")
            output.put(right: String(lun.blocks), 18)
            output.put("  512 ")
            output.put(left: "MYSERIAL" + fourDigits(number), 16)
            output.put(" ")
            output.put(left: "MYDEVID" + fourDigits(number), 16)
            output.put("\n")
        }
        return .exits(Output(.exited(0), output: output))
    }

    private static func fourDigits(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static let usage = Outcome.fails(
        1,
        "Usage:",
        "ctladm portlist [-q] [-f frontend]",
        "ctladm devlist"
    )
}
