import Engine

/// drbdadm(8), and the kernel behind it: state changes of whole resources.
///
/// drbd-utils 9 runs drbdadm-84 when the module is 8.4, which asks for one device after the other,
/// so that a refusal names the minor; DRBD 9 is asked for the resource (user/v84/drbdsetup.c and
/// user/v9/drbdsetup.c, print_config_error; user/shared/shared_main.c, m__system).
enum Drbdadm {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count > 1 else { return .fails(1, "drbdadm: missing command") }
        guard let verb = Verb(rawValue: argv[1]) else {
            return .fails(1, "drbdadm: Unknown command '\(argv[1])'.")
        }
        let names = argv.dropFirst(2).filter { !$0.hasPrefix("-") }
        guard !names.isEmpty else {
            return .fails(1, "drbdadm \(verb.rawValue): requires a resource id or 'all'")
        }
        var output: [UInt8] = []
        for name in names == ["all"] ? world.drbd.resources.map(\.name) : names {
            guard let index = world.drbd.index(of: name) else {
                return .fails(1, "'\(name)' not defined in your config (for this host).")
            }
            if verb == .connect && argv.contains("--discard-my-data") {
                world.drbd.resources[index].discards = true
            }
            guard case .exits(let one) = run(verb, index, on: &world) else { return .blocked }
            output += one.standardOutput
            guard one.succeeded else { return .exits(one) }
        }
        return .exits(Output(.exited(0), output: output))
    }

    private enum Verb: String { case primary, secondary, up, down, connect, disconnect, role }

    private static func run(_ verb: Verb, _ index: Int, on world: inout World) -> Outcome {
        let resource = world.drbd.resources[index]
        switch verb {
        case .up:
            if resource.isUp { return refusal(.attached, "attach", index, world) }
            world.bringUp(drbd: index)
            return .done
        case .down:
            guard resource.isUp else { return .done }
            if world.opener(ofDrbd: index) != nil { return refusal(.inUse, "down", index, world) }
            world.takeDown(drbd: index)
            return .done
        case _ where !resource.isUp: return refusal(.unknown, verb.rawValue, index, world)
        case .primary: return promote(index, on: &world)
        case .secondary: return demote(index, on: &world)
        case .connect:
            guard resource.connection == .standAlone else { return .done }
            world.drbd.resources[index].connection = .connecting
            if world.peerIsAlive && !world.isPaired {
                world.schedule(.drbd(.connects, resource.name), after: world.latencies.connect)
            }
            return .done
        case .disconnect:
            world.drbd.resources[index].disconnect(.standAlone)
            return .done
        case .role: return .prints(role(of: resource, world.drbd.release))
        }
    }

    private static func role(of resource: DrbdResource, _ release: Drbd.Release) -> String {
        switch release {
        case .v9: resource.role.rawValue + "\n"
        case .v84: "\(resource.role.rawValue)/\(resource.peer?.rawValue ?? "Unknown")\n"
        }
    }

    // MARK: - State changes

    /// In the order in which the kernel decides (is_valid_state in drbd_state.c of 8.4).
    ///
    /// A peer that counts as primary is asked first whether it is alive (drbd_set_role): one that
    /// is not is given up after `ping-timeout`, and the promotion goes on.
    private static func promote(_ index: Int, on world: inout World) -> Outcome {
        let resource = world.drbd.resources[index]
        guard resource.role != .primary else { return .done }
        if resource.connection == .connected && resource.peer == .primary {
            guard !world.hears(drbd: index) else {
                return refusal(.twoPrimaries, "primary", index, world)
            }
            if !resource.isPinging {
                world.drbd.resources[index].isPinging = true
                world.schedule(
                    .drbd(.disconnects, resource.name), after: world.drbd.pingTimeout)
            }
            return .blocked
        }
        let isFenced = world.drbd.fences && world.fence(peerOfDrbd: index)
        guard world.drbd.resources[index].isReadable else {
            return refusal(.noData, "primary", index, world)
        }
        if world.drbd.fences && !isFenced {
            return refusal(.notFenced, "primary", index, world)
        }
        world.drbd.resources[index].role = .primary
        return .done
    }

    private static func demote(_ index: Int, on world: inout World) -> Outcome {
        guard world.drbd.resources[index].role == .primary else { return .done }
        guard world.opener(ofDrbd: index) == nil else {
            return refusal(.inUse, "secondary", index, world)
        }
        world.drbd.resources[index].role = .secondary
        return .done
    }

    // MARK: - Refusals

    private enum Refusal {
        case twoPrimaries, noData, notFenced, inUse, attached, unknown

        var text: String {
            switch self {
            case .twoPrimaries:
                "State change failed: (-1) Multiple primaries not allowed by config"
            case .noData: "State change failed: (-2) Need access to UpToDate data"
            case .notFenced:
                "State change failed: (-7) Refusing to be Primary while peer is not outdated"
            case .inUse: "State change failed: (-12) Device is held open by someone"
            case .attached: "Failure: (124) Device is attached to a disk (use detach first)"
            case .unknown: ""
            }
        }

        /// What drbdsetup makes of it.
        var code: Int32 {
            switch self {
            case .noData: 17
            case .attached, .unknown: 10
            case .twoPrimaries, .notFenced, .inUse: 11
            }
        }
    }

    private static func refusal(
        _ refusal: Refusal, _ verb: String, _ index: Int, _ world: World
    ) -> Outcome {
        let resource = world.drbd.resources[index]
        let is9 = world.drbd.release == .v9
        let asksResource = is9 || verb == "down"
        let object = asksResource ? resource.name : "\(resource.minor)"
        var lines = ["\(object): \(refusal.text)"]
        if refusal == .unknown {
            lines = [
                "\(object): Failure: "
                    + (is9 ? "(158) Unknown resource" : "(127) Device minor not allocated"),
                "additional info from kernel:", is9 ? "unknown resource" : "unknown minor",
            ]
        } else if refusal == .inUse, is9, let opener = world.opener(ofDrbd: index) {
            lines += [
                "additional info from kernel:",
                "\(resource.device) open_cnt:1, writable:1; list of openers follows",
                "drbd\(resource.minor) opened by \(opener) (pid 4242) at 2026-11-22 08:00:00.000",
            ]
        }
        let tool = is9 ? "drbdsetup" : "drbdsetup-84"
        lines.append(
            "Command '\(tool) \(verb) \(object)' terminated with exit code \(refusal.code)")
        return .fails(refusal.code, lines.joined(separator: "\n"))
    }
}
