import Engine

/// exportfs(8) and rpc.nfsd(8) of nfs-utils 2.6.
enum NfsTools {
    static func exportfs(_ argv: [String], on world: inout World) -> Outcome {
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

    static func nfsd(_ argv: [String], on world: inout World) -> Outcome {
        guard argv.count == 2, let count = Int(argv[1]) else {
            return .fails(1, "rpc.nfsd: invalid server count")
        }
        world.setThreads(count)
        return .done
    }
}
