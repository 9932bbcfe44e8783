import Engine
import LocalHost
import Service
import Simulation

/// Beats with each story that is tried: shows on a terminal how far `verify` is, and says when the
/// time that it was given is up.
final class VerifyPulse {
    /// So often at most the terminal is written to.
    private static let interval = Duration.milliseconds(100)

    private var console = Console.standardError()
    private var stories = 0
    private var chapter = ""
    private var nextDraw = Instant.zero
    private var isDrawn = false
    /// When it is time to stop; never, unless a time was given.
    var deadline = Instant.never

    /// Begins a part of the whole.
    func begin(_ chapter: String) { self.chapter = chapter }

    /// Another story; whether it is time to stop.
    func beat() -> Bool {
        stories += 1
        guard console.obeys || deadline < .never else { return false }
        let now = MonotonicClock.now
        if console.obeys, now >= nextDraw {
            nextDraw = now + Self.interval
            draw()
        }
        return now >= deadline
    }

    /// Takes what it has shown away.
    func finish() {
        guard isDrawn else { return }
        console.write("\r\u{1B}[K")
        isDrawn = false
    }

    private func draw() {
        let columns = console.size?.columns ?? 80
        let text = "\(chapter): \(counted(stories, "story", "stories"))"
        console.write("\r\u{1B}[K" + text.clipped(to: max(1, columns - 1)))
        isDrawn = true
    }
}

/// `1 story`, `2 stories`.
func counted(_ count: Int, _ noun: String, _ several: String) -> String {
    "\(count) \(count == 1 ? noun : several)"
}
