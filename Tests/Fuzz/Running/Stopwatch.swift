import Foundation
import Synchronization

/// Ends the process when one input takes longer than it may; by its own processor time, so that a
/// busy machine is no fault.
final class Stopwatch: Sendable {
    /// One input may take so long; unoptimized code takes ten times as long as what is released.
    static let limit = Duration.seconds(isOptimized ? 2 : 20)
    private static let isOptimized = !_isDebugAssertConfiguration()
    /// The exit code of a process that was ended so.
    static let exitCode: Int32 = 42
    private static let period: TimeInterval = 0.05
    private static let none = Int64.min

    private let began = Atomic<Int64>(Stopwatch.none)

    init() {
        Thread.detachNewThread { [self] in watch() }
    }

    func start() { began.store(Self.now, ordering: .relaxed) }

    func stop() { began.store(Self.none, ordering: .relaxed) }

    private func watch() {
        while true {
            Thread.sleep(forTimeInterval: Self.period)
            let since = began.load(ordering: .relaxed)
            guard since != Self.none else { continue }
            if Self.now - since > Self.limit.components.seconds * 1000 { exit(Self.exitCode) }
        }
    }

    /// The processor time of this process in milliseconds.
    private static var now: Int64 { Int64(clock()) * 1000 / Int64(CLOCKS_PER_SEC) }
}
