// Children that do what may hang, so that nobody else does.
#define _GNU_SOURCE
#include "store.h"

#include "internal.h"
#include "system.h"

#include <stdatomic.h>

#if !defined(__FreeBSD__)
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

// So many children can be left to be waited for later; more than that stay dead until we end.
#define LEFT_CHILDREN 64

// A lock is asked for again after so many milliseconds.
#define LOCK_PAUSE 5

static _Atomic pid_t left[LEFT_CHILDREN];

void system_leave_child(pid_t pid) {
    for (size_t index = 0; index < LEFT_CHILDREN; index++) {
        pid_t none = 0;
        if (atomic_compare_exchange_strong(&left[index], &none, pid)) return;
    }
}

void system_reap_left_children(void) {
    for (size_t index = 0; index < LEFT_CHILDREN; index++) {
        // Taken out meanwhile, so that two threads cannot wait for the same number.
        pid_t pid = atomic_exchange(&left[index], 0);
        if (pid != 0 && waitpid(pid, NULL, WNOHANG) == 0) system_leave_child(pid);
    }
}

pid_t fork_quietly(void) {
    sigset_t all, usual;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &usual);
    pid_t pid = fork();
    if (pid != 0) sigprocmask(SIG_SETMASK, &usual, NULL);
    return pid;
}

int system_await(int descriptor, int events, int64_t nanoseconds) {
    struct pollfd entry = {.fd = descriptor, .events = (short)events};
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t end = now.tv_sec * INT64_C(1000000000) + now.tv_nsec + nanoseconds;
    for (;;) {
        int count = system_poll(&entry, 1, nanoseconds < 0 ? 0 : nanoseconds);
        if (count > 0) return 1;
        if (count == 0 || errno != EINTR) return 0;
        clock_gettime(CLOCK_MONOTONIC, &now);
        nanoseconds = end - now.tv_sec * INT64_C(1000000000) - now.tv_nsec;
    }
}

void settle_child(int kept, const char *name) {
    static const int ignored[] = {
        SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGTSTP, SIGTTIN, SIGTTOU, SIGALRM,
        SIGUSR1, SIGUSR2};
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
    action.sa_handler = SIG_IGN;
    for (size_t index = 0; index < sizeof ignored / sizeof *ignored; index++) {
        sigaction(ignored[index], &action, NULL);
    }
#if !defined(__FreeBSD__)
    prctl(PR_SET_NAME, name, 0, 0, 0);
#else
    (void)name;
#endif
    setsid();
    if (chdir("/") != 0) {}
    umask(S_IRWXG | S_IRWXO);
    if (kept >= 0 && kept != 3) dup2(kept, 3);
    close_from(kept < 0 ? 3 : 4);
    int null = open("/dev/null", O_RDWR);
    for (int number = 0; number < 3; number++) {
        if (null < 0) close(number);
        else if (null != number) dup2(null, number);
    }
    if (null > 2) close(null);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

int start_child(const int ends[2], const char *name, pid_t *pid, int *channel) {
    *pid = fork_quietly();
    if (*pid == 0) {
        settle_child(ends[1], name);
        return 0;
    }
    int error = *pid < 0 ? errno : 0;
    close(ends[1]);
    if (error != 0) {
        close(ends[0]);
    } else {
        *channel = ends[0];
    }
    return error;
}

int system_remove_files(const char *folder, char *const names[]) {
    system_reap_left_children();
    pid_t pid = fork_quietly();
    if (pid < 0) return errno;
    if (pid > 0) {
        system_leave_child(pid);
        return 0;
    }
    settle_child(-1, "file remover");
    int place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (place < 0) _exit(1);
    for (size_t index = 0; names[index] != NULL; index++) unlinkat(place, names[index], 0);
    _exit(0);
}

// The channel of a reader, and the limit of one piece.
#define OUTPUT 3
#define PIECE 32768

static int put(const void *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(OUTPUT, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes = (const char *)bytes + written;
        count -= (size_t)written;
    }
    return 0;
}

static int put_file(int file, size_t limit, int patience) {
    char piece[PIECE];
    struct stat status;

    if (fstat(file, &status) != 0) return errno;
    if (!S_ISREG(status.st_mode)) return EINVAL;
    // A lock that is not had in time changes nothing.
    for (; patience > 0 && flock(file, LOCK_SH | LOCK_NB) != 0; patience -= LOCK_PAUSE) {
        poll(NULL, 0, LOCK_PAUSE);
    }
    while (limit > 0) {
        ssize_t count = read(file, piece, limit < PIECE ? limit : PIECE);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno;
        if (count == 0) return 0;
        int error = put(piece, (size_t)count);
        if (error != 0) return error;
        limit -= (size_t)count;
    }
    return 0;
}

static ssize_t read_folder(int folder, void *bytes, size_t count) {
#if defined(__FreeBSD__)
    return getdirentries(folder, bytes, count, NULL);
#else
    // readdir(3) would allocate memory.
    return syscall(SYS_getdents64, folder, bytes, count);
#endif
}

static int put_entry(int folder, const char *name) {
    struct stat status;
    struct reader_entry entry = {0, 0};
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        entry.size = status.st_size;
        entry.changed = status.st_mtime;
    }
    return put(&entry, sizeof entry);
}

static int put_names(int folder, int what, size_t limit) {
    _Alignas(struct dirent) char piece[PIECE];
    for (;;) {
        ssize_t count = read_folder(folder, piece, sizeof piece);
        if (count < 0) return errno;
        if (count == 0) return 0;
        for (char *next = piece; next < piece + count;) {
            struct dirent *entry = (struct dirent *)next;
            next += entry->d_reclen;
            size_t length = strlen(entry->d_name) + 1;
            if (length > limit) return 0;
            limit -= length;
            int error = put(entry->d_name, length);
            if (error == 0 && what == READ_ENTRIES) error = put_entry(folder, entry->d_name);
            if (error != 0) return error;
        }
    }
}

int system_start_reader(
    pid_t *pid, int *output, const char *path, int what, size_t limit, int lock_patience) {
    int ends[2];

    system_reap_left_children();
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    int error = start_child(ends, "file reader", pid, output);
    if (*pid == 0) {
        int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY;
        int file = open(path, what == READ_FILE ? flags : O_RDONLY | O_CLOEXEC | O_DIRECTORY);
        int32_t fault = file < 0 ? errno : 0;
        if (file >= 0) {
            fault = what == READ_FILE ? put_file(file, limit, lock_patience)
                                      : put_names(file, what, limit);
        }
        // The last bytes say how it went; without them it did not come to its end.
        put(&fault, sizeof fault);
        _exit(0);
    }
    return error;
}
