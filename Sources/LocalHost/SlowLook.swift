import Engine

/// A look that comes back by a descriptor, whenever it does.
protocol SlowLook: AnyObject {
    /// The answer, once it is here.
    var answer: Answer? { get }
    /// What is said of it while it is late.
    var silence: String { get }
    func wait(in polls: inout PollSet)
    /// Takes in what has come.
    func serve(_ polls: PollSet)
}

/// How a look at the process table begins.
enum ProcessLook {
    case answered(Answer)
    case open(any SlowLook)
}
