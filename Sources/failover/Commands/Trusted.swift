import ArgumentParser
import Engine
import LocalHost

/// Whether files may say what is done in the name of root.
enum Trusted {
    /// Ends the program when anybody else could have written one of these files.
    static func check(_ paths: [String], isJSON: Bool) throws {
        if fault(of: paths) != nil { throw refusal(of: paths, isJSON: isJSON) }
    }

    /// The first of them that anybody else could have written.
    static func fault(of paths: [String]) -> TrustFault? {
        Trust.check(paths.map(FileReader.absolute)).first
    }

    /// Tells all that is wrong with them; what to throw then.
    static func refusal(of paths: [String], isJSON: Bool) -> ExitCode {
        let faults = Trust.check(paths.map(FileReader.absolute))
        let diagnostics = faults.map { fault in
            Diagnostic(
                code: "not-trusted", "\(fault.path) \(fault.what)", at: nil, note: fault.why,
                help: fault.mend)
        }
        Reading(isJSON: isJSON).tell(diagnostics, sources: [])
        return ExitCode(Ending.Kind.refused.exitCode)
    }
}
