import Engine

/// What ctladm(8) says of the CAM target layer: ports of iSCSI, and logical units.
enum TargetLayer {
    /// A line of `ctladm portlist -q -f iscsi -l`, and the lines of its units beneath.
    struct Port {
        /// The number of the port.
        let number: Int
        let isOnline: Bool
        /// The portal group tag, in the column `pp`.
        let tag: Int?
        /// The target's name, without portal group and tag (`,t,0x0101`).
        let target: Bytes
        /// The units behind it; nil for all that there are.
        fileprivate(set) var units: Set<Int>? = []

        /// Whether it is the port of a target.
        func isOf(_ name: [UInt8]) -> Bool { target.elementsEqual(name) }

        /// What takes the port out of the kernel when ctld is gone; nothing else does (recorded on
        /// FreeBSD 13.2). Nil when the line does not say enough for it.
        var removal: Command? {
            guard let tag, !target.isEmpty else { return nil }
            return .tool(
                "ctladm", "port", "-r", "-d", "iscsi", "-p", String(number),
                "-O", "cfiscsi_portal_group_tag=\(tag)", "-O", "cfiscsi_target=\(target.operand)")
        }
    }

    /// A line of `ctladm devlist`.
    struct Unit {
        let number: Int
        /// Whether it has no blocks: what lies beneath could not be opened.
        let isEmpty: Bool
        /// Whether it lies on memory alone.
        var isRamdisk = false
        /// What it was set up with, as far as that was asked for.
        fileprivate(set) var options: [(name: Bytes, value: Bytes)] = []
        /// Whether it is that of a secondary node, which holds no volume, whatever its size says.
        fileprivate(set) var isClosed = false

        /// What is shown among the options, and is none that can be given back as one.
        fileprivate static let others = ["lun_type", "num_threads"]
    }

    static let portList = Query.command(.ctladmPorts)
    static let optionList = Query.command(.ctladmOptions)
    private static let unitList = Query.command(.ctladmDevices)

    /// What is asked for ports and units.
    static let queries = [portList, unitList]

    /// The ports: number, online, front end, name, pp, vp, target; beneath each `All LUNs mapped`,
    /// or a line `LUN 0: 0` for each unit, of which the second number is that of the host.
    static func ports(_ answers: Answers) throws(Unreadable) -> [Port] {
        let output = try answers.output(of: portList)
        guard output.succeeded else {
            if isWithoutModule(output) { return [] }
            throw Unreadable(portList, output)
        }
        var ports: [Port] = []
        for line in ByteLines(output.standardOutput) {
            let words = Array(ByteWords(line))
            if let number = words.first?.number, words.count >= 2 {
                ports.append(port(number, words))
            } else if words.first?.equals("All") == true, !ports.isEmpty {
                ports[ports.count - 1].units = nil
            } else if words.count == 3, words[0].equals("LUN"), let unit = words[2].number,
                !ports.isEmpty
            {
                ports[ports.count - 1].units?.insert(unit)
            }
        }
        return ports
    }

    /// Whether the kernel has no target layer, without which nothing could serve: ctladm could not
    /// load it (usr.sbin/ctladm/ctladm.c, main).
    private static func isWithoutModule(_ output: Output) -> Bool {
        output.mentions("error opening /dev/cam/ctl: No such file")
    }

    private static func port(_ number: Int, _ words: [Bytes]) -> Port {
        Port(
            number: number,
            isOnline: words[1].equals("YES"),
            tag: words.count >= 7 ? words[4].number : nil,
            target: words[words.count - 1].prefix { $0 != UInt8(ascii: ",") }
        )
    }

    /// The units: number, backend, blocks, and the rest.
    static func units(_ answers: Answers) throws(Unreadable) -> [Unit] {
        let output = try answers.output(of: unitList)
        guard output.succeeded else {
            if isWithoutModule(output) { return [] }
            throw Unreadable(unitList, output)
        }
        return ByteLines(output.standardOutput).compactMap { line in
            let words = Array(ByteWords(line))
            guard let number = words.first?.number else { return nil }
            return Unit(number: number, isEmpty: words.count > 2 && words[2].equals("0"))
        }
    }

    /// The same, and beneath each its options: `      file=/dev/zvol/tank/lun0`.
    static func unitsWithOptions(_ answers: Answers) throws(Unreadable) -> [Unit] {
        let output = try answers.output(of: optionList)
        guard output.succeeded else {
            if isWithoutModule(output) { return [] }
            throw Unreadable(optionList, output)
        }
        var units: [Unit] = []
        for line in ByteLines(output.standardOutput) {
            let words = Array(ByteWords(line))
            if let number = words.first?.number {
                var unit = Unit(number: number, isEmpty: words.count > 2 && words[2].equals("0"))
                unit.isRamdisk = words.count > 1 && words[1].equals("ramdisk")
                units.append(unit)
                continue
            }
            let option = line.trimmed
            guard !units.isEmpty, let sign = option.firstIndex(of: UInt8(ascii: "=")) else {
                continue
            }
            let (name, value) = (option[..<sign], option[(sign + 1)...])
            if name.equals("ha_role") {
                units[units.count - 1].isClosed = value.equals("secondary")
            } else if !Unit.others.contains(where: { name.elementsEqual($0.utf8) }) {
                units[units.count - 1].options.append((name, value))
            }
        }
        return units
    }
}
