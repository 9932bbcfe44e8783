import ArgumentParser
import Engine
import FoundationEssentials
import LocalHost

/// Where the cases of plans are.
enum CaseFolder {
    /// The folder of cases beside plans.
    static let name = "cases"

    /// The files of cases that a path means: itself, or those of a folder.
    static func cases(at path: String, _ reading: Reading) throws -> [String] {
        if names(in: path) != nil { return try cases(in: path, reading) }
        guard FileReader.read(path) != nil else {
            throw reading.fault("there is no folder and no case \(path)")
        }
        return [path]
    }

    /// The cases of a folder, by name.
    ///
    /// A folder of plans has them under `cases`; a folder without that is one of cases itself.
    static func cases(in path: String, _ reading: Reading) throws -> [String] {
        guard let all = names(in: path) else {
            throw reading.fault(
                "there is no folder \(path) that can be read; `failover test FOLDER` takes another")
        }
        let top = path.hasSuffix("/") ? String(path.dropLast()) : path
        let beside = "\(top)/\(name)"
        let folder = names(in: beside) == nil ? top : beside
        let files = (names(in: folder) ?? all).filter {
            $0.hasSuffix(".yaml") || $0.hasSuffix(".yml")
        }
        let isOfPlans = folder == top && files.contains("\(PlanLoader.siteName)")
        guard !files.isEmpty, !isOfPlans else {
            throw reading.fault(
                "there are no cases in \(isOfPlans ? beside : folder), so nothing was tested;"
                    + " docs/cases.md tells how to write one")
        }
        return files.sorted().map { "\(folder)/\($0)" }
    }

    /// The names in a folder; nil when it is none.
    private static func names(in folder: String) -> [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: folder)
    }
}
