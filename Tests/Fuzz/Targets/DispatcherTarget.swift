import Engine
import Steps

/// The dispatcher: a `signals.yaml`, and a story of what comes in, a line each.
struct DispatcherTarget: FuzzTarget {
    static let name = "dispatcher"
    private static let signals = "signals.yaml"
    private static let story = "story"
    /// So many lines of a story are played.
    private static let lineLimit = 400

    let seeds: [Input]
    let tokens: [String]

    init(_ repository: Repository) {
        let stories = [
            "acquire\nyes\nends done\n",
            "acquire\nno\nends done\nrelease\nends stuck\nwake\nends done\n",
            "acquire\nyes\nends rolled-back\nwake\nyes\nends rolled-back\nwake\nyes\nends left\n",
            "acquire\nyes\nends stuck\nwake\nno\nwake\nyes\nyes\nends done\n",
            "acquire\nyes\nrelease\nends superseded\nends done\n",
            "release\nacquire\nrelease\nacquire\nends done\nyes\nrelease\nends done\nends done\n",
            "hold\nacquire\nunhold\nyes\nhold\nends done\nrelease\nunhold\nends done\n",
            "release\nends left\nwait 4000\nrelease\nwake\nends refused\nacquire\nyes\n",
            "acquire\nyes\nends interrupted\nrelease\nends cut-off\nold 1\nstale 3\nwake\n",
            "stuck\nacquire\nno\nwake\nyes\nyes\nends done\n",
        ]
        let short = """
            acquire:
              run: take.yaml
              settle: 1s
              only-if: [{carp: {interface: vlan50, vhid: 1, state: master}}]
              within: 9s
              retry: {attempts: 2, delay: 5s, backoff: 2, at-most: 8s}
            release: {run: give.yaml, settle: 2s, retry: {delay: 1s, backoff: 2, at-most: 30s}}

            """
        let files = [short, repository.text("plans/signals.yaml")]
        seeds = files.flatMap { file in
            stories.map { Input([(Self.signals, file), (Self.story, $0)]) }
        }
        let words = DispatcherStory.words + Ending.Kind.allCases.map { "ends \($0.rawValue)" }
        tokens =
            words.map { $0 + "\n" } + [
                "settle: ", "attempts: ", "delay: ", "at-most: ", "within: ",
            ]
    }

    func read(_ input: Input, _ generator: inout SplitMix) throws(Finding) -> [String] {
        let loaded = Signals.load(
            Self.signals, catalog: .builtin, platform: .freebsd, read: Files(input).read)
        guard let pair = loaded.signals?.pairs.first else { return ["no pair"] }
        var story = DispatcherStory(pair)
        for line in input.text(Self.story).split(separator: "\n").prefix(Self.lineLimit) {
            try story.play(line.split(separator: " ").map(String.init))
        }
        try story.comeToRest()
        return story.features.sorted()
    }
}
