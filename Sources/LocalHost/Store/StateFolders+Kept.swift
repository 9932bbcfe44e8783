import Engine

/// A file beside the folders of the pairs, which outlives a boot.
extension StateFolders {
    /// The bytes of a kept file, so many at most; nil when there is none, the disk is silent, or
    /// anybody else could have written it.
    public func kept(_ name: String, limit: Int) -> [UInt8]? {
        let reader = DiskReader(
            path: "\(state)/\(name)", limit: limit, patience: .milliseconds(250))
        // Asked for behind the read, which shows that the disk answers.
        guard case .success(let bytes) = reader.file(), bytes.count < limit,
            Trust.check([reader.path]).isEmpty
        else { return nil }
        return bytes
    }

    /// Puts a file there in place of an old one. A disk that hangs holds the caller up: this is for
    /// when nothing waits for it any more.
    public func keep(_ name: String, _ bytes: [UInt8]) -> StoreFault? {
        StoreFile.replace("\(state)/\(name)", with: bytes)
    }
}
