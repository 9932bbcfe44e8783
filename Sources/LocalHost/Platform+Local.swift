public import Engine

extension Platform {
    /// The operating system that the program runs on.
    public static let local: Platform = {
        #if os(FreeBSD)
            .freebsd
        #else
            .linux
        #endif
    }()
}
