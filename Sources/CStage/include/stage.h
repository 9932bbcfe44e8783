/// What the stage needs of Linux: namespaces, mounts, sockets with file descriptors, and a file
/// system of its own on which a process can be put to sleep as in a kernel that does not answer.
#ifndef FAILOVER_STAGE_H
#define FAILOVER_STAGE_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/// Nanoseconds of the monotonic clock.
int64_t stage_clock(void);

/// The error number of the last call.
int stage_error(void);

/// Enters mount and network namespaces of its own, the loopback interface up; 0 or -1.
int stage_enter(void);

/// Mounts an empty file system in memory, its folder made if need be; 0 or -1.
int stage_mount_memory(const char *folder);

/// Binds one path over another; 0 or -1.
int stage_bind(const char *source, const char *target);

/// Fills an empty /dev with what programs expect there; 0 or -1.
int stage_make_devices(void);

/// Makes the node of a character device that is like /dev/null; 0 or -1.
int stage_make_device(const char *path);

/// Opens a process namespace in which all later children begin, with an init that only reaps (it
/// becomes the program `idler`), its /proc with /proc/sys read-only, and a plain file over the
/// trigger of system requests. A reboot(2) in it ends that init with SIGHUP and all others with it.
/// Returns the init, or -1.
pid_t stage_boot(const char *plain_file, const char *idler);

/// Ends that init, with it all that began in its namespace, and waits until they are gone.
void stage_end(pid_t init, int device);

/// Starts a program in that namespace in a session of its own; a null environment or null streams
/// are those of the stage. Returns its process number as the stage sees it, or -1.
pid_t stage_spawn(
    const char *path, char *const argv[], char *const envp[], const int *streams);

/// open(2) for reading and writing, non-blocking and closed on exec.
int stage_open(const char *path);

/// A descriptor that is readable once something was written to a file, or -1.
int stage_watch(const char *path);

/// Listening sockets and ends of them, all non-blocking and closed on exec; -1 on failure.
int stage_listen_abstract(const char *name);
int stage_listen_packets(const char *path);
int stage_bind_datagrams(const char *path);
int stage_listen_tcp(uint16_t port);
int stage_accept(int socket);

/// Mounts the file system on which processes sleep; returns its descriptor or -1. `device` is
/// /dev/fuse, opened before.
int stage_sleep_mount(int device, const char *folder);

/// Takes one request of that file system: 1 when a process looks up `name` and sleeps from now on
/// in the kernel, uninterruptibly once a fatal signal has come; 0 when there was another request;
/// -1 when there is none.
int stage_sleep_take(int device, uint64_t *request, char *name, size_t size);

/// Lets the sleeper of a request go on.
void stage_sleep_end(int device, uint64_t request);

/// ppoll(2) with a timeout in nanoseconds; negative waits for ever.
int stage_poll(struct pollfd *entries, size_t count, int64_t nanoseconds);

/// Does not let a lost reader end the stage, and makes TERM and INT readable from a descriptor.
int stage_signals(void);

#endif
