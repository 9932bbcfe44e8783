#if os(Linux)
    import Foundation
    import Testing

    /// The program of Linux where uname(2) says that the kernel is FreeBSD's, as it does to each
    /// program of Linux there; and where there is no /proc.
    @Suite struct LinuxOnFreeBSDTests {
        /// What FreeBSD 13.2 says and what it lacks, in place of the C library's calls.
        private static let kernel = #"""
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <errno.h>
            #include <stdarg.h>
            #include <string.h>
            #include <sys/syscall.h>
            #include <sys/utsname.h>
            #include <unistd.h>

            int uname(struct utsname *names) {
                memset(names, 0, sizeof *names);
                strcpy(names->sysname, "Linux");
                strcpy(names->release, "4.4.0");
                strcpy(names->version, "FreeBSD 13.2-RELEASE releng/13.2-n254617 GENERIC");
                return 0;
            }

            long syscall(long number, ...) {
                static const char text[] = "syscall not implemented\n";
                long (*next)(long, ...) = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
                long words[6];
                va_list list;

                if (number == SYS_close_range || number == SYS_pidfd_open) {
                    errno = write(2, text, sizeof text - 1) < 0 ? EIO : ENOSYS;
                    return -1;
                }
                va_start(list, number);
                for (int index = 0; index < 6; index++) words[index] = va_arg(list, long);
                va_end(list);
                return next(number, words[0], words[1], words[2], words[3], words[4], words[5]);
            }
            """#

        private static let compiler = ["/usr/bin/clang", "/usr/bin/cc"]
            .first { FileManager.default.isExecutableFile(atPath: $0) }

        /// The environment of a program whose kernel is FreeBSD's.
        private static func environment(_ scratch: Scratch) throws -> [String: String] {
            let source = try scratch.file("kernel.c", kernel)
            let library = scratch.folder.appending(path: "kernel.so").path
            let call = ["-shared", "-fPIC", "-o", library, source.path]
            let binary = URL(filePath: try #require(compiler))
            let outcome = try Program.start(call, binary: binary).end()
            #expect(outcome.code == 0, "\(outcome.errors)")
            return ["LD_PRELOAD": library]
        }

        @Test(.enabled(if: compiler != nil, "no C compiler makes the kernel's words"))
        func `it is FreeBSD's, and nothing is asked of the kernel that it lacks`() throws {
            let tools = try FakeTools()
            let plan = try tools.copyPlans()
            for (name, value) in [
                ("pool", "ONLINE"), ("mounted", "yes"), ("role.disk0", "primary"),
            ] {
                try tools.scratch.file("state." + name, value + "\n")
            }
            let kernel = try Self.environment(tools.scratch)
            let here = try Program.start(["preview", plan]).end()
            #expect(here.code == 65 && here.errors.contains("Linux has no CARP"))
            let there = try Program.start(["preview", plan], environment: kernel).end()
            #expect(there.code != 65, "\(there.errors)")
            let release = tools.folder + "/become-slave.yaml"
            let run = try Program.start(["run", release], environment: kernel).end()
            #expect(run.code == 0, "\(run.errors)")
            #expect(tools.changes.contains("zpool export -f tank"))
            #expect(tools.state("role.disk0") == "secondary")
            for one in [there, run] { #expect(!one.errors.contains("not implemented")) }
        }

        private static let hidden = [
            "-m", "sh", "-c", #"mount -t tmpfs none /proc && exec "$@""#, "sh",
        ]
        private static let unshare = URL(filePath: "/usr/bin/unshare")

        /// Runs it where nothing is in /proc.
        private static func withoutProc(
            _ program: String, _ environment: [String: String] = [:]
        ) throws -> Program.Outcome {
            let call = hidden + [program] + (program.hasSuffix("failover") ? ["version"] : [])
            return try Program.start(call, environment: environment, binary: unshare).end()
        }

        private static let canHide =
            FileManager.default.isExecutableFile(atPath: unshare.path)
            && (try? withoutProc("true"))?.code == 0

        /// Runs the rest of its words where the root is the machine's but for one folder more.
        private static let besideALinux = #"""
            root=$1
            shift
            mount -t tmpfs none "$root" && mkdir -p "$root/compat/linux/usr" || exit
            for place in /*; do
                if [ -L "$place" ]; then
                    cp -P "$place" "$root/"
                elif [ -d "$place" ]; then
                    mkdir -p "$root$place"
                    mount --rbind "$place" "$root$place"
                fi
            done
            exec /usr/sbin/chroot "$root" "$@"
            """#

        @Test(.enabled(if: canHide && compiler != nil, "only root can make a root"))
        func `a Linux in the folder of the emulation is refused, and here is nothing to it`() throws
        {
            let scratch = try Scratch()
            let root = scratch.folder.appending(path: "root")
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            let call = ["-m", "sh", "-c", Self.besideALinux, "sh", root.path]
            let kernel = try Self.environment(scratch).map { "\($0)=\($1)" }
            let program = [Program.binary.path, "version"]
            let here = try Program.start(call + program, binary: Self.unshare).end()
            #expect(here.code == 0, "\(here.errors)")
            let there = try Program.start(call + ["env"] + kernel + program, binary: Self.unshare)
                .end()
            #expect(there.code == 70)
            #expect(there.errors.hasPrefix("failover: /compat/linux holds a Linux of its own"))
        }

        @Test(.enabled(if: canHide, "only root can take /proc away"))
        func `without proc it says what to mount`() throws {
            let outcome = try Self.withoutProc(Program.binary.path)
            #expect(outcome.code == 70)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.hasSuffix("`mount -t proc proc /proc`\n"))
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }

        @Test(.enabled(if: canHide && compiler != nil, "only root can take /proc away"))
        func `without linprocfs it says what to mount`() throws {
            let scratch = try Scratch()
            let outcome = try Self.withoutProc(
                Program.binary.path, Self.environment(scratch))
            #expect(outcome.code == 70)
            #expect(
                outcome.errors.contains("`linproc /compat/linux/proc linprocfs rw,late 0 0`"))
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
    }
#endif
