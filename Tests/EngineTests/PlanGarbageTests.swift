import Engine
import Testing

/// Garbage of many kinds, always the same: the loader answers each soon, and never crashes.
@Suite struct PlanGarbageTests {
    /// SplitMix64, so that every machine makes the same garbage.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    static let plan = """
        plan: take-over
        direction: acquire
        counterpart: other.yaml
        parameters: &p
          disks: [a, b, 'c']
          pool: "tank"
          way: {choices: {left: x, right: y}, default: left, pattern: '[a-z]+'}
        timeout: 8m
        require: [flag: {name: '${pool}', steady-for: 3s}]
        steps:
          - for-each: disk
            in: ${disks}
            at-once: all
            steps:
              - raise: {flag: '${disk}'}
                retry: &r {attempts: 3, delay: 1s}
          - raise: ${pool}
            guard: {flag: master}
            retry: *r
          - point-of-no-return: now
          - parallel: [touch: a, sample: {text: |
              several
              lines
              }]
        if-failed: [touch: x]
        """

    static let tokens = [
        "${", "}", "{", "[", "]", ": ", "- ", "\n", "\t", "&p ", "*p", "<<: ", "'", "\"", "!!x ",
        "|\n", ">", "\u{0}", "\u{FEFF}", "\r", "? ", "---\n", "...\n", "%", "@", "#", "steps:",
        "- for-each: disk\n", "é", "\u{2028}", "0s", "-1", "~",
    ]

    @Test(arguments: 0..<64) func mutatedPlans(_ seed: Int) {
        var generator = Generator(state: UInt64(seed))
        for _ in 0..<10 {
            var bytes = Array(Self.plan.utf8)
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                Self.mutate(&bytes, &generator)
            }
            Self.load(bytes)
        }
    }

    @Test(arguments: 0..<4) func aMegabyteOfGarbage(_ seed: Int) {
        var generator = Generator(state: UInt64(1000 + seed))
        let bytes = Self.garbage(kind: seed, &generator)
        let began = ContinuousClock.now
        Self.load(bytes)
        // An optimized build needs well under a second; this only shows that nothing hangs.
        #expect(ContinuousClock.now - began < .seconds(60))
    }

    private static func garbage(kind: Int, _ generator: inout Generator) -> [UInt8] {
        var bytes: [UInt8] = []
        let size = YAML.sizeLimit - 64
        while bytes.count < size {
            switch kind {
            case 0: bytes.append(UInt8.random(in: 0...255, using: &generator))
            case 1: bytes.append(UInt8.random(in: 32...126, using: &generator))
            case 2: bytes += (tokens.randomElement(using: &generator) ?? "").utf8
            default: bytes += "- x\(generator.next() % 1000): 'y'\n".utf8
            }
        }
        return Array(bytes.prefix(size))
    }

    private static func mutate(_ bytes: inout [UInt8], _ generator: inout Generator) {
        let place = Int.random(in: 0..<max(1, bytes.count), using: &generator)
        guard bytes.indices.contains(place) else { return }
        switch Int.random(in: 0...4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2:
            let token = tokens.randomElement(using: &generator) ?? ""
            bytes.insert(contentsOf: token.utf8, at: place)
        case 3:
            let end = min(bytes.count, place + Int.random(in: 1...60, using: &generator))
            let part = Array(bytes[place..<end])
            bytes.insert(contentsOf: part, at: Int.random(in: 0...bytes.count, using: &generator))
        default:
            let end = min(bytes.count, place + Int.random(in: 1...60, using: &generator))
            bytes.removeSubrange(place..<end)
        }
    }

    /// Loads bytes as the plan, as the site and as the counterpart; says so if both or none of a
    /// plan and an error come of it, and renders what there is.
    private static func load(_ bytes: [UInt8]) {
        for garbled in ["plan.yaml", "site.yaml", "other.yaml"] {
            let loaded = PlanLoader.load(
                "plan.yaml",
                catalog: TestCatalog.catalog,
                platform: .freebsd
            ) { name in
                if name == garbled { return .success(bytes) }
                return name == "plan.yaml" ? .success(Array(plan.utf8)) : nil
            }
            let hasErrors = loaded.diagnostics.contains { $0.severity == .error }
            #expect((loaded.plan == nil) == hasErrors)
            let text = DiagnosticText.render(
                loaded.diagnostics,
                sources: loaded.sources,
                style: .coloured
            )
            #expect(text.isEmpty == loaded.diagnostics.isEmpty)
            let controls = text.unicodeScalars.contains {
                $0.value < 32 && $0 != "\n" && $0 != "\u{1B}"
            }
            #expect(!controls)
        }
    }
}
