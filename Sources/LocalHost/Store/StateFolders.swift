import CSystem
import Engine

/// The two folders of the store: what outlives a boot, and what does not.
public struct StateFolders: Hashable, Sendable {
    /// Journals; never on a pool that is failed over.
    public let state: String
    /// Locks, wanted records, holds and doorbells, which a boot voids.
    public let runtime: String

    /// The folders of this operating system.
    public static let usual = usual(on: .local)

    static func usual(on platform: Platform) -> StateFolders {
        switch platform {
        case .freebsd: StateFolders(state: "/var/db/failover", runtime: "/var/run/failover")
        case .linux: StateFolders(state: "/var/lib/failover", runtime: "/var/run/failover")
        }
    }

    /// The store in two folders, which are absolute paths.
    public init(state: String, runtime: String) {
        self.state = state
        self.runtime = runtime
    }

    /// The journals of a pair.
    public func runs(of pair: String) -> String { "\(state)/\(pair)/runs" }

    /// What is kept of a pair until the next boot.
    public func runtime(of pair: String) -> String { "\(runtime)/\(pair)" }

    /// The disk of the journals is given so long.
    private static let patience = Duration.milliseconds(250)
    /// A pair's name is part of paths: so many characters at most.
    public static let pairNameLimit = 64

    /// Whether a pair may have this name: letters, digits, `-`, `_` and `.`, but not first.
    public static func isPairName(_ name: String) -> Bool {
        let plain = name.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar)
                || "-_.".unicodeScalars.contains(scalar)
        }
        return plain && !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= pairNameLimit
    }

    /// Makes what is missing of the folders, and those of a pair; tells all that is wrong.
    public func prepare(_ pair: String? = nil) -> [StoreFault] {
        var faults: [StoreFault] = []
        let isNamed = pair.map(Self.isPairName) ?? true
        if let pair, !isNamed {
            faults.append(StoreFault("`\(printable(pair))` cannot be the name of a pair"))
        }
        let ofPair = isNamed ? pair : nil
        var lasting = [state] + (ofPair.map { ["\(state)/\($0)", runs(of: $0)] } ?? [])
        if let fault = silence {
            faults.append(fault)
            lasting = []
        }
        for chain in [lasting, [runtime] + (ofPair.map { [runtime(of: $0)] } ?? [])] {
            // What lies in a folder that is wrong is not looked at.
            if let fault = chain.lazy.compactMap(Self.fault(ofMade:)).first {
                faults.append(fault)
            }
        }
        return faults
    }

    /// That the disk of the journals does not answer; then nothing else touches it.
    private var silence: StoreFault? {
        let reader = DiskReader(path: state, limit: 1, patience: Self.patience)
        guard case .failure(.silent) = reader.names() else { return nil }
        return StoreFault("the folder \(state) cannot be looked at", .silent, at: state)
    }

    /// Makes one folder if it is missing, and says what is wrong with it.
    private static func fault(ofMade path: String) -> StoreFault? {
        guard path.hasPrefix("/"), !path.utf8.contains(0) else {
            return StoreFault("`\(printable(path))` is no absolute path, as a folder must be")
        }
        var status = stat()
        if stat(path, &status) != 0 {
            let error = makeFolders(path)
            guard error == 0, stat(path, &status) == 0 else {
                let error = error == 0 ? system_error() : error
                return StoreFault("the folder \(path) cannot be made", error, at: path)
            }
        }
        return fault(path, status)
    }

    private static func fault(_ path: String, _ status: stat) -> StoreFault? {
        let word = shellQuoted(path)
        guard system_kind(status.st_mode) == S_IFDIR else {
            return StoreFault("\(path) is no folder, as it must be", help: "mv \(word) \(word).old")
        }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            return StoreFault(
                "the folder \(path) is owned by uid \(status.st_uid), who could change what the "
                    + "engine keeps there",
                help: "chown \(geteuid() == 0 ? "root" : "\(geteuid())") \(word)")
        }
        guard status.st_mode & 0o077 == 0 else {
            return StoreFault(
                "the folder \(path) is open to others, who could read or change what the engine "
                    + "keeps there",
                help: "chmod 700 \(word)")
        }
        guard access(path, W_OK | X_OK) == 0 else {
            return StoreFault(
                "the folder \(path) cannot be written", system_error(), at: path + "/x")
        }
        return nil
    }

    /// Folders above are made as the system has them, open for reading.
    static func makeFolders(_ path: String) -> Int32 {
        if mkdir(path, 0o700) == 0 { return 0 }
        let error = system_error()
        if error == EEXIST { return 0 }
        let above = parent(of: path)
        guard error == ENOENT, above != "/" else { return error }
        var status = stat()
        if stat(above, &status) != 0 {
            let error = makeFolders(above)
            guard error == 0 else { return error }
            chmod(above, 0o755)
        }
        return mkdir(path, 0o700) == 0 || system_error() == EEXIST ? 0 : system_error()
    }
}
