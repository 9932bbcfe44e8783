extension PairWorld {
    /// The state of both nodes and of what lies between them, a line for each thing.
    public var outline: [String] {
        var lines: [String] = []
        for side in Side.allCases {
            guard nodes[side].isOn else {
                lines.append("\(side): off")
                continue
            }
            lines += hosts[side].world.outline.map { "\(side): \($0)" }
        }
        for index in replicas.indices { lines.append("\(name(index)): \(story(of: index))") }
        if !replicates { lines.append("replication link cut") }
        if !serves { lines.append("service link cut") }
        return lines
    }

    /// How the copies of a resource stand to each other: `connected from a, in step`.
    private func story(of index: Int) -> String {
        let replica = replicas[index]
        let isConnected = replica.holds.a && replica.holds.b
        let link =
            replica.primary.map { "connected from \($0)" } ?? (isConnected ? "connected" : "apart")
        return [link, replica.isSplit ? "split brain" : relation(index)]
            .joined(separator: ", ")
    }

    private func relation(_ index: Int) -> String {
        let replica = replicas[index]
        let history = histories[index]
        if let target = replica.synchronizes { return "\(target) is being synchronized" }
        for side in Side.allCases where !replica.copies[side].isWhole {
            return "\(side) is half a copy"
        }
        let (a, b) = (replica.copies.a.version, replica.copies.b.version)
        switch (history.descends(a, from: b), history.descends(b, from: a)) {
        case (true, true): return "in step"
        case (true, false): return "b is stale"
        case (false, true): return "a is stale"
        case (false, false): return "diverged"
        }
    }
}
