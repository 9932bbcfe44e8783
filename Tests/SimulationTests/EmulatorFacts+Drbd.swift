@testable import Simulation

/// The situations of DRBD, 8.4 and 9.
extension EmulatorFactsTests {
    static let drbd: [Situation] = [
        situation("drbdsetup/status-primary-8.4", .v84, .serving),
        situation("drbdsetup/status-primary-9", .v9, .serving),
        situation("drbdsetup/status-secondary-8.4", .v84),
        situation("drbdsetup/status-secondary-9", .v9),
        situation("drbdsetup/status-connecting-8.4", .v84) { disconnect(&$0, .connecting) },
        situation("drbdsetup/status-connecting-9", .v9) { disconnect(&$0, .connecting) },
        situation("drbdsetup/status-primary-alone-8.4", .v84, .serving) {
            disconnect(&$0, .connecting)
        },
        situation("drbdsetup/status-stand-alone-8.4", .v84) {
            _ = $0.run(words("drbdadm disconnect disk0"))
        },
        situation("drbdsetup/status-stand-alone-9", .v9) {
            _ = $0.run(words("drbdadm disconnect disk0"))
        },
        situation("drbdsetup/status-sync-target-8.4", .v84) {
            $0.drbd.resources[0].disk = .inconsistent
            $0.drbd.resources[0].replication = .target
        },
        situation("drbdsetup/status-consistent-9", .v9) {
            disconnect(&$0, .connecting)
            $0.drbd.resources[0].disk = .consistent
        },
        situation("drbdsetup/status-down", .v84) { _ = $0.run(words("drbdadm down disk0")) },
        situation("drbdadm/primary-two-primaries-8.4", .v84),
        situation("drbdadm/primary-two-primaries-9", .v9),
        situation("drbdadm/primary-not-fenced-8.4", .v84) {
            disconnect(&$0, .connecting)
            $0.drbd.fences = true
        },
        situation("drbdadm/primary-no-data-8.4", .v84) { withoutData(&$0) },
        situation("drbdadm/primary-no-data-9", .v9) { withoutData(&$0) },
        situation("drbdadm/primary-down-8.4", .v84) { _ = $0.run(words("drbdadm down r1")) },
        situation("drbdadm/primary-down-9", .v9) { _ = $0.run(words("drbdadm down disk0")) },
        situation("drbdadm/primary-not-configured", .v9) { $0.drbd.resources = [] },
        situation("drbdadm/primary-done", .v84) { $0.peerGivesUp() },
        situation("drbdadm/secondary-in-use-8.4", .v84, .serving),
        situation("drbdadm/secondary-in-use-9", .v9, .serving),
    ]

    /// Those that were recorded, on a machine with resources of other names.
    private static let resources = [
        "two-primaries-8.4", "no-data-8.4", "primary-down-8.4", "primary-done", "in-use-8.4",
    ]

    private static func situation(
        _ fact: String, _ release: Drbd.Release, _ standing: Standing = .takingOver,
        _ prepare: @escaping @Sendable (inout World) -> Void = { _ in }
    ) -> Situation {
        Situation(fact, standing) { world in
            var pair = Pair()
            if resources.contains(where: { fact.hasSuffix($0) }) { pair.disks = ["r0", "r1"] }
            pair.replication = .drbd(release)
            world = World.pair(pair, standing)
            prepare(&world)
        }
    }

    private static func disconnect(
        _ world: inout World, _ state: DrbdResource.Connection
    ) {
        world.drbd.resources[0].disconnect(state)
    }

    private static func withoutData(_ world: inout World) {
        disconnect(&world, .connecting)
        world.drbd.resources[0].disk = .inconsistent
    }
}
