package import Engine
package import LocalHost

/// What the address of a pair was last known to call for, in this boot: a file beside the lock.
///
/// With it a service that is started anew knows what is news, and what a person did meanwhile
/// stands.
package struct AddressNote {
    private let path: String

    package init(_ pair: String, in folders: StateFolders) {
        path = folders.runtime(of: pair) + "/address"
    }

    /// The direction; nil when the service has not seen the address in this boot.
    package var direction: Plan.Direction? {
        guard case .success(let bytes?) = StoreFile.read(path) else { return nil }
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        guard words.count == 2, words[0] == BootID.current else { return nil }
        return Plan.Direction(rawValue: words[1].filter { $0 != "\n" })
    }

    /// Notes what the service knows; what cannot be noted is looked at anew.
    package func note(_ direction: Plan.Direction) {
        let text = "\(BootID.current) \(direction.rawValue)\n"
        if StoreFile.replace(path, with: Array(text.utf8)) != nil { StoreFile.remove(path) }
    }

    /// Notes what somebody else has heard of an address that the service knows.
    ///
    /// What it has never seen it looks at by itself: at a boot a signal may come before anything
    /// can be done about it.
    package func hear(_ direction: Plan.Direction) {
        guard let known = self.direction, known != direction else { return }
        note(direction)
    }
}
