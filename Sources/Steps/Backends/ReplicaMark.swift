import Engine

/// The mark of a full copy: a file per resource, which is there or is not. It says by what it was
/// set: by the connection of a standby (`HASTWorkers`), or by being the primary; one that says
/// nothing was made by a person.
///
/// HAST cannot tell whether a secondary's copy is full (`complete` only means connected), so that
/// it has to be remembered from what hastd's hooks say; see `HASTHook`.
public enum ReplicaMark {
    /// The folder of the marks. A boot empties it: what the peer wrote while this node was down is
    /// known to nobody here.
    public static let folder = "/var/run/failover/fresh"
    /// What the mark of a primary says.
    public static let ofPrimary = "primary"
    /// The bytes of the longest resource name, which becomes the name of a file.
    public static let nameLimit = 127

    /// Where the mark of a resource stands.
    ///
    /// The name must be one that `refusal(of:)` takes.
    public static func path(of resource: String, in folder: String = folder) -> String {
        folder.hasSuffix("/") ? folder + resource : folder + "/" + resource
    }

    /// Where the word of the peer stands that its copy of a resource can be reached.
    public static func word(of resource: String, in folder: String = folder) -> String {
        // No name of a resource holds this sign.
        path(of: resource, in: folder) + "@peer"
    }

    /// Where it is noted that hastd was restarted while no primary was connected to a resource: its
    /// mark is as true as it was.
    public static func restart(of resource: String, in folder: String = folder) -> String {
        path(of: resource, in: folder) + "@restart"
    }

    /// Why a text is no name of a resource that can be marked; nil when it is one.
    public static func refusal(of resource: String) -> String? {
        if resource.isEmpty { return "is empty" }
        if resource.utf8.count > nameLimit { return "is longer than \(nameLimit) bytes" }
        // With a leading dot it could be `..`, with a leading dash an option.
        if resource.hasPrefix(".") || resource.hasPrefix("-") {
            return "begins with a dot or a dash"
        }
        let isPlain = resource.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "_.:-".utf8.contains(byte)
            }
        }
        return isPlain ? nil : "holds something else than letters, digits and `_` `.` `:` `-`"
    }
}

extension Fields {
    /// The resources of a field that each can have a mark; nil, with the fault reported, when one
    /// cannot or there is none. `kind` is whose field it is, `emptiness` why it needs one.
    mutating func markable(
        _ resources: [String], in field: String, of kind: String, emptiness: String
    ) -> [String]? {
        if resources.isEmpty {
            report(
                field, "`\(field)` of `\(kind)` is empty", note: emptiness,
                help: "write each resource, as in /etc/hast.conf or /etc/drbd.d")
            return nil
        }
        guard let why = resources.lazy.compactMap(ReplicaMark.refusal).first else {
            return resources
        }
        report(
            field, "`\(field)` of `\(kind)` \(why)",
            note: "the mark of a resource is a file of its name",
            help: "rename the resource on both nodes, in /etc/hast.conf or /etc/drbd.d")
        return nil
    }
}
