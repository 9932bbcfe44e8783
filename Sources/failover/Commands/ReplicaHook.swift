import Engine
import LocalHost
import Service
import Steps

/// Does what an event of hastd means for the marks of full copies.
///
/// hastd does not wait for its hooks, so that this may.
struct ReplicaHook {
    private let hook: HASTHook
    private let site: Site
    private let syslog: Syslog?
    private let marks = MarkFolder(ReplicaMark.folder)

    /// Nil for arguments that are no event of hastd, which is logged.
    init?(_ words: [String], _ installation: Installation) {
        site = installation.site
        syslog = installation.syslog
        do {
            hook = try HASTHook(words)
        } catch {
            syslog?.send("a hook of hastd is refused: \(error.why)", level: "warning")
            return nil
        }
    }

    /// Looks, and carries the effects out.
    func run() {
        if let fault = marks.sweep() { syslog?.send("\(fault)", level: "err") }
        let seen = hook.question.map {
            self.seen(of: $0, within: .seconds(2), steadily: false)
        }
        let connection = seen?.answers.flatMap { hook.connection(in: $0) }
        for effect in hook.effects(seen?.verdict, of: connection, telling: site.tellPeer) {
            carryOut(effect)
        }
    }

    private func carryOut(_ effect: HASTHook.Effect) {
        let resource = hook.resource
        switch effect {
        case .setMark(let path, let cause):
            tell(marks.set(path, saying: cause), "\(resource) is fresh here")
        case .clearMark(let path, let connection):
            let fault = marks.clear(path, sparing: connection)
            let isSpared = fault == nil && marks.has(path)
            tell(fault, isSpared ? nil : "\(resource) counts as stale until it has a full copy")
        case .setWord(let path):
            tell(marks.set(path), "the peer's copy of \(resource) can be reached")
        case .clearWord(let path), .clearRestart(let path): tell(marks.clear(path), nil)
        case .tellPeer(let argv): report(tellPeer(argv), argv)
        case .whenInSync(let effects):
            let patience = HASTHook.inSyncPatience
            guard look(at: hook.inSync, within: patience, steadily: true) == .holds else { return }
            for effect in effects { carryOut(effect) }
        case .tellPeerWhenSettled(let argv):
            pause(HASTHook.peerSettles)
            report(tellPeer(argv), argv)
        case .answerPeer(let argv):
            if isReachable { report(tellPeer(argv), argv) }
        case .seekPeer(let argv): seekPeer(argv)
        case .warn(let text): syslog?.send(text, level: "warning")
        }
    }

    private func tell(_ fault: StoreFault?, _ text: String?) {
        if let fault {
            syslog?.send("\(fault)", level: "err")
        } else if let text {
            syslog?.send(text)
        }
    }

    /// Tells the peer, again and again, until it is told and something of it is known here.
    private func seekPeer(_ argv: [String]) {
        let files = [ReplicaMark.path(of: hook.resource), ReplicaMark.word(of: hook.resource)]
        let end = MonotonicClock.now + HASTHook.seekingLimit
        var isTold = false
        pause(HASTHook.peerSettles)
        var seen = reachability
        seeking: while true {
            switch seen {
            case .holds:
                isTold = tellPeer(argv) || isTold
                if isTold && files.contains(where: marks.has) { break seeking }
            // hastd is not asked while a promotion is under way, and asked again behind it.
            case .unknown: break
            case .doesNot, .never: break seeking
            }
            guard MonotonicClock.now + HASTHook.seekingPause < end else { break }
            pause(HASTHook.seekingPause)
            seen = reachability
        }
        if isTold || seen == .holds { report(isTold, argv) }
    }

    private var reachability: Verdict {
        look(at: hook.isReachable, within: HASTHook.tellingLimit, steadily: true)
    }

    private var isReachable: Bool { reachability == .holds }

    private func report(_ isTold: Bool, _ argv: [String]) {
        let what = argv.suffix(2).joined(separator: " ")
        if isTold {
            syslog?.send("the peer was told: \(what)")
        } else {
            let text = "the peer could not be told: \(what); as long as it knows nothing of it, it"
            syslog?.send("\(text) may refuse to take over: `tell-peer` failed", level: "err")
        }
    }

    private func tellPeer(_ argv: [String]) -> Bool {
        let host = LocalHost(path: site.path ?? LocalHost.usualPath, syslog: nil)
        let until = host.now + HASTHook.tellingLimit
        host.perform(.execute(WorkID(1), Command(.tool(argv)), until: until))
        while let event = host.next() {
            guard case .finished(_, let finish) = event.input else { continue }
            if case .ended(let output) = finish { return output.succeeded }
            return false
        }
        return false
    }

    private func look(
        at condition: any Condition, within limit: Duration, steadily: Bool
    ) -> Verdict {
        seen(of: condition, within: limit, steadily: steadily).verdict
    }

    /// The verdict on a condition, within a limit, and what it rests on; at once, or as soon as it
    /// holds.
    private func seen(
        of condition: any Condition, within limit: Duration, steadily: Bool
    ) -> (verdict: Verdict, answers: Answers?) {
        let host = LocalHost(path: site.path ?? LocalHost.usualPath, syslog: nil)
        let asked = steadily ? condition : Decided(condition, for: .when)
        host.perform(.await(WorkID(1), asked, until: host.now + limit))
        while let event = host.next() {
            if case .looked(_, let look) = event.input { return (look.verdict, look.answers) }
        }
        return (.unknown("nothing could be looked at"), nil)
    }

    private func pause(_ span: Duration) {
        let host = LocalHost(syslog: nil)
        host.perform(.sleep(WorkID(1), until: host.now + span))
        _ = host.next()
    }
}
