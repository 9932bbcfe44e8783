import FoundationEssentials
package import LocalHost

/// A person's claim on the lock of a pair: whoever holds it hands over and leaves.
package struct Takeover {
    private let path: String

    package init(_ pair: String, in folders: StateFolders) {
        path = "\(folders.runtime)/\(pair)/takeover"
    }

    /// The plan that a person wants to run; nil when nobody claims the lock.
    package var claim: String? {
        guard case .success(let bytes)? = FileReader.read(path) else { return nil }
        let text = String(decoding: bytes.prefix(200), as: UTF8.self)
        return text.split(separator: "\n").first.map(String.init)
    }

    /// Claims the lock for a plan; false when that cannot be written.
    package func set(_ plan: String) -> Bool {
        (try? Data("\(plan)\n".utf8).write(to: URL(filePath: path), options: .atomic)) != nil
    }

    /// Withdraws the claim.
    package func clear() { try? FileManager.default.removeItem(atPath: path) }
}
