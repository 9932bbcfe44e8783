import CSystem
public import Engine

extension Platform {
    /// The operating system that the program runs on: FreeBSD too where the program is one of Linux
    /// that FreeBSD's kernel runs (linux64(4)).
    public static let local: Platform = system_runs_on_freebsd() != 0 ? .freebsd : .linux
}
