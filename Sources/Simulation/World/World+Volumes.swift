import Engine

/// The volumes of pools, as Linux shows them under /dev/zvol: links that udev makes once it has
/// heard of the device.
extension World {
    /// The folder of all volumes.
    static let volumes = "/dev/zvol/"
    /// From an import to the links.
    private static let linked = Duration.milliseconds(80)

    /// The volumes of a pool are there in a moment.
    mutating func volumesAppear(ofPool name: String) {
        for path in volumes(ofPool: name) {
            schedule(.creates(FileEntry(path, .blockDevice)), after: Self.linked)
        }
    }

    /// The volumes of a pool are there now.
    mutating func linkVolumes(ofPool name: String) {
        for path in volumes(ofPool: name) { create(FileEntry(path, .blockDevice)) }
    }

    /// The volumes of a pool are gone with it.
    mutating func volumesVanish(ofPool name: String) {
        for path in volumes(ofPool: name) { remove(path) }
    }

    /// On FreeBSD they are devices of their own, there at once.
    private func volumes(ofPool name: String) -> [String] {
        linux.isEmpty ? [] : iscsi.luns.filter { $0.pool == name }.map(\.path)
    }
}
