/// What tgtd has set up while it runs.
struct TgtDaemon: Sendable {
    /// A target with what its logical units lie on.
    struct Target: Sendable {
        var name: String
        var isReady = true
        var units: [Iscsi.Lun] = []
        /// How often an initiator was put out.
        var session: Int?
    }

    /// Whether it lets initiators in.
    var isReady = true
    /// Whether it answers no request: it waits for a disk.
    var isBusy = false
    /// The targets to which an initiator logs in as soon as it can.
    var initiators: [String] = []
    var targets: [Target] = []
    private var sessions = 0

    /// A daemon that has nothing set up.
    init() {}

    /// Who can log in, does.
    mutating func logIn() {
        guard isReady else { return }
        for index in targets.indices
        where targets[index].isReady && initiators.contains(targets[index].name) {
            guard targets[index].session == nil else { continue }
            sessions += 1
            targets[index].session = sessions
        }
    }
}

extension World {
    /// Whether tgtd runs.
    var tgtRuns: Bool { isServing("tgt") }

    /// Puts the targets of its configuration up that are not there, and those anew that may be
    /// touched; takes the others down.
    ///
    /// A volume that cannot be opened is left out without a word, and so is a target in use.
    mutating func updateTgt(only name: String? = nil, isForced: Bool, isEmpty: Bool = false) {
        for index in tgt.targets.indices.reversed() {
            let target = tgt.targets[index]
            guard name == nil || name == target.name, isForced || target.session == nil else {
                continue
            }
            tgt.targets.remove(at: index)
        }
        guard !isEmpty else { return }
        for (place, target) in iscsi.targets.enumerated() {
            guard name == nil || name == target,
                !tgt.targets.contains(where: { $0.name == target })
            else { continue }
            let units = iscsi.luns(of: place).map { iscsi.luns[$0] }.filter { opens($0) }
            let index = min(place, tgt.targets.count)
            tgt.targets.insert(TgtDaemon.Target(name: target, units: units), at: index)
        }
        tgt.logIn()
    }
}
