import Engine

/// Why a look tells nothing.
struct Unreadable: Error {
    let why: String

    init(_ why: String) { self.why = why }

    /// A look command that ended in a way which says nothing about its subject, quoted.
    init(_ query: Query, _ output: Output) {
        let said = output.excerpt
        why = "`\(query.line)`: \(output.status)" + (said.isEmpty ? "" : ", \(said)")
    }
}

/// One state that a back end can look for: the queries, and how to judge their answers.
struct Probe: Sendable {
    typealias Judge = @Sendable (Answers) throws(Unreadable) -> Verdict

    let queries: [Query]
    private let judgement: Judge

    init(_ queries: [Query], judge: @escaping Judge) {
        self.queries = queries
        judgement = judge
    }

    func judge(_ answers: Answers) -> Verdict {
        do throws(Unreadable) { return try judgement(answers) } catch { return .unknown(error.why) }
    }

    /// That this holds, and then that `next` does.
    func and(_ next: Probe) -> Probe {
        Probe(queries + next.queries) { answers in
            let verdict = judge(answers)
            return verdict == .holds ? next.judge(answers) : verdict
        }
    }
}

extension Answers {
    /// What a look command printed before it ended by itself.
    func output(of query: Query) throws(Unreadable) -> Output {
        switch self[query] {
        case .output(let output):
            switch output.status {
            case .exited: return output
            case .signalled: throw Unreadable(query, output)
            case .notStarted(let why), .unavailable(let why): throw Unreadable(why)
            }
        case .missing(let why): throw Unreadable("`\(query.line)`: \(why)")
        default: throw Unreadable("`\(query.line)` was answered with something else")
        }
    }

    /// The process table.
    func processes() throws(Unreadable) -> [ProcessEntry] {
        switch self[.processes] {
        case .processes(let entries): return entries
        case .missing(let why): throw Unreadable("the process table: \(why)")
        default: throw Unreadable("the process table was answered with something else")
        }
    }

    /// What stands at a path.
    func kind(at path: String) throws(Unreadable) -> PathKind {
        switch self[.path(path)] {
        case .path(let kind): return kind
        case .missing(let why): throw Unreadable("\(path): \(why)")
        default: throw Unreadable("\(path) was answered with something else")
        }
    }

    /// The first bytes of a file, or nil when there is none.
    func text(of path: String) throws(Unreadable) -> [UInt8]? {
        switch self[.text(path)] {
        case .text(let bytes): return bytes
        case .missing(let why): throw Unreadable("\(path): \(why)")
        default: throw Unreadable("\(path) was answered with something else")
        }
    }

    /// Whether a port takes connections.
    func state(ofPort port: Int, on host: String) throws(Unreadable) -> PortState {
        switch self[.port(host: host, port)] {
        case .port(let state): return state
        case .missing(let why): throw Unreadable("port \(port) of \(host): \(why)")
        default: throw Unreadable("port \(port) of \(host) was answered with something else")
        }
    }
}

extension Query {
    /// The look as a person would write it down.
    var line: String {
        switch self {
        case .command(let look): Command(.tool(look.argv)).line
        case .userCommand(let look): Command(.tool(look.argv)).line
        case .processes: "the process table"
        case .path(let path), .text(let path): path
        case .port(let host, let port): "port \(port) of \(host)"
        }
    }
}

extension Output {
    /// Whether `text` occurs in either stream.
    func mentions(_ text: StaticString) -> Bool {
        standardError.mentions(text) || standardOutput.mentions(text)
    }
}
