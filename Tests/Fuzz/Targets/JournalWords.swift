/// The dictionary of journals.
enum JournalWords {
    private static let words = [
        "at", "fact", "settled", "phase", "why", "condition", "node", "way", "work", "purpose",
        "verdict", "detail", "basis", "basis-work", "basis-why", "attempt", "commands", "command",
        "status", "output", "error", "output-bytes", "error-bytes", "pid", "started", "after",
        "result", "last-seen", "by", "text", "ending", "reason", "warnings", "remaining",
        "hand-over", "tool", "log", "ask", "unattended", "fence-self", "exit", "signal",
        "not-started", "unavailable", "began", "resumed", "required", "step-began", "looked",
        "intent", "command-began", "process-started", "command-ended", "command-given-up",
        "command-gone", "retrying", "step-ended", "guard-broken", "superseded", "interrupted",
        "warned", "ended", "requiring", "forward", "committed", "checking", "draining",
        "rolling-back", "counterpart", "if-failed", "fencing", "back", "when", "opening", "guard",
        "goal", "final", "holds", "does-not", "unknown", "never", "seen", "assumed", "unknowable",
        "given", "done", "already", "not-wanted", "failed", "cut", "undone", "nothing-to-undo",
        "no-inverse", "parked", "rolled-back", "released", "left", "stuck", "refused", "cut-off",
        "run", "version", "engine", "boot", "time", "pair", "platform", "path", "site", "plan",
        "direction", "digest", "settings", "sources", "labels", "name", "freebsd", "linux",
        "acceptsStale", "person", "acquire", "release",
    ]
    private static let lines = [
        #"{"at":5,"fact":"resumed","way":"forward"}"#, #"{"at":5,"fact":"resumed","way":"back"}"#,
        #"{"at":5,"fact":"resumed","way":"counterpart"}"#, #"{"at":5,"fact":"interrupted"}"#,
        #"{"at":5,"by":"become-slave","fact":"superseded"}"#,
        #"{"at":5,"fact":"phase","phase":"committed"}"#,
        #"{"at":5,"fact":"phase","phase":"draining","why":"x"}"#,
        #"{"at":5,"fact":"phase","phase":"rolling-back"}"#,
        #"{"at":5,"fact":"phase","phase":"counterpart"}"#,
        #"{"at":5,"fact":"phase","phase":"if-failed"}"#,
        #"{"at":5,"fact":"phase","phase":"fencing"}"#,
        #"{"at":5,"condition":0,"detail":"x","fact":"required","verdict":"never","basis":"seen"}"#,
        #"{"at":5,"detail":"x","fact":"guard-broken","node":1,"verdict":"does-not"}"#,
        #"{"at":5,"fact":"command-gone","node":1,"work":1}"#,
        #"{"at":5,"ending":"stuck","fact":"ended","reason":"x","remaining":[],"warnings":[]}"#,
    ]

    static let all = words.map { "\"\($0)\"" } + lines.map { "\n\($0)\n" }
}
