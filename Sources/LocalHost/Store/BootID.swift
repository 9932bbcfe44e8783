import CSystem

/// Which boot of the machine this is.
public enum BootID {
    /// A word that each boot has for itself, of letters, digits and dashes.
    ///
    /// Linux makes one. So does FreeBSD where it has `kern.boot_id`, and for programs of Linux
    /// where linprocfs(5) has the same file (sys/compat/linprocfs/linprocfs.c; 13.2 does not);
    /// before that it is a nonce in the runtime folder, which `cleanvar` empties at boot. No time
    /// of boot tells boots apart there: it moves when the clock is set.
    public static let current: String = system ?? nonce(in: StateFolders.usual.runtime)

    #if os(FreeBSD)
        private static var system: String? {
            var bytes = [UInt8](repeating: 0, count: 64)
            var size = bytes.count
            guard sysctlbyname("kern.boot_id", &bytes, &size, nil, 0) == 0, size > 0 else {
                return nil
            }
            return hexadecimal(bytes.prefix(size))
        }
    #else
        private static var system: String? {
            guard case .success(let bytes?) = StoreFile.read("/proc/sys/kernel/random/boot_id")
            else { return nil }
            return word(bytes)
        }
    #endif

    /// The nonce in a folder, made by whoever is first.
    static func nonce(in folder: String) -> String {
        let path = folder + "/boot"
        for _ in 0..<2 {
            if case .success(let bytes?) = StoreFile.read(path), let word = word(bytes) {
                return word
            }
            var random = SystemRandomNumberGenerator()
            let fresh = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
            let draft = "\(path).\(getpid())"
            unlink(draft)
            _ = StoreFile.write(draft, Array(hexadecimal(fresh).utf8))
            // The first one stays.
            link(draft, path)
            unlink(draft)
        }
        // Nothing can be kept there, so nothing has to be told apart.
        return "unknown"
    }

    private static func word(_ bytes: [UInt8]) -> String? {
        let word = String(decoding: bytes, as: UTF8.self).filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")
        }
        return word.count >= 16 ? word : nil
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
