/// Every back end there is: a new one is a file beside this and a word in its line here.
///
/// Linux has none of its own yet, so FreeBSD's stand in as its defaults.
enum Registry {
    static let role = Backends<any RoleBackend>(
        freebsd: "hast", linux: "hast", [("hast", HAST())])
    static let pool = Backends<any PoolBackend>(
        freebsd: "zfs", linux: "zfs", [("zfs", ZFS())])
    static let iscsi = Backends<any ISCSIBackend>(
        freebsd: "ctld", linux: "ctld", [("ctld", Ctld())])
    static let nfs = Backends<any NFSBackend>(
        freebsd: "nfsd", linux: "nfsd", [("nfsd", FreeBSDNFS())])
    static let service = Backends<any ServiceBackend>(
        freebsd: "rc", linux: "rc", [("rc", RCService())])
    static let address = Backends<any AddressBackend>(
        freebsd: "carp", linux: "carp", [("carp", CARP())])
}
