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
        let answer = hook.question.map { look(at: $0, within: .seconds(2), steadily: false) }
        for effect in hook.effects(answer, telling: site.peerFresh) { carryOut(effect) }
    }

    private func carryOut(_ effect: HASTHook.Effect) {
        switch effect {
        case .setMark(let path): tell(MarkFile.set(path), "\(hook.resource) is fresh here")
        case .clearMark(let path):
            tell(MarkFile.clear(path), "\(hook.resource) counts as stale until it has a full copy")
        case .tellPeer(let argv): tellPeer(argv)
        case .tellPeerWhenInSync(let argv):
            pause(HASTHook.peerSettles)
            let patience = HASTHook.inSyncPatience
            if look(at: hook.inSync, within: patience, steadily: true) == .holds { tellPeer(argv) }
        case .warn(let text): syslog?.send(text, level: "warning")
        }
    }

    private func tell(_ fault: StoreFault?, _ text: String) {
        if let fault {
            syslog?.send("\(fault)", level: "err")
        } else {
            syslog?.send(text)
        }
    }

    private func tellPeer(_ argv: [String]) {
        let host = LocalHost(path: site.path ?? LocalHost.usualPath, syslog: nil)
        let until = host.now + HASTHook.tellingLimit
        host.perform(.execute(WorkID(1), Command(.tool(argv)), until: until))
        while let event = host.next() {
            guard case .finished(_, let finish) = event.input else { continue }
            if case .ended(let output) = finish, output.succeeded {
                syslog?.send("the peer was told that \(hook.resource) is fresh there")
            } else {
                let text = "the peer could not be told that \(hook.resource) is fresh there, and"
                syslog?.send("\(text) will not take over: `peer-fresh` failed", level: "err")
            }
            return
        }
    }

    /// The verdict on a condition, within a limit; at once, or as soon as it holds.
    private func look(
        at condition: any Condition, within limit: Duration, steadily: Bool
    ) -> Verdict {
        let host = LocalHost(path: site.path ?? LocalHost.usualPath, syslog: nil)
        let asked = steadily ? condition : Decided(condition, for: .when)
        host.perform(.await(WorkID(1), asked, until: host.now + limit))
        while let event = host.next() {
            if case .looked(_, let look) = event.input { return look.verdict }
        }
        return .unknown("nothing could be looked at")
    }

    private func pause(_ span: Duration) {
        let host = LocalHost(syslog: nil)
        host.perform(.sleep(WorkID(1), until: host.now + span))
        _ = host.next()
    }
}
