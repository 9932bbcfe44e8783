import Foundation
import Testing

/// `failover status` on a node of a Linux pair whose DRBD does not connect any more.
@Suite struct StatusOnLinuxTests {
    /// What drbdsetup says of a resource after a split brain (Tests/Facts/drbdsetup).
    private static let script = """
        #!/bin/sh
        case $0 in
        *drbdsetup)
            printf '%s node-id:0 role:Primary suspended:no\\n' "$3"
            printf '  volume:0 minor:0 disk:UpToDate backing_dev:/dev/sda quorum:yes\\n'
            printf '  peer node-id:1 connection:StandAlone role:Unknown congested:no\\n'
            printf '    volume:0 replication:Off peer-disk:DUnknown resync-suspended:no\\n' ;;
        esac
        """

    @Test func `copies that have parted are named, each of them`() throws {
        let scratch = try Scratch()
        let folder = scratch.folder.path
        for name in ["site.yaml", "signals.yaml", "become-master.yaml", "become-slave.yaml"] {
            let shipped = Program.root.appending(path: "plans/drbd/\(name)")
            var text = try String(contentsOf: shipped, encoding: .utf8)
            if name == "site.yaml" {
                text += "path: ['\(folder)']\n"
                text += "folders: {state: '\(folder)/state', runtime: '\(folder)/runtime'}\n"
            }
            try scratch.file(name, text)
        }
        try scratch.file("script", Self.script)
        let install = "for tool in drbdsetup ip; do /usr/bin/install -m 755 script $tool; done"
        let made = try Program.start(
            ["-c", "cd '\(folder)' && \(install)"], binary: URL(filePath: "/bin/sh")
        ).end()
        #expect(made.code == 0, "\(made.errors)")
        let words = ["status", "--plans", folder, "--platform", "linux"]
        let status = try Program.run(words)
        #expect(status.output.contains("  peer      resource r0 is StandAlone"), "\(status)")
        #expect(status.output.contains("            resource r1 is StandAlone"))
        let json = try Program.run(words + ["--json"])
        #expect(json.output.contains("\"peer\":[\"resource r0 is StandAlone"))
    }
}
