import Foundation
import Synchronization

/// Kills a process that does not end by itself.
final class Alarm: Sendable {
    private static let period: TimeInterval = 0.1

    private let isOver = Atomic(false)

    init(_ process: Process, after seconds: TimeInterval) {
        let pid = process.processIdentifier
        Thread.detachNewThread { [self] in
            let end = Date.now + seconds
            while !isOver.load(ordering: .relaxed) {
                if Date.now > end {
                    kill(pid, SIGKILL)
                    return
                }
                Thread.sleep(forTimeInterval: Self.period)
            }
        }
    }

    /// The process has ended.
    func end() { isOver.store(true, ordering: .relaxed) }
}
