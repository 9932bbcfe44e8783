// Children that do what may hang, so that nobody else does.
#define _GNU_SOURCE
#include "store.h"

#include "internal.h"
#include "system.h"

#include <stdatomic.h>

// So many children can be left to be waited for later; more than that stay dead until we end.
#define LEFT_CHILDREN 64

// What a pipe of either system takes without a reader.
#define APART_LIMIT 4096

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

void settle_child(int kept) {
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

int system_remove_files(const char *folder, char *const names[]) {
    system_reap_left_children();
    pid_t pid = fork_quietly();
    if (pid < 0) return errno;
    if (pid > 0) {
        system_leave_child(pid);
        return 0;
    }
    settle_child(-1);
    int place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (place < 0) _exit(1);
    for (size_t index = 0; names[index] != NULL; index++) unlinkat(place, names[index], 0);
    _exit(0);
}

static void copy(const char *path, void *bytes, size_t count) {
    size_t length = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) _exit(1);
    while (length < count) {
        ssize_t more = read(file, (char *)bytes + length, count - length);
        if (more < 0 && errno == EINTR) continue;
        if (more < 0) _exit(1);
        if (more == 0) break;
        length += (size_t)more;
    }
    // Our copy of the caller's buffer holds it; what fits a pipe is written at once.
    if (write(3, bytes, length) != (ssize_t)length) _exit(1);
    _exit(0);
}

ssize_t system_read_apart(const char *path, void *bytes, size_t count, int milliseconds) {
    int ends[2];
    ssize_t length = -1;

    system_reap_left_children();
    if (count > APART_LIMIT || pipe2(ends, O_CLOEXEC) != 0) return -1;
    pid_t pid = fork_quietly();
    if (pid == 0) {
        settle_child(ends[1]);
        copy(path, bytes, count);
    }
    close(ends[1]);
    if (pid > 0) {
        if (system_await(ends[0], POLLIN, milliseconds * INT64_C(1000000))) {
            length = read(ends[0], bytes, count);
        }
        kill(pid, SIGKILL);
        // What sleeps in the kernel does not die of it at once, and is not waited for.
        if (waitpid(pid, NULL, length < 0 ? WNOHANG : 0) == 0) system_leave_child(pid);
    }
    close(ends[0]);
    return length;
}
