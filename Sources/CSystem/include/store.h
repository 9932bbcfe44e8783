/// What the store on disk needs of the C library: the child that writes a journal, children that
/// outlive their parent, and a few calls with variable arguments.
#ifndef FAILOVER_STORE_H
#define FAILOVER_STORE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/file.h>
#include <sys/types.h>

/// What goes before each line that is sent to a journal's writer.
struct journal_frame {
    uint32_t length;
    /// Counts the frames; the answer names it.
    uint32_t number;
    /// JOURNAL_SYNC and JOURNAL_GAP.
    uint32_t flags;
};

/// The line is to be on the disk before it is answered; lines before this one were lost.
#define JOURNAL_SYNC 1u
#define JOURNAL_GAP 2u

/// What the writer answers: to each frame with JOURNAL_SYNC, and to the first one of each error.
struct journal_answer {
    uint32_t number;
    /// JOURNAL_OPEN, JOURNAL_WRITE or JOURNAL_FLUSH: where the error comes from.
    uint32_t stage;
    /// 0 or an error number.
    int32_t error;
};

#define JOURNAL_OPEN 1u
#define JOURNAL_WRITE 2u
#define JOURNAL_FLUSH 3u

/// The longest line of a journal.
#define JOURNAL_LINE_LIMIT 16777216u

/// Starts the process that writes the journal at `path` (absolute), and sets `channel` to the
/// non-blocking socket that takes frames; returns 0 or the error number. With `resuming` the file
/// is there already and a torn last line of it is cut off, else it must not be there. `gap` is
/// written as a line before the first one that follows a lost one.
int system_start_journal(
    pid_t *pid, int *channel, const char *path, int resuming, const void *gap, size_t gap_length);

/// Sends without blocking or a signal; how much was taken, or -1.
ssize_t system_send(int channel, const void *bytes, size_t count);

/// Receives without blocking.
ssize_t system_receive(int channel, void *bytes, size_t count);

/// Starts a program as `system_spawn` does, its three streams on `null`, and with `kept`, unless
/// that is negative, as its descriptor 3; does not wait until it runs. Returns 0, or the error
/// number when there is no process to be had. Where the process then comes to no program, it sends
/// `line` and the reason to the first of `sockets` that takes a datagram, and ends.
int system_detach(
    pid_t *pid, const char *path, char *const argv[], char *const envp[], int null, int kept,
    const void *line, size_t length, char *const sockets[]);

/// Leaves a child to be waited for later, when others are started; nobody waits for it before.
void system_leave_child(pid_t pid);

/// Waits for the children left that have ended meanwhile; does not block.
void system_reap_left_children(void);

/// Removes files of the folder in a process of its own, which may hang without harm; nobody waits
/// for it. Returns 0 or the error number.
int system_remove_files(const char *folder, char *const names[]);

/// A title is cut here; longer ones have file names in them, not titles.
#define TITLE_LIMIT 4096u

/// Starts a process that reads the titles of others from /proc until its `channel` is closed: to
/// each number of four bytes it answers with a length of four bytes, and so many bytes of that
/// process's arguments; none for one that has ended. Returns 0 or the error number; whoever starts
/// it leaves it to `system_leave_child`.
int system_start_title_reader(pid_t *pid, int *channel);

/// What a reader reads.
#define READ_FILE 0
/// The names in a folder, each with a NUL behind it.
#define READ_NAMES 1
/// The same, each with a `reader_entry` behind the NUL.
#define READ_ENTRIES 2

/// What is told of a file in a folder; 0 where it is gone by then.
struct reader_entry {
    /// Bytes.
    int64_t size;
    /// When it was changed last, in seconds of the time of day.
    int64_t changed;
};

/// Starts a process that reads a regular file, or a folder, up to `limit` bytes, and writes that to the pipe `output`, an error number of four bytes
/// behind it. A writer's lock on the file is waited for up to so many milliseconds. Returns 0 or
/// the error number; whoever starts it ends it and leaves it to `system_leave_child`.
int system_start_reader(
    pid_t *pid, int *output, const char *path, int what, size_t limit, int lock_patience);

/// Waits until a descriptor is ready for `events` of poll(2), whatever signals come meanwhile;
/// 0 when the time is over first.
int system_await(int descriptor, int events, int64_t nanoseconds);

/// open(2) with creation; the descriptor is closed on exec.
int system_create(const char *path, int flags, mode_t mode);

/// flock(2) without waiting; returns 0 or the error number.
int system_lock(int descriptor, int is_shared);
/// Gives a lock back for all who have inherited its descriptor.
void system_unlock(int descriptor);

/// Lets a descriptor be closed on exec.
void system_close_on_exec(int descriptor);

/// Reboots this machine at once, without a sync; returns, with an error number, only on failure.
int system_reboot(void);

#endif
