import CSystem
import Engine

/// What an earlier engine of this boot has started, and did not see the end of; it is ended here.
final class Adoption {
    let id: WorkID
    let command: Command
    /// Whom it is about, once that is known.
    private var groups: [ProcessIdentity]?
    private let argv: [String]
    private let paths: [String]
    private let began: Instant
    private var end: Termination
    private var searchAt: Instant
    /// The pause between two searches grows up to this.
    private static let slowestSearch = Duration.milliseconds(500)
    /// The interpreter of a script, and its option, stand before the script's arguments.
    private static let wordsOfInterpreter = 2

    /// Without a process all are meant that were started so; `path` is where the tool lies.
    init(
        _ id: WorkID,
        _ command: Command,
        argv: [String],
        path: String?,
        _ process: ProcessIdentity?,
        at now: Instant
    ) {
        self.id = id
        self.command = command
        self.argv = argv
        paths = [argv.first, path].compactMap { $0 }
        // No process of ours has such a number, and a signal to it would reach many.
        groups = process.map { [$0].filter { $0.pid > 1 && $0.pid != getpgrp() } }
        began = now
        end = Termination(at: now)
        searchAt = now
    }

    /// When it wants to be served; nothing tells of the end of a process that is no child.
    var due: Instant { min(searchAt, end.due) }

    /// Sends the signals that are due; whether nothing lives any more.
    func serve(at now: Instant) -> Bool {
        guard now >= due else { return false }
        searchAt = now + min(max(.milliseconds(1), (now - began) / 10), Self.slowestSearch)
        guard let known = groups ?? found() else { return false }
        var living: [Int32] = []
        var isKnown = true
        for one in known {
            switch ProcessGroup.isAlive(one.pid, started: one.started) {
            case true?: living.append(one.pid)
            case false?: break
            case nil: isKnown = false
            }
        }
        groups = known
        // No signal goes to what may be somebody else by now.
        if isKnown { end.hurry(at: now) { signal in for pid in living { kill(-pid, signal) } } }
        return isKnown && living.isEmpty
    }

    /// Leaders of a session that were started with the same words, by somebody else; nil when
    /// nobody can tell.
    private func found() -> [ProcessIdentity]? {
        let own = getpid()
        return ProcessTable.states()?.filter { process in
            guard process.isLeader, !process.isDead, !process.isKernel, process.pid > 1,
                process.pid != own, process.parent != own
            else { return false }
            return isMeant(process)
        }.map { ProcessIdentity(pid: $0.pid, started: $0.started) }
    }

    private func isMeant(_ process: ProcessState) -> Bool {
        guard let words = ProcessTable.commandLine(of: process) else {
            // It is stuck, and all that is known is its program.
            let tool = paths.first?.split(separator: "/").last ?? ""
            return !process.name.isEmpty && tool.hasPrefix(process.name)
        }
        if Command.areWords(words, ofRecorded: argv) { return true }
        // A script: the interpreter, at most one option, the script's path, its arguments.
        return (1...Self.wordsOfInterpreter).contains { before in
            words.indices.contains(before) && paths.contains(words[before])
                && Command.areWords(words[(before + 1)...], ofRecorded: argv[1...])
        }
    }
}
