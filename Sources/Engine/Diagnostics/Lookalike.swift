/// A character of another script that reads as one of ASCII: nobody finds it by looking.
struct Lookalike {
    let scalar: Unicode.Scalar
    let ascii: Unicode.Scalar

    /// What it is, for a person.
    var words: String {
        let code = String(scalar.value, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
        return "`\(scalar)` is U+\(padded), which only looks like `\(ascii)`"
    }

    /// The first one of a word that has letters of ASCII, too, or a dash: a word that is all of
    /// another script is meant.
    static func first(in word: some StringProtocol) -> Lookalike? {
        if word.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
        let isMixed = word.utf8.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }
        for scalar in word.unicodeScalars {
            guard let ascii = ascii(scalar), isMixed || !ascii.properties.isAlphabetic else {
                continue
            }
            return Lookalike(scalar: scalar, ascii: ascii)
        }
        return nil
    }

    /// The first one of the words that a message quotes.
    static func first(quotedIn message: String) -> Lookalike? {
        if message.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
        let parts = message.split(separator: "`", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() where index % 2 == 1 {
            for word in part.split(separator: " ") {
                if let found = first(in: word) { return found }
            }
        }
        return nil
    }

    /// The word as it reads.
    static func read(_ word: String) -> String {
        if word.utf8.allSatisfy({ $0 < 0x80 }) { return word }
        return String(
            String.UnicodeScalarView(word.unicodeScalars.map { ascii($0) ?? $0 }))
    }

    /// The character of ASCII that a scalar reads as (Unicode's confusables.txt, of the scripts
    /// that keyboards have and of what word processors put in).
    private static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0..<0x80: nil
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
        case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: "-"
        case 0x2018, 0x2019: "'"
        case 0x201C, 0x201D: "\""
        default: letters[scalar]
        }
    }

    private static let letters: [Unicode.Scalar: Unicode.Scalar] = {
        let pairs: [(String, String)] = [
            // Cyrillic
            ("асԁеһіјкорԛѕԝхуАВСЕНІЈКМОРЅТХУ", "acdehijkopqswxyABCEHIJKMOPSTXY"),
            // Greek
            ("αικνορυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aikvopuABEZHIKMNOPTYX"),
            // Latin beyond ASCII
            ("ıɡ", "ig"),
        ]
        var letters: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (others, ours) in pairs {
            for (other, our) in zip(others.unicodeScalars, ours.unicodeScalars) {
                letters[other] = our
            }
        }
        return letters
    }()
}
