import Engine

extension WorldReader {
    private enum StopWord: String, CaseIterable { case works, hangs }

    mutating func readServices(_ file: Section) {
        // What runs is set up by them.
        readTargets(file)
        let keys = [
            "running", "enabled", "start", "stop", "titles", "ports", "needs", "masked", "failed",
        ]
        for (name, section) in sections(file, "services", of: "a service", keys: keys) {
            let index = service(name)
            if let flag = boolean(section, "enabled") { world.services[index].isEnabled = flag }
            if let start: RcService.Start = choice(section, "start") {
                world.services[index].start = start
            }
            if let stop: StopWord = choice(section, "stop") {
                world.services[index].stopHangs = stop == .hangs
            }
            if let flag = boolean(section, "masked") { world.services[index].unit.isMasked = flag }
            if let why = text(section, "failed") { world.services[index].unit.failure = why }
            if let titles = texts(section, "titles") { world.services[index].titles = titles }
            if let needs = texts(section, "needs") { world.services[index].needs = needs }
            if section["ports"] != nil {
                world.services[index].ports = items(section, "ports").compactMap {
                    integer($0, "an item of `ports`", in: 1...65535)
                }
            }
            switch boolean(section, "running") {
            case true: world.bringUp(index)
            case false: world.takeDown(index)
            default: break
            }
        }
    }

    private mutating func readTargets(_ file: Section) {
        if let targets = texts(file, "targets") { world.iscsi.targets = targets }
        guard file["luns"] != nil else { return }
        world.iscsi.luns = items(file, "luns").compactMap { lun($0) }
    }

    private mutating func service(_ name: String) -> Int {
        if let index = world.serviceIndex(name) { return index }
        world.services.append(RcService(name))
        return world.services.count - 1
    }

    private mutating func lun(_ node: Node) -> Iscsi.Lun? {
        guard let section = section(node, "a LUN", keys: ["path", "pool", "refused"]) else {
            return nil
        }
        let pool = text(section, "pool")
        guard let path = text(section, "path") else {
            missing("path", of: section, help: "write the volume: `path: /dev/zvol/tank/lun0`")
            return nil
        }
        var lun = Iscsi.Lun(path, pool: pool)
        lun.isOpen = pool.map { world.importedPool($0) != nil } ?? true
        lun.refusals = integer(section, "refused", in: 0...255) ?? 0
        // One that runs has read its configuration once.
        if lun.refusals > 0, world.isServing("ctld") {
            lun.refusals -= 1
            lun.isMade = false
        }
        return lun
    }

    mutating func readTools(_ file: Section) {
        let keys = ["command", "exit", "output", "error", "takes", "effects"]
        for item in items(file, "tools") {
            guard let section = section(item, "a tool", keys: keys),
                let command = command(section)
            else { continue }
            var tool = UserTool(command)
            if let exit = integer(section, "exit", in: 0...255) { tool.exit = Int32(exit) }
            if let output = text(section, "output") { tool.output = output }
            if let error = text(section, "error") { tool.error = error }
            if let takes = duration(section, "takes") { tool.takes = takes }
            for effect in items(section, "effects") {
                tool.effects += changes(effect, "an effect", besides: [])
            }
            world.tools.append(tool)
        }
    }

    /// The words under `command`, which must be there.
    mutating func command(_ section: Section) -> [String]? {
        guard let node = section["command"] else {
            missing("command", of: section, help: "write for example `command: zpool import`")
            return nil
        }
        return words(node, "`command` of \(section.what)")
    }
}
