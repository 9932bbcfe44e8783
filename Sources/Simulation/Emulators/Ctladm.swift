import Engine

/// ctladm(8): what the CAM target layer has, of ctld and of one that was killed
/// (usr.sbin/ctladm/ctladm.c).
enum Ctladm {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count > 1 else { return usage }
        switch argv[1] {
        case "portlist": return ports(argv[2...], on: world)
        case "devlist": return devices(argv[2...], on: world)
        case "port": return port(argv[2...], on: &world)
        case "modify": return modify(argv[2...], on: &world)
        default: return usage
        }
    }

    private static func ports(_ words: ArraySlice<String>, on world: World) -> Outcome {
        guard let arguments = Arguments(words, flags: "ql", valued: "f"),
            arguments.operands.isEmpty
        else { return usage }
        var output: [UInt8] = []
        if !arguments.has("q") { output.put("Port Online Frontend Name     pp vp\n") }
        let isShown = arguments.all("f").last.map { $0 == "iscsi" } ?? true
        let isServing = world.isServing("ctld")
        for (number, target) in world.iscsi.targets.enumerated()
        where isShown && (isServing || world.iscsi.leftPorts.contains(target)) {
            output.put(left: String(firstPort + number), 4)
            output.put(world.iscsi.offline.contains(target) ? " NO    " : " YES   ")
            output.put(" iscsi    iscsi    ")
            output.put("\(firstTag + number) 1  \(target),t,0x")
            output.put(String(firstTag + number, radix: 16))
            output.put("\n")
            guard arguments.has("l") else { continue }
            // The map of a port outlives the units that it names.
            for unit in world.iscsi.luns(of: number) where world.iscsi.luns[unit].isMade {
                output.put("  LUN \(unit): \(unit)\n")
            }
        }
        return .exits(Output(.exited(0), output: output))
    }

    /// `modify -b block -l UNIT -o NAME=VALUE … -s auto`, of which the role is what counts.
    private static func modify(_ words: ArraySlice<String>, on world: inout World) -> Outcome {
        guard let arguments = Arguments(words, flags: "", valued: "blos"),
            arguments.all("b") == ["block"], let unit = arguments.all("l").last.flatMap({ Int($0) })
        else { return usage }
        guard world.hasUnits, world.iscsi.luns.indices.contains(unit) else {
            return .fails(
                1, "ctladm: LUN modification error: LUN \(unit) is not managed by the block backend"
            )
        }
        let path = world.iscsi.luns[unit].path
        guard arguments.all("o").contains("file=\(path)") else {
            return .fails(1, "ctladm: the simulation wants the options that the unit has")
        }
        world.iscsi.luns[unit].isClosed = arguments.all("o").contains("ha_role=secondary")
        world.openUnit(unit)
        return .prints("LUN modified successfully\n")
    }

    /// `port -o on -p NUMBER`, or `off`.
    private static func turn(_ arguments: Arguments, on world: inout World) -> Outcome {
        let word = arguments.all("o").last ?? ""
        guard let number = arguments.all("p").last.flatMap({ Int($0) }),
            ["on", "off"].contains(word)
        else { return usage }
        let place = number - firstPort
        guard world.iscsi.targets.indices.contains(place) else {
            return .fails(1, "ctladm: cctl_port: CTL_ENABLE_PORT ioctl failed")
        }
        let target = world.iscsi.targets[place]
        if word == "on" {
            world.iscsi.offline.remove(target)
        } else {
            world.iscsi.offline.insert(target)
        }
        return .prints("Front End Ports \(word == "on" ? "enabled" : "disabled")\n")
    }

    /// `port -r -d iscsi -p NUMBER -O cfiscsi_portal_group_tag=TAG -O cfiscsi_target=TARGET`.
    private static func port(_ words: ArraySlice<String>, on world: inout World) -> Outcome {
        guard let arguments = Arguments(words, flags: "r", valued: "dopO") else { return usage }
        if !arguments.has("r") { return turn(arguments, on: &world) }
        guard arguments.all("d") == ["iscsi"] else { return usage }
        guard let number = arguments.all("p").last.flatMap({ Int($0) }) else {
            return .fails(1, "ctladm: cctl_port: -r require -p")
        }
        let place = number - firstPort
        let targets = world.iscsi.targets
        guard targets.indices.contains(place), !world.isServing("ctld"),
            let left = world.iscsi.leftPorts.firstIndex(of: targets[place]),
            Set(arguments.all("O")) == [
                "cfiscsi_portal_group_tag=\(firstTag + place)", "cfiscsi_target=\(targets[place])",
            ]
        else { return .fails(1, "ctladm: the simulation removes only what a killed ctld left") }
        world.iscsi.leftPorts.remove(at: left)
        return .done
    }

    /// The number of the first port that ctld makes, after those of the host's own.
    private static let firstPort = 3
    /// The portal group tag of the first port.
    private static let firstTag = 257

    private static func devices(_ words: ArraySlice<String>, on world: World) -> Outcome {
        let isVerbose = words.elementsEqual(["-v"])
        guard words.isEmpty || isVerbose else { return usage }
        var output: [UInt8] = []
        output.put("LUN Backend       Size (Blocks)   BS Serial Number    Device ID       \n")
        guard world.hasUnits else { return .exits(Output(.exited(0), output: output)) }
        for (number, lun) in world.iscsi.luns.enumerated() where lun.isMade {
            output.put(right: String(number), 3)
            output.put(" ")
            output.put(left: "block", 8)
            output.put(" ")
            // One that was closed keeps its size.
            output.put(right: String(lun.isOpen || lun.isClosed ? lun.blocks : 0), 18)
            output.put("  512 ")
            output.put(left: "MYSERIAL" + fourDigits(number), 16)
            output.put(" ")
            output.put(left: "MYDEVID" + fourDigits(number), 16)
            output.put("\n")
            guard isVerbose else { continue }
            output.put("      lun_type=0\n      num_threads=14\n      file=\(lun.path)\n")
            let target = min(number, world.iscsi.targets.count - 1)
            output.put("      ctld_name=\(world.iscsi.targets[target]),lun,\(number)\n")
            if lun.isClosed { output.put("      ha_role=secondary\n") }
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
        "ctladm portlist [-q] [-l] [-f frontend]",
        "ctladm port -r -d driver -p port [-O name=value]",
        "ctladm port -o on|off -p port",
        "ctladm modify -b backend -l lun_id [-o name=value] -s size_bytes",
        "ctladm devlist"
    )
}
