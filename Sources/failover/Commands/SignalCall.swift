import ArgumentParser
import Engine
import LocalHost
import Service

/// A call of `failover on`, as devd, keepalived, hastd or a person makes it.
struct SignalCall: Equatable {
    /// Whose words they are.
    enum Form: Equatable {
        case named
        case devd(String)
        case keepalived
        case hast
    }

    var form = Form.named
    var words: [String] = []
    /// Whether it stays until what is wanted is so.
    var waits = false
    /// Where the plans are; nil for the usual folder.
    var folder: String?
    /// The one pair that is meant; nil where what comes in tells it.
    var pair: String?
    var platform = Platform.local

    func run() throws {
        let came = MonotonicClock.now
        let installation = try InstallationOptions.load(
            InstallationOptions.path(of: folder), on: platform)
        defer { if form == .hast { ReplicaHook(words, installation)?.run() } }
        guard let notice = try notice(installation) else { return }
        let pairs = try PairOptions.pairs(pair, of: installation)
        if case .named(let name) = notice { try check(name, among: pairs) }
        let desk = Desk(installation)
        let receipts = desk.reception.take(notice, only: pair, at: came)
        for receipt in receipts {
            desk.tell(receipt)
            guard case .named = notice else { continue }
            // A person sees what a log does not tell in time, or at all where he may not.
            for fault in receipt.faults { Locked.warn("\(receipt.pair.name): \(fault)") }
            if receipt.isHeld, receipt.faults.isEmpty { tellHold(of: receipt, installation) }
        }
        if case .named = notice, receipts.contains(where: { !$0.faults.isEmpty }), !waits {
            throw ExitCode(PairStatus.Standing.untoldCode)
        }
        guard waits else { return }
        var code: Int32 = 0
        for receipt in receipts {
            let held = Ending.Kind.refused.exitCode
            let own = receipt.isHeld ? held : desk.await(receipt.wanted, of: receipt.pair)
            code = code == 0 ? own : code
        }
        throw ExitCode(code)
    }

    /// Tells a person that what he wants is only recorded.
    private func tellHold(of receipt: Reception.Receipt, _ installation: Installation) {
        guard let hold = Hold.read(receipt.pair.name, in: installation.folders) else { return }
        Locked.warn(
            "pair \(receipt.pair.name) is on hold: \(hold.text); \(receipt.wanted.signal) is"
                + " recorded, and done after `failover unhold"
                + "\(installation.option(of: receipt.pair))`")
    }

    /// What came in; nil for what concerns nobody here.
    private func notice(_ installation: Installation) throws -> Notice? {
        let read: Result<Notice?, Refusal> =
            switch form {
            case .named: Notice.named(signal: words[0])
            case .devd(let line): Notice.devd(line: line)
            case .keepalived: Notice.keepalived(arguments: words)
            case .hast: Notice.hast(arguments: words)
            }
        switch read {
        case .success(let notice): return notice
        case .failure(let refusal):
            installation.syslog?.send("a signal is refused: \(refusal.why)", level: "warning")
            throw ValidationError("the signal is not understood: \(refusal.why)")
        }
    }

    /// Refuses a person's signal that calls nothing, or more than one pair: an address tells by
    /// itself which pair it is of, and a name does not.
    private func check(_ name: String, among pairs: [Signals.Pair]) throws {
        let called = pairs.filter { $0.direction(of: .named(name)) != nil }
        if called.count > 1 {
            throw PairOptions.several(
                called.map { $0.name }, for: "failover on \(shellQuoted(name))")
        }
        guard called.isEmpty else { return }
        let names = pairs.flatMap { [$0.acquire.signal, $0.release.signal] }
        var known: [String] = []
        for name in names where !known.contains(name) { known.append(name) }
        let owner = pair.map { " of pair \($0)" } ?? ""
        throw ValidationError(
            "signals.yaml has no signal `\(printable(name))`\(owner); it has \(listed(known))")
    }
}

extension SignalCall {
    /// The call that the words behind `on` make, in the forms that `failover install` prints and a
    /// person types; nil for all others, which the parser reads, or refuses with its help.
    ///
    /// devd is deaf until its action ends, and the parser takes most of the time of a call.
    init?(plain words: some Sequence<String>) {
        self.init()
        var rest = words.makeIterator()
        var isMarked = false
        while let word = rest.next() {
            switch word {
            case _ where isMarked || !word.hasPrefix("-"): self.words.append(word)
            case "--" where !isMarked: isMarked = true
            case "--keepalived" where form == .named: form = .keepalived
            case "--hast" where form == .named: form = .hast
            case "--devd" where form == .named:
                guard let line = rest.next(), !line.hasPrefix("-") else { return nil }
                form = .devd(line)
            case "--plans" where folder == nil:
                guard let path = rest.next(), !path.hasPrefix("-") else { return nil }
                folder = path
            default: return nil
            }
        }
        switch form {
        case .named where self.words.count != 1, .devd where !self.words.isEmpty: return nil
        case .named, .devd, .keepalived, .hast: return
        }
    }
}
