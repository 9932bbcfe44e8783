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

    /// What came of it.
    package struct Outcome {
        /// Whether it was to be yielded and is not.
        package let isFailed: Bool
        /// The same in a line.
        package let text: String
    }

    /// Yields it.
    package func yield() -> Outcome {
        let sealed: SealedPlan
        switch installation.planToYield(of: pair) {
        case .failure(let fault):
            return Outcome(isFailed: true, text: "the address is not yielded: \(fault.text)")
        case .success(let made): sealed = made
        }
        guard let plan = sealed.plan.yielding else {
            let why = "\(sealed.plan.name) has no steps under `if-failed`"
            return Outcome(isFailed: false, text: "the address is not yielded: \(why)")
        }
        var host = LocalHost(
            path: installation.site.path ?? LocalHost.usualPath,
            lookTimeout: installation.site.lookTimeout, syslog: installation.syslog)
        var driver = Driver(plan)
        let start = host.now
        let ending = driver.drive(&host, from: start) { _ in }
        guard ending.kind == .done else {
            return Outcome(
                isFailed: true, text: "the address is not yielded: \(ending.sentence)")
        }
        let remark = sealed.remark.map { " (\($0))" } ?? ""
        return Outcome(isFailed: false, text: "the address is yielded" + remark)
    }
}
