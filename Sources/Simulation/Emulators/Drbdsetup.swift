import Engine

/// drbdsetup(8): the status of a resource, as words for people (resource_status and what follows it
/// in user/v84/drbdsetup.c and user/v9/drbdsetup.c).
enum Drbdsetup {
    static func run(_ argv: [String], on world: World) -> Outcome {
        guard argv.count > 1, argv[1] == "status" else {
            return .fails(20, "USAGE: drbdsetup command {arguments} [options]")
        }
        var isVerbose = false
        var names: [String] = []
        for word in argv.dropFirst(2) {
            switch word {
            case "--verbose": isVerbose = true
            case _ where word.hasPrefix("-"): return .fails(20, "drbdsetup: unknown option")
            default: names.append(word)
            }
        }
        let up = world.drbd.resources.filter(\.isUp)
        var text = WrappedText()
        if let name = names.first, name != "all" {
            guard let resource = up.first(where: { $0.name == name }) else {
                return .fails(10, "\(name): No such resource")
            }
            status(resource, world, isVerbose, &text)
        } else {
            if up.isEmpty && world.drbd.release == .v9 {
                return .prints("# No currently configured DRBD found.\n")
            }
            for resource in up { status(resource, world, isVerbose, &text) }
        }
        return .exits(Output(.exited(0), output: text.bytes))
    }

    private static func status(
        _ resource: DrbdResource, _ world: World, _ isVerbose: Bool, _ text: inout WrappedText
    ) {
        let is9 = world.drbd.release == .v9
        text.put(resource.name, indent: 0)
        if isVerbose && is9 { text.put(" node-id:0", indent: 4) }
        text.put(" role:\(resource.role.rawValue)", indent: 4)
        if isVerbose { text.put(" suspended:no", indent: 4) }
        if isVerbose && is9 { text.put(" force-io-failures:no", indent: 4) }
        text.end()
        device(resource, world, isVerbose, &text)
        // 8.4 tells of no connection that has no network configuration any more.
        if is9 || resource.connection != .standAlone {
            connection(resource, is9 ? world.peer.name : "peer", is9, isVerbose, &text)
        }
        text.end()
    }

    private static func device(
        _ resource: DrbdResource, _ world: World, _ isVerbose: Bool, _ text: inout WrappedText
    ) {
        let is9 = world.drbd.release == .v9
        if isVerbose {
            text.put("volume:0", indent: 2)
            text.put(" minor:\(resource.minor)", indent: 6)
        }
        text.put(" disk:\(resource.disk.rawValue)", indent: isVerbose ? 6 : 2)
        if isVerbose && is9 {
            text.put(" backing_dev:/dev/vd\(["b", "c", "d", "e"][resource.minor % 4])", indent: 6)
            text.put(" quorum:yes", indent: 6)
        }
        if is9 {
            let isOpen = world.drbd.index(of: resource.name).map {
                world.opener(ofDrbd: $0) != nil
            }
            text.put(" open:\(isOpen ?? false ? "yes" : "no")", indent: 6)
        }
        if isVerbose { text.put(" blocked:no", indent: 6) }
        text.end()
    }

    private static func connection(
        _ resource: DrbdResource, _ peer: String, _ is9: Bool, _ isVerbose: Bool,
        _ text: inout WrappedText
    ) {
        let isConnected = resource.connection == .connected
        text.put(peer, indent: 2)
        if isVerbose && is9 { text.put(" node-id:1", indent: 6) }
        if isVerbose || !isConnected {
            text.put(" connection:\(resource.connection.rawValue)", indent: 6)
        }
        if isVerbose || isConnected {
            text.put(" role:\(resource.peer?.rawValue ?? "Unknown")", indent: 6)
        }
        if isVerbose && is9 { text.put(" tls:no", indent: 6) }
        if isVerbose { text.put(" congested:no", indent: 6) }
        if isVerbose && is9 {
            text.put(" ap-in-flight:0", indent: 6)
            text.put(" rs-in-flight:0", indent: 6)
        }
        text.end()
        guard isVerbose || isConnected else { return }
        let isAtRest = resource.replication == .off || resource.replication == .established
        if isVerbose { text.put("volume:0", indent: 4) }
        let indent = isVerbose ? 8 : 4
        if isVerbose || !isAtRest {
            text.put(" replication:\(resource.replication.rawValue)", indent: indent)
        }
        text.put(" peer-disk:\(resource.peerDisk.rawValue)", indent: indent)
        if !isAtRest { text.put(" done:42.00", indent: 8) }
        if isVerbose { text.put(" resync-suspended:no", indent: 8) }
        text.end()
    }
}
