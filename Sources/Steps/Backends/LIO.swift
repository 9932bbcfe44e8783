import Engine

/// The iSCSI target in the kernel of Linux: LIO, set up and cleared by targetctl(8) of rtslib.
///
/// `targetctl restore` clears everything first, says what it left out, and returns 0 all the same;
/// so the kernel's own tree in configfs is what counts. The unit around it is left alone: it is
/// `active (exited)` from the boot on, when the pool was not there, and then a start of it does
/// nothing, while a stop of one that is not active clears nothing.
struct LIO: ISCSIBackend {
    static let tree = Query.command(.lioTree)
    static let devices = Query.command(.lioDevices)

    func serves(_ service: ISCSIService) -> Probe {
        let names = service.names
        let (portal, config) = (service.portal, service.config)
        let queries = [Self.tree, .port(host: portal, ISCSIService.port)]
        return Probe(queries + LIOSaved.queries(config)) { answers throws(Unreadable) in
            let tree = try LIOTree(answers.output(of: Self.tree), asked: Self.tree)
            let saved = LIOSaved(answers, config: config)
            if let lack = tree.lack(of: names)
                ?? saved.flatMap({ tree.lack(of: names, beside: $0) })
            {
                let namesakes = saved.flatMap { tree.namesakes(of: service.targets, $0) }
                return .doesNot(lack + (namesakes.map { "; \($0.text)" } ?? ""))
            }
            switch try answers.state(ofPort: ISCSIService.port, on: portal) {
            case .open: return .holds
            case .refused, .silent:
                return .doesNot(
                    "nothing answers on \(portal):\(ISCSIService.port); if the target listens"
                        + " elsewhere, name the address in `portal`")
            }
        }
    }

    func servesNothing(of service: ISCSIService) -> Probe {
        service.targets.isEmpty ? Self.servesNothing : servesNothing(ofTargets: service.targets)
    }

    private static let servesNothing =
        Probe([Self.tree]) { answers throws(Unreadable) in
            let tree = try LIOTree(answers.output(of: Self.tree), asked: Self.tree)
            return tree.rest.map { .doesNot($0) } ?? .holds
        }

    func start(_ service: ISCSIService, _ seen: Answers) -> [Command] {
        if !service.targets.isEmpty, let saved = LIOSaved(seen, config: service.config) {
            return start(targets: service.targets, saved, seen)
        }
        return [Command(.tool(["targetctl", "restore"] + (service.config.map { [$0] } ?? [])))]
    }

    func stop(_ service: ISCSIService, _ seen: Answers) -> [Command] {
        service.targets.isEmpty
            ? [.tool("targetctl", "clear")] : stop(targets: service.targets, seen)
    }

    func assess(_ output: Output) -> Assessment {
        if let refusal = output.refusal { return refusal }
        guard output.succeeded, output.mentions("No saved config file") else { return .look }
        return .giveUp("there is nothing to restore: \(output.excerpt)")
    }

    func assess(_ output: Output, of service: ISCSIService, after seen: Answers) -> Assessment {
        // Each object that could not be made is a line of its own, behind which it goes on. It does
        // not say of which target it is: that the saved configuration shows, or nobody.
        guard output.standardError.mentions(", skipped") else {
            return assess(output)
        }
        let why = "targetctl left something out: \(output.excerpt)"
        let isKnown = LIOSaved(seen, config: service.config) != nil
        return isKnown ? .retry(why) : .incomplete(why)
    }

    func leftOver(_ service: ISCSIService, _ seen: Answers) -> [String] {
        guard LIOSaved(seen, config: service.config) == nil else { return [] }
        return [
            "nobody can tell whether all units are there: the saved configuration of the targets"
                + " is not where targetctl looks for it, or cannot be read"
        ]
    }
}
