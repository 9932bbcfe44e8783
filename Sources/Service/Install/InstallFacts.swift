/// This host's values, with which configurations are printed.
///
/// All of them are plain words, so that nothing needs a quote anywhere and nothing can be read as
/// more than one word by the shells that devd, keepalived and rc use.
public struct InstallFacts: Sendable, Hashable {
    /// A pair of signals.yaml.
    public struct Pair: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its shared addresses, of which it has at least one.
        public let addresses: [InstallAddress]
        /// What its plans say of an address that keepalived moves.
        public let vrrp: VRRP

        /// What the plans say of an address that keepalived moves; nil for what they do not say.
        public struct VRRP: Sendable, Hashable {
            /// The network interface.
            public var interface: String?
            /// The address, without the length of its prefix.
            public var address: String?
            /// The file by which the instance is put into FAULT.
            public var trackFile: String?
            /// `virtual_router_id` of the pair's first instance, the others count on from it.
            public var router = firstRouter

            /// That of a host's first instance.
            public static let firstRouter = 51

            /// Nothing is said.
            public init() {}
        }

        /// Checks a pair: its name, and its addresses as signals.yaml writes them.
        public init(
            _ name: String, addresses: [String], vrrp: VRRP = VRRP()
        ) throws(InstallFault) {
            guard PlainWord.isName(name, limit: 64) else {
                throw InstallFault("the pair's name", name, "holds more than letters and digits")
            }
            guard !addresses.isEmpty else {
                throw InstallFault("the pair", name, "has no shared address")
            }
            for (what, text) in [
                ("the interface", vrrp.interface), ("the address", vrrp.address),
            ] {
                guard let text else { continue }
                let word = text.split(separator: ":").joined()
                guard PlainWord.isName(word, limit: 64) else {
                    throw InstallFault(what, text, "holds more than letters, digits, `_.-:`")
                }
            }
            if let path = vrrp.trackFile, !PlainWord.isPath(path) {
                throw InstallFault("the track file", path, "is no absolute path of plain names")
            }
            self.name = name
            self.vrrp = vrrp
            var read: [InstallAddress] = []
            for address in addresses { read.append(try InstallAddress(address)) }
            self.addresses = read
        }
    }

    /// How long a release may take when a plan says nothing else.
    public static let usualRelease = Duration.seconds(120)

    /// The absolute path of the program.
    public let program: String
    /// The folder with signals.yaml, site.yaml and the plans.
    public let plans: String
    /// The folder of runtime files, in which keepalived's FIFO is.
    public let runtime: String
    /// The pairs, at least one.
    public let pairs: [Pair]
    /// The longest budget of the release plans.
    public let release: Duration

    /// Checks the values.
    public init(
        program: String,
        plans: String,
        runtime: String = "/var/run/failover",
        pairs: [Pair],
        release: Duration = usualRelease
    ) throws(InstallFault) {
        for (what, path, help) in [
            ("the program's path", program, "name it by --program"),
            ("the plans' folder", plans, "name it by --plans"),
            ("the runtime folder", runtime, "settle it in site.yaml: `folders: {runtime: …}`"),
        ] where !PlainWord.isPath(path) {
            throw InstallFault(
                what, path,
                "is not an absolute path of names of letters, digits and `_.-` that begin with none"
                    + " of `.` and `-`", help: help)
        }
        guard !pairs.isEmpty else {
            throw InstallFault("signals.yaml", plans, "names no pair")
        }
        self.program = program
        self.plans = plans
        self.runtime = runtime
        self.pairs = pairs
        self.release = release
    }

    /// A command line of the program; its words are plain.
    func call(_ verb: String, _ rest: String = "") -> String {
        "\(program) \(verb) --plans \(plans)" + (rest.isEmpty ? "" : " " + rest)
    }

    /// The seconds that a shutdown must leave to a release.
    var releaseSeconds: Int64 { release.components.seconds + 30 }

    /// The seconds that a shutdown of FreeBSD must have: 60 for the end of hastd, and 40 for the
    /// watcher and the looks.
    var shutdownSeconds: Int64 { releaseSeconds + 100 }
}
