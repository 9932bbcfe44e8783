/// How long a step waits where the plan does not say it.
extension StepLife {
    /// After a non-zero exit the goal has this long to show, and a look that is under way then the
    /// rest of the attempt.
    static let secondLook = Duration.seconds(1)
    /// A guard that cannot be told has this long to be told before an effect; one that does not
    /// hold is broken by its watch sooner. What it says of later is of no use.
    static let guardPatience = Attention.darkness
    /// A decision that cannot be made within this time is unknown, unless a look is under way: that
    /// is waited for as long as whoever decides has time.
    static let decision = Duration.seconds(2)
    /// Behind the end of all time a look that is under way is waited for so long, where a success
    /// or a reboot hangs on it.
    static let lastLook = Duration.seconds(30)
    /// Why a step or a group failed whose `when` is unknown.
    static let undecided = "it cannot be told whether it should run"
    /// The pause between attempts of a step that must get through.
    static let persistence = Duration.seconds(1)
}
