import Engine
import LocalHost

/// What a command with captured output costs the local host, against what it costs a shell.
///
///     swift run -c release -Xswiftc -static-stdlib SpawnBenchmark
///
/// Both start the same program so many times, in alternation; the best round of each counts.
@main
enum SpawnBenchmark {
    static let commands = 500
    static let rounds = 12
    static let shells = ["/bin/dash", "/bin/sh"]
    static let limit = Duration.seconds(300)

    static func main() {
        let host = LocalHost(syslog: nil)
        guard let shell = shells.first(where: { finish(["/usr/bin/test", "-x", $0], host) }) else {
            print("there is no shell to compare with")
            return
        }
        let loop = "i=0; while [ $i -lt \(commands) ]; do x=$(/bin/true); i=$((i+1)); done"
        var own: [Duration] = []
        var theirs: [Duration] = []
        for _ in 0..<rounds {
            own.append(
                time(host) { for _ in 0..<commands { _ = finish(["/bin/true"], host) } }
            )
            theirs.append(time(host) { _ = finish([shell, "-c", loop], host) })
        }
        guard let best = own.min(), let shellBest = theirs.min() else { return }
        report("local host", best)
        report(shell, shellBest)
        let percent = best.nanoseconds * 100 / shellBest.nanoseconds
        print("the local host needs \(percent) % of what the shell needs; goal: at most 150 %")
    }

    /// Whether a command exits with 0.
    private static func finish(_ argv: [String], _ host: LocalHost) -> Bool {
        host.perform(.execute(WorkID(1), Command(.tool(argv)), until: host.now + limit))
        while let event = host.next() {
            if case .finished(_, .ended(let output)) = event.input { return output.succeeded }
        }
        return false
    }

    private static func time(_ host: LocalHost, _ body: () -> Void) -> Duration {
        let start = host.now
        body()
        return host.now - start
    }

    private static func report(_ name: String, _ duration: Duration) {
        print("\(name): \(duration.nanoseconds / Int64(commands) / 1000) us a command")
    }
}
