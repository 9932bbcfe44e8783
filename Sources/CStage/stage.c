#define _GNU_SOURCE
#include "stage.h"

#include <linux/fuse.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/sysmacros.h>
#include <sys/un.h>

// Clients that wait to be accepted.
#define BACKLOG 1024
// A message of a client is no longer; what a socket buffers must be as much.
#define MESSAGE (512 * 1024)

int64_t stage_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int stage_error(void) { return errno; }

// MARK: namespaces

static int raise_loopback(void) {
    struct ifreq request;
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (descriptor < 0) return -1;
    memset(&request, 0, sizeof request);
    strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    int result = ioctl(descriptor, SIOCSIFFLAGS, &request);
    close(descriptor);
    return result;
}

// What those on the stage get back: the stage itself may have many clients at once.
static struct rlimit usual_descriptors;

int stage_enter(void) {
    getrlimit(RLIMIT_NOFILE, &usual_descriptors);
    struct rlimit most = {usual_descriptors.rlim_max, usual_descriptors.rlim_max};
    setrlimit(RLIMIT_NOFILE, &most);
    if (unshare(CLONE_NEWNS | CLONE_NEWNET) != 0) return -1;
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return -1;
    return raise_loopback();
}

int stage_mount_memory(const char *folder) {
    mkdir(folder, 0755);
    return mount("stage", folder, "tmpfs", 0, "mode=755,size=64m");
}

int stage_bind(const char *source, const char *target) {
    return mount(source, target, NULL, MS_BIND, NULL);
}

int stage_make_device(const char *path) { return mknod(path, S_IFCHR | 0666, makedev(1, 3)); }

int stage_make_devices(void) {
    static const struct { const char *path; unsigned major, minor; } nodes[] = {
        {"/dev/null", 1, 3}, {"/dev/zero", 1, 5}, {"/dev/full", 1, 7}, {"/dev/random", 1, 8},
        {"/dev/urandom", 1, 9}, {"/dev/tty", 5, 0},
    };
    for (size_t index = 0; index < sizeof nodes / sizeof *nodes; index++) {
        dev_t device = makedev(nodes[index].major, nodes[index].minor);
        if (mknod(nodes[index].path, S_IFCHR | 0666, device) != 0) return -1;
        chmod(nodes[index].path, 0666);
    }
    if (symlink("/proc/self/fd", "/dev/fd") != 0) return -1;
    mkdir("/dev/shm", 01777);
    return mkdir("/dev/hast", 0755);
}

static int own_processes = -1;

static void init(const char *plain_file, const char *idler, int ready) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, "init");
    signal(SIGCHLD, SIG_IGN);
    int result = mount("proc", "/proc", "proc", 0, NULL);
    if (result == 0 && access("/proc/sysrq-trigger", F_OK) == 0) {
        result = mount(plain_file, "/proc/sysrq-trigger", NULL, MS_BIND, NULL);
    }
    // What is set there holds for the machine.
    if (result == 0) result = mount("/proc/sys", "/proc/sys", NULL, MS_BIND, NULL);
    if (result == 0) {
        result = mount(NULL, "/proc/sys", NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL);
    }
    char byte = result == 0 ? 'y' : 'n';
    if (write(ready, &byte, 1) != 1) _exit(1);
    for (int descriptor = 0; descriptor < 1024; descriptor++) close(descriptor);
    // In the process table it is none of the stage's arguments, and ignored children reap themselves
    // after an exec too.
    execve(idler, (char *[]){"init", NULL}, (char *[]){"STAGE_TITLE=1", NULL});
    _exit(1);
}

pid_t stage_boot(const char *plain_file, const char *idler) {
    int ends[2];
    char byte = 'n';

    if (own_processes < 0) own_processes = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
    if (setns(own_processes, CLONE_NEWPID) != 0) return -1;
    if (unshare(CLONE_NEWPID) != 0 || pipe2(ends, O_CLOEXEC) != 0) return -1;
    pid_t pid = fork();
    if (pid == 0) init(plain_file, idler, ends[1]);
    close(ends[1]);
    if (read(ends[0], &byte, 1) != 1) byte = 'n';
    close(ends[0]);
    return byte == 'y' ? pid : -1;
}

static void become(
    const char *path, char *const argv[], char *const envp[], const int *streams) {
    sigset_t none;

    setsid();
    for (int number = 0; streams != NULL && number < 3; number++) dup2(streams[number], number);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    setrlimit(RLIMIT_NOFILE, &usual_descriptors);
    execvpe(path, argv, envp != NULL ? envp : environ);
    _exit(127);
}

pid_t stage_spawn(
    const char *path, char *const argv[], char *const envp[], const int *streams) {
    pid_t pid = vfork();
    if (pid == 0) become(path, argv, envp, streams);
    return pid;
}

int stage_open(const char *path) { return open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK); }

int stage_watch(const char *path) {
    int descriptor = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (inotify_add_watch(descriptor, path, IN_MODIFY) >= 0) return descriptor;
    close(descriptor);
    return -1;
}

// The dead are looked for so often, in nanoseconds, and for so many times.
#define BURIAL 2000000
#define BURIALS 1000

void stage_end(pid_t init, int device) {
    struct timespec pause = {.tv_nsec = BURIAL};

    // Whoever sleeps on the mount of the stage wakes when nobody serves it.
    close(device);
    kill(init, SIGKILL);
    for (int count = 0; count < BURIALS; count++) {
        pid_t pid = waitpid(-1, NULL, WNOHANG);
        if (pid < 0 && errno == ECHILD) return;
        if (pid == 0) nanosleep(&pause, NULL);
    }
}

// MARK: sockets

static int room(int descriptor) {
    int size = MESSAGE;
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    return descriptor;
}

static int bound(int kind, const char *path, int is_abstract) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path) + (is_abstract ? 1 : 0);

    if (length >= sizeof address.sun_path) return -1;
    strcpy(address.sun_path + (is_abstract ? 1 : 0), path);
    int descriptor = socket(AF_UNIX, kind | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return -1;
    socklen_t size = offsetof(struct sockaddr_un, sun_path) + length;
    if (bind(descriptor, (struct sockaddr *)&address, size) == 0
        && (kind == SOCK_DGRAM || listen(descriptor, BACKLOG) == 0)) {
        if (!is_abstract) chmod(path, 0666);
        return descriptor;
    }
    close(descriptor);
    return -1;
}

int stage_listen_abstract(const char *name) { return bound(SOCK_SEQPACKET, name, 1); }

int stage_listen_packets(const char *path) { return bound(SOCK_SEQPACKET, path, 0); }

int stage_bind_datagrams(const char *path) {
    int descriptor = bound(SOCK_DGRAM, path, 0);
    return descriptor < 0 ? -1 : room(descriptor);
}

int stage_listen_tcp(uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int yes = 1;
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (descriptor < 0) return -1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0
        && listen(descriptor, BACKLOG) == 0) {
        return descriptor;
    }
    close(descriptor);
    return -1;
}

int stage_accept(int socket) {
    int descriptor = accept4(socket, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    return descriptor < 0 ? -1 : room(descriptor);
}

int stage_poll(struct pollfd *entries, size_t count, int64_t nanoseconds) {
    struct timespec limit = {
        .tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    return ppoll(entries, (nfds_t)count, nanoseconds < 0 ? NULL : &limit, NULL);
}

int stage_signals(void) {
    sigset_t set;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

// MARK: sleeping in the kernel

static void answer(int device, uint64_t request, int error, const void *body, size_t size) {
    char buffer[sizeof(struct fuse_out_header) + sizeof(struct fuse_attr_out)];
    struct fuse_out_header header = {
        .len = (uint32_t)(sizeof header + size), .error = error, .unique = request};

    memcpy(buffer, &header, sizeof header);
    if (size > 0) memcpy(buffer + sizeof header, body, size);
    if (write(device, buffer, sizeof header + size) < 0) return;
}

int stage_sleep_mount(int device, const char *folder) {
    char options[96];

    mkdir(folder, 0755);
    snprintf(
        options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other", device);
    return mount("stage", folder, "fuse", MS_NOSUID | MS_NODEV, options) == 0 ? device : -1;
}

int stage_sleep_take(int device, uint64_t *request, char *name, size_t size) {
    static char buffer[FUSE_MIN_READ_BUFFER + 128 * 1024];
    ssize_t count = read(device, buffer, sizeof buffer);
    const struct fuse_in_header *header = (const void *)buffer;

    if (count < (ssize_t)sizeof *header) return -1;
    switch (header->opcode) {
    case FUSE_INIT: {
        const struct fuse_init_in *asked = (const void *)(buffer + sizeof *header);
        struct fuse_init_out terms = {
            .major = FUSE_KERNEL_VERSION, .minor = FUSE_KERNEL_MINOR_VERSION,
            .max_readahead = asked->max_readahead, .flags = FUSE_PARALLEL_DIROPS,
            .max_background = 16, .congestion_threshold = 12, .max_write = 4096};
        answer(device, header->unique, 0, &terms, sizeof terms);
        return 0;
    }
    case FUSE_LOOKUP:
        *request = header->unique;
        snprintf(name, size, "%s", buffer + sizeof *header);
        return 1;
    case FUSE_GETATTR: {
        struct fuse_attr_out folder = {.attr = {.ino = 1, .mode = S_IFDIR | 0755, .nlink = 2}};
        answer(device, header->unique, 0, &folder, sizeof folder);
        return 0;
    }
    case FUSE_FORGET:
    case FUSE_BATCH_FORGET:
    case FUSE_INTERRUPT:
        return 0;
    default:
        answer(device, header->unique, -ENOSYS, NULL, 0);
        return 0;
    }
}

void stage_sleep_end(int device, uint64_t request) { answer(device, request, -ENOENT, NULL, 0); }
