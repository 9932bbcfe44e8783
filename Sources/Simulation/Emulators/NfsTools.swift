import Engine

/// exportfs(8) and rpc.nfsd(8) of nfs-utils 2.6.
enum NfsTools {
    static func exportfs(_ argv: [String], on world: inout World) -> Outcome {
        if argv.count == 3, argv[1] == "-u" { return unexport(argv[2], on: &world) }
        for word in argv.dropFirst() {
            switch word {
            case "-ra", "-r", "-a": world.exportAll()
            case "-ua", "-au": world.unexportAll()
            case "-f": world.flushExports()
            default: return .fails(1, "usage: exportfs [-adfhioruvs] [host:/path]")
            }
        }
        return .done
    }

    /// `exportfs -u CLIENT:PATH`; the table has one client, which is anybody.
    private static func unexport(_ what: String, on world: inout World) -> Outcome {
        guard what.hasPrefix("*:"), world.unexport(String(what.dropFirst(2))) else {
            return .fails(1, "exportfs: Could not find '\(what)' to unexport.")
        }
        return .done
    }

    static func nfsd(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count == 2, let count = Int(argv[1]) else {
            return .fails(1, "rpc.nfsd: invalid server count")
        }
        world.setThreads(count)
        return .done
    }
}
