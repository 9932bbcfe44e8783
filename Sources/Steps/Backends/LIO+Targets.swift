import Engine

/// Some of the targets of the kernel, by targetcli(8), since targetctl(8) knows them only all
/// together.
///
/// Neither `delete` nor `restoreconfig` of it saves anything, and it returns 1 when it left
/// something out (targetcli-fb 2.1.53: targetcli, ui_root.py, ui_backstore.py, ui_target.py).
/// `restoreconfig` is told of a storage object by its name alone: it deletes the first one of that
/// name, whatever its kind, and makes the first one that was saved (rtslib/root.py,
/// `clear_existing`, `restore`).
extension LIO {
    /// What is missing of these targets, out of the saved configuration; what of it is there stays.
    func start(targets names: [String], _ saved: LIOSaved, _ seen: Answers) -> [Command] {
        guard saved.path.isWordOfTargetcli else { return [] }
        let tree = try? LIOTree(seen.output(of: Self.tree), asked: Self.tree)
        let missing = names.filter { name in
            let name = [Array(name.utf8)]
            return tree.map {
                $0.lack(of: name) != nil || $0.lack(of: name, beside: saved) != nil
            } ?? true
        }
        func restore(_ what: String, _ name: String) -> Command? {
            guard name.isWordOfTargetcli else { return nil }
            // Without `clear_existing` it refuses to touch anything beside what others have set up.
            return .tool(
                "targetcli", "restoreconfig", saved.path, "clear_existing=true", "\(what)=\(name)")
        }
        return (missing.isEmpty ? names : missing).flatMap { target -> [Command] in
            // Another one's device would be closed, or taken for its own.
            guard (tree ?? LIOTree()).namesakes(of: [target], saved) == nil else { return [] }
            let objects = saved.objects(of: [target]).filter { tree?.holds($0) != true }
            return objects.compactMap { restore("storage_object", $0.name) }
                + [restore("target", target)].compactMap(\.self)
        }
    }

    func servesNothing(ofTargets names: [String]) -> Probe {
        Probe([Self.devices] + LIOSaved.queries(nil)) { answers throws(Unreadable) in
            let tree = try LIOTree(answers.output(of: Self.devices), asked: Self.devices)
            if let group = tree.group(of: names.map { Array($0.utf8) }) {
                return .doesNot("target \(group) is set up")
            }
            return Self.ownBackstores(of: names, tree, answers).first.map {
                .doesNot(
                    "the targets are gone, but backstore \($0.path.text), which the saved"
                        + " configuration gives to them, holds its device")
            } ?? .holds
        }
    }

    /// First nobody is let in any more, so that no initiator sees a unit go; the target last, since
    /// what it has shows which backstores are its own.
    func stop(targets names: [String], _ seen: Answers) -> [Command] {
        let tree = try? LIOTree(seen.output(of: Self.devices), asked: Self.devices)
        let bytes = names.map { Array($0.utf8) }
        let disable = (tree?.enabledGroups(of: bytes) ?? []).compactMap { group -> Command? in
            guard group.target.isWordOfTargetcli else { return nil }
            return .tool("targetcli", "/iscsi/\(group.target)/tpg\(group.tag)", "disable")
        }
        let own = tree.map { Self.ownBackstores(of: names, $0, seen) } ?? []
        let free = own.compactMap { backstore -> Command? in
            guard let (folder, name) = backstore.place, name.isWordOfTargetcli else { return nil }
            return .tool("targetcli", "/backstores/\(folder)", "delete", name)
        }
        let there = names.filter { name in tree?.group(of: [Array(name.utf8)]) != nil }
        let delete = (tree == nil ? names : there).filter(\.isWordOfTargetcli).map {
            Command.tool("targetcli", "/iscsi", "delete", $0)
        }
        return disable + free + delete
    }

    /// The backstores that hold a device for these targets and for no other one.
    private static func ownBackstores(
        of names: [String], _ tree: LIOTree, _ answers: Answers
    ) -> [LIOTree.Backstore] {
        let saved = LIOSaved(answers, config: nil)
        let objects = saved?.objects(of: names) ?? []
        let others = saved?.objects(ofOthersThan: names) ?? []
        return tree.backstores(of: names.map { Array($0.utf8) }) { backstore in
            guard let (folder, name) = backstore.place else { return false }
            let object = LIOSaved.Object(folder: folder, name: name)
            return objects.contains(object) && !others.contains(object)
        }
    }
}

extension String {
    /// Whether targetcli, which joins its arguments to one line of its own language, takes it for
    /// one word and no parameter.
    fileprivate var isWordOfTargetcli: Bool {
        guard let first = utf8.first, first != UInt8(ascii: "-") else { return false }
        return utf8.allSatisfy { byte in
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                || "./:_-".utf8.contains(byte)
        }
    }
}
