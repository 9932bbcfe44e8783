// The process that reads what processes call themselves.
#define _GNU_SOURCE
#include "store.h"

#include "internal.h"
#include "system.h"

#include <sys/socket.h>

#define CHANNEL 3

static int take(void *bytes, size_t count) {
    while (count > 0) {
        ssize_t taken = read(CHANNEL, bytes, count);
        if (taken < 0 && errno == EINTR) continue;
        if (taken <= 0) return 0;
        bytes = (char *)bytes + taken;
        count -= (size_t)taken;
    }
    return 1;
}

static int give(const void *bytes, size_t count) {
    while (count > 0) {
        ssize_t given = write(CHANNEL, bytes, count);
        if (given < 0 && errno == EINTR) continue;
        if (given < 0) return 0;
        bytes = (const char *)bytes + given;
        count -= (size_t)given;
    }
    return 1;
}

// Writes /proc/PID/cmdline; stdio may not be used in the child of a fork.
static void name_file(char *path, uint32_t pid) {
    char digits[10];
    size_t count = 0;

    do digits[count++] = (char)('0' + pid % 10);
    while ((pid /= 10) > 0);
    memcpy(path, "/proc/", 6);
    path += 6;
    while (count > 0) *path++ = digits[--count];
    memcpy(path, "/cmdline", 9);
}

static void serve(void) {
    static struct {
        uint32_t length;
        char title[TITLE_LIMIT];
    } answer;
    char path[32];
    uint32_t pid;

    while (take(&pid, sizeof pid)) {
        name_file(path, pid);
        int file = open(path, O_RDONLY | O_CLOEXEC);
        ssize_t count = file < 0 ? 0 : read(file, answer.title, sizeof answer.title);
        if (file >= 0) close(file);
        answer.length = count < 0 ? 0 : (uint32_t)count;
        if (!give(&answer, sizeof answer.length + answer.length)) return;
    }
}

int system_start_title_reader(pid_t *pid, int *channel) {
    int ends[2];

    system_reap_left_children();
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return errno;
    int error = start_child(ends, "title reader", pid, channel);
    if (*pid == 0) {
        serve();
        _exit(0);
    }
    return error;
}
