import Engine

/// tgtadm(8) of tgt 1.0.85: what tgtd has set up, and its state (usr/tgtadm.c, usr/target.c).
enum Tgtadm {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard world.tgtRuns else { return .fails(107, down) }
        if world.tgt.isBusy { return .blocked }
        switch (value("--op", argv), value("--mode", argv)) {
        case ("show", "target"): return .exits(Output(.exited(0), output: targets(world)))
        case ("show", "sys"):
            return .prints(system.replacing("STATE", with: world.tgt.isReady))
        case ("update", "sys"):
            world.tgt.isReady = value("-v", argv) == "ready"
            world.tgt.logIn()
            return .done
        default: return .fails(22, "tgtadm: invalid request")
        }
    }

    static let down =
        "tgtadm: failed to send request hdr to tgt daemon, Transport endpoint is not connected"

    static func value(_ option: String, _ argv: [String]) -> String? {
        argv.firstIndex(of: option).flatMap { $0 + 1 < argv.count ? argv[$0 + 1] : nil }
    }

    private static func targets(_ world: World) -> [UInt8] {
        var output: [UInt8] = []
        for (number, target) in world.tgt.targets.enumerated() {
            output.put("Target \(number + 1): \(target.name)\n    System information:\n")
            output.put(
                "        Driver: iscsi\n        State: \(target.isReady ? "ready" : "offline")\n")
            output.put("    I_T nexus information:\n")
            if let session = target.session {
                output.put("        I_T nexus: \(session)\n")
                output.put("            Initiator: iqn.2010-11.libiscsi:iscsi-perf alias: none\n")
                output.put("            Connection: 0\n                IP Address: 127.0.0.1\n")
            }
            output.put("    LUN information:\n")
            unit(0, of: number + 1, on: nil, &output)
            for (place, lun) in target.units.enumerated() {
                unit(place + 1, of: number + 1, on: lun.path, &output)
            }
            output.put("    Account information:\n    ACL information:\n        ALL\n")
        }
        return output
    }

    private static func unit(
        _ number: Int, of target: Int, on path: String?, _ output: inout [UInt8]
    ) {
        let rows = [
            ("Type", path == nil ? "controller" : "disk"),
            ("SCSI ID", "IET     000\(target)000\(number)"), ("SCSI SN", "beaf\(target)\(number)"),
            ("Size", path == nil ? "0 MB, Block size: 1" : "67 MB, Block size: 512"),
            ("Online", "Yes"), ("Removable media", "No"), ("Prevent removal", "No"),
            ("Readonly", "No"), ("SWP", "No"), ("Thin-provisioning", "No"),
            ("Backing store type", path == nil ? "null" : "rdwr"),
            ("Backing store path", path ?? "None"), ("Backing store flags", ""),
        ]
        output.put("        LUN: \(number)\n")
        for (key, value) in rows { output.put("            \(key): \(value)\n") }
    }

    private static let system = """
        System:
            State: STATE
            debug: off
        LLDs:
            iscsi: ready
            iser: error
        Backing stores:
            sheepdog
            bsg
            sg
            null
            ssc
            smc (bsoflags sync:direct)
            mmc (bsoflags sync:direct)
            rdwr (bsoflags sync:direct)
            aio
        Device types:
            disk
            cd/dvd
            osd
            controller
            changer
            tape
            passthrough
        iSNS:
            iSNS=Off
            iSNSServerIP=
            iSNSServerPort=3205
            iSNSAccessControl=Off

        """
}

extension String {
    fileprivate func replacing(_ word: String, with isReady: Bool) -> String {
        split(separator: "\n", omittingEmptySubsequences: false)
            .map {
                $0.hasSuffix(word) ? $0.dropLast(word.count) + (isReady ? "ready" : "offline") : $0
            }
            .joined(separator: "\n")
    }
}
