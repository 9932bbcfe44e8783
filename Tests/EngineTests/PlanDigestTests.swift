import Testing

@testable import Engine

/// SHA-256 against the vectors of FIPS 180-4 and NIST's CAVP, and what a plan's digest depends on.
@Suite struct PlanDigestTests {
    static let vectors: [(String, Int, String)] = [
        ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        ("a", 100_000, "6d1cf22d7cc09b085dfc25ee1a1f3ae0265804c607bc2074ad253bcc82fd81ee"),
    ]

    @Test(arguments: vectors) func vector(_ text: String, _ count: Int, _ expected: String) {
        let bytes = Array(String(repeating: text, count: count).utf8)
        var whole = Digest()
        whole.add(bytes)
        #expect(whole.hexadecimal() == expected)
        var parts = Digest()
        for start in stride(from: 0, to: bytes.count, by: 63) {
            parts.add(Array(bytes[start..<min(start + 63, bytes.count)]))
        }
        #expect(parts.hexadecimal() == expected)
    }

    @Test func lengthsAroundTheBlock() {
        let digests = (50...70).map { count in
            var digest = Digest()
            digest.add([UInt8](repeating: 0x61, count: count))
            return digest.hexadecimal()
        }
        #expect(Set(digests).count == digests.count)
        #expect(digests[5] == "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318")
        #expect(digests[6] == "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a")
        #expect(digests[14] == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb")
    }

    @Test func sealsTextsAndSettings() throws {
        let text = "plan: x\nparameters: {a: b, c: d}\nsteps: [touch: '${a}']\n"
        func digest(_ files: [String: String], _ settings: [(name: String, text: String)] = [])
            throws -> String
        {
            try #require(TestCatalog.load(files, settings: settings).plan).digest
        }
        let plain = try digest(["plan.yaml": text])
        #expect(try digest(["plan.yaml": text]) == plain)
        let others = [
            try digest(["plan.yaml": text + "\n"]),
            try digest(["plan.yaml": text, "site.yaml": ""]),
            try digest(["plan.yaml": text, "site.yaml": "parameters: {a: e}"]),
            try digest(["plan.yaml": text], [("a", "e")]),
            try digest(["plan.yaml": text], [("a", "e"), ("c", "")]),
            try digest(["plan.yaml": text], [("a", "ec"), ("c", "")]),
        ]
        #expect(Set(others + [plain]).count == others.count + 1)
    }
}
