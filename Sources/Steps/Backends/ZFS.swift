import Engine

/// OpenZFS: zpool(8), zfs(8).
///
/// The kernel tells a pool's health by itself, also while a `zpool` hangs on a suspended pool: on
/// FreeBSD by a sysctl, on Linux in a file; and where zpool lacks its device, /dev/zfs, the list of
/// the kernel tells that it has no pool of a name. On Linux an import that is not told its devices
/// waits up to 30 s for udev, and finds the pool on the disk beneath the replication, too.
///
/// On FreeBSD a pool that is suspended stays so: with its disk back `zpool clear` returns 0 and
/// changes nothing, `online` and `reopen` are refused, an export hangs (recorded on FreeBSD 13.2).
/// Nothing that waits for it is tried; on Linux it goes on after a `zpool clear`.
struct ZFS: PoolBackend {
    let platform: Platform

    var needsDevices: Bool { platform == .linux }

    func pool(_ pool: String, is state: PoolState) -> Probe {
        let list = Query.command(.zpoolList(pool))
        let name = Array(pool.utf8)
        let queries = [list] + kernelState(of: pool) + kernelPools
        return Probe(queries) { answers throws(Unreadable) in
            let seen: ZpoolList
            do throws(Unreadable) {
                seen = try ZpoolList.read(answers.output(of: list), of: name, asked: list)
            } catch {
                if let health = health(of: pool, answers) {
                    seen = .health(health)
                } else if isUnknownToKernel(pool, list, answers) {
                    seen = .absent
                } else {
                    throw error
                }
            }
            switch (state, seen) {
            case (.absent, .absent): return .holds
            case (.absent, .health("SUSPENDED")) where isLost:
                return .never(reboot(pool, "SUSPENDED and cannot be exported"))
            case (.absent, .health(let health)):
                return .doesNot("pool \(pool) is imported, and is \(health.text)")
            case (.imported, .absent): return .doesNot("pool \(pool) is not imported")
            case (.imported, .health(let health)): return usable(pool, health)
            }
        }
    }

    /// Whether a pool that is suspended stays so until the machine boots.
    private var isLost: Bool { platform == .freebsd }
    private func reboot(_ pool: String, _ state: String = "SUSPENDED") -> String {
        "\(Command(.fenceSelf).line): pool \(pool) is \(state): writes to it hang, and with its"
            + " disks back `zpool clear` does not help"
    }

    /// Where the kernel tells a pool's health, without a lock (module/zfs/spa_stats.c).
    private func kernelState(of pool: String) -> [Query] {
        switch platform {
        case .linux: [.text("/proc/spl/kstat/zfs/\(pool)/state")]
        case .freebsd: LookCommand.poolState(pool).map { [.command($0)] } ?? []
        }
    }

    /// Where the kernel has a folder for each pool that it knows, from the start of an import to
    /// the end of an export (module/zfs/spa_stats.c, spa_state_init), once ZFS is loaded.
    private var kernelPools: [Query] { platform == .linux ? [.path("/proc/spl/kstat/zfs")] : [] }

    /// Whether zpool could not ask for want of /dev/zfs, and the kernel has no pool of this name.
    private func isUnknownToKernel(_ pool: String, _ list: Query, _ answers: Answers) -> Bool {
        guard let pools = kernelPools.first, let state = kernelState(of: pool).first,
            case .output(let output) = answers[list],
            output.standardError.mentions("/dev/zfs and /proc/self/mounts are required"),
            case .path(.folder) = answers[pools], case .text(nil) = answers[state]
        else { return false }
        return true
    }

    /// The health by the kernel's word, where it tells more than that `zpool` hangs: SUSPENDED,
    /// upon which it does. That a pool is fine there proves nothing, for something hangs.
    private func health(of pool: String, _ answers: Answers) -> Bytes? {
        guard let query = kernelState(of: pool).first, let bytes = Self.text(answers[query]),
            let word = ByteLines(bytes).first(where: { _ in true })?.trimmed,
            word.equals("SUSPENDED")
        else { return nil }
        return word
    }

    private static func text(_ answer: Answer?) -> [UInt8]? {
        switch answer {
        case .text(let bytes): bytes
        case .output(let output) where output.succeeded: output.standardOutput
        default: nil
        }
    }

    private func usable(_ pool: String, _ health: Bytes) -> Verdict {
        switch health {
        case "ONLINE", "DEGRADED": .holds
        case "SUSPENDED" where isLost: .never(reboot(pool))
        case "SUSPENDED":
            .doesNot(
                "pool \(pool) is SUSPENDED: writes hang until its devices are back and"
                    + " `zpool clear \(pool)` was said"
            )
        case "FAULTED", "UNAVAIL", "OFFLINE", "REMOVED":
            .doesNot("pool \(pool) is \(health.text): too many of its devices are missing")
        default: .unknown("pool \(pool) is `\(health.text)`, which is no known health")
        }
    }

    func fileSystems(of pool: String, are state: MountState) -> Probe {
        if state == .mounted { return mounts(of: pool, must: [], isWhole: true) }
        let list = Query.command(.zfsMounts(pool))
        return Probe([list]) { answers throws(Unreadable) in
            let output = try answers.output(of: list)
            if let lost = lost(output, pool) { return lost }
            let all = try ZFSFileSystem.read(output, of: pool, asked: list) ?? []
            return verdict(all.filter(\.isToUnmount), "mounted")
        }
    }

    func mounts(of pool: String, must: [String], isWhole: Bool) -> Probe {
        let list = Query.command(.zfsMounts(pool))
        return Probe([list, .command(.zfsObstacles(pool, on: platform))]) {
            answers throws(Unreadable) in
            if let lost = lost(try answers.output(of: list), pool) { return lost }
            guard let mounts = try ZFSMounts(answers, of: pool, on: platform) else {
                return .doesNot("pool \(pool) is not imported")
            }
            if let lack = mounts.lack(of: must, platform) { return .doesNot(lack) }
            if mounts.isComplete || (!isWhole && mounts.isAnyMounted) { return .holds }
            return mounts.missing.isEmpty
                ? .doesNot(
                    "nothing of pool \(pool) is mounted: " + MountObstacle.key.text(platform))
                : verdict(mounts.missing, "not mounted")
        }
    }

    func unmounted(of pool: String, _ seen: Answers, said: [String]) -> [String] {
        let mounts = try? ZFSMounts(seen, of: pool, on: platform)
        return mounts?.leftOver(said: said, platform) ?? []
    }

    func isAnyMounted(of pool: String, _ seen: Answers) -> Bool? {
        do throws(Unreadable) {
            return try ZFSMounts(seen, of: pool, on: platform)?.isAnyMounted ?? false
        } catch {
            return nil
        }
    }

    /// That a pool is suspended for good, by what a tool said of it.
    private func lost(_ output: Output, _ pool: String) -> Verdict? {
        isLost && output.mentions("I/O is currently suspended") ? .never(reboot(pool)) : nil
    }

    func take(_ options: ImportOptions) -> [Command] {
        var argv = ["zpool", "import"]
        if !options.mount { argv.append("-N") }
        if options.force { argv.append("-f") }
        // Not kept on disk, so it is said each time: a pool in the cache file is imported at boot.
        argv += ["-o", "cachefile=none"]
        if options.withoutLog { argv.append("-m") }
        if let root = options.altroot { argv += ["-R", root] }
        for device in options.devices { argv += ["-d", device] }
        return [Command(.tool(argv + [options.id ?? options.pool]))]
    }

    func release(_ pool: String, force: Bool) -> [Command] {
        [Command(.tool(["zpool", "export"] + (force ? ["-f"] : []) + [pool]))]
    }

    func mount(_ pool: String) -> [Command] {
        // `mount -a` shares nothing (cmd/zfs/zfs_main.c, share_mount); an import without -N would.
        [.tool("zfs", "mount", "-a"), .tool("zfs", "share", "-a")]
    }

    func unmount(_ pool: String, force: Bool, _ seen: Answers) -> [Command] {
        let unmount = ["zfs", "unmount"] + (force ? ["-f"] : [])
        let list = Query.command(.zfsMounts(pool))
        do throws(Unreadable) {
            let all = try ZFSFileSystem.read(seen.output(of: list), of: pool, asked: list) ?? []
            let mounted = all.filter(\.isToUnmount).enumerated()
                .sorted { ($0.element.depth, $0.offset) > ($1.element.depth, $1.offset) }
            return mounted.map { Command(.tool(unmount + [$0.element.name.operand])) }
        } catch {
            // With the root file system zfs unmounts those below it (zfs-unmount(8)).
            return [Command(.tool(unmount + [pool]))]
        }
    }

    func assessExport(_ pool: String, _ output: Output) -> Assessment {
        if let refusal = output.refusal { return refusal }
        let said = output.excerpt
        if output.mentions("I/O is currently suspended") {
            guard !isLost else { return .giveUp(reboot(pool) + ": \(said)") }
            return .retry(
                "pool \(pool) is SUSPENDED, and may never be exported: only its devices, then"
                    + " `zpool clear \(pool)`, or a reboot help: \(said)"
            )
        }
        if output.mentions("is busy") {
            // The file systems are unmounted first, and stay so (recorded on FreeBSD 13.2).
            let what =
                output.mentions("cannot export") ? ", and its file systems are unmounted" : ""
            return .retry("something still holds pool \(pool) open\(what): \(said)")
        }
        return .look
    }
}

/// That nothing is left over, else what and how many.
private func verdict(_ left: [ZFSFileSystem], _ words: String) -> Verdict {
    guard let first = left.first else { return .holds }
    let others = left.count > 1 ? " and \(left.count - 1) more are" : " is"
    return .doesNot("\(first.name.text)\(others) \(words)")
}
