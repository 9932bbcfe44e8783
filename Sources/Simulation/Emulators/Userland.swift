import Engine

/// The few tools of POSIX that steps use, as far as they use them.
enum Userland {
    /// One of the two programs of awk(1) that are known: it writes a 1.
    private static let writesOne = "BEGIN { print 1 > ARGV[1] }"

    /// The other one: it writes a word.
    private static let writesWord = "BEGIN { print ARGV[2] > ARGV[1] }"

    static func run(_ argv: [String], on world: inout World) -> Outcome {
        switch argv.first {
        case "awk" where argv.count == 3 && argv[1] == writesOne:
            world.create(FileEntry(argv[2], bytes: Array("1\n".utf8)))
            return .done
        case "awk" where argv.count == 4 && argv[1] == writesWord && argv[2] == NfsServer.unlock:
            world.unlock(argv[3])
            return .done
        case "rm" where argv.count > 2 && argv[1] == "-f":
            for path in argv[2...] { world.remove(path) }
            return .done
        case "touch" where argv.count > 1:
            for path in argv[1...] where world.kind(at: path) == .absent {
                world.create(FileEntry(path))
            }
            return .done
        case "sleep" where argv.count == 2 && Int(argv[1]) != nil: return .done
        default:
            return .fails(1, "\(argv.first ?? ""): the simulation does not know these words")
        }
    }

    /// How long it takes, in nanoseconds.
    static func takes(_ argv: [String]) -> Int64 {
        guard argv.first == "sleep", argv.count == 2, let seconds = Int64(argv[1]),
            (0...3600).contains(seconds)
        else { return 2_000_000 }
        return seconds * 1_000_000_000
    }
}
