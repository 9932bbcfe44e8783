// The process that writes a journal. It is forked before anything hangs, and runs C alone: after
// fork in a process with threads nothing else may.
#define _GNU_SOURCE
#include "store.h"

#include "internal.h"
#include "system.h"

#include <limits.h>
#include <sys/mman.h>

// The parent writes no more than so much ahead, where the system allows it.
#define CHANNEL_ROOM (1 << 20)
// The channel as the child has it.
#define CHANNEL 3
// A torn last line is searched for in pieces of so many bytes.
#define PIECE 4096
// Errors are told once each.
#define TOLD_ERRORS 16

struct writer {
    int file;
    // Where the next line begins.
    off_t length;
    // Lines were lost since the last one that was written.
    int has_gap;
    const void *gap;
    size_t gap_length;
    // stage << 16 | error
    uint32_t told[TOLD_ERRORS];
};

static void answer(uint32_t number, uint32_t stage, int error) {
    struct journal_answer answer = {.number = number, .stage = stage, .error = error};
    // Who does not read its answers misses them.
    if (send(CHANNEL, &answer, sizeof answer, MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {}
}

// Whether an error of this kind is told for the first time.
static int is_news(struct writer *writer, uint32_t stage, int error) {
    uint32_t key = stage << 16 | (uint32_t)error;
    for (size_t index = 0; index < TOLD_ERRORS; index++) {
        if (writer->told[index] == key) return 0;
        if (writer->told[index] == 0) {
            writer->told[index] = key;
            return 1;
        }
    }
    return 0;
}

// Reads exactly so much; 0 at the end of the channel, even in the middle.
static int receive(void *bytes, size_t count) {
    size_t length = 0;
    while (length < count) {
        ssize_t more = recv(CHANNEL, (char *)bytes + length, count - length, 0);
        if (more < 0 && errno == EINTR) continue;
        if (more <= 0) return 0;
        length += (size_t)more;
    }
    return 1;
}

// Cuts off what follows the last line end.
static int cut_torn_line(struct writer *writer) {
    char piece[PIECE];
    off_t end = writer->length;

    while (end > 0) {
        off_t start = end > PIECE ? end - PIECE : 0;
        ssize_t count = pread(writer->file, piece, (size_t)(end - start), start);
        if (count != end - start) return count < 0 ? errno : EIO;
        while (end > start && piece[end - start - 1] != '\n') end--;
        if (end > start) break;
    }
    if (end == writer->length) return 0;
    writer->length = end;
    return ftruncate(writer->file, end) == 0 ? 0 : errno;
}

static int flush_folder(const char *path) {
    char folder[PATH_MAX];
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] != '/') length--;
    if (length >= sizeof folder) return ENAMETOOLONG;
    memcpy(folder, path, length);
    folder[length] = 0;
    int place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (place < 0) return errno;
    int error = fsync(place) == 0 ? 0 : errno;
    close(place);
    return error;
}

static int open_journal(struct writer *writer, const char *path, int resuming) {
    struct stat status;
    int flags = resuming ? 0 : O_CREAT | O_EXCL;

    writer->file = open(
        path, flags | O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, S_IRUSR | S_IWUSR);
    if (writer->file < 0) return errno;
    // Held until the last line is written, so that who reads afterwards reads all of it.
    while (flock(writer->file, LOCK_EX) != 0) {
        if (errno != EINTR) return errno;
    }
    if (fstat(writer->file, &status) != 0) return errno;
    if (!S_ISREG(status.st_mode)) return EINVAL;
    writer->length = status.st_size;
    return resuming ? cut_torn_line(writer) : 0;
}

// Writes all of it, or says why not.
static int write_wholly(int file, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(file, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes += written;
        count -= (size_t)written;
    }
    return 0;
}

static int write_line(struct writer *writer, const char *line, size_t length) {
    int error = 0;
    if (writer->has_gap) error = write_wholly(writer->file, writer->gap, writer->gap_length);
    if (error == 0) error = write_wholly(writer->file, line, length);
    if (error == 0) {
        writer->length += (off_t)(length + (writer->has_gap ? writer->gap_length : 0));
        writer->has_gap = 0;
        return 0;
    }
    writer->has_gap = 1;
    // Half a line helps nobody; where it cannot be cut off, a reader passes over it.
    if (ftruncate(writer->file, writer->length) != 0) {
        struct stat status;
        if (write_wholly(writer->file, "\n", 1) != 0) {}
        if (fstat(writer->file, &status) == 0) writer->length = status.st_size;
    }
    return error;
}

// Takes frames until the parent closes the channel or dies.
static void serve(struct writer *writer) {
    struct journal_frame frame;
    char *line = NULL;
    size_t room = 0;

    while (receive(&frame, sizeof frame)) {
        if (frame.length > JOURNAL_LINE_LIMIT) return;
        if (frame.length > room) {
            // mmap and not malloc, whose locks may have been held at the fork.
            if (line != NULL) munmap(line, room);
            room = (frame.length | (PIECE - 1)) + 1;
            line = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
            if (line == MAP_FAILED) return;
        }
        // A frame whose sender died in the middle of it is none.
        if (!receive(line, frame.length)) return;
        if (frame.flags & JOURNAL_GAP) writer->has_gap = 1;
        uint32_t stage = JOURNAL_WRITE;
        int error = write_line(writer, line, frame.length);
        if (error == 0 && frame.flags & JOURNAL_SYNC) {
            stage = JOURNAL_FLUSH;
            if (fdatasync(writer->file) != 0) error = errno;
        }
        int news = error != 0 && is_news(writer, stage, error);
        if (frame.flags & JOURNAL_SYNC || news) answer(frame.number, stage, error);
    }
}

static void become_writer(
    int channel, const char *path, int resuming, const void *gap, size_t gap_length) {
    struct writer writer;

    settle_child(channel, "journal writer");
    memset(&writer, 0, sizeof writer);
    writer.gap = gap;
    writer.gap_length = gap_length;
    int error = open_journal(&writer, path, resuming);
    // Only faults are told: nobody waits for these answers.
    if (error != 0) {
        answer(0, JOURNAL_OPEN, error);
        _exit(0);
    }
    if (!resuming) error = flush_folder(path);
    // Some file systems have no such thing.
    if (error != 0 && error != EINVAL && is_news(&writer, JOURNAL_FLUSH, error)) {
        answer(0, JOURNAL_FLUSH, error);
    }
    serve(&writer);
    _exit(0);
}

int system_start_journal(
    pid_t *pid, int *channel, const char *path, int resuming, const void *gap, size_t gap_length) {
    int ends[2], room = CHANNEL_ROOM;

    system_reap_left_children();
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return errno;
    system_set_nonblocking(ends[0]);
    // Less room is taken, too.
    if (setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &room, sizeof room) != 0) {}
    pid_t child = fork_quietly();
    if (child == 0) become_writer(ends[1], path, resuming, gap, gap_length);
    int error = child < 0 ? errno : 0;
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return error;
    }
    *pid = child;
    *channel = ends[0];
    return 0;
}

ssize_t system_send(int channel, const void *bytes, size_t count) {
    ssize_t sent;
    do sent = send(channel, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent;
}

ssize_t system_receive(int channel, void *bytes, size_t count) {
    ssize_t received;
    do received = recv(channel, bytes, count, MSG_DONTWAIT);
    while (received < 0 && errno == EINTR);
    return received;
}
