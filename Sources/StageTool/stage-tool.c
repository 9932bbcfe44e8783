// One program in many places on the stage:
//
//   as `hastctl`, `zpool`, …    a thin client: the stage answers for the tool
//   with STAGE_TITLE set        a process that is nothing but its title
//   as `stage-tool -s PID VERB …`   what tests and people ask of the stage of that process, from
//                               outside of it; `exec COMMAND …` runs a command on it, and
//                               `reboot` is the system call, made there
//   as `stage-tool -d FOLDER sync|write`   a disk over a folder, on which each sync fails, or each
//                               write
//
// Small, since each look and each command of a run starts it.
#define _GNU_SOURCE
#include "failing-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

// EX_SOFTWARE of sysexits(3): no world lets a tool end so.
#define NO_STAGE 70
#define MESSAGE (512 * 1024)
// Room for the kind, a number and the lengths.
#define HEAD 16

static char buffer[MESSAGE];

static int fail(const char *what) {
    fprintf(stderr, "stage-tool: %s: %s\n", what, strerror(errno));
    return NO_STAGE;
}

static int reach(void) {
    static const char name[] = "failover-stage";
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int size = MESSAGE;

    memcpy(address.sun_path + 1, name, sizeof name - 1);
    int descriptor = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
    socklen_t length = offsetof(struct sockaddr_un, sun_path) + sizeof name;
    if (connect(descriptor, (struct sockaddr *)&address, length) == 0) return descriptor;
    close(descriptor);
    return -1;
}

static void put(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

// A message: the kind, who started us, then the words with a NUL after each.
static int ask(char kind, char *const words[]) {
    int32_t parent = getppid();
    size_t used = 1 + sizeof parent;
    int descriptor = reach();

    if (descriptor < 0) return fail("there is no stage here");
    buffer[0] = kind;
    memcpy(buffer + 1, &parent, sizeof parent);
    for (; *words != NULL; words++) {
        size_t length = strlen(*words) + 1;
        if (used + length > sizeof buffer) return errno = E2BIG, fail("the command line");
        memcpy(buffer + used, *words, length);
        used += length;
    }
    if (send(descriptor, buffer, used, MSG_NOSIGNAL) < 0) return fail("the stage is gone");
    for (;;) {
        ssize_t count = recv(descriptor, buffer, sizeof buffer - 1, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count < 9) return errno = EPIPE, fail("the stage is gone");
        if (buffer[0] == 'S') {
            // Where nobody wakes us but the stage: an uninterruptible sleep after a fatal signal.
            buffer[count] = 0;
            if (access(buffer + 9, F_OK) == 0) return errno = EEXIST, fail("the sleep");
            continue;
        }
        int32_t code;
        uint32_t output;
        memcpy(&code, buffer + 1, sizeof code);
        memcpy(&output, buffer + 5, sizeof output);
        put(1, buffer + 9, output);
        put(2, buffer + 9 + output, (size_t)count - 9 - output);
        return code;
    }
}

static int enter(const char *pid, const char *kind, int type) {
    char path[64];

    snprintf(path, sizeof path, "/proc/%.16s/ns/%s", pid, kind);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return -1;
    int result = setns(descriptor, type);
    close(descriptor);
    return result;
}

static pid_t child;

static void pass_on(int number) { kill(child, number); }

// The command, or a reboot without one. It dies with us, so that whoever started us has only us to
// end.
static int run(const char *pid, char *const words[]) {
    static const int passed[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};
    int status;

    // The mounts last: they take /proc away.
    if (enter(pid, "pid_for_children", CLONE_NEWPID) != 0) return fail("its processes");
    if (enter(pid, "net", CLONE_NEWNET) != 0) return fail("its network");
    if (enter(pid, "mnt", CLONE_NEWNS) != 0) return fail("its mounts");
    child = fork();
    if (child < 0) return fail("no process is to be had");
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (words[0] == NULL) _exit(reboot(RB_AUTOBOOT) == 0 ? 0 : fail("no reboot"));
        execvp(words[0], words);
        fail(words[0]);
        _exit(127);
    }
    for (size_t index = 0; index < sizeof passed / sizeof *passed; index++) {
        signal(passed[index], pass_on);
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int count, char **words) {
    if (getenv("STAGE_TITLE") != NULL) {
        for (;;) pause();
    }
    const char *slash = strrchr(words[0], '/');
    if (slash != NULL) words[0] += slash - words[0] + 1;
    if (strcmp(words[0], "stage-tool") != 0) return ask('T', words);
    if (count == 4 && strcmp(words[1], "-d") == 0) {
        return failing_disk(words[2], strcmp(words[3], "write") == 0) == 0 ? 0 : fail(words[2]);
    }
    if (count < 4 || strcmp(words[1], "-s") != 0) {
        fprintf(stderr, "usage: stage-tool -s PID exec COMMAND … | VERB …, or -d FOLDER WHAT\n");
        return 64;
    }
    if (strcmp(words[3], "exec") == 0 && count > 4) return run(words[2], words + 4);
    if (strcmp(words[3], "reboot") == 0) return run(words[2], words + 4);
    if (enter(words[2], "net", CLONE_NEWNET) != 0) return fail("no such stage");
    return ask('C', words + 3);
}
