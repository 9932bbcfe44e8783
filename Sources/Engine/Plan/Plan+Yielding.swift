extension Plan {
    /// The steps under `if-failed` as a plan of their own, by which an address is given up before
    /// the pair is; nil where there are none.
    public var yielding: Plan? {
        ifFailed.map { root in
            Plan(
                name: "\(name), if-failed",
                description: "",
                direction: nil,
                timeout: rollBackTimeout,
                rollBackTimeout: rollBackTimeout,
                recoveryTimeObjective: nil,
                onFailure: .stop,
                whenSuperseded: .finish,
                ifStuck: .park,
                require: [],
                accepted: [],
                nodes: nodes,
                steps: root,
                ifFailed: nil,
                counterpart: nil,
                parameters: parameters,
                platform: platform,
                lookTimeout: lookTimeout,
                digest: digest
            )
        }
    }
}
