import Engine

/// ip-address(8) as far as a shared address goes (iproute2, ip/ipaddress.c).
enum Ip {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        let words = argv.dropFirst().filter { $0 != "-o" && $0 != "-4" }
        guard words.count > 1, words[0] == "address", let dev = words.firstIndex(of: "dev"),
            dev + 1 < words.count
        else { return usage }
        let interface = words[dev + 1]
        let isThere = world.virtualHosts.contains { $0.interface == interface && $0.vrrp != nil }
        guard isThere else {
            return .fails(1, "Device \"\(interface)\" does not exist.")
        }
        switch words[1] {
        case "show" where argv.contains("-o"): return show(interface, world)
        case "del" where dev == 3: return remove(words[2], interface, on: &world)
        default: return usage
        }
    }

    private static func show(_ interface: String, _ world: World) -> Outcome {
        var output: [UInt8] = []
        output.reserveCapacity(512)
        func line(_ address: String, _ scope: String) {
            output.put("2: \(interface)    \(address) scope \(scope)\\")
            output.put("       valid_lft forever preferred_lft forever\n")
        }
        let (own, link) =
            world.node.name.hasSuffix("1")
            ? ("192.0.2.12", "fe80::8c89:5aff:fe4d:7c50")
            : ("192.0.2.11", "fe80::6410:c4ff:fe0c:4135")
        line("inet \(own)/24", "global \(interface)")
        for host in world.virtualHosts where host.interface == interface && host.state == .master {
            guard let address = host.address else { continue }
            line("inet \(address)/24", "global secondary \(interface)")
        }
        line("inet6 \(link)/64", "link ")
        return .exits(Output(.exited(0), output: output))
    }

    /// What keepalived still holds it puts back by itself; here only what it left behind goes.
    private static func remove(
        _ address: String, _ interface: String, on world: inout World
    ) -> Outcome {
        let index = world.virtualHosts.firstIndex {
            $0.interface == interface && $0.state == .master
                && $0.address.map { $0 + "/24" } == address
        }
        guard let index else { return .fails(2, "Error: ipv4: Address not found.") }
        world.virtualHosts[index].state = .initial
        return .done
    }

    private static let usage = Outcome.fails(
        255, "Usage: ip address {add|change|replace} IFADDR dev IFNAME [ LIFETIME ]")
}
