import Foundation
import Synchronization

/// Work that mostly waits, done by so many threads at once: more than there are cores.
enum Crowd {
    /// Calls `body` with each number below `count`; returns when all have returned.
    static func each<Result: Sendable>(
        of count: Int, at once: Int, _ body: @escaping @Sendable (Int) -> Result
    ) -> [Result] {
        let state = Desk<Result>()
        let end = DispatchGroup()
        for _ in 0..<min(once, count) {
            end.enter()
            let thread = Thread {
                while let number = state.next(below: count) { state.note(number, body(number)) }
                end.leave()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        end.wait()
        return state.results
    }

    /// Which numbers are given out, and what came of them.
    private final class Desk<Result: Sendable>: Sendable {
        private let next = Mutex(0)
        private let found = Mutex<[(Int, Result)]>([])

        func next(below count: Int) -> Int? {
            next.withLock { next in
                guard next < count else { return nil }
                next += 1
                return next - 1
            }
        }

        func note(_ number: Int, _ result: Result) {
            found.withLock { $0.append((number, result)) }
        }

        var results: [Result] {
            found.withLock { $0.sorted { $0.0 < $1.0 }.map { $0.1 } }
        }
    }
}
