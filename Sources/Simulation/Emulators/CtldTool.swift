import Engine

/// ctld(8) itself, started with a file (usr.sbin/ctld/ctld.c).
enum CtldTool {
    static func run(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count == 3, argv[1] == "-f", let index = world.serviceIndex("ctld") else {
            return .fails(1, "usage: ctld [-d][-u][-f config-file]")
        }
        guard world.canRead(argv[2]) else {
            return .fails(
                1, "ctld: unable to open configuration file \(argv[2]): No such file or directory")
        }
        if let pid = world.services[index].pids.first {
            return .fails(1, "ctld: daemon already running, pid: \(pid).")
        }
        switch world.services[index].start {
        case .daemonises, .failsLate: world.daemonise(index)
        case .works, .fails:
            if let fault = world.applyFault(world.services[index]) {
                return .fails(1, "ctld: \(fault)")
            }
            world.bringUp(index)
        }
        return .done
    }
}

extension World {
    /// Whether a file can be read: one on a pool only while its file system is mounted.
    func canRead(_ path: String) -> Bool {
        guard kind(at: path) == .file else { return false }
        var nearest = (length: 0, isMounted: true)
        for pool in pools.indices {
            for dataset in pools[pool].datasets {
                let place = mountpoint(of: dataset, inPool: pool)
                guard path.hasPrefix(place + "/"), place.utf8.count > nearest.length else {
                    continue
                }
                nearest = (place.utf8.count, pools[pool].isImported && dataset.isMounted)
            }
        }
        return nearest.isMounted
    }
}
