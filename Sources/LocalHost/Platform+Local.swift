import CSystem
public import Engine

extension Platform {
    /// The operating system that the program runs on: FreeBSD too where the program is one of Linux
    /// that FreeBSD's kernel runs (linux64(4)).
    public static let local: Platform = system_runs_on_freebsd() != 0 ? .freebsd : .linux

    /// The version of the kernel as uname(2) gives it: `FreeBSD 13.2-RELEASE releng/13.2-…`.
    public static var kernelVersion: String {
        String(unsafeUninitializedCapacity: 512) { text in
            text.withMemoryRebound(to: CChar.self) {
                system_kernel_version($0.baseAddress, $0.count)
            }
            return text.prefix { $0 != 0 }.count
        }
    }
}
