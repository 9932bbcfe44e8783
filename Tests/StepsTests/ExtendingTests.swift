import Engine
import Steps
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The example of docs/extending.md is the file that is compiled here, and it does what it says.
@Suite struct ExtendingTests {
    @Test func pageShowsTheCompiledFile() throws {
        let tests = #filePath.dropLast("ExtendingTests.swift".count)
        let file = try #require(text(of: "\(tests)FlagFile.swift"))
        let page = try #require(text(of: "\(tests)../../docs/extending.md"))
        let blocks = page.components("```swift\n").dropFirst().compactMap {
            $0.components("```").first
        }
        #expect(blocks.first == file)
    }

    @Test func exampleJudgesAndReverses() {
        let step = FlagFile(path: "/run/x", state: .up)
        guard case .condition(let goal) = step.goal, case .step(let back) = step.inverse else {
            Issue.record("the example has a goal and an inverse")
            return
        }
        let absent = Answers([.path("/run/x")], [.path(.absent)])
        let raised = Answers([.path("/run/x")], [.path(.file)])
        #expect(goal.judge(absent) == .doesNot("absent"))
        #expect(goal.judge(raised) == .holds)
        #expect(goal.judge(.none) == .unknown("not looked at"))
        #expect(step.apply(absent) == [.tool("touch", "/run/x")])
        #expect(back.apply(raised) == [.tool("rm", "-f", "/run/x")])
        #expect(step.effect == .acquires && back.effect == .releases)
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}

private func text(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
}
