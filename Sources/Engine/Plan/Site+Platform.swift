/// For which operating system the plans of a site are.
extension Site {
    mutating func readPlatform(_ keys: Keys, _ diagnostics: inout Diagnostics) {
        guard let (text, span) = keys.scalar("platform", &diagnostics) else { return }
        let words = Platform.allCases.map(\.rawValue)
        if let named = Platform(rawValue: text) {
            platform = named
            platformSpan = span
            return
        }
        diagnostics.report(
            Diagnostic(
                code: "bad-value",
                "no platform is named `\(text)`",
                at: span,
                note: "there are \(listed(words)): it decides which tools a step uses",
                help: suggestion(for: text, among: words).map { "did you mean `\($0)`?" }
            )
        )
    }

    /// The platform that plans are read for, on a host of this one, or on none.
    ///
    /// A host of another platform than the site's is the one fault of that: plans are read for the
    /// site's, as what they are.
    func platform(on host: Platform?, _ diagnostics: inout Diagnostics) -> Platform {
        guard let host else { return platform ?? .presumed }
        guard let platform, platform != host else { return host }
        diagnostics.report(
            Diagnostic(
                code: "other-platform",
                "the plans are for \(platform.rawValue), and this is \(host.rawValue)",
                at: platformSpan,
                note: "the tools that their steps use are not those of this host",
                help: "use plans for \(host.rawValue); `--simulate` tries these anywhere"
            )
        )
        return platform
    }
}
