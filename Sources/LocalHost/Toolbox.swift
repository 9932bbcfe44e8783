import CSystem
import Engine

/// Where tools are found, and the environment that they get.
struct Toolbox {
    /// The usual folders of both systems, in FreeBSD's order.
    static let usual = [
        "/sbin", "/bin", "/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin",
    ]

    let folders: [String]
    private let trusted = Trusted()

    init(folders: [String]) { self.folders = folders }

    /// What was found to be trusted, looked at once each; what is not is looked at again, since it
    /// may have been mended.
    private final class Trusted {
        var tools: Set<String> = []
        var environment: [String]?
    }

    /// All that a tool inherits: nothing of ours, and no language but C. What it starts itself it
    /// finds in no folder that others can write.
    var environment: [String] {
        if let known = trusted.environment { return known }
        let environment = Self.environment(folders.filter { Trust.checkTool($0) == nil })
        trusted.environment = environment
        return environment
    }

    /// The same, for tools in these folders.
    static func environment(_ folders: [String]) -> [String] {
        ["LC_ALL=C", "HOME=/", "PATH=" + folders.joined(separator: ":")]
    }

    /// Why a tool cannot be started, for a person.
    struct Fault: Error {
        let why: String
        /// Whether another attempt may find what this one lacked.
        var isPassing = false

        /// The end of a command that never ran.
        var status: Output.Status { isPassing ? .notStarted(why) : .unavailable(why) }
    }

    /// The absolute path of `name`, which is itself one, or is searched in the folders.
    ///
    /// A tool that others could have changed is not passed over for one of the same name further
    /// on: nobody could tell which of them runs.
    func find(_ name: String) throws(Fault) -> String {
        let path = try search(name)
        guard !trusted.tools.contains(path) else { return path }
        if let fault = Trust.checkTool(path) {
            throw Fault(why: "\(name) is not started: \(fault)")
        }
        trusted.tools.insert(path)
        return path
    }

    private func search(_ name: String) throws(Fault) -> String {
        if name.hasPrefix("/") { return name }
        guard !name.isEmpty, !name.contains("/") else {
            throw Fault(why: "`\(name)` is neither the name of a tool nor an absolute path")
        }
        var unfit: String?
        for folder in folders {
            let path = folder + "/" + name
            var status = stat()
            guard stat(path, &status) == 0, system_kind(status.st_mode) == S_IFREG else {
                continue
            }
            if access(path, X_OK) == 0 { return path }
            unfit = unfit ?? path
        }
        if let unfit { throw Fault(why: "\(unfit) is not executable") }
        throw Fault(
            why: "\(name) is not installed: not in " + folders.joined(separator: ":")
        )
    }
}
