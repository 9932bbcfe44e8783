import Testing

@testable import Steps

/// Reading what tools print, byte by byte.
@Suite struct BytesTests {
    @Test(arguments: [
        ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n\na\n", ["", "", "a"]),
    ]) func lines(_ text: String, _ lines: [String]) {
        #expect(ByteLines(Array(text.utf8)).map(\.text) == lines)
    }

    @Test(arguments: [
        ("", []), ("  ", []), (" a\t b  ", ["a", "b"]), ("a", ["a"]),
    ]) func words(_ text: String, _ words: [String]) {
        #expect(ByteWords(Array(text.utf8)[...]).map(\.text) == words)
    }

    /// A message quotes what a tool printed, and a terminal shows the message.
    @Test func quotes() {
        #expect(Array("a\u{1B}[2Jb".utf8)[...].text == "a [2Jb")
        let long = Array(repeating: UInt8(ascii: "x"), count: 70_000)[...]
        #expect(long.text.utf8.count < 300 && long.text.hasSuffix("…"))
        #expect(long.operand.utf8.count == long.count)
    }

    @Test(arguments: [
        ("0", 0), ("3260", 3260), ("", nil), ("-1", nil), ("1a", nil), ("999999999", 999_999_999),
        ("9999999999", nil), (" 1", nil),
    ]) func number(_ text: String, _ number: Int?) {
        #expect(Array(text.utf8)[...].number == number)
    }

    @Test(arguments: [
        ("", true), ("no", true), ("no such", true), ("such pool", true), ("no such pool", true),
        ("no such pools", false), ("suchpool", false), ("x", false),
    ]) func occurs(_ needle: String, _ isThere: Bool) {
        let text = "no such pool"
        #expect(Array(needle.utf8).occur(in: text) == isThere)
        #expect(Array(needle.utf8).occur(in: Array(text.utf8)) == isThere)
    }

    @Test func mentions() {
        #expect(Array("aab".utf8).mentions("ab"))
        #expect(!Array("aa".utf8).mentions("ab"))
        #expect(Array("a".utf8)[...].trimmed.equals("a"))
        #expect(Array(" \ta b\t ".utf8)[...].trimmed.equals("a b"))
        #expect(Array("  ".utf8)[...].trimmed.isEmpty)
    }
}
