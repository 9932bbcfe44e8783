/// What trips readers of any kind.
enum Lexicon {
    /// Bytes that mean something to somebody.
    static let bytes: [UInt8] =
        [0, 9, 10, 13, 27, 0x7F, 0x80, 0xC0, 0xE2, 0xFE, 0xFF]
        + Array(#" "'\:;,-#&*!|>@%{}[]()$`=~/?."#.utf8)

    /// The ends of the types, and what lies beyond.
    static let numbers = [
        "0", "-0", "1", "-1", "00", "007", "+1", "0x10", "0.5", "1e308", "1e9", "254", "255", "256",
        "999", "1000", "1001", "10000", "65535", "65536", "2147483647", "2147483648",
        "-2147483648", "-2147483649", "4294967295", "4294967296", "9223372036854",
        "9223372036855", "9223372036854775", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
        "18446744073709551616", "4611686018427387904", "99999999999999999999999999",
        "1099511627776", "1099511627777",
    ]

    /// Marks of Unicode, of terminals, of shells and of YAML.
    private static let marks: [[UInt8]] =
        [
            "\u{0}", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{9B}31m", "\u{AD}", "\u{200B}",
            "\u{202E}", "\u{2028}", "\u{2029}", "\u{2066}", "\u{FEFF}", "\u{FFFD}", "\u{10FFFF}",
            "\u{E0001}", "e\u{301}", "\u{1F468}\u{200D}\u{1F469}", "\u{3C2}", "\u{212A}",
            "ẞ", "ﬁ", "\r", "\r\n", "\n", "\t", "  ", "$(reboot)", "`reboot`", "; reboot",
            "../", "/", "..", "-", "--", "-rf", "%n", "%s", "\\", "\\\\", "\"", "''", "~", "null",
            "true", "${", "}", "${x}", "${${x}}", "<<: *a", "&a ", "*a", "!!binary ", "---\n",
            "...\n", "? ", ": ", "- ", " #", "|\n", ">-\n", "{}", "[]", "{", "[", ",", "@", "=",
        ].map { Array($0.utf8) }
        // No UTF-8: cut short, overlong, a surrogate, beyond the last scalar, a lone byte.
        + [[0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xFF]]

    /// What opens and what closes, to be nested.
    static let nests = [
        ("[", "]"), ("{a: ", "}"), ("(", ")"), ("- ", ""), ("{\"a\":", "}"), ("a", ""),
        ("\n", ""), (" ", ""), ("${", "}"), ("\"", ""), ("*a ", ""), ("x: {", "}"), ("\u{301}", ""),
        ("- sequence:\n", ""), ("a|", ""), ("(a+)+", ""), ("?", ""),
    ]

    static func pick(_ generator: inout SplitMix) -> [UInt8] {
        generator.once(in: 4) ? Array(generator.pick(numbers).utf8) : generator.pick(marks)
    }
}
