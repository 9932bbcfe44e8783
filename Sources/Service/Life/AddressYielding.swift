package import Engine
import LocalHost

/// Gives the address of a pair up, as planned: the steps under `if-failed` of its acquire plan.
package struct AddressYielding {
    private let installation: Installation
    private let pair: Signals.Pair

    package init(_ installation: Installation, _ pair: Signals.Pair) {
        self.installation = installation
        self.pair = pair
    }

    /// Yields it; what came of that, in a line.
    package func yield() -> String {
        let sealed: SealedPlan
        switch installation.plan(.acquire, of: pair) {
        case .failure(let fault): return "the address is not yielded: \(fault.text)"
        case .success(let made): sealed = made
        }
        guard let plan = sealed.plan.yielding else {
            return "the address is not yielded: \(sealed.plan.name) has no steps under `if-failed`"
        }
        var host = LocalHost(
            path: installation.site.path ?? LocalHost.usualPath,
            lookTimeout: installation.site.lookTimeout, syslog: installation.syslog)
        var driver = Driver(plan)
        let start = host.now
        let ending = driver.drive(&host, from: start) { _ in }
        return ending.kind == .done
            ? "the address is yielded" : "the address is not yielded: \(ending.sentence)"
    }
}
