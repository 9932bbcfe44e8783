package import Engine

/// What is known of a run so far: a fold over its records.
package struct Progress {
    /// What a step that is under way is at.
    package enum Activity: Hashable {
        case looking
        case waiting
        case doing(String)
        case pausing(why: String)
    }

    /// One step on one way.
    package struct Course {
        package let node: NodeID
        package let way: Way
        package let began: Instant
        package var ended: Instant?
        package var activity = Activity.looking
        package var attempt = 1
        package var lastSeen = ""
        package var hadIntent = false
        package var result: StepResult?

        /// The time it took, or has taken at `now`.
        package func duration(at now: Instant) -> Duration { (ended ?? now) - began }
    }

    package let plan: Plan
    /// How many steps there are under `steps:`.
    package let total: Int
    /// Every step that came under way, in order.
    package private(set) var courses: [Course] = []
    package private(set) var phase = Phase.requiring
    package private(set) var began = Instant.zero
    package private(set) var now = Instant.zero
    package private(set) var warnings: [String] = []
    package private(set) var ending: Ending?
    /// How many steps came to a good end on the way forward.
    package private(set) var finished = 0
    /// Whether the run only goes on: a release, or one past the point of no return.
    package private(set) var isCommitted: Bool
    /// How often a person interrupted.
    package private(set) var interrupts = 0
    private var latest: [NodeID: Int] = [:]
    private var openIndices: [Int] = []

    package init(_ plan: Plan) {
        self.plan = plan
        total = plan.steps(from: plan.steps).count
        isCommitted = plan.direction == .release
    }

    /// The steps under way, in the order in which they came under way.
    package var open: [Course] { openIndices.map { courses[$0] } }

    /// Whether no step was about to change anything.
    package var isUntouched: Bool { !courses.contains { $0.hadIntent } }

    /// The course of a step as it is now.
    package func course(of node: NodeID) -> Course? { latest[node].map { courses[$0] } }

    package mutating func take(_ record: Record) {
        now = record.at
        switch record.fact {
        case .began: began = record.at
        case .resumed:
            openIndices = []
            finished = 0
        case .phase(let phase):
            self.phase = phase
            if phase == .committed { isCommitted = true }
        case .interrupted: interrupts += 1
        case .stepBegan(let node, let way): begin(node, way)
        case .looked(let node, _, let purpose, let verdict, _):
            change(node) { $0.looked(purpose, verdict) }
        case .intent(let node, _, let attempt, let commands):
            change(node) {
                $0.hadIntent = true
                $0.attempt = attempt
                $0.activity = .doing(commands.map(\.line).joined(separator: "; "))
            }
        case .commandBegan(let node, _, _, let command):
            change(node) { $0.activity = .doing(command.line) }
        case .commandEnded(let node, _, _, _), .commandGivenUp(let node, _, _, _, _):
            change(node) { $0.activity = .waiting }
        case .retrying(let node, _, let attempt, _, let why):
            change(node) {
                $0.attempt = attempt + 1
                $0.activity = .pausing(why: why)
            }
        case .stepEnded(let node, let way, let result):
            if way == .forward && result.isGood { finished += 1 }
            // What is not undone at all comes to its end without a beginning.
            if course(of: node)?.way != way { begin(node, way) }
            openIndices.removeAll { courses[$0].node == node }
            change(node) {
                $0.result = result
                $0.ended = record.at
            }
        case .warned(let text): if !warnings.contains(text) { warnings.append(text) }
        case .ended(let ending): self.ending = ending
        case .required, .processStarted, .commandLeft, .commandGone, .guardBroken, .superseded:
            break
        }
    }

    private mutating func begin(_ node: NodeID, _ way: Way) {
        // Done again, it does not count twice.
        if way == .forward, let earlier = course(of: node), earlier.way == .forward,
            earlier.result?.isGood == true
        {
            finished -= 1
        }
        latest[node] = courses.count
        openIndices.append(courses.count)
        courses.append(Course(node: node, way: way, began: now))
    }

    private mutating func change(_ node: NodeID, _ body: (inout Course) -> Void) {
        guard let index = latest[node] else { return }
        body(&courses[index])
    }
}

extension Progress.Course {
    fileprivate mutating func looked(_ purpose: LookPurpose, _ verdict: Verdict) {
        guard purpose == .opening || purpose == .goal else { return }
        lastSeen = verdict.detail
        if purpose == .opening, verdict != .holds { activity = .waiting }
    }
}

extension StepResult {
    /// Whether a run can be done with it.
    package var isGood: Bool {
        switch self {
        case .done, .already, .notWanted, .undone, .nothingToUndo: true
        case .failed, .cut, .noInverse, .parked: false
        }
    }
}
