import Engine

/// How a host's NFS server is looked at, started and stopped, with all of its exports; or some of
/// these are taken back, and it serves on.
protocol NFSBackend: Sendable {
    /// That it serves what is wanted.
    func serves(_ exports: NFSExports) -> Probe
    /// That it serves none of the exports that are named, or nobody where none is.
    func servesNothing(of exports: NFSExports) -> Probe
    /// What clients would see that was not meant, by what `serves` has seen.
    func astray(_ exports: NFSExports, _ seen: Answers) -> [String]
    /// By what it shows whether it serves already.
    var signs: [Query] { get }
    /// Whether they show that it does.
    func isServing(_ seen: Answers) -> Bool
    /// Makes what is known to run read its exports again.
    func reread(_ seen: Answers) -> [Command]
    /// What is still to do, by what was seen.
    func start(_ exports: NFSExports, _ seen: Answers) -> [Command]
    /// What is still to do, by what was seen.
    func stop(_ exports: NFSExports, _ seen: Answers) -> [Command]
    /// What the end of a command says.
    func assess(_ output: Output) -> Assessment
    /// What a person must know who starts it, by what was seen, if anything.
    func caution(_ seen: Answers) -> String?
}

extension NFSBackend {
    func caution(_ seen: Answers) -> String? { nil }

    func started(_ exports: NFSExports) -> HostState {
        HostState("NFS is served", subject: "nfs", serves(exports))
    }

    func stopped(_ exports: NFSExports) -> HostState {
        let what = exports.isPart ? "NFS does not serve \(exports.text)" : "NFS is not served"
        return HostState(what, subject: "nfs", servesNothing(of: exports))
    }

    func astray(_ exports: NFSExports, _ seen: Answers) -> [String] {
        guard let beneath = (try? exports.wanted(seen))?.beneath, let first = beneath.first else {
            return []
        }
        let others = beneath.count > 1 ? " and \(beneath.count - 1) more stand" : " stands"
        let what = first[...].text + others + " in \(NFSExports.file)"
        return [
            what + ", and lies on a file system that is not mounted: clients may see the folder"
                + " beneath"
        ]
    }
}
