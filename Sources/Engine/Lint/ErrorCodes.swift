extension Lint {
    /// The codes of all errors of files. An error has no page: it says itself what is wrong, why
    /// that matters and what to write.
    public static let errorCodes: Set<String> = [
        "absent-value", "alias-expansion", "bad-choice", "bad-field", "bad-key", "bad-match",
        "bad-merge", "bad-name", "bad-optional", "bad-pattern", "bad-secret", "bad-timeout",
        "bad-value",
        "contradicts-direction", "control-character", "duplicate-item", "duplicate-key",
        "duplicate-setting", "empty-list", "empty-plan", "empty-reference", "empty-signals",
        "file-too-large", "list-in-text", "misplaced-key", "misplaced-match",
        "misplaced-point-of-no-return", "misplaced-secret", "missing-default", "missing-direction",
        "missing-field", "missing-key", "missing-kind", "missing-value", "no-steps", "no-such-file",
        "not-a-case", "not-a-plan", "not-simulated", "not-trusted", "not-utf-8", "not-yaml",
        "open-reference", "other-names", "other-platform", "own-counterpart", "recursive-alias",
        "reference-in-value", "same-address", "same-match", "same-pair", "same-plan", "same-signal",
        "same-thing", "second-document", "tab", "tag", "too-deep", "too-many-aliases",
        "too-many-parameters",
        "too-many-steps", "too-many-values", "two-kinds", "unbraced-reference", "undo-acquires",
        "unknown-alias", "unknown-condition", "unknown-happening", "unknown-key", "unknown-name",
        "unknown-pair",
        "unknown-parameter", "unknown-reference", "unknown-rule", "unknown-step",
        "unquoted-reference", "unreadable", "wrong-counterpart", "wrong-direction", "wrong-type",
    ]
}
