import CSystem

/// Processes that live on without whoever started them.
public enum Detached {
    /// The number under which a kept descriptor arrives.
    public static let keptDescriptor: Int32 = 3

    /// The absolute path of the program that runs; nil when the system does not tell.
    public static var executable: String? {
        #if os(FreeBSD)
            var name = [CTL_KERN, KERN_PROC, KERN_PROC_PATHNAME, -1]
            var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
            var size = bytes.count
            guard sysctl(&name, 4, &bytes, &size, nil, 0) == 0, size > 1 else { return nil }
            return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        #else
            let link = "/proc/self/exe"
            guard let path = linkTarget(of: link) else { return nil }
            // A program that was replaced meanwhile is found by its link only.
            return access(path, X_OK) == 0 ? path : link
        #endif
    }

    /// Starts a program, by its absolute path, in a session of its own and in the root folder, its
    /// streams on /dev/null; a kept lock arrives as `keptDescriptor`. Returns its process number.
    ///
    /// It gets `LC_ALL`, `HOME` and the usual `PATH`, and no other variable or descriptor. Nobody
    /// waits until it runs: that it cannot is told to the log, by `complaint` and the reason.
    public static func start(
        _ argv: [String],
        keeping lock: PairLock? = nil,
        complaint: Syslog.Line? = nil
    ) -> Result<Int32, StoreFault> {
        guard let path = argv.first, path.hasPrefix("/"),
            !argv.contains(where: { $0.utf8.contains(0) })
        else { return .failure(StoreFault("`\(argv.first ?? "")` is no absolute path")) }
        system_reserve_standard_streams()
        system_reap_left_children()
        guard let null = Descriptor(system_open("/dev/null", O_RDWR)) else {
            return .failure(StoreFault("\(path) was not started", system_error(), at: path))
        }
        var pid: pid_t = 0
        let environment = Toolbox.environment(Toolbox.usual)
        let line = complaint?.bytes ?? []
        let error = withCStrings(argv) { argv in
            withCStrings(environment) { environment in
                withCStrings(complaint?.paths ?? []) { sockets in
                    system_detach(
                        &pid, path, argv, environment, null.number, lock?.descriptor ?? -1,
                        line, line.count, sockets)
                }
            }
        }
        guard error == 0 else {
            return .failure(StoreFault("\(path) was not started: \(reason(error))"))
        }
        // Waited for when the next one is started; a caller that ends leaves it to init.
        system_leave_child(pid)
        return .success(pid)
    }
}
