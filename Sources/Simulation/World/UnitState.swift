/// What systemd adds to a service that it runs.
public struct UnitState: Hashable, Sendable {
    /// What systemd was asked to do with a unit.
    enum Verb: String, Sendable { case start, stop, restart }

    /// Whether it leaves no process and counts as active for all that (`RemainAfterExit`).
    public var isOneshot = false
    /// Whether its unit file is a link to nothing, so that nobody starts it.
    public var isMasked = false
    /// Whether systemd takes it for active, where no process shows it.
    public var isActive = false
    /// Why it has failed, in the word of `Result`; nil when it has not.
    public var failure: String?
    /// What is queued for it or under way: it goes on when systemctl is killed.
    var job: (number: Int, verb: Verb)? {
        get { verb.map { (number, $0) } }
        set { (number, verb) = (newValue?.number ?? number, newValue?.verb) }
    }
    /// How many jobs to start it were replaced, and have not been told to whoever waits for them.
    var cancelled = 0
    private var number = 0
    private var verb: Verb?

    /// A unit that nothing was done to.
    public init() {}
}

extension World {
    /// The index of the service that a unit's name stands for.
    func unitIndex(_ name: String) -> Int? {
        let suffix = ".service"
        guard name.hasSuffix(suffix), let index = serviceIndex(String(name.dropLast(suffix.count)))
        else { return nil }
        return services[index].isUnit ? index : nil
    }

    /// systemd takes on what systemctl asks for; a stop replaces a start that is not through.
    mutating func admit(_ tool: Tool, _ argv: [String]) {
        guard case .systemctl = tool, argv.count == 3, let index = unitIndex(argv[2]),
            let verb = UnitState.Verb(rawValue: argv[1]), !services[index].unit.isMasked
        else { return }
        let job = services[index].unit.job
        if let job, job.verb != verb { services[index].unit.cancelled += 1 }
        services[index].unit.job = (Int(nextPid()), verb)
    }

    /// Nothing came of it.
    mutating func dismiss(_ tool: Tool, _ argv: [String]) {
        guard case .systemctl = tool, argv.count == 3, let index = unitIndex(argv[2]) else {
            return
        }
        services[index].unit.job = nil
    }
}
