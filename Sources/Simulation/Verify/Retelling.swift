/// A story played again, with its account.
public struct Retelling: Sendable {
    /// What happened.
    public let account: Account
    /// What must not have been.
    public let breaches: [Breach]

    /// Plays a story.
    public init(_ subject: Subject, _ story: Story) {
        var play = Play(subject, story, isTold: true)
        play.play()
        account = play.scribe?.account ?? Account()
        breaches = play.breaches
    }
}
