import CSystem
public import Engine

/// The machine that the program runs on.
///
/// One thread, one loop: `perform` starts things and returns, `next` sleeps in poll(2) until a
/// child, a look, a clock, the terminal or a signal has something to tell.
public final class LocalHost: Host {
    /// Where tools are searched when a site does not say otherwise.
    public static let usualPath = Toolbox.usual
    /// A live display wants to be told so often that time passes.
    private static let beat = Duration.seconds(1)

    /// More tools than this do not run at once; the others wait. Half of all descriptors are for
    /// them, three for each, and the other half for looks.
    var mostAtOnce: Int
    let spawner: Spawner
    private let syslog: Syslog?
    private let terminal: Terminal
    private let interrupts: InterruptSignals?
    private let heartbeat: ((Instant) -> Void)?
    private let doorbell: Doorbell?
    private let onRing: (() -> Event.Input?)?
    private var nextBeat: Instant
    var looks: Looks
    var attended: [Attended] = []
    var executions: [Execution] = []
    var adoptions: [Adoption] = []
    var queue: [QueuedTool] = []
    /// What tools were given and nobody is told.
    var secrets = SecretMask()
    /// When to try again to start what hastd may not be told of yet.
    var retryAt = Instant.never
    var permits = Permits()
    /// No command of the run was under way since, so that what was seen since is as it was left.
    private var quietSince = Instant.zero
    private var sleeps: [(id: WorkID, until: Instant)] = []
    private var polls = PollSet()
    var events = EventQueue()
    let fence: Fence

    /// The machine as a run sees it.
    ///
    /// `path` are the absolute folders in which tools are searched, in order; `terminal` is where
    /// questions are asked, by default the program's own. With `catchingInterrupts` the signals
    /// INT, TERM and HUP become events, for one host at a time, while a closed pipe or a lost
    /// terminal neither ends nor stops the program. `heartbeat` is called about once a second
    /// while `next` waits. When the doorbell rings meanwhile, `onRing` is called, and what it
    /// returns is an event. On a stage `fenceFile` stands for the machine: it takes the order to
    /// reboot, and nothing else happens. `hastd` is what keeps us from deadlocking it. A look is
    /// ended that has gone on for `lookTimeout`.
    public init(
        path: [String] = LocalHost.usualPath,
        lookTimeout: Duration = Attention.lookTimeout,
        syslog: Syslog? = Syslog(),
        terminal: String? = nil,
        catchingInterrupts: Bool = false,
        heartbeat: ((Instant) -> Void)? = nil,
        doorbell: Doorbell? = nil,
        onRing: (() -> Event.Input?)? = nil,
        questions: QuestionBook? = nil,
        fenceFile: String? = nil,
        hastd: HastdGate? = .local
    ) {
        system_reserve_standard_streams()
        system_raise_descriptor_limit()
        system_expect_children()
        mostAtOnce = max(1, Int(system_descriptor_limit()) / 6)
        spawner = Spawner(Toolbox(folders: path))
        looks = Looks(spawner, hastd, timeout: lookTimeout)
        self.syslog = syslog
        self.terminal = Terminal(path: terminal, book: questions)
        interrupts = catchingInterrupts ? InterruptSignals() : nil
        self.heartbeat = heartbeat
        self.doorbell = doorbell
        self.onRing = onRing
        fence = fenceFile.map { Fence(trigger: $0, reboots: false) } ?? .machine
        nextBeat = MonotonicClock.now + Self.beat
    }

    /// Leaves the folder that the program was started in: on a pool it would keep that pool busy,
    /// and no plan of its own could export it. What is read by a relative path is read before.
    public static func leaveFolder() { system_leave_folder() }

    /// Looks that hang end with the host; commands that are in doubt do not.
    deinit { looks.abandon() }

    /// The time on the host's clock.
    public var now: Instant { MonotonicClock.now }

    /// Whether a question stands on the terminal, which a display should then leave alone.
    public var isAsking: Bool { terminal.isBusy }

    /// Takes on a piece of work; returns at once.
    public func perform(_ work: Work) {
        let now = now
        switch work {
        case .await(let id, let condition, let until, let seenBy):
            attended.append(
                Attended(.await(id), condition, until: until, seenBy: seenBy, at: now))
        case .watch(let id, let condition):
            attended.append(Attended(.watch(id), condition, until: .never, at: now))
        case .lookAhead(let queries): looks.foresee(queries)
        case .execute(let id, let command, let until):
            execute(id, command, until: until, at: now)
        case .sleep(let id, let until):
            sleeps.append((id, until))
        case .cancel(let id):
            cancel(id, at: now)
        case .adopt(let id, let command, let process):
            adopt(id, command, process, at: now)
        }
    }

    /// Sleeps until something happens; nil when no open work can bring anything about.
    public func next() -> Event? {
        while hasWork || !events.isEmpty {
            wait()
            advance(at: now)
            if let event = events.take() { return event }
        }
        return nil
    }

    private var hasWork: Bool {
        !attended.isEmpty || !executions.isEmpty || !adoptions.isEmpty || !queue.isEmpty
            || !sleeps.isEmpty || terminal.isBusy
    }

    /// Whether a command may take an effect.
    private var isActing: Bool {
        !executions.isEmpty || !queue.isEmpty || !adoptions.isEmpty
            || attended.contains { if case .settle = $0.purpose { true } else { false } }
    }
}

// MARK: - Taking on work

extension LocalHost {
    private func execute(_ id: WorkID, _ command: Command, until: Instant, at now: Instant) {
        switch command.action {
        case .tool(let argv):
            quietSince = now
            queue.append(QueuedTool(id: id, command: command, argv: argv, until: until))
            startTools(at: now)
        case .log(let text):
            syslog?.send(text)
            end(id, Output(.exited(0)), at: now)
        case .ask(let question, let unattended):
            terminal.ask(id, question, unattended: unattended, until: until)
        case .fenceSelf:
            end(id, fence.act(), at: now)
        }
    }

    private func cancel(_ id: WorkID, at now: Instant) {
        if let index = attended.firstIndex(where: { $0.purpose == .await(id) }) {
            let last = attended.remove(at: index).last
            let none = Look(.unknown("it was not looked at before the wait was ended"), .none)
            note(last ?? none, of: .await(id), at: now)
        } else if let index = attended.firstIndex(where: { $0.purpose == .watch(id) }) {
            attended.remove(at: index)
        } else if let index = sleeps.firstIndex(where: { $0.id == id }) {
            sleeps.remove(at: index)
            events.add(.woke(id), at: now)
        } else if let execution = executions.first(where: { $0.id == id }) {
            if execution.isRunning { execution.giveUp(at: now) }
        } else if let index = queue.firstIndex(where: { $0.id == id }) {
            queue.remove(at: index)
            end(id, Output(.notStarted("it was ended before its turn came")), at: now)
        } else if terminal.withdraw(id) {
            note(.unanswered, to: id, at: now)
        }
    }

    func end(_ id: WorkID, _ output: Output, at now: Instant) {
        events.add(.finished(id, .ended(output)), at: now)
    }
}

// MARK: - Waiting

extension LocalHost {
    /// Sleeps until something is ready or due; not at all while there are events to give.
    private func wait() {
        polls = PollSet()
        interrupts?.wait(in: &polls)
        polls.add(doorbell?.descriptor)
        if events.isEmpty {
            for execution in executions { execution.child.wait(in: &polls) }
            looks.wait(in: &polls)
            for one in attended { one.wait(in: &polls) }
            terminal.wait(in: &polls)
        }
        let now = now
        var due = events.isEmpty ? nextDue(at: now) : now
        if heartbeat != nil { due = min(due, nextBeat) }
        polls.wait(due == .never ? nil : due - now)
        if let heartbeat, self.now >= nextBeat {
            nextBeat = self.now + Self.beat
            heartbeat(self.now)
        }
    }

    private func nextDue(at now: Instant) -> Instant {
        var due = min(looks.due(at: now), min(terminal.due, terminal.beat(after: now)))
        for execution in executions { due = min(due, execution.due(at: now)) }
        for adoption in adoptions { due = min(due, adoption.due) }
        for tool in queue { due = min(due, tool.until) }
        if !queue.isEmpty { due = min(due, retryAt) }
        for one in attended { due = min(due, one.due) }
        for sleep in sleeps { due = min(due, sleep.until) }
        return due
    }

    /// Turns what has happened into events, in the order of the work that it belongs to.
    private func advance(at now: Instant) {
        for _ in 0..<(interrupts?.take(polls) ?? 0) { events.add(.interrupt, at: now) }
        if let doorbell, polls.isReady(doorbell.descriptor), doorbell.take(),
            let input = onRing?()
        {
            events.add(input, at: now)
        }
        // First what there is: else each of many ends would have all the others looked at again.
        guard events.isEmpty else { return }
        if isActing { quietSince = now }
        for execution in executions {
            for news in execution.serve(polls, hiding: secrets, at: now) {
                note(news, of: execution, at: now)
            }
        }
        executions.removeAll { execution in
            guard execution.isOver else { return false }
            permits.end(execution.id)
            return true
        }
        serveAdoptions(at: now)
        dropLateTools(at: now)
        startTools(at: now)
        for (id, reply) in terminal.serve(polls, at: now) { note(reply, to: id, at: now) }
        looks.serve(polls, at: now)
        // Some wait for a look at the process table, to know whether hastd may be told of them.
        if !queue.isEmpty { startTools(at: now) }
        attended = attended.compactMap { one in
            var one = one
            one.serve(polls, at: now)
            guard let look = one.advance(&looks, quietSince: quietSince, at: now) else {
                return one
            }
            note(look, of: one.purpose, at: now)
            return nil
        }
        looks.goAhead(at: now)
        sleeps.removeAll { sleep in
            guard sleep.until <= now else { return false }
            events.add(.woke(sleep.id), at: now)
            return true
        }
    }

    private func note(_ news: Execution.News, of execution: Execution, at now: Instant) {
        let id = execution.id
        switch news {
        case .ended(let output): end(id, output, at: now)
        case .left(let output):
            permits.end(id)
            events.add(.finished(id, .left(pid: execution.child.pid, output)), at: now)
        case .gaveUp(let output):
            events.add(.finished(id, .gaveUp(pid: execution.child.pid, output)), at: now)
        case .died:
            permits.keep(id, execution.command)
            settle(id, execution.command, at: now)
        }
    }

    private func note(_ look: Look, of purpose: Attended.Purpose, at now: Instant) {
        switch purpose {
        case .await(let id), .watch(let id):
            let verdict = secrets.hiding(in: look.verdict)
            events.add(.looked(id, Look(verdict, look.answers, basis: look.basis)), at: now)
        case .settle(let id):
            permits.settle(id)
            events.add(.gone(id), at: now)
        }
    }

    private func note(_ reply: Terminal.Reply, to id: WorkID, at now: Instant) {
        switch reply {
        case .yes: end(id, Output(.exited(0)), at: now)
        case .no: end(id, Output(.exited(1)), at: now)
        case .noAnswer(let why): end(id, Output(.exited(1), error: Array(why.utf8)), at: now)
        case .nobody(let why):
            end(id, Output(.exited(Command.nobodyToAsk), error: Array(why.utf8)), at: now)
        case .unanswered:
            events.add(.finished(id, .gaveUp(pid: nil, Output(.exited(1)))), at: now)
            events.add(.gone(id), at: now)
        }
    }
}
