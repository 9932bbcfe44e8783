import Engine
import Steps

/// The dictionary of the plan language.
enum PlanWords {
    private static let keys = [
        "plan", "description", "direction", "counterpart", "parameters", "timeout",
        "roll-back-timeout", "recovery-time-objective", "on-failure", "when-superseded",
        "if-stuck", "require", "steps", "if-failed", "for-each", "in", "at-once", "sequence",
        "parallel", "point-of-no-return", "when", "guard", "retry", "attempts", "delay", "backoff",
        "attempt-timeout", "undo", "name", "continue-on-failure", "allow-failures", "type",
        "default", "pattern", "choices", "steady-for", "set", "path", "log", "folders", "notify",
        "tell-peer", "ask-peer", "state", "runtime", "secret", "facility", "tag",
    ]
    private static let values = [
        "acquire", "release", "park", "fence-self", "roll-back", "stop", "hand-over", "finish",
        "all", "0s", "1ms", "5s", "8m", "1h", "999999h", "-1s", "1.5s", "9223372036854775807s",
        "primary", "secondary", "not-primary", "master", "backup", "init", "imported", "absent",
        "present", "mounted", "unmounted", "running", "stopped", "open", "closed", "true", "false",
        "${pool}", "${disks}", "'${disk}'", "${interface}", "${vhid}", "[a, b]", "{a: b}",
        "plan.yaml", "become-master.yaml", "become-slave.yaml", "site.yaml", "../plan.yaml",
        "'[a-z]+'", "'(a|b)*'", "string", "integer", "duration", "boolean", "list", "unattended",
    ]
    private static let lines = [
        "\n- sequence: []", "\n  - log: x", "\nsteps:\n", "\nrequire:\n  - pool: tank",
        "\n  retry: {attempts: 3, delay: 1s, backoff: 2}", "\n  when: {pool: tank}",
        "\n  guard: {carp: {interface: vlan50, vhid: 1, state: master}}", "\n  timeout: 1s",
        "\n- for-each: x\n  in: [a, b]\n  steps: [log: '${x}']", "\n- point-of-no-return: now",
        "\n  continue-on-failure: true", "\nif-stuck: park", "\ndirection: release",
        "\ndirection: acquire", "\ncounterpart: become-slave.yaml", "\non-failure: counterpart",
        "\nif-failed: [log: x]", "\nparameters: {x: {default: a, pattern: '[a-z]+'}}",
    ]

    static let all: [String] =
        keys.flatMap { [$0, "\($0): "] } + values + lines
        + Catalog.builtin.steps.flatMap { [$0.reference.name, "\n" + $0.reference.example] }
        + Catalog.builtin.conditions.map { $0.reference.name }
}
