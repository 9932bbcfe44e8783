import Engine

/// A file beside the folders of the pairs, which outlives a boot.
extension StateFolders {
    /// The bytes of a kept file, so many at most; nil when there is none, or the disk is silent.
    public func kept(_ name: String, limit: Int) -> [UInt8]? {
        let reader = DiskReader(
            path: "\(state)/\(name)", limit: limit, patience: .milliseconds(250))
        guard case .success(let bytes) = reader.file(), bytes.count < limit else { return nil }
        return bytes
    }

    /// Puts a file there in place of an old one; the folder is made if it is missing.
    public func keep(_ name: String, _ bytes: [UInt8]) -> StoreFault? {
        _ = prepare()
        return StoreFile.replace("\(state)/\(name)", with: bytes)
    }
}
