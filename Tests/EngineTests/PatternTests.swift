@testable import Engine
import Testing

/// Patterns of parameters: what they match, and that none can hold a loader up.
@Suite struct PatternTests {
    static let matching: [(pattern: String, texts: [String], others: [String])] = [
        ("", [""], ["a"]),
        ("abc", ["abc"], ["ab", "abcd", "xabc", ""]),
        ("a.c", ["abc", "aüc", "a.c"], ["ac", "a\nc"]),
        ("[a-z][a-z0-9-]*", ["tank", "a-1", "z"], ["1a", "Tank", "a_b", "", "tänk"]),
        ("[^/ ]+", ["abc", "ä"], ["a/b", "a b", ""]),
        ("[a\\]]+", ["a]"], ["b"]),
        ("[-a]+", ["a-"], ["b"]),
        ("[a-]+", ["a-"], ["b"]),
        ("[\\d.]+", ["1.2"], ["a"]),
        ("\\d{1,3}(\\.\\d{1,3}){3}", ["10.0.0.1", "255.255.255.255"], ["10.0.0", "1000.0.0.1"]),
        ("a|bc|d*", ["a", "bc", "", "ddd"], ["b", "ab", "ad"]),
        ("(?:x|y)z?", ["x", "yz"], ["z", "xyz"]),
        ("a{2}", ["aa"], ["a", "aaa"]),
        ("a{2,}", ["aa", "aaaaa"], ["a"]),
        ("a{0,2}b", ["b", "ab", "aab"], ["aaab"]),
        ("(ab?){2,3}", ["aa", "abab", "abaab"], ["a", "abababab"]),
        ("(a*)*b", ["b", "aaab"], ["a"]),
        ("a+?b", ["aab"], ["b"]),
        ("^a$", ["a"], ["^a$", "ab"]),
        ("(^|x)a", ["a", "xa"], ["xxa"]),
        ("a^b", [], ["a^b", "ab"]),
        ("\\w+\\s\\S\\W", ["a_9 x-"], ["a_9xx-"]),
        ("\\(\\*\\)", ["(*)"], ["()"]),
    ]

    @Test(arguments: matching)
    func wholeTexts(_ pattern: String, _ texts: [String], _ others: [String]) throws {
        let matches = (try? Pattern(pattern))?.matches ?? { _ in false }
        for text in texts { #expect(matches(text), "\(text)") }
        for text in others { #expect(!matches(text), "\(text)") }
    }

    @Test(arguments: [
        ("(", "not closed"), (")", "closes no group"), ("[", "not closed"), ("[a", "not closed"),
        ("[]", "hold nothing"), ("*a", "nothing stands before"), ("a**", "behind another count"),
        ("a{", "no count"), ("a{x}", "no count"), ("a{3,2}", "from 3 to 1000"),
        ("a{1001}", "no count"), ("(a{100}){100}", "too large"), ("[z-a]", "ends in order"),
        ("[\\d-z]", "ends in order"), ("a\\", "ends with a backslash"), ("(a)\\1", "`\\1`"),
        ("\\bq", "`\\b`"), ("(?=a)", "(?:"), ("[[:alpha:]]", "written"),
        (String(repeating: "(", count: 21), "nested"),
        (String(repeating: "a", count: 501), "longer than 500"),
    ])
    func noPattern(_ text: String, _ why: String) {
        do throws(Pattern.Fault) {
            _ = try Pattern(text)
            Issue.record("`\(text)` was taken")
        } catch {
            #expect(error.why.contains(why), "\(error.why)")
        }
    }

    @Test(arguments: ["(a+)+", "(a|a)*", "(a*)*b", "(.*){20}c", "(a?){400}a{400}"])
    func noPatternTakesForEver(_ text: String) throws {
        let pattern = try Pattern(text)
        let clock = ContinuousClock()
        let start = clock.now
        #expect(!pattern.matches(String(repeating: "a", count: 1000) + "!"))
        #expect(clock.now - start < .seconds(20))
    }
}
