/// Paths of plan files, which are taken apart by their letters alone.
public enum PlanPath {
    /// The folder in which a file stands, with its closing `/`; empty for the current one.
    static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(path[...slash])
    }

    /// The path of what a file at `path` calls `name`.
    public static func path(of name: String, beside path: String) -> String {
        name.hasPrefix("/") ? name : folder(of: path) + name
    }

    /// The path without what says nothing: a `/` twice or at its end, and `.`; `..` and links stay.
    public static func plain(_ path: String) -> String {
        let names = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
        if path.hasPrefix("/") { return "/" + names }
        return names.isEmpty && !path.isEmpty ? "." : names
    }

    /// Whether two paths are the same but for `.` and `..`; links are not looked at.
    static func areSame(_ left: String, _ right: String) -> Bool {
        normalized(left) == normalized(right)
    }

    private static func normalized(_ path: String) -> [Substring] {
        var components: [Substring] = path.hasPrefix("/") ? ["/"] : []
        for component in path.split(separator: "/") where component != "." {
            if component == "..", let last = components.last, last != "..", last != "/" {
                components.removeLast()
            } else {
                components.append(component)
            }
        }
        return components
    }
}
