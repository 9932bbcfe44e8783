import CSystem
import Engine

/// The POSIX access control list of a file, as Linux keeps it beside the mode: who may write
/// besides its owner, its group and all others.
///
/// The value of `system.posix_acl_access` is a version of four bytes, and entries of a tag, a
/// permission (two bytes each) and a number (four), all little-endian (include/uapi/linux/
/// posix_acl_xattr.h). What FreeBSD keeps is not read: of a list of POSIX.1e the mode shows the
/// mask as the group's bits there too.
enum AccessList {
    /// What a list says of who may write.
    enum Reading: Equatable {
        /// There is none: the mode says all.
        case absent
        /// Nobody else may, the file's group neither.
        case nobody
        /// The file's group may, and nobody whom it names.
        case group
        /// One whom it names may: `uid 1000`, `group 50`.
        case writer(String)
        /// It cannot be read: why.
        case unreadable(String)
    }

    /// The longest value of an attribute (`XATTR_SIZE_MAX`).
    private static let limit = 65_536
    private static let version: UInt32 = 2
    private static let entrySize = 8
    /// `ACL_USER`, `ACL_GROUP_OBJ`, `ACL_GROUP`, `ACL_MASK` and `ACL_WRITE` of
    /// include/uapi/linux/posix_acl.h.
    private static let namedUser = 0x02
    private static let ownGroup = 0x04
    private static let namedGroup = 0x08
    private static let mask = 0x10
    private static let write = 0x02

    /// What that of a file says, where root and `user` may write; a link has none.
    static func read(_ path: String, for user: uid_t) -> Reading {
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = system_access_list(path, &bytes, bytes.count)
        guard count >= 0 else {
            let error = system_error()
            return error == 0 ? .absent : .unreadable(reason(error))
        }
        return read(bytes.prefix(count), for: user)
    }

    /// What the value of the attribute says.
    static func read(_ bytes: ArraySlice<UInt8>, for user: uid_t) -> Reading {
        func number(_ start: Int, _ size: Int) -> UInt32 {
            bytes[start..<start + size].reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
        let head = MemoryLayout<UInt32>.size
        guard bytes.count >= head, (bytes.count - head) % entrySize == 0,
            number(bytes.startIndex, head) == version
        else { return .unreadable("its form is not known") }
        let places = stride(
            from: bytes.startIndex + head, to: bytes.endIndex, by: entrySize)
        let entries = places.map { place in
            (
                tag: Int(number(place, 2)), permission: Int(number(place + 2, 2)),
                id: number(place + 4, 4)
            )
        }
        let allowed = entries.first { $0.tag == mask }?.permission ?? write
        let writers = entries.filter { $0.permission & allowed & write != 0 }
        for entry in writers {
            switch entry.tag {
            case namedUser where entry.id != 0 && entry.id != user:
                return .writer("uid \(entry.id)")
            case namedGroup where entry.id != 0: return .writer("group \(entry.id)")
            default: continue
            }
        }
        return writers.contains { $0.tag == ownGroup } ? .group : .nobody
    }
}
