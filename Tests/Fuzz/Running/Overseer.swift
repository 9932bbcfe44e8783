import Foundation

/// Starts the processes that read, one target after the other, and tells what became of them.
struct Overseer {
    /// A target that fails so often is left alone.
    private static let failureLimit = 5
    /// A process that reads has so long beyond its time, to begin and to make an input small.
    private static let patience: TimeInterval = 60
    private static let shortest = 100

    private let options: FuzzOptions
    private let notes: String
    private var inputs = 0
    private var failures = 0

    init(_ options: FuzzOptions) {
        self.options = options
        notes =
            NSTemporaryDirectory() + "/failover-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
    }

    /// Runs the targets; whether nothing failed.
    mutating func run(_ targets: [Targets.Entry]) throws -> Bool {
        defer { try? FileManager.default.removeItem(atPath: notes) }
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .milliseconds(options.milliseconds)
        var files = 0
        for (index, target) in targets.enumerated() {
            let corpus = Corpus(repository: Repository(options.root), target: target.name)
            files += corpus.entries.count
            // What one target leaves of its time is the next one's.
            let shares = targets[index...].reduce(0) { $0 + $1.share }
            let share = (end - clock.now) * target.share / shares
            try run(target, corpus, for: share)
        }
        let took = (clock.now - start).components.seconds
        let word = failures == 1 ? "failure" : "failures"
        say("fuzz: \(inputs) inputs in \(took) s, \(files) corpus files, \(failures) \(word)")
        return failures == 0
    }

    private mutating func run(
        _ target: Targets.Entry, _ corpus: Corpus, for share: Duration
    ) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let before = inputs
        var first = 0
        // Kept when the target is through: a new file of the corpus would renumber its inputs.
        var found: [Input] = []
        for _ in 0..<Self.failureLimit {
            let left = (start + share - clock.now).components
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
            let outcome = try read(target, first, max(Self.shortest, Int(milliseconds)))
            if case .done(let count) = outcome {
                inputs += count - first
                break
            }
            guard case .failed(let why, let reading) = outcome else { break }
            failures += 1
            if let input = tell(why, reading, target) { found.append(input) }
            inputs += (reading?.number ?? first) + 1 - first
            first = (reading?.number ?? first) + 1
        }
        for input in found { say("  kept: \(try corpus.keep(input, as: "found"))") }
        let seconds = (clock.now - start) / Duration.seconds(1)
        let pace = Int(Double(inputs - before) / max(seconds, 0.001))
        say("\(target.name): \(inputs - before) inputs, \(pace)/s")
    }

    private enum Outcome {
        case done(Int)
        case failed(String, Notes.Reading?)
    }

    /// One process, to its end.
    private func read(
        _ target: Targets.Entry, _ first: Int, _ milliseconds: Int
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = Bundle.main.executableURL
        var words = [
            "--target", target.name, "--seed", "\(options.seed)", "--for", "\(milliseconds)ms",
            "--inputs", "\(options.inputs)", "--notes", notes, "--first", "\(first)",
        ]
        if let root = options.root { words += ["--root", root] }
        if options.isCorpusOnly { words.append("--corpus-only") }
        if options.keeps { words.append("--keep") }
        process.arguments = words
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let alarm = Alarm(process, after: Double(milliseconds) / 1000 + Self.patience)
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        alarm.end()
        let text = String(decoding: said, as: UTF8.self)
        let status = process.terminationStatus
        if process.terminationReason == .exit, status == 0, text.hasPrefix("done "),
            let count = Int(text.dropFirst(5).prefix { $0.isNumber })
        {
            return .done(count)
        }
        let why: String
        switch (process.terminationReason, status) {
        case (.exit, 41): why = text.split(separator: "\n").last.map(String.init) ?? "?"
        case (.exit, Stopwatch.exitCode): why = "takes longer than \(Stopwatch.limit)"
        case (.exit, let code): why = "exit \(code)"
        case (_, let number): why = "signal \(number): a crash, or a hang that was ended"
        }
        return .failed(why, Notes.read(notes))
    }

    /// Says what failed by what; answers with the input if it is a new one.
    private func tell(
        _ why: String, _ reading: Notes.Reading?, _ target: Targets.Entry
    ) -> Input? {
        say("\(target.name): FAILED: \(printed(why))")
        guard let reading else {
            say("  before it read anything")
            return nil
        }
        say("  by \(reading.label)")
        for part in reading.input.parts {
            let text = String(decoding: part.bytes.prefix(600), as: UTF8.self)
            say("  \(part.name), \(part.bytes.count) bytes:")
            for line in text.split(separator: "\n").prefix(12) { say("    \(printed(line))") }
        }
        return reading.label.hasPrefix("corpus") ? nil : reading.input
    }

    private func printed(_ text: some StringProtocol) -> String {
        text.unicodeScalars.map {
            $0.isASCII && $0.value >= 32 ? "\($0)" : $0.escaped(asASCII: true)
        }
        .joined()
    }
}
