import Engine

/// The keys of encrypted file systems (lib/libzfs/libzfs_crypto.c).
extension Zfs {
    /// `load-key NAME`, `unload-key NAME` of an encryption root.
    static func key(_ verb: String, _ words: ArraySlice<String>, on world: inout World) -> Outcome {
        guard let name = words.first, words.count == 1, !name.hasPrefix("-") else {
            return .fails(2, "one encryption root at a time is simulated")
        }
        let isLoad = verb == "load-key"
        let what = isLoad ? "Key load error" : "Key unload error"
        guard let (pool, index) = find(name, world) else {
            return .fails(1, "cannot open '\(name)': dataset does not exist")
        }
        let dataset = world.pools[pool].datasets[index]
        guard dataset.keyStatus != .none else {
            return .fails(1, "\(what): '\(name)' is not encrypted.")
        }
        guard let location = dataset.keyLocation else {
            return .fails(
                1, "\(what): Keys must be \(isLoad ? "loaded" : "unloaded") for encryption root.")
        }
        if isLoad {
            if dataset.keyStatus == .available {
                return .fails(1, "\(what): Key already loaded for '\(name)'.")
            }
            if let why = keyFault(dataset, location) { return .fails(1, "\(what): \(why)") }
        } else {
            if dataset.keyStatus == .unavailable {
                return .fails(1, "\(what): Key already unloaded for '\(name)'.")
            }
            let isBusy = world.indices(ofKey: name, inPool: pool).contains {
                world.pools[pool].datasets[$0].isMounted
            }
            if isBusy { return .fails(1, "\(what): '\(name)' is busy.") }
        }
        for index in world.indices(ofKey: name, inPool: pool) {
            world.pools[pool].datasets[index].keyStatus = isLoad ? .available : .unavailable
        }
        return .done
    }

    private static func keyFault(_ dataset: Dataset, _ location: String) -> String? {
        // Without a terminal the passphrase is read from what is no input.
        if location == "prompt" { return "Failed to read key material: no input" }
        if dataset.isKeyThere { return nil }
        return location.hasPrefix("file://")
            ? "Failed to open key material file: No such file or directory"
            : "Couldn't fetch key material: could not resolve host"
    }
}

extension World {
    /// The file systems of a pool that are encrypted by the key of one of them.
    func indices(ofKey root: String, inPool pool: Int) -> [Int] {
        pools[pool].datasets.indices.filter {
            encryptionRoot(of: pools[pool].datasets[$0], inPool: pool) == root
        }
    }

    /// The nearest file system at or above one that has a key of its own; nil without encryption.
    func encryptionRoot(of dataset: Dataset, inPool pool: Int) -> String? {
        guard dataset.keyStatus != .none else { return nil }
        return pools[pool].datasets
            .filter { $0.keyLocation != nil }
            .filter { dataset.name == $0.name || dataset.name.hasPrefix($0.name + "/") }
            .max { $0.name.utf8.count < $1.name.utf8.count }?.name
    }

    /// Where a file system is mounted, the pool's `altroot` before it.
    func mountpoint(of dataset: Dataset, inPool pool: Int) -> String {
        guard let root = pools[pool].altroot, dataset.mountpoint.hasPrefix("/") else {
            return dataset.mountpoint
        }
        return root + (dataset.mountpoint == "/" ? "" : dataset.mountpoint)
    }
}
