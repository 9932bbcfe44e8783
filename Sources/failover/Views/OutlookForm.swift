import Engine

/// The last line of a preview's records: what it comes to.
struct OutlookForm: Encodable {
    struct Gap: Encodable {
        let node: Int
        let why: String
    }

    struct Repair: Encodable {
        let node: Int
        let label: String
        let commands: [String]
        let stays: String?
    }

    enum CodingKeys: String, CodingKey {
        case fact, exit, ending, refusals, unknown, undo
        case ifFailed = "if-failed"
    }

    let fact = "outlook"
    let exit: Int32
    let ending: String?
    let refusals: [String]
    let unknown: [Gap]
    let undo: [Repair]
    let ifFailed: [Repair]

    init(_ outlook: Outlook) {
        exit = outlook.exitCode
        let refused = outlook.refusals.isEmpty ? nil : Ending.Kind.refused
        ending = (refused ?? outlook.ending?.kind)?.rawValue
        refusals = outlook.refusals
        unknown = outlook.gaps.map { Gap(node: $0.node.index, why: $0.why) }
        undo = outlook.undo.map(Repair.init)
        ifFailed = outlook.ifFailed.map(Repair.init)
    }
}

extension OutlookForm.Repair {
    fileprivate init(_ repair: Outlook.Repair) {
        self.init(
            node: repair.node.index, label: repair.label, commands: repair.commands,
            stays: repair.stays)
    }
}
