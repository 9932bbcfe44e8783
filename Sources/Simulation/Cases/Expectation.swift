import Engine

/// What is expected of a case; what is nil is not looked at.
struct Expectation: Sendable {
    /// How the run ends.
    var ending: Ending.Kind
    /// What its reason says, among other words.
    var reason: String?
    /// Commands that occur in this order, each by words of it.
    var sequence: [[String]]?
    /// Whether there are no other commands.
    var isExact = false
    /// The steps that are taken back, each by words of it; no others.
    var undone: [[String]]?
    /// Commands that do not occur.
    var never: [[String]] = []
    /// How long the run takes at most.
    var within: Duration?
    /// The world at the end.
    var after = Aftermath()
    /// What the warnings say; there are no others.
    var warnings: [String]?
    /// What is left for a person; nothing else.
    var left: [String]?
    /// The plan that should run next.
    var next: String?
    /// What is harmed; nothing else.
    var damage: [String] = []

    init(_ ending: Ending.Kind) { self.ending = ending }
}

/// The world at the end of a case, as far as it is expected to be so.
struct Aftermath: Sendable {
    /// A pool: the words of the condition `pool`, and what it does not tell apart.
    enum PoolWord: String, CaseIterable {
        case imported
        /// Not imported on this node.
        case absent
        /// Not imported on this node, and by its label not in use anywhere.
        case exported
        /// Imported, and its I/O stands still.
        case suspended

        /// Whether this is so when the most that can be said of a pool is `seen`.
        func isTrue(of seen: PoolWord) -> Bool {
            self == seen || self == .absent && seen == .exported
        }
    }
    /// A service, in the words of the condition `service`.
    enum ServiceWord: String, CaseIterable { case running, stopped }

    var roles: [(name: String, role: HastResource.Role)] = []
    var pools: [(name: String, word: PoolWord)] = []
    var services: [(name: String, word: ServiceWord)] = []
    var address: CarpWord?
}

extension World {
    /// The most that can be said of a pool.
    func word(ofPool name: String) -> Aftermath.PoolWord {
        guard let index = poolIndex(name) else { return .absent }
        let pool = pools[index]
        guard pool.isImported else {
            return pool.isExported && !pool.peerHasIt ? .exported : .absent
        }
        return pool.isSuspended ? .suspended : .imported
    }

    func word(ofService name: String) -> Aftermath.ServiceWord {
        serviceIndex(name).map { services[$0].isRunning } ?? false ? .running : .stopped
    }

    /// The state of the pair's own address.
    var address: CarpWord? {
        virtualHosts.first.map { host in
            switch host.state {
            case .initial: .`init`
            case .backup: .backup
            case .master: .master
            }
        }
    }
}
