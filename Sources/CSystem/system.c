#define _GNU_SOURCE
#include "system.h"

#include "internal.h"
#include "store.h"

#include <sys/resource.h>
#include <sys/time.h>

#if defined(__FreeBSD__)
#include <sys/event.h>
#else
#include <sys/syscall.h>
#endif

// What a child may still hold when the kernel cannot close a range of descriptors (before Linux
// 5.9, and FreeBSD's for programs of Linux) is searched up to here; our own descriptors are closed
// on exec anyway.
#define SEARCHED_DESCRIPTORS 1024

// A host waits on so many descriptors at most.
#define WANTED_DESCRIPTORS 65536

// What children get back; set once.
static struct rlimit usual_descriptors;

void system_raise_descriptor_limit(void) {
    struct rlimit limit;

    if (usual_descriptors.rlim_cur != 0 || getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    usual_descriptors = limit;
    if (limit.rlim_cur >= WANTED_DESCRIPTORS) return;
    limit.rlim_cur = limit.rlim_max < WANTED_DESCRIPTORS ? limit.rlim_max : WANTED_DESCRIPTORS;
    setrlimit(RLIMIT_NOFILE, &limit);
}

int system_descriptor_limit(void) {
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    return limit.rlim_cur < WANTED_DESCRIPTORS ? (int)limit.rlim_cur : WANTED_DESCRIPTORS;
}

void close_from(int first) {
#if defined(__FreeBSD__)
    closefrom(first);
#else
#if defined(SYS_close_range)
    // FreeBSD 13.2 has none for programs of Linux, and logs each one that asks (recorded).
    int is_there = !system_runs_on_freebsd();
    if (is_there && syscall(SYS_close_range, (unsigned)first, ~0U, 0U) == 0) return;
#endif
    for (int descriptor = first; descriptor < SEARCHED_DESCRIPTORS; descriptor++) {
        close(descriptor);
    }
#endif
}

// Runs in a child before exec: it touches nothing but its arguments, since after vfork the memory
// is the parent's. Returns, with the error number, only on failure.
static int become(
    const char *path, char *const argv[], char *const envp[], const int streams[3], int kept) {
    struct sigaction usual;
    sigset_t none;

    memset(&usual, 0, sizeof usual);
    usual.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; number++) sigaction(number, &usual, NULL);
    setsid();
    umask(S_IWGRP | S_IWOTH);
    for (int number = 0; number < 3; number++) {
        if (dup2(streams[number], number) < 0) return errno;
    }
    // A descriptor that is 3 already stays to be closed on exec, unless it is said.
    if (kept == 3 ? fcntl(3, F_SETFD, 0) < 0 : kept > 3 && dup2(kept, 3) < 0) return errno;
    close_from(kept < 0 ? 3 : 4);
    if (usual_descriptors.rlim_cur != 0) setrlimit(RLIMIT_NOFILE, &usual_descriptors);
    if (chdir("/") != 0) return errno;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(path, argv, envp);
    return errno;
}

// vfork and not posix_spawn: FreeBSD's has no flag for a session of one's own (lib/libc/gen/
// posix_spawn.c), and so both systems run the same lines.
int system_spawn(
    pid_t *pid, const char *path, char *const argv[], char *const envp[], const int streams[3]) {
    volatile int failure = 0;
    sigset_t all, before;

    // No handler of ours may run in the child.
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t child = vfork();
    if (child == 0) {
        failure = become(path, argv, envp, streams, -1);
        _exit(127);
    }
    int error = child < 0 ? errno : failure;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (child > 0 && failure != 0) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    }
    if (error == 0) *pid = child;
    return error;
}

// Why a program was not started; strerror(3) may lock or allocate.
static const char *words(int error) {
    switch (error) {
    case ENOENT: return "no such file or directory";
    case EACCES: return "permission denied";
    case ENOEXEC: return "exec format error";
    case ENOMEM: return "cannot allocate memory";
    case ETXTBSY: return "text file busy";
    case EMFILE: return "too many open files";
    default: return "it could not be executed";
    }
}

// One datagram to the first of these sockets that takes it: the line, and why.
static void lament(const void *line, size_t length, char *const sockets[], int error) {
    const char *why = words(error);
    struct iovec pieces[] = {
        {.iov_base = (void *)(uintptr_t)line, .iov_len = length},
        {.iov_base = (void *)(uintptr_t)why, .iov_len = strlen(why)}};
    int log = system_datagram_socket();

    for (; *sockets != NULL; sockets++) {
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        if (strlen(*sockets) >= sizeof address.sun_path) continue;
        memcpy(address.sun_path, *sockets, strlen(*sockets));
        struct msghdr message = {
            .msg_name = &address, .msg_namelen = sizeof address, .msg_iov = pieces,
            .msg_iovlen = sizeof pieces / sizeof *pieces};
        if (sendmsg(log, &message, MSG_NOSIGNAL) >= 0) return;
    }
}

int system_detach(
    pid_t *pid, const char *path, char *const argv[], char *const envp[], int null, int kept,
    const void *line, size_t length, char *const sockets[]) {
    const int streams[3] = {null, null, null};
    struct sigaction ignored;

    // Not vfork, with which whoever starts it would wait until it has come to its exec: on a busy
    // machine that is two turns of the scheduler.
    *pid = fork_quietly();
    if (*pid < 0) return errno;
    if (*pid > 0) return 0;
    // Whoever started it may be gone by now, and with it a terminal's session: its hangup, which
    // is pending here, is for others.
    memset(&ignored, 0, sizeof ignored);
    ignored.sa_handler = SIG_IGN;
    for (int number = 1; number < NSIG; number++) sigaction(number, &ignored, NULL);
    setsid();
    lament(line, length, sockets, become(path, argv, envp, streams, kept));
    _exit(127);
}

int system_exit_descriptor(pid_t pid) {
#if defined(__FreeBSD__)
    struct kevent event;
    int queue = kqueue();
    if (queue < 0) return -1;
    fcntl(queue, F_SETFD, FD_CLOEXEC);
    EV_SET(&event, pid, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0, NULL);
    if (kevent(queue, &event, 1, NULL, 0, NULL) == 0) return queue;
    close(queue);
    return -1;
#elif defined(SYS_pidfd_open)
    // FreeBSD has none for programs of Linux, and logs each one that asks (recorded on 13.2).
    return system_runs_on_freebsd() ? -1 : (int)syscall(SYS_pidfd_open, pid, 0U);
#else
    return -1;
#endif
}

ssize_t system_access_list(const char *path, void *bytes, size_t size) {
#if defined(__linux__)
    // FreeBSD keeps its lists elsewhere, also for programs of Linux.
    if (!system_runs_on_freebsd()) {
        ssize_t count = lgetxattr(path, "system.posix_acl_access", bytes, size);
        if (count >= 0 || (errno != ENODATA && errno != EOPNOTSUPP && errno != ENOENT)) {
            return count;
        }
    }
#else
    (void)path, (void)bytes, (void)size;
#endif
    errno = 0;
    return -1;
}

int system_open(const char *path, int flags) { return open(path, flags | O_CLOEXEC); }

int system_pipe(int ends[2]) {
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    // It has no other flag yet that could be lost.
    return fcntl(ends[0], F_SETFL, O_NONBLOCK);
}

int system_stream_socket(int domain) {
    return socket(domain, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

int system_datagram_socket(void) {
    return socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

int system_poll(struct pollfd *entries, size_t count, int64_t nanoseconds) {
    struct timespec limit = {
        .tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    return ppoll(entries, (nfds_t)count, nanoseconds < 0 ? NULL : &limit, NULL);
}

void system_set_nonblocking(int descriptor) {
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

void system_reserve_standard_streams(void) {
    for (int number = 0; number < 3; number++) {
        if (fcntl(number, F_GETFD) < 0 && errno == EBADF) open("/dev/null", O_RDWR);
    }
}

void system_leave_folder(void) {
    if (chdir("/") != 0) {}
}

int system_error(void) { return errno; }

int system_kind(mode_t mode) { return (int)(mode & S_IFMT); }

// The first ones are caught. A reader or a terminal that went away, one that another job has, a limit
// on the size of files, or Ctrl-Z must not end or stop what has begun to change a machine.
static const int interrupts[] = {
    SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGTTIN, SIGTTOU, SIGTSTP, SIGXFSZ,
};
#define INTERRUPTS (sizeof interrupts / sizeof interrupts[0])
#define CAUGHT 2
static struct sigaction previous[INTERRUPTS];
static volatile sig_atomic_t interrupt_descriptor = -1;

static void pass_on(int number) {
    int error = errno;
    char byte = (char)number;
    // A full pipe has told enough.
    if (write(interrupt_descriptor, &byte, 1) < 0) {}
    errno = error;
}

// A parent that starts us from a thread with its signals blocked leaves them blocked here.
static void unblock_interrupts(void) {
    sigset_t set;

    sigemptyset(&set);
    for (size_t index = 0; index < CAUGHT; index++) sigaddset(&set, interrupts[index]);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

void system_catch_interrupts(int descriptor) {
    int were_caught = interrupt_descriptor >= 0;
    struct sigaction action;

    memset(&action, 0, sizeof action);
    sigfillset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    if (descriptor >= 0) interrupt_descriptor = descriptor;
    for (size_t index = 0; index < INTERRUPTS; index++) {
        action.sa_handler = index < CAUGHT ? pass_on : SIG_IGN;
        if (descriptor < 0) {
            if (were_caught) sigaction(interrupts[index], &previous[index], NULL);
        } else {
            struct sigaction before;
            sigaction(interrupts[index], NULL, &before);
            // What our parent had ignored stays so: nohup(1), a job in the background of a script.
            if (were_caught || before.sa_handler != SIG_IGN) {
                sigaction(interrupts[index], &action, NULL);
            }
            if (!were_caught) previous[index] = before;
        }
    }
    interrupt_descriptor = descriptor;
    if (descriptor >= 0) unblock_interrupts();
}

void system_expect_children(void) {
    struct sigaction usual;

    memset(&usual, 0, sizeof usual);
    usual.sa_handler = SIG_DFL;
    sigaction(SIGCHLD, &usual, NULL);
}

void system_ignore_broken_pipes(void) { signal(SIGPIPE, SIG_IGN); }

static _Atomic int result_is_lost;

void system_note_lost_result(void) { result_is_lost = 1; }

int system_result_is_lost(void) { return result_is_lost; }

static void alarmed(int number) { (void)number; }

ssize_t system_write_within(int descriptor, const void *bytes, size_t count, int64_t nanoseconds) {
    struct sigaction action, before;
    // Again and again, in case that the first comes before the call.
    struct itimerval limit = {
        .it_interval = {.tv_usec = 10000},
        .it_value = {
            .tv_sec = nanoseconds / 1000000000,
            .tv_usec = nanoseconds % 1000000000 / 1000 + 1,
        },
    };
    struct itimerval none = {0};
    sigset_t set, masked;

    memset(&action, 0, sizeof action);
    // Without SA_RESTART, so that it ends the call.
    action.sa_handler = alarmed;
    sigaction(SIGALRM, &action, &before);
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    sigprocmask(SIG_UNBLOCK, &set, &masked);
    setitimer(ITIMER_REAL, &limit, NULL);
    ssize_t written = write(descriptor, bytes, count);
    int error = errno;
    setitimer(ITIMER_REAL, &none, NULL);
    sigprocmask(SIG_SETMASK, &masked, NULL);
    sigaction(SIGALRM, &before, NULL);
    errno = error;
    return written;
}

int system_terminal_size(int descriptor, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

static const char *trap_text;
static int trap_code;

static void trapped(int number) {
    (void)number;
    // Nothing but async-signal-safe calls: the state of the program is not to be trusted.
    if (write(2, trap_text, strlen(trap_text)) < 0) _exit(trap_code);
    _exit(trap_code);
}

void system_exit_on_trap(const char *text, int code) {
    static const int traps[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
    struct sigaction action;

    trap_text = text;
    trap_code = code;
    memset(&action, 0, sizeof action);
    action.sa_handler = trapped;
    for (size_t index = 0; index < sizeof traps / sizeof *traps; index++) {
        sigaction(traps[index], &action, NULL);
    }
}
