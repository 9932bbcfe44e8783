import Engine

/// Every back end there is: a new one is a file beside this and a word in its line here.
enum Registry {
    static let role = Backends<any RoleBackend>(
        freebsd: "hast", linux: "drbd", [("hast", HAST()), ("drbd", DRBD())])
    static let pool = Backends<any PoolBackend>(
        freebsd: "zfs", linux: "zfs-linux",
        [("zfs", ZFS(platform: .freebsd)), ("zfs-linux", ZFS(platform: .linux))])
    static let iscsi = Backends<any ISCSIBackend>(
        freebsd: "ctld", linux: "lio", [("ctld", Ctld()), ("lio", LIO()), ("tgt", Tgt())])
    static let nfs = Backends<any NFSBackend>(
        freebsd: "nfsd", linux: "nfs-server",
        [("nfsd", FreeBSDNFS()), ("nfs-server", LinuxNFS())])
    static let service = Backends<any ServiceBackend>(
        freebsd: "rc", linux: "systemd", [("rc", RCService()), ("systemd", Systemd())])
    static let address = Backends<any AddressBackend.Type>(
        freebsd: "carp", linux: "keepalived",
        [("carp", CARPAddress.self), ("keepalived", KeepalivedAddress.self)])
}
