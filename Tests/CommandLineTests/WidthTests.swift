import Engine
import Service
import Testing

@testable import failover

/// What a terminal's columns hold.
@Suite struct WidthTests {
    @Test(arguments: [
        ("", 0), ("pool", 4), ("プール", 6), ("e\u{301}", 1), ("한글", 4), ("\u{1112}\u{1161}", 2),
        ("💾", 2), ("🇩🇪", 2), ("ｆｕｌｌ", 8), ("ﾊﾝ", 2), ("→", 1), ("é", 1), ("、", 2),
    ])
    func `a text takes as many columns as a terminal gives it`(_ text: String, _ columns: Int) {
        #expect(text.columns == columns)
    }

    @Test func `tables are aligned by columns, and cuts keep to them`() {
        #expect("プール".padded(to: 8) == "プール  ")
        #expect("e\u{301}".aligned(to: 3) == "  e\u{301}")
        #expect("プール".clipped(to: 6) == "プール")
        #expect("プール".clipped(to: 5) == "プー…")
        #expect("プール".clipped(to: 4) == "プ…")
        #expect("abc".clipped(to: 2) == "a…")
        #expect(wrapped("プール プール", to: 12) == ["プール", "プール"])
        #expect(wrapped("プール プール", to: 13) == ["プール プール"])
    }

    @Test func `a long line is broken at words, below the last column of its table`() {
        let row = "   3.00s   2m10s  FAILED    wait until resource r0 is not primary on the peer"
        #expect(
            folded(row, to: 60) == """
                   3.00s   2m10s  FAILED    wait until resource r0 is not
                                            primary on the peer
                """)
        #expect(folded(row, to: 100) == row)
        let text = "failover: " + String(repeating: "word ", count: 8) + "end"
        #expect(folded(text, to: 40) == "failover: word word word word word word\n  word word end")
        #expect(folded(text, to: 20) == text)
        let path = "/a/path/" + String(repeating: "that/is/long/", count: 5)
        #expect(folded("see \(path) there", to: 40) == "see\n  \(path)\n  there")
    }

    @Test func `colours take no column, and nothing is lost`() {
        let style = Style(isColoured: true, columns: 40)
        let line =
            style.paint("done", .good) + "    "
            + style.paint("one two three four five six seven eight nine", .bad)
        let lines = style.fitted(line).split(separator: "\n")
        #expect(lines.count > 1)
        for line in lines { #expect(withoutColours(line).columns <= 40) }
        let words = style.fitted(line).split(whereSeparator: \.isWhitespace)
        #expect(words == line.split(whereSeparator: \.isWhitespace))
    }

    @Test(arguments: [40, 80, 100])
    func `lines of all kinds fit, and keep their words`(_ columns: Int) {
        let words = (1...40).map {
            String(repeating: $0.isMultiple(of: 3) ? "語" : "w", count: $0 % 7)
        }
        let text = words.joined(separator: " ")
        let folded = folded(text, to: columns)
        #expect(folded.split(separator: "\n").allSatisfy { String($0).columns <= columns })
        #expect(
            folded.split(whereSeparator: \.isWhitespace)
                == text.split(whereSeparator: \.isWhitespace))
    }
}
