import Engine

/// What a pair needs of its hosts.
extension SimulatedHost {
    /// Lets the first entry of the agenda happen, whether anybody waits for it or not.
    mutating func step() -> Event? {
        guard let entry = agenda.popFirst() else { return nil }
        world.now = max(world.now, entry.at)
        let input = come(entry)
        takeOver()
        return input.map { Event(at: world.now, $0) }
    }

    /// Changes the world from outside; whoever looks at what has changed looks again.
    mutating func alter(_ change: (inout World) -> Void) {
        change(&world)
        takeOver()
    }

    /// Loses everything that lives in memory, commands under way included.
    mutating func losePower(advskews: [Int]) {
        agenda = Agenda()
        looks = []
        freeLooks = []
        glances = []
        busy = [:]
        commands = []
        sleeps = []
        owed = 0
        blocked = 0
        queued = 0
        demotableAt = .zero
        alter { $0.losePower(advskews: advskews) }
        agenda = Agenda()
    }
}

extension World {
    /// What does not lie on a disk is gone.
    fileprivate mutating func losePower(advskews: [Int]) {
        for index in hast.resources.indices {
            hast.resources[index].role = .`init`
            hast.resources[index].worker = nil
            hast.resources[index].ioFlows = false
            hast.resources[index].stalls = false
            hast.resources[index].start = .waits
        }
        for index in drbd.resources.indices { drbd.resources[index].losePower() }
        hast.end()
        rejectedHosts = []
        latencies.slowness = 0
        hastdFreeAt = .zero
        let volatile = [
            HastResource.devices, DrbdResource.devices, World.volumes, "/var/run/", "/run/",
        ]
        files.removeAll { entry in volatile.contains { entry.path.hasPrefix($0) } }
        processes = []
        for index in services.indices { services[index].pids = [] }
        loseLinux()
        for index in pools.indices {
            pools[index].isImported = false
            pools[index].isSuspended = false
            pools[index].holders = []
            pools[index].cachefile = nil
            pools[index].altroot = nil
            for dataset in pools[index].datasets.indices { pools[index].datasets[dataset].shut() }
        }
        for index in virtualHosts.indices {
            virtualHosts[index].state = .initial
            if index < advskews.count { virtualHosts[index].advskew = advskews[index] }
        }
        isFenced = false
        upcoming = []
    }
}
