/// A story played again, with its account.
public struct Retelling: Sendable {
    /// The story.
    public let story: Story
    /// What happened.
    public let account: Account
    /// What must not have been.
    public let breaches: [Breach]
    /// Why that may be so after all; nil for what must not.
    public let waiver: Waiver?

    /// What did not go wrong after all, since the node was given less work.
    public let missed: [Strike]

    /// Plays a story.
    public init(_ subject: Subject, _ story: Story, assuming assumptions: [Assumption] = []) {
        var play = Play(subject, story, assuming: assumptions, isTold: true)
        play.play()
        self.story = story
        account = play.scribe?.account ?? Account()
        breaches = play.breaches
        missed = play.strikes
        waiver = play.breaches.first.flatMap { breach in
            Waiver.all.first { $0.covers(breach, of: story) }
        }
    }

    /// Whether it ends as it must.
    public var endsWell: Bool { breaches.isEmpty || waiver != nil }
}
