import CSystem
import Engine

/// Starts children with captured output.
struct Spawner {
    let toolbox: Toolbox
    private let null: Descriptor?

    init(_ toolbox: Toolbox) {
        self.toolbox = toolbox
        null = Descriptor(system_open("/dev/null", O_RDWR))
    }

    /// Starts a tool without a shell.
    func start(
        _ argv: [String], keeping bound: Capture.Bound = .commands
    ) throws(Toolbox.Fault) -> Child {
        guard let output = Descriptor.pipe(), let error = Descriptor.pipe() else {
            throw Self.noDescriptor(argv)
        }
        let pid = try spawn(argv, output.write, error.write)
        return Child(
            pid: pid,
            output: output.read,
            error: error.read,
            exit: Descriptor(system_exit_descriptor(pid)),
            keeping: bound
        )
    }

    /// Starts a tool whose output is read as it comes; what it says of errors is dropped.
    func stream(_ argv: [String]) throws(Toolbox.Fault) -> (pid: Int32, output: Descriptor) {
        guard let output = Descriptor.pipe(), let null else { throw Self.noDescriptor(argv) }
        return (try spawn(argv, output.write, null), output.read)
    }

    private func spawn(
        _ argv: [String], _ output: Descriptor, _ error: Descriptor
    ) throws(Toolbox.Fault) -> Int32 {
        guard let name = argv.first else { throw Toolbox.Fault(why: "no tool is named") }
        guard !argv.contains(where: { $0.utf8.contains(0) }) else {
            throw Toolbox.Fault(why: "an argument of \(name) holds a NUL, which none can")
        }
        let path = try toolbox.find(name)
        guard let null else { throw Self.noDescriptor(argv) }
        var pid: pid_t = 0
        let streams = [null.number, output.number, error.number]
        let failure = withCStrings(argv) { argv in
            withCStrings(toolbox.environment) { environment in
                system_spawn(&pid, path, argv, environment, streams)
            }
        }
        guard failure == 0 else {
            let lasting = [ENOENT, EACCES, ENOEXEC, E2BIG]
            throw Toolbox.Fault(
                why: Self.why(path, failure), isPassing: !lasting.contains(failure))
        }
        return pid
    }

    private static func noDescriptor(_ argv: [String]) -> Toolbox.Fault {
        let name = argv.first ?? "the tool"
        let why = "\(name) was not started: no file descriptor is left; is `ulimit -n` low?"
        return Toolbox.Fault(why: why, isPassing: true)
    }

    /// Why execve(2) or vfork(2) refused.
    private static func why(_ path: String, _ error: Int32) -> String {
        switch error {
        case ENOENT where access(path, F_OK) == 0:
            "\(path) was not started: the interpreter in its first line is not installed"
        case ENOENT: "\(path) is not installed"
        case EACCES: "\(path) is not executable"
        case ENOEXEC: "\(path) is not a program: has a script no #! line?"
        case EAGAIN: "\(path) was not started: no process is to be had"
        case E2BIG: "\(path) was not started: its arguments are too long"
        default: "\(path) was not started: \(words(of: error))"
        }
    }
}

/// Calls `body` with the strings as C wants an argument vector, a null at its end.
func withCStrings<Result>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
}
