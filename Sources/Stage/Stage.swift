import CStage
import Engine
import Simulation

/// A world made real: one process, one loop, and the clock of the machine.
///
/// A tool's process asks the stage, which lets the world answer at the end of the tool's time; what
/// the world brings about by itself comes when it is due. Before anybody is answered, everything
/// that can be seen without a tool is brought to what the world is.
final class Stage {
    /// How the stage ends.
    enum End { case command(Int32), asked, rebooted }

    var host: SimulatedHost
    var book = CallBook()
    var wires: Wires
    let scenery: Scenery
    private var props: Props
    private var clients: [Client] = []
    private var answers: [(client: Client, output: Output)] = []
    private let signals: Int32
    private var start: Int64
    private var command: Int32 = 0
    private(set) var end: End?
    /// When all that the node can serve was first served without a break since.
    private(set) var servingSince: Instant?
    /// When the command ended.
    private(set) var endedAt = Instant.zero

    init(_ world: World, tool: String) throws(Scenery.Fault) {
        signals = stage_signals()
        scenery = try Scenery(tool: tool, world)
        guard let wires = Wires(world) else { throw Scenery.Fault("the sockets of syslog, devd") }
        self.wires = wires
        props = Props(tool: tool, null: scenery.null)
        host = SimulatedHost(world)
        start = stage_clock()
        props.show(world)
        start = stage_clock()
    }

    /// The time on the world's clock.
    var now: Instant { Instant(nanoseconds: stage_clock() - start) }

    /// Starts a command whose end is the end of the stage; its time counts from here.
    func begin(_ argv: [String]) {
        start = stage_clock()
        command = withCStrings(argv) { stage_spawn(argv[0], $0, nil, nil) }
    }

    /// Plays until the command ends, or someone asks for the end.
    func play() -> End {
        while true {
            advance()
            if let end { return end }
            wait()
        }
    }

    func finish(_ end: End) {
        guard self.end == nil else { return }
        endedAt = now
        self.end = end
    }

    /// Lets the world come up to now, and tells everybody.
    func advance() {
        while let event = host.advance(to: now) { take(event) }
        props.show(host.world)
        wires.tellCarp(host.world)
        servingSince = host.world.isServingAll ? servingSince ?? host.world.now : nil
        for (client, output) in answers {
            if let request = client.sleep { stage_sleep_end(scenery.sleep, request) }
            client.end(output)
        }
        answers.removeAll()
    }

    private func take(_ event: Event) {
        switch event.input {
        case .finished(let id, .ended(let output)), .finished(let id, .left(_, let output)):
            book.end(id, .ended(output.status), at: event.at)
            guard let client = clients.first(where: { $0.call == id }) else { return }
            client.call = nil
            answers.append((client, output))
        case .finished(let id, .gaveUp): book.end(id, .killed, at: event.at)
        case .gone(let id): book.end(id, .gone, at: event.at)
        default: return
        }
    }
}

// MARK: - Waiting

extension Stage {
    private enum Source {
        case signals, reboot, newClient, client(Client), sleeper, log, newListener
        case listener(Int32), port(Int32)
    }

    private func wait() {
        var sources: [(Int32, Source)] = [
            (signals, .signals), (scenery.reboot, .reboot), (scenery.socket, .newClient),
            (scenery.sleep, .sleeper), (wires.log, .log), (wires.devd, .newListener),
        ]
        sources += clients.map { ($0.socket, .client($0)) }
        sources += wires.listeners.map { ($0, .listener($0)) }
        sources += props.ports.map { ($0.socket, .port($0.socket)) }
        var polls = sources.map { pollfd(fd: $0.0, events: Int16(POLLIN), revents: 0) }
        let due = host.due.map { max(0, ($0 - now).nanoseconds) } ?? -1
        guard stage_poll(&polls, polls.count, due) > 0 else { return }
        // The world is up to date before it is asked.
        advance()
        for (poll, source) in zip(polls, sources) where poll.revents != 0 { serve(source.1) }
    }

    private func serve(_ source: Source) {
        switch source {
        case .signals: takeSignals()
        case .reboot: rebooted()
        case .newClient: acceptClients()
        case .client(let client): serve(client)
        case .sleeper: serveSleepers()
        case .log: wires.readLog()
        case .newListener: wires.acceptListeners()
        case .listener(let listener): wires.serve(listener)
        case .port(let port):
            while true {
                let connection = stage_accept(port)
                guard connection >= 0 else { return }
                close(connection)
            }
        }
    }

    private func takeSignals() {
        var room = [UInt8](repeating: 0, count: 1024)
        while read(signals, &room, room.count) > 0 {
            // signalfd_siginfo begins with the number.
            if room[0] != UInt8(SIGCHLD) { finish(.asked) }
        }
        while true {
            var status: Int32 = 0
            let pid = waitpid(-1, &status, WNOHANG)
            guard pid > 0 else { return }
            let signal = status & 0x7f
            if pid == command {
                finish(.command(signal != 0 ? 128 + signal : status >> 8 & 0xff))
            } else if pid == scenery.initial {
                rebooted()
            }
        }
    }

    /// The node rebooted itself: all its processes are gone, as on a machine.
    private func rebooted() {
        kill(scenery.initial, SIGKILL)
        host.fence()
        if command != 0 { finish(.rebooted) }
    }

    private func acceptClients() {
        while true {
            let socket = stage_accept(scenery.socket)
            guard socket >= 0 else { return }
            clients.append(Client(socket: socket))
        }
    }

    private func serve(_ client: Client) {
        switch client.receive() {
        case nil: return
        case .lost:
            if let id = client.call { lose(id, client) }
            clients.removeAll { $0 === client }
        case .control(let words): control(client, words)
        case .tool(let caller, let argv):
            let id = book.begin(argv, caller: caller, at: host.world.now)
            client.call = id
            client.hold = host.call(id, argv)
            if client.hold == .kernel {
                client.putToSleep(on: "\(Scenery.sleepers)/\(id.number)")
            }
        }
    }

    /// A tool's process died.
    private func lose(_ id: WorkID, _ client: Client) {
        guard client.hold == .kernel else { return host.abandon(id) }
        host.drop(id)
        book.end(id, .gone, at: host.world.now)
    }

    private func serveSleepers() {
        var request: UInt64 = 0
        var name = [CChar](repeating: 0, count: 32)
        while true {
            let kind = stage_sleep_take(scenery.sleep, &request, &name, name.count)
            guard kind >= 0 else { return }
            guard kind == 1 else { continue }
            let digits = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let number = Int(String(decoding: digits, as: UTF8.self))
            if let client = clients.first(where: { $0.call != nil && $0.call?.number == number }) {
                client.sleep = request
            } else {
                stage_sleep_end(scenery.sleep, request)
            }
        }
    }
}

extension World {
    /// Whether the node has everything and serves it.
    var isServingAll: Bool {
        pools.allSatisfy { $0.isImported && !$0.isSuspended }
            && pools.allSatisfy { pool in
                pool.datasets.allSatisfy { $0.isMounted || $0.canMount != .on }
            }
            && ["mountd", "nfsd", "ctld"].allSatisfy(isServing)
    }
}
