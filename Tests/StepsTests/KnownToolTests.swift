import Engine
import Testing

@testable import Steps

/// What is known of the commands of an author.
@Suite struct KnownToolTests {
    @Test(arguments: [
        ("hastctl role primary disk0 disk1", "acquires resource disk0, resource disk1"),
        ("hastctl role -c /etc/h.conf secondary all", "releases all resources"),
        ("hastctl role init disk0", "releases resource disk0"),
        ("drbdadm -- --force primary r0/1", "acquires resource r0"),
        ("drbdadm secondary all", "releases all resources"),
        ("drbdadm down r0", "releases resource r0"),
        ("zpool import -d /dev/hast -o cachefile=none tank", "acquires pool tank pool…datasets"),
        ("zpool import -Nf tank other", "acquires pool tank pool…pool by force"),
        ("/sbin/zpool import -af", "acquires all pools pool…datasets by force"),
        ("zpool export tank data", "releases pool tank pool…datasets, pool data pool…datasets"),
        ("zpool export -f tank", "releases pool tank pool…datasets by force"),
        ("zfs mount -o ro tank/home", "acquires pool tank datasets…datasets"),
        ("zfs mount -a", "acquires all pools datasets…datasets"),
        ("zfs umount -f tank/home@x", "releases pool tank datasets…datasets"),
        ("zfs unmount /mnt/tank", "releases all pools datasets…datasets"),
        ("targetctl restore /etc/saveconfig.json", "acquires iSCSI"),
        ("targetctl clear", "releases iSCSI"),
        ("service samba_server onestart", "acquires service samba_server"),
        ("service nfsd forcestop", "releases NFS"),
        ("service ctld quietstart", "acquires iSCSI"),
        ("systemctl stop smbd nmbd", "releases service smbd, service nmbd"),
        ("systemctl --no-block start nfs-server.service", "acquires NFS"),
        ("systemctl enable --now target", "acquires iSCSI"),
    ]) func `it is known`(_ line: String, _ bearing: String) {
        #expect(
            Self.text(KnownTool(line.split(separator: " ").map(String.init)).bearing) == bearing)
    }

    @Test(arguments: [
        "hastctl role", "hastctl status", "hastctl role primary", "drbdadm up r0", "drbdadm status",
        "zpool import", "zpool status tank", "zpool export", "zfs mount", "zfs list -r tank",
        "targetctl save", "service samba_server status", "service nfsd", "service hastd onestart",
        "systemctl status smbd", "systemctl enable smbd", "systemctl daemon-reload", "true",
        "/usr/local/bin/zpool-import tank",
    ]) func `nothing is known`(_ line: String) {
        #expect(KnownTool(line.split(separator: " ").map(String.init)).bearing == nil)
    }

    @Test func `an import says where it searches`() {
        #expect(
            KnownTool(["zpool", "import", "-d", "/dev/hast", "-d/dev", "tank"]).bearing?.searched
                == ["/dev/hast", "/dev"])
        #expect(KnownTool(["zpool", "import", "tank"]).bearing?.searched == [])
        #expect(KnownTool(["zpool", "export", "tank"]).bearing?.searched == nil)
    }

    private static func text(_ bearing: Bearing?) -> String {
        guard let bearing else { return "" }
        let reaches = bearing.reaches.map { reach in
            let layers = "\(reach.layers.lowerBound)…\(reach.layers.upperBound)"
            let isPool = reach.layers.lowerBound == .pool || reach.layers.lowerBound == .datasets
            return reach.thing + (isPool ? " " + layers : "") + (reach.isForced ? " by force" : "")
        }
        return "\(bearing.effect) \(reaches.joined(separator: ", "))"
    }
}
