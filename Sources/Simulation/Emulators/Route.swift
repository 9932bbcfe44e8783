/// route(8) of FreeBSD, as far as one host is turned away (sbin/route/route.c).
enum Route {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count > 4, argv[1] == "-n", let verb = Verb(rawValue: argv[2]),
            let flag = argv.firstIndex(of: "-host"), flag + 1 < argv.count
        else { return usage }
        let host = argv[flag + 1]
        let isThere = world.rejectedHosts.contains(host)
        switch verb {
        case .get: return show(host, isRejected: isThere)
        case .add where isThere:
            return .fails(
                1, "add host \(host): gateway lo0 fib 0: route already in table")
        case .add:
            guard argv.dropFirst(flag + 2) == ["-iface", "lo0", "-reject"] else { return usage }
            world.rejectedHosts.append(host)
            return .prints("add host \(host): gateway lo0\n")
        case .delete where !isThere:
            return .fails(1, "delete host \(host) fib 0: not in table")
        case .delete:
            world.rejectedHosts.removeAll { $0 == host }
            return .prints("delete host \(host)\n")
        }
    }

    private enum Verb: String { case get, add, delete }

    private static func show(_ host: String, isRejected: Bool) -> Outcome {
        let flags =
            isRejected ? "<UP,HOST,REJECT,DONE,STATIC>" : "<UP,DONE,PINNED>"
        let interface = isRejected ? "lo0" : "vtnet1"
        return .prints(
            """
               route to: \(host)
            destination: \(host)
                    fib: 0
              interface: \(interface)
                  flags: \(flags)
             recvpipe  sendpipe  ssthresh  rtt,msec    mtu        weight    expire
                   0         0         0         0     16384         1         0

            """)
    }

    private static let usage = Outcome.fails(
        64, "usage: route [-j jail] [-46dnqtv] command [[modifiers] args]")
}
