// What the C files share, and Swift does not see.
#ifndef FAILOVER_INTERNAL_H
#define FAILOVER_INTERNAL_H

#include <sys/types.h>

// Closes every descriptor from `first` on.
void close_from(int first);

// In the child of fork: a session of its own, no folder but the root, no descriptor but `kept` as
// number 3, or none with -1. Nothing that a terminal or a service manager asks
// to end ends it. On Linux `name`, of at most 15 bytes, tells it from its parent (/proc/PID/comm).
void settle_child(int kept, const char *name);

// fork(2) in which no handler runs in the child before `settle_child`.
pid_t fork_quietly(void);

// A settled child that keeps `ends[1]`, while its parent keeps `ends[0]` as `channel`; both ends are
// closed where there is no child. Zero in the child too, where `pid` is 0; else errno's number.
int start_child(const int ends[2], const char *name, pid_t *pid, int *channel);

#endif
