import Engine

/// A story as it is played: two nodes with failover on them, and what goes wrong.
///
/// A value in virtual time: equal stories make equal plays, and a copy goes on by itself.
struct Play {
    /// What falls due besides what the pair itself does.
    enum Due {
        case act(Int)
        /// A signal reaches the node: it is recorded.
        case signal(Side, boot: Int, Plan.Direction, String)
        /// A worker that was started has the lock.
        case worker(Side, boot: Int)
        /// The service looks whether all is as it was told.
        case look(Side, boot: Int)
        /// Whoever waits for a worker finds that nobody is at work.
        case lonely(Side, boot: Int)
        /// The next of the commands by which a handover yields the address.
        case yields(Side, boot: Int, Int)
        case mend(Mending)
    }

    /// The end of a mishap.
    enum Mending {
        case heal(Link)
        case boot(Side)
        case interfaceUp(Side)
        /// The engine is killed that was given a command with this boot.
        case kill(Side, boot: Int)
        /// A person interrupts what was begun with this boot.
        case interrupt(Side, boot: Int)
        /// A person wants again what was heard last.
        case again(Side, boot: Int)
        /// A person asks hastd for its status, and so many times again.
        case hastdAsked(Side, boot: Int, times: Int)
        /// A shutdown has its limit (`rcshutdown_timeout`).
        case goDown(Side, boot: Int)
    }

    @Heaped var subject: Subject
    var story: Story
    var pair: PairWorld
    /// In the order of `Side`.
    var nodes: [Player]
    var schedule = Schedule<Due>()
    var strikes: [Strike]
    /// Pieces of work whose answers nobody lives to hear.
    var doomed: [(side: Side, id: WorkID, mishap: Mishap)] = []
    var serial = 0
    var breaches: [Breach] = []
    var damageSeen = 0
    /// When something was last done to the pair from outside.
    var disturbedAt = Instant.zero
    /// The acts, mendings and signals that are still to come.
    var toCome = 0
    /// How many runs were begun, since the play forked from another one.
    var runs = 0
    let scribe: Scribe?
    /// The pieces of work that were given to the hosts since a verifier asked.
    var given: [(side: Side, number: Int, isCommand: Bool)] = []
    /// The runs that were done, with their records; kept where nothing goes wrong.
    var courses: [(direction: Plan.Direction, took: Duration, records: [Record])] = []
    /// Since when clients have no service, and the longest time that they had none.
    var outageSince: Instant?
    var longestOutage = Duration.zero

    /// From a signal until it is recorded, and until a worker that it starts has the lock.
    static let recording = Duration.milliseconds(5)
    static let starting = Duration.milliseconds(12)
    /// After a disturbance a pair has so long to come to rest.
    static let patience = Duration.seconds(1800)
    /// A play is cut off after so long in any case.
    static let longest = Duration.seconds(7200)

    init(
        _ subject: Subject, _ story: Story, assuming assumptions: [Assumption],
        isTold: Bool = false
    ) {
        self.subject = subject
        self.story = story
        strikes = story.strikes
        var latencies = subject.usesDRBD ? Latencies() : .recorded
        latencies.seed = story.seed
        pair = PairWorld(subject.pair, serving: story.scenario.master, latencies: latencies) {
            $1 = $1.limited(by: subject.acquire)
        }
        pair.isArbitrated = assumptions.contains(.arbiter)
        pair.setFencing(assumptions.contains(.fencing))
        nodes = [Player(), Player()]
        scribe = isTold ? Scribe() : nil
        for (index, act) in story.scenario.acts.enumerated() {
            toCome += 1
            schedule.enter(.act(index), at: .zero + act.after)
        }
        guard let master = story.scenario.master else { return }
        for side in Side.allCases {
            nodes[side].boot = 1
            nodes[side].isUp = true
            let direction: Plan.Direction = side == master ? .acquire : .release
            nodes[side].asked = direction
            nodes[side].lastRun = LastRun(direction)
            nodes[side].lookout = Lookout(at: .zero, seen: direction)
            schedule.enter(.look(side, boot: 1), at: nodes[side].lookout.dueAt)
        }
    }

    var now: Instant { pair.now }

    /// Plays on until the pair rests, or has had its time.
    mutating func play() {
        while advance() {}
        finish()
    }

    /// Lets the next thing happen; false when nothing more is to come of the story.
    mutating func advance() -> Bool {
        guard now - .zero < Self.longest, breaches.count < 4 else { return false }
        let due = schedule.firstAt ?? .never
        let limit = min(due, disturbedAt + Self.patience)
        if let happening = pair.next(until: limit) {
            take(happening)
        } else if due <= limit, let next = schedule.popFirst() {
            take(next)
        } else {
            return false
        }
        inspect()
        return !isAtRest()
    }

    private mutating func take(_ happening: PairWorld.Happening) {
        switch happening {
        case .event(let side, let event): hear(event, on: side)
        case .address(let side, let host):
            tell(side, .signal) { "\(host.name) is \(host.word)" }
            signal(host.notice, on: side)
        case .hook(let side, let words):
            tell(side, .hook) { "hastd: " + words.arguments.joined(separator: " ") }
        case .up(let side): up(side)
        case .down(let side): wentDown(side)
        case .changed: break
        }
    }

    private mutating func take(_ due: Due) {
        switch due {
        case .act(let index):
            toCome -= 1
            disturbedAt = now
            perform(story.scenario.acts[index].act)
        case .signal(let side, let boot, let direction, let source):
            toCome -= 1
            guard nodes[side].boot == boot, nodes[side].isUp else { return }
            nodes[side].lookout.hear(direction)
            record(direction, from: source, on: side)
        case .worker(let side, let boot):
            guard nodes[side].boot == boot, nodes[side].isUp else { return }
            startWorker(on: side)
        case .look(let side, let boot):
            guard nodes[side].boot == boot, nodes[side].isUp else { return }
            look(side)
        case .lonely(let side, let boot):
            guard nodes[side].boot == boot, nodes[side].isUp else { return }
            lonely(side)
        case .yields(let side, let boot, let index):
            toCome -= 1
            guard nodes[side].boot == boot, nodes[side].isUp else { return }
            handOver(side, from: index)
        case .mend(let mending):
            toCome -= 1
            mend(mending)
        }
    }

    /// Whether nothing is under way or to come any more and the pair is as it should be.
    private mutating func isAtRest() -> Bool {
        guard toCome == 0, pair.agenda.isEmpty, nodes[.a].rests(), nodes[.b].rests() else {
            return false
        }
        return state == .converged
    }
}
