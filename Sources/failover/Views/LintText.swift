import Engine
import Service

/// The pages of the lint for a reader: the list, one in full, and the page docs/lint.md.
enum LintText {
    /// A line for each code.
    static func list(_ pages: [LintPage], style: Style) -> String {
        let width = (pages.map(\.code.count).max() ?? 0) + 2
        let lines = pages.map {
            "  \(style.paint($0.code.padded(to: width), .strong))\($0.summary)\n"
        }
        return "warnings about plans and signals that load, told by `failover validate`\n"
            + lines.joined()
            + "\nmore about one: failover explain CODE\n"
            + "a plan that means it says `allow: [CODE]`\n"
    }

    /// What there is to say of an error, by its code alone.
    static func error(_ code: String) -> String {
        let told =
            "`\(code)` is the code of an error. An error says all of itself where it is told: what"
            + " is wrong and where, why it matters (note), what to write (help). Nothing with an"
            + " error runs, and nothing allows it; `failover validate FILE` tells all of a file."
        return wrapped(told, to: 78).joined(separator: "\n")
    }

    /// Who may allow a warning, and how.
    private static func allowing(_ page: LintPage) -> String {
        if let why = page.refusal { return "nothing allows it: \(why)" }
        return switch page.subject {
        case .plan: "a plan that means it says, at its top:  allow: [\(page.code)]"
        case .signals:
            "a pair that means it says, beside `acquire`:  allow: [\(page.code)]"
        case .trial: ""
        }
    }

    /// One page in full.
    static func whole(_ page: LintPage) -> String {
        var lines = ["\(page.code)", ""]
        lines += wrapped(page.summary, to: 78) + [""]
        lines += ["how it goes wrong:"] + wrapped(page.story, to: 76).map { "  " + $0 } + [""]
        lines += ["how to mend it:"] + wrapped(page.mend, to: 76).map { "  " + $0 } + [""]
        lines += ["example:", ""]
        lines += page.example.split(separator: "\n").map { "  " + $0 }
        lines += ["", allowing(page)]
        return lines.joined(separator: "\n") + "\n"
    }

    /// All pages in Markdown.
    static func markdown(of pages: [LintPage]) -> String {
        """
        # Warnings about plans

        Made from the rules by `failover explain --markdown`; do not edit by hand.

        A plan that loads can run, and can still lose data, or leave clients without service, on a
        bad night. `failover validate` tells what it sees of that, as warnings with a code; `run`
        and `preview` tell it, too. A plan runs with warnings. `failover validate --strict` exits
        with 65 when there is one, for a check before a change goes in.

        The rules look at the order of what a plan takes and gives up: replicas carry the pool, the
        pool its file systems, and those the services. Groups of any depth are seen through; what
        an `execute` does is not known, and stands in no order, unless its tool is (hastctl,
        drbdadm, zpool, zfs, targetctl, service, systemctl). A plan that means what a rule warns of
        names it, at its top, best with the reason beside it:

        ```yaml
        allow: [no-yield-address]   # by hand alone; no signal runs it
        ```

        What concerns signals.yaml is allowed there, by an `allow` beside the pair's `acquire`. What
        nobody can mean cannot be allowed, and its section says so. An error has a code, too, and no
        section: it says all of itself where it is told.

        | code | what it says |
        |---|---|
        \(pages.map { "| [`\($0.code)`](#\($0.code)) | \($0.summary) |" }.joined(separator: "\n"))

        \(pages.map(section).joined(separator: "\n"))
        """ + "\n"
    }

    private static func section(_ page: LintPage) -> String {
        let why = page.why.prefix(1).uppercased() + page.why.dropFirst() + "."
        let parts = [page.summary + " " + why, page.story, page.mend]
        let text = parts.map { wrapped($0, to: 100).joined(separator: "\n") }
        return "## \(page.code)\n\n" + text.joined(separator: "\n\n")
            + "\n\n```\(page.fence)\n\(page.example)\n```\n"
    }
}

extension LintPage {
    /// The language of its example.
    fileprivate var fence: String {
        switch subject {
        case .plan: "yaml"
        case .signals, .trial: ""
        }
    }
}

/// The code of an error in JSON.
struct ErrorCodeForm: Encodable {
    let code: String
    let severity = "error"
}

/// A page of the lint in JSON.
struct LintForm: Encodable {
    let code: String
    let summary: String
    let why: String
    let story: String
    let mend: String
    let example: String

    init(_ page: LintPage) {
        code = page.code
        summary = page.summary
        why = page.why
        story = page.story
        mend = page.mend
        example = page.example
    }
}
