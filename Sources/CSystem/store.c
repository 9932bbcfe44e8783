#define _GNU_SOURCE
#include "store.h"

#include "system.h"

#include <sys/reboot.h>

int system_create(const char *path, int flags, mode_t mode) {
    return open(path, flags | O_CREAT | O_CLOEXEC, mode);
}

int system_lock(int descriptor, int is_shared) {
    while (flock(descriptor, (is_shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
        if (errno != EINTR) return errno;
    }
    return 0;
}

void system_unlock(int descriptor) { flock(descriptor, LOCK_UN); }

void system_close_on_exec(int descriptor) { fcntl(descriptor, F_SETFD, FD_CLOEXEC); }

int system_reboot(void) {
#if defined(__FreeBSD__)
    reboot(RB_NOSYNC);
#else
    // Linux does not sync by itself; with this argument it restarts at once.
    reboot(RB_AUTOBOOT);
#endif
    return errno;
}
