/// What the local host needs of the C library: the headers, and the calls that Swift cannot make
/// by itself (vfork, variadic functions, declarations that hide behind feature macros).
#ifndef FAILOVER_SYSTEM_H
#define FAILOVER_SYSTEM_H

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/xattr.h>
#endif

#if defined(__FreeBSD__)
#include <sys/param.h>
#include <sys/sysctl.h>
#include <sys/user.h>
#endif

/// Whether a kernel of this version, as uname(2) gives it, is FreeBSD's.
///
/// It says so to its own programs and to those of Linux alike, `FreeBSD 13.2-RELEASE releng/13.2-…`
/// (linux_newuname in FreeBSD's sys/compat/linux/linux_misc.c, where only the name of the system
/// and its release are made up). What Linux says begins with `#` in every build, container and
/// chroot (UTS_VERSION of its init/Makefile), and nothing but the kernel itself sets it.
int system_is_freebsd(const char *version);

/// Whether this program, be it one of FreeBSD or of Linux, runs on the kernel of FreeBSD.
int system_runs_on_freebsd(void);

/// The version of the kernel as uname(2) gives it, cut to the size; empty when it gives none.
void system_kernel_version(char *version, size_t size);

/// Starts a program in a session of its own, in the root folder, with default signal handling and
/// file modes of 022, with these three descriptors and no others; returns 0 or the error number.
int system_spawn(
    pid_t *pid, const char *path, char *const argv[], char *const envp[], const int streams[3]);

/// A descriptor that poll(2) finds readable once the child has exited, or -1: a pidfd on Linux,
/// a queue with the one event on FreeBSD, where a program of Linux gets none.
int system_exit_descriptor(pid_t pid);

/// open(2) without creation; the descriptor is closed on exec.
int system_open(const char *path, int flags);

/// pipe(2), both ends closed on exec. Reading never blocks; the write end is for a child or a signal
/// handler.
int system_pipe(int ends[2]);

/// socket(2), closed on exec and non-blocking.
int system_stream_socket(int domain);
int system_datagram_socket(void);

/// ppoll(2) with a timeout in nanoseconds; negative waits for ever.
int system_poll(struct pollfd *entries, size_t count, int64_t nanoseconds);

/// Makes a descriptor non-blocking.
void system_set_nonblocking(int descriptor);

/// Opens /dev/null on each of the descriptors 0 to 2 that is closed.
void system_reserve_standard_streams(void);

/// Writes the number of each SIGINT and SIGTERM as a byte into `descriptor`, and ignores SIGHUP,
/// SIGPIPE, SIGTTIN, SIGTTOU, SIGTSTP and SIGXFSZ; -1 gives the signals back to whom they belonged
/// before. What was ignored before stays so. There is one such descriptor at a time.
void system_catch_interrupts(int descriptor);

/// Allows this process, not its children, as many descriptors as it may have.
void system_raise_descriptor_limit(void);

/// How many descriptors this process may have, as far as a host has use for them.
int system_descriptor_limit(void);

/// Makes the ends of children be told, whatever our parent thought of it.
void system_expect_children(void);

/// Makes the root folder this process's own.
void system_leave_folder(void);

/// The error number of the last call.
int system_error(void);

/// The POSIX access control list of a file, which is no link, as Linux gives it: how many bytes of
/// it were read, or -1, with no error where there is none or no system that keeps one in this form.
ssize_t system_access_list(const char *path, void *bytes, size_t size);

/// The kind bits of a mode, as S_IFMT masks them.
int system_kind(mode_t mode);

/// Ignores SIGPIPE, so that a reader that goes away is only an error of write(2).
void system_ignore_broken_pipes(void);

/// Notes that a result could not be written whole, and whether that was noted.
void system_note_lost_result(void);
int system_result_is_lost(void);

/// write(2) that is ended once it has blocked for so long, as a terminal does that takes a part of
/// it: the bytes that were written, or -1 with EINTR for none. SIGALRM is taken for as long, and the
/// process has no other thread that could get it.
ssize_t system_write_within(int descriptor, const void *bytes, size_t count, int64_t nanoseconds);

/// The size of the terminal at `descriptor`; -1 when it has none.
int system_terminal_size(int descriptor, int *columns, int *rows);

/// From now on a trap ends the program with `code` and the text on standard error, instead of a
/// signal that a caller would have to interpret.
void system_exit_on_trap(const char *text, int code);

#endif
