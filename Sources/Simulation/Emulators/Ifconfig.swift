import Engine

/// ifconfig(8) as far as CARP goes (sbin/ifconfig/ifcarp.c, sys/netinet/ip_carp.c).
enum Ifconfig {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count > 1 else { return usage }
        let interface = argv[1]
        guard world.virtualHosts.contains(where: { $0.interface == interface }) else {
            return .fails(1, "ifconfig: interface \(interface) does not exist")
        }
        if argv.count == 2 { return show(interface, world) }
        return set(interface, argv[2...], on: &world)
    }

    private static func show(_ interface: String, _ world: World) -> Outcome {
        var output: [UInt8] = []
        output.reserveCapacity(512)
        output.put(interface)
        output.put(": flags=8943<UP,BROADCAST,RUNNING,PROMISC,SIMPLEX,MULTICAST>")
        output.put(" metric 0 mtu 1500\n")
        output.put("\toptions=80000<LINKSTATE>\n")
        output.put("\tether 52:54:00:00:02:01\n")
        output.put("\tinet 192.0.2.11 netmask 0xffffff00 broadcast 192.0.2.255\n")
        for host in world.virtualHosts where host.interface == interface {
            guard let address = host.address else { continue }
            output.put("\tinet ")
            output.put(address)
            output.put(" netmask 0xffffffff broadcast ")
            output.put(address)
            output.put(" vhid ")
            output.put(String(host.vhid))
            output.put("\n")
        }
        output.put("\tgroups: vlan\n")
        for host in world.virtualHosts where host.interface == interface {
            output.put("\tcarp: ")
            output.put(host.state.rawValue)
            output.put(" vhid ")
            output.put(String(host.vhid))
            output.put(" advbase ")
            output.put(String(host.advbase))
            output.put(" advskew ")
            output.put(String(host.advskew))
            output.put("\n")
        }
        output.put("\tvlan: 50 vlanproto: 802.1q vlanpcp: 0 parent interface: vtnet2\n")
        let isDown = world.virtualHosts.allSatisfy {
            $0.interface != interface || $0.state == .initial
        }
        output.put("\tmedia: Ethernet autoselect (")
        output.put(isDown ? "none" : "10Gbase-T <full-duplex>")
        output.put(isDown ? ")\n\tstatus: no carrier\n" : ")\n\tstatus: active\n")
        output.put("\tnd6 options=29<PERFORMNUD,IFDISABLED,AUTO_LINKLOCAL>\n")
        return .exits(Output(.exited(0), output: output))
    }

    /// Words in pairs after the interface: `vhid 1 advskew 254 state backup`.
    private static func set(
        _ interface: String,
        _ words: ArraySlice<String>,
        on world: inout World
    ) -> Outcome {
        var vhid: Int?
        var advskew: Int?
        var state: VirtualHost.State?
        var rest = words
        while let word = rest.popFirst() {
            guard let value = rest.popFirst() else { return usage }
            switch word {
            case "vhid":
                guard let number = Int(value), (1...255).contains(number) else {
                    return .fails(1, "ifconfig: vhid must be greater than 0 and less than 256")
                }
                vhid = number
            case "advskew":
                guard let number = Int(value), (0...254).contains(number) else {
                    return .fails(1, "ifconfig: advskew must be between 0 and 254")
                }
                advskew = number
            case "state":
                guard let wanted = VirtualHost.State(rawValue: value.uppercased()) else {
                    return .fails(1, "ifconfig: unknown state")
                }
                // INIT is taken and ignored (recorded on FreeBSD 13.2).
                state = wanted == .initial ? nil : wanted
            default: return .fails(1, "ifconfig: \(word): bad value")
            }
        }
        guard let vhid else {
            return .fails(1, "ifconfig: use of advskew or state requires vhid")
        }
        set(interface, vhid: vhid, advskew: advskew, state, on: &world)
        return .done
    }

    /// A vhid that does not exist is made, without an address; a state is ignored while INIT.
    private static func set(
        _ interface: String,
        vhid: Int,
        advskew: Int?,
        _ state: VirtualHost.State?,
        on world: inout World
    ) {
        guard let index = world.carpIndex(interface, vhid) else {
            world.virtualHosts.append(
                VirtualHost(
                    interface,
                    vhid: vhid,
                    .initial,
                    address: nil,
                    advskew: advskew ?? 0
                )
            )
            return
        }
        if let advskew { world.virtualHosts[index].advskew = advskew }
        if let state, world.virtualHosts[index].state != .initial {
            world.setCarp(index, to: state, why: "user requested via ifconfig")
        }
        world.settleCarp(index)
    }

    private static let usage = Outcome.fails(
        1,
        "usage: ifconfig interface [vhid number] [advskew number] [state master | backup]"
    )
}
