import CSystem
import Engine

/// Whether the folders can be looked at; nothing is made or changed.
extension StateFolders {
    /// Why nobody can tell from the folders how a pair is; what is missing is no obstacle.
    public func obstacles(_ pair: String) -> [StoreFault] {
        var obstacles: [StoreFault] = []
        // A process of its own looks first, since the disk may hang.
        switch JournalFolder.list(runs(of: pair)) {
        case .failure(let fault): obstacles.append(Self.explained(fault))
        case .success:
            let chain = [state, "\(state)/\(pair)", runs(of: pair)]
            if let fault = chain.lazy.compactMap(Self.obstacle).first { obstacles.append(fault) }
        }
        let chain = [runtime, runtime(of: pair)]
        if let fault = chain.lazy.compactMap(Self.obstacle).first { obstacles.append(fault) }
        return obstacles
    }

    /// Whether anything was ever kept of a pair of this name, or nobody here can tell.
    public func know(_ pair: String) -> Bool {
        guard Self.isPairName(pair) else { return false }
        return ["\(state)/\(pair)", runtime(of: pair)].contains { path in
            var status = stat()
            return stat(path, &status) == 0 || system_error() != ENOENT
        }
    }

    private static func obstacle(_ path: String) -> StoreFault? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let error = system_error()
            let isMissing = error == ENOENT && lstat(path, &status) != 0
            guard !isMissing else { return nil }
            return explained(StoreFault("the folder \(path) cannot be looked at", error, at: path))
        }
        guard system_kind(status.st_mode) == S_IFDIR else {
            return StoreFault("\(path) is no folder, as it must be")
        }
        guard status.st_uid == geteuid() || status.st_uid == 0, status.st_mode & 0o022 == 0 else {
            let word = shellQuoted(path)
            return StoreFault(
                "others can write the folder \(path), so that nothing in it can be believed",
                help: "chown \(geteuid() == 0 ? "root" : "\(geteuid())") \(word); chmod 700 \(word)"
            )
        }
        guard access(path, R_OK | X_OK) == 0 else {
            let fault = StoreFault(
                "the folder \(path) cannot be looked at", system_error(), at: path)
            return explained(fault)
        }
        return nil
    }

    /// The folders are root's alone: who is not root is told so.
    private static func explained(_ fault: StoreFault) -> StoreFault {
        guard geteuid() != 0, !fault.isSilence else { return fault }
        return StoreFault(fault.why, help: "run it as root")
    }
}
