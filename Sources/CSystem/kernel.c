// Which kernel this is, and what must be there before the program begins.
#define _GNU_SOURCE
#include "system.h"

#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/utsname.h>

int system_is_freebsd(const char *version) {
    static const char name[] = "FreeBSD ";

    return strncmp(version, name, sizeof name - 1) == 0;
}

int system_runs_on_freebsd(void) {
    // 0 until it was asked: a kernel stays what it is.
    static _Atomic int answer;
    struct utsname names;

    int known = atomic_load(&answer);
    if (known == 0) {
        known = uname(&names) == 0 && system_is_freebsd(names.version) ? 1 : -1;
        atomic_store(&answer, known);
    }
    return known > 0;
}

void system_kernel_version(char *version, size_t size) {
    struct utsname names;

    if (size == 0) return;
    size_t length = uname(&names) == 0 ? strnlen(names.version, size - 1) : 0;
    memcpy(version, names.version, length);
    version[length] = 0;
}

// EX_SOFTWARE of sysexits(3): the program cannot be what it should be.
#define UNFIT 70
// With fewer there is no room for plans, lock, journal and the pipes of a few tools.
#define FEWEST_DESCRIPTORS 64

_Noreturn static void end(const char *why) {
    if (write(2, why, strlen(why)) < 0) {}
    _exit(UNFIT);
}

// Runs before the constructors of the Swift runtime, one of which aborts without /proc where the
// program is a static one (_swift_initRuntimePath in stdlib/public/runtime/Paths.cpp).
__attribute__((constructor(101))) static void require_system(void) {
    struct rlimit files;

#if !defined(__FreeBSD__)
    char byte;

    if (readlink("/proc/self/exe", &byte, 1) <= 0) {
        end(system_runs_on_freebsd()
                ? "failover: a program of Linux finds no /proc here, by which processes are told"
                  " apart: add `linproc /compat/linux/proc linprocfs rw,late 0 0` to /etc/fstab,"
                  " then `mkdir -p /compat/linux/proc && mount /compat/linux/proc`\n"
                : "failover: there is no /proc here, by which processes are told apart:"
                  " `mount -t proc proc /proc`\n");
    }
    if (system_runs_on_freebsd() && access("/compat/linux/usr", F_OK) == 0) {
        end("failover: /compat/linux holds a Linux of its own, whose tools and folders a program of"
            " Linux gets in place of FreeBSD's: move its `usr`, `var` and `sbin` away, or use the"
            " program that is built on FreeBSD\n");
    }
#endif
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_max < FEWEST_DESCRIPTORS) {
        end("failover: this process may open fewer than 64 files, too few to run and watch tools:"
            " raise `ulimit -n`, or what starts failover with such a limit\n");
    }
}
