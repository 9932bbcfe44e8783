import Engine
import Steps
import Testing

/// The plans and fragments that people copy from the pages load as they stand; a whole plan is
/// free of warnings, too, beside the shipped counterpart.
@Suite struct LanguagePageTests {
    /// A block of YAML, by its page and its line there.
    struct Block: CustomTestStringConvertible {
        let page: String
        let line: Int
        let text: String
        var testDescription: String { "\(page):\(line)" }
    }

    static let blocks = ["docs/language.md", "docs/guide.md", "docs/lint.md", "README.md"]
        .flatMap(blocks)

    @Test func `the pages have blocks`() {
        let least = [
            ("docs/language.md", 9), ("docs/guide.md", 3), ("docs/lint.md", 13), ("README.md", 1),
        ]
        for (page, count) in least {
            #expect(Self.blocks.count { $0.page == page } >= count, "\(page)")
        }
    }

    @Test(arguments: blocks)
    func `every block loads without a word`(_ block: Block) {
        let attempts = Self.plans(of: block.text).map(Self.faults)
        let fewest = attempts.min { $0.count < $1.count }
        #expect(fewest == [], "\(block.page):\(block.line)")
    }

    @Test func `a block with a fault is found out`() {
        let hasty =
            "plan: a\ndirection: acquire\ncounterpart: become-slave.yaml\n"
            + "steps: [start-nfs]\n"
        let texts = ["- zpool-imprt: tank", "- log: $pool", "timeuot: 5m", "log: {facility: x}"]
        for text in texts + [hasty] {
            #expect(Self.plans(of: text).allSatisfy { !Self.faults($0).isEmpty }, "\(text)")
        }
    }

    /// The page names each word of the language, and each word that the loader knows is one.
    @Test func `the page has every word of the loader`() throws {
        let page = Repository.text("docs/language.md")
        for word in Word.all { #expect(page.contains("`\(word.name)`"), "\(word.name)") }
        let faulty = """
            plan: a
            x: 1
            parameters: {p: {default: a, x: 1}}
            steps:
              - log: a
                x: 1
                retry: {attempts: 1, x: 1}
              - {for-each: i, in: [a], x: 1, steps: [log: a]}
            """
        let notes = Self.load("a.yaml", ["a.yaml": faulty]).diagnostics.compactMap(\.note)
        #expect(notes.count == 5)
        for match in notes.joined().matches(
            of: try Regex("`([^`]+)`", as: (Substring, Substring).self))
        {
            #expect(Word.named(String(match.1)) != nil, "\(match.1)")
        }
    }
}

// MARK: - Blocks made whole

extension LanguagePageTests {
    private static func blocks(of page: String) -> [Block] {
        var blocks: [Block] = []
        var open: (line: Int, margin: Int, lines: [Substring])?
        let lines = Repository.text(page).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let margin = line.prefix { $0 == " " }.count
            if let block = open, line.dropFirst(margin) == "```" {
                let text = block.lines.map { $0.dropFirst(block.margin) }.joined(separator: "\n")
                blocks.append(Block(page: page, line: block.line, text: text))
                open = nil
            } else if line.dropFirst(margin) == "```yaml" {
                open = (index + 1, margin, [])
            } else {
                open?.lines.append(line)
            }
        }
        return blocks
    }

    private static let acquires = "direction: acquire\ncounterpart: become-slave.yaml\n"
    private static let releases =
        "direction: release\ncounterpart: become-master.yaml\nif-stuck: park\n"
    private static let parameters = """
        parameters:
          pool: tank
          disks: [disk0, disk1]
          interface: vlan50
          vhid: 1
          peer: 192.0.2.12

        """

    /// The plans that a block can be a part of; the first word of a fragment tells which.
    private static func plans(of block: String) -> [[String: String]] {
        if block.contains("plan: ") {
            // A page can leave the parameters of a plan out.
            let rest = block.contains("parameters:") ? "" : "\n" + parameters
            let slave = Repository.text("plans/become-slave.yaml")
            let site = parameters + "  if-export-fails: park\ntell-peer: [/usr/local/sbin/tell]\n"
            return [
                ["become-master.yaml": block + rest, "become-slave.yaml": slave, "site.yaml": site]
            ]
        }
        let lines = block.split(separator: "\n")
        let keys = lines.filter { $0.first?.isLetter == true }.map { $0.prefix { $0 != ":" } }
        if keys.isEmpty {
            return ["", acquires, releases].map {
                ["become-master.yaml": "plan: x\n\($0)\(parameters)steps:\n\(block)"]
            }
        }
        if keys.contains("log") || keys.contains("path") {
            let plan =
                "plan: x\nparameters: {disks: [a], pool: a, interface: a, vhid: 1,"
                + " peer: 192.0.2.12,"
            let choice = " if-export-fails: park}\nsteps: [log: a]\n"
            return [["become-master.yaml": plan + choice, "site.yaml": block]]
        }
        let steps = keys.contains("steps") ? "" : "steps: [log: a]\n"
        let rest = keys.contains("parameters") ? "" : parameters
        let settled = "parameters: {if-export-fails: park}\n"
        return ["", acquires, releases].map {
            ["become-master.yaml": "plan: x\n\($0)\(rest)\(steps)\(block)", "site.yaml": settled]
        }
    }

    private static func faults(_ files: [String: String]) -> [String] {
        var files = files
        let plan = files["become-master.yaml"] ?? ""
        let isRelease = plan.contains("direction: release")
        let other = isRelease ? acquires : releases
        let path = isRelease ? "become-slave.yaml" : "become-master.yaml"
        let otherPath = isRelease ? "become-master.yaml" : "become-slave.yaml"
        let isWhole = files["become-slave.yaml"] != nil
        if !isWhole { files[otherPath] = "plan: other\n\(other)steps: [log: a]\n" }
        files[path] = plan
        // A fragment lacks what the rules ask for, and nobody runs it as it stands.
        let faults = load(path, files).diagnostics.filter {
            isWhole || $0.severity == .error || Lint.page(of: $0.code) == nil
        }
        return faults.map { "\($0.message) (\($0.span?.line ?? 0))" }
    }

    private static func load(_ path: String, _ files: [String: String]) -> PlanLoader.Loaded {
        PlanLoader.load(path, catalog: .builtin, platform: .freebsd) { path in
            files[path].map { .success(Array($0.utf8)) }
        }
    }
}
