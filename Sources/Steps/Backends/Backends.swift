import Engine

/// The back ends of one domain: each by its word in `using:`, and the default of each platform.
struct Backends<Backend: Sendable>: Sendable {
    /// Each with its word.
    let all: [(word: String, backend: Backend)]
    private let freebsd: String
    private let linux: String

    init(freebsd: String, linux: String, _ all: [(word: String, backend: Backend)]) {
        precondition(
            [freebsd, linux].allSatisfy { word in all.contains { $0.word == word } },
            "each platform's default is one of the back ends"
        )
        self.all = all
        self.freebsd = freebsd
        self.linux = linux
    }

    /// The field `using:` of a kind in this domain.
    var field: Field {
        .optional(
            "using",
            .choice(all.map(\.word)),
            "the back end, where the platform's is not wanted",
            absent: "that of the platform: `\(freebsd)` on FreeBSD, `\(linux)` on Linux"
        )
    }

    /// The back end that a step names by `using:`, else that of the platform.
    func chosen(by fields: inout Fields) -> Backend { choice(by: &fields).backend }

    /// The same with its word.
    func choice(by fields: inout Fields) -> (word: String, backend: Backend) {
        let word =
            fields.choice("using", of: Word.self)?.rawValue ?? standard(fields.platform)
        return (word, backend(word))
    }

    /// The back end of a platform.
    func of(_ platform: Platform) -> Backend { backend(standard(platform)) }

    private func standard(_ platform: Platform) -> String {
        switch platform {
        case .freebsd: freebsd
        case .linux: linux
        }
    }

    private func backend(_ word: String) -> Backend {
        guard let found = all.first(where: { $0.word == word }) else {
            preconditionFailure("`using` takes only the words of the registry")
        }
        return found.backend
    }
}

/// A word that `using:` takes.
private struct Word: RawRepresentable {
    let rawValue: String
}
