import Engine

extension ZFS {
    /// The fragments of what `zpool import` prints when it has not imported anything, and what to
    /// make of each (lib/libzfs/libzfs_pool.c, cmd/zpool/zpool_main.c).
    ///
    /// Only what no waiting mends is given up. That the peer still has the pool is not among it.
    func assessImport(_ options: ImportOptions, _ output: Output) -> Assessment {
        if let refusal = output.refusal { return refusal }
        if output.succeeded {
            // Since 2.2 a mount that fails leaves the exit code 0; waiting does not mount it.
            return output.mentions("unable to mount") ? .retry(output.excerpt) : .look
        }
        let pool = options.pool
        if isThere(output) { return .look }
        if output.mentions("more than one matching pool") {
            return .giveUp(
                "several pools are named \(pool): name the `devices` of the right one, or rename"
                    + " the others"
            )
        }
        if output.mentions("hostid is not set") {
            return .giveUp(
                "pool \(pool) has multihost=on, and this system no hostid: set one (zgenhostid,"
                    + " kern.hostid)"
            )
        }
        if output.mentions("previously in use from another system") {
            return .retry(
                "pool \(pool) was not exported by the other node: `force: true` takes it all the"
                    + " same: \(output.excerpt)"
            )
        }
        for fragment in Self.passing where output.mentions(fragment) {
            return .retry(output.excerpt)
        }
        return .look
    }

    /// Imported already, by us or before: the goal decides whether it is of use.
    private func isThere(_ output: Output) -> Bool {
        output.mentions("already created/imported")
            || output.mentions("a pool with that name already exists")
            || output.mentions("pool already exists")
    }

    /// What time, the peer or a device that comes back can mend.
    private static let passing: [StaticString] = [
        "no such pool available", "no pools available", "pool is imported on",
        "is currently unavailable", "are already in use", "devices is read only", "I/O error",
    ]
}
