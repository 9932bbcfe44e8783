/// A condition looks for a text that stands in its own negation, too.
struct TextInNegation: LintRule {
    static let page = LintPage(
        code: "text-in-negation",
        summary: "A condition looks for a text that stands in its own negation, too.",
        why: "a text is looked for anywhere in what is printed: what says the opposite may hold as"
            + " well",
        story: """
            A service of your own is started by an `execute`, whose `check` wants its status to \
            print `running`. Tonight it does not run: the status says `not running`, which \
            contains the text. The step is taken for done and left out, the plan ends well, and \
            until somebody calls nobody knows that clients are not served.
            """,
        mend: """
            Compare a whole line: `output-line` with a `command`, `line` with a `file`. Have the \
            tool print nothing else, as with `-H -o value`, or write the line with the name of \
            what it is about, as `state: available`. A text that cannot be negated without being \
            torn apart, as `is running`, is not warned of. Parts of words do not count in any \
            case: `available` is not found in `unavailable`.
            """,
        example: """
            - execute:
                command: [zfs, load-key, -r, tank]
                check:
                  command:
                    command: [zfs, get, -H, -o, value, keystatus, tank]
                    output-line: available
                    changes-nothing: true
            """
    )

    static func findings(in plan: LintedPlan) -> [Finding] {
        plan.conditions.flatMap(\.looseTexts).compactMap { loose in
            guard let negation = loose.negation else { return nil }
            return Finding(
                message: "`\(printable(loose.text))` also stands in `\(printable(negation))`",
                span: loose.span,
                help: "compare a whole line: `\(loose.exact): …`"
            )
        }
    }
}
