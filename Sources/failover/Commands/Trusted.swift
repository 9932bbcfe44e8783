import ArgumentParser
import Engine
import LocalHost

/// Whether files may say what is done in the name of root.
enum Trusted {
    /// Ends the program when anybody else could have written one of these files.
    static func check(_ paths: [String], isJSON: Bool) throws {
        let faults = Trust.check(paths.map(FileReader.absolute))
        guard !faults.isEmpty else { return }
        let diagnostics = faults.map { fault in
            Diagnostic(
                code: "not-trusted", "\(fault.path) \(fault.what)", at: nil, note: fault.why,
                help: fault.mend)
        }
        Reading(isJSON: isJSON).tell(diagnostics, sources: [])
        throw ExitCode(Ending.Kind.refused.exitCode)
    }
}
