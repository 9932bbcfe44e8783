/// A single mishap after which a pair may wait for a person, and why.
///
/// A bad ending that no waiver covers is a fault of the plans or of the engine.
public struct Waiver: Sendable {
    /// What it covers, in a few words.
    public let title: String
    /// Why nothing better can be done on two nodes.
    public let reason: String
    private let kinds: [Breach.Kind]
    private let mishaps: [Mishap]
    /// Whether it covers only what befalls a node that booted alone.
    private let isOfLoneNode: Bool

    private init(
        _ title: String, _ kinds: [Breach.Kind], after mishaps: [Mishap],
        isOfLoneNode: Bool = false, because reason: String
    ) {
        self.title = title
        self.reason = reason
        self.kinds = kinds
        self.mishaps = mishaps
        self.isOfLoneNode = isOfLoneNode
    }

    /// Whether it covers what went wrong in a story of one mishap.
    func covers(_ breach: Breach, of story: Story) -> Bool {
        kinds.contains(breach.kind) && (!isOfLoneNode || breach.isOfLoneNode)
            && story.strikes.contains { mishaps.contains($0.mishap) }
    }

    /// All of them.
    public static let all: [Waiver] = [
        Waiver(
            "a tool that never ends", [.notConverged], after: [.hangs],
            because: "no signal ends a process that sleeps in the kernel; the run says stuck and"
                + " asks for a reboot, and a release with `if-stuck: fence-self` reboots by"
                + " itself"),
        Waiver(
            "a node that boots alone", [.notConverged], after: [.powerCut, .powerCutAfter],
            isOfLoneNode: true,
            because: "its peer is dead, and may have written while it was down; only a person can"
                + " know, and says so: by --accept-stale, or to DRBD by `drbdadm primary --force`"),
    ]
}
