// A file system in memory on which nothing can be kept: each sync fails with EIO, or each write.
// Real disks that fail as one likes are not to be had: behind a truncated device ext4 asks for ever.
#define _GNU_SOURCE
#include "failing-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

// Files and folders; the first is the root, whose number is 1, and none is ever removed.
#define NODES 64
#define FILE_LIMIT (256 * 1024)
#define WRITE_LIMIT 4096

struct node {
    uint64_t parent;
    char name[128];
    uint32_t mode, owner, group;
    size_t size;
    char *bytes;
};

static struct node nodes[NODES] = {{.mode = S_IFDIR | 0700}};
static uint64_t count = 1;
static int device;
static int fails_writes;

static struct node *at(uint64_t number) {
    return number >= 1 && number <= count ? &nodes[number - 1] : NULL;
}

static void answer(uint64_t request, int error, const void *body, size_t size) {
    char buffer[sizeof(struct fuse_out_header) + FILE_LIMIT];
    struct fuse_out_header header = {
        .len = (uint32_t)(sizeof header + size), .error = -error, .unique = request};

    memcpy(buffer, &header, sizeof header);
    if (size > 0) memcpy(buffer + sizeof header, body, size);
    if (write(device, buffer, sizeof header + size) < 0) return;
}

static struct fuse_attr attributes(uint64_t number) {
    const struct node *node = at(number);
    return (struct fuse_attr){
        .ino = number, .mode = node->mode, .nlink = 1, .size = node->size, .uid = node->owner,
        .gid = node->group, .blksize = 4096};
}

static uint64_t find(uint64_t parent, const char *name) {
    for (uint64_t number = 2; number <= count; number++) {
        if (at(number)->parent == parent && strcmp(at(number)->name, name) == 0) return number;
    }
    return 0;
}

static uint64_t make(const struct fuse_in_header *header, const char *name, uint32_t mode) {
    if (count == NODES || strlen(name) >= sizeof nodes->name) return 0;
    struct node *node = &nodes[count++];
    *node = (struct node){
        .parent = header->nodeid, .mode = mode, .owner = header->uid, .group = header->gid};
    strcpy(node->name, name);
    return count;
}

static void answer_entry(uint64_t request, uint64_t number, int is_open) {
    struct { struct fuse_entry_out entry; struct fuse_open_out open; } body = {0};

    if (number == 0) return answer(request, ENOENT, NULL, 0);
    body.entry = (struct fuse_entry_out){.nodeid = number, .attr = attributes(number)};
    answer(request, 0, &body, is_open ? sizeof body : sizeof body.entry);
}

static void set(const struct fuse_in_header *header, const struct fuse_setattr_in *wanted) {
    struct node *node = at(header->nodeid);
    struct fuse_attr_out body;

    if (wanted->valid & FATTR_MODE) node->mode = (node->mode & S_IFMT) | (wanted->mode & 07777);
    if (wanted->valid & FATTR_SIZE && wanted->size < node->size) node->size = wanted->size;
    body = (struct fuse_attr_out){.attr = attributes(header->nodeid)};
    answer(header->unique, 0, &body, sizeof body);
}

static void take(const struct fuse_in_header *header, const struct fuse_write_in *written) {
    struct node *node = at(header->nodeid);
    size_t end = written->offset + written->size;

    if (fails_writes || end > FILE_LIMIT) return answer(header->unique, EIO, NULL, 0);
    if (node->bytes == NULL) node->bytes = calloc(1, FILE_LIMIT);
    if (node->bytes == NULL) return answer(header->unique, ENOMEM, NULL, 0);
    memcpy(node->bytes + written->offset, written + 1, written->size);
    if (end > node->size) node->size = end;
    struct fuse_write_out body = {.size = written->size};
    answer(header->unique, 0, &body, sizeof body);
}

static void give(const struct fuse_in_header *header, const struct fuse_read_in *asked) {
    const struct node *node = at(header->nodeid);
    size_t left = asked->offset < node->size ? node->size - asked->offset : 0;

    answer(
        header->unique, 0, node->bytes + (left > 0 ? asked->offset : 0),
        left < asked->size ? left : asked->size);
}

static void list(const struct fuse_in_header *header, const struct fuse_read_in *asked) {
    char names[WRITE_LIMIT];
    size_t used = 0;

    for (uint64_t number = asked->offset + 1; number <= count; number++) {
        if (number == 1 || at(number)->parent != header->nodeid) continue;
        size_t length = strlen(at(number)->name);
        size_t whole = FUSE_DIRENT_ALIGN(FUSE_NAME_OFFSET + length);
        if (used + whole > sizeof names || used + whole > asked->size) break;
        struct fuse_dirent *entry = (void *)(names + used);
        memset(entry, 0, whole);
        *entry = (struct fuse_dirent){
            .ino = number, .off = number, .namelen = (uint32_t)length,
            .type = at(number)->mode >> 12};
        memcpy(entry->name, at(number)->name, length);
        used += whole;
    }
    answer(header->unique, 0, names, used);
}

static void begin(const struct fuse_in_header *header, const struct fuse_init_in *asked) {
    struct fuse_init_out terms = {
        .major = FUSE_KERNEL_VERSION, .minor = FUSE_KERNEL_MINOR_VERSION,
        .max_readahead = asked->max_readahead, .max_background = 16, .congestion_threshold = 12,
        .max_write = WRITE_LIMIT};
    answer(header->unique, 0, &terms, sizeof terms);
}

static void serve(const struct fuse_in_header *header, const void *body) {
    static const struct fuse_open_out opened;
    const struct fuse_mkdir_in *folder = body;
    const struct fuse_create_in *file = body;
    const char *name;

    switch (header->opcode) {
    case FUSE_INIT: return begin(header, body);
    case FUSE_LOOKUP: return answer_entry(header->unique, find(header->nodeid, body), 0);
    case FUSE_GETATTR: {
        struct fuse_attr_out out = {.attr = attributes(header->nodeid)};
        return answer(header->unique, 0, &out, sizeof out);
    }
    case FUSE_SETATTR: return set(header, body);
    case FUSE_MKDIR:
        name = (const char *)(folder + 1);
        return answer_entry(header->unique, make(header, name, S_IFDIR | folder->mode), 0);
    case FUSE_CREATE:
        name = (const char *)(file + 1);
        return answer_entry(header->unique, make(header, name, S_IFREG | file->mode), 1);
    case FUSE_OPEN:
    case FUSE_OPENDIR: return answer(header->unique, 0, &opened, sizeof opened);
    case FUSE_READ: return give(header, body);
    case FUSE_READDIR: return list(header, body);
    case FUSE_WRITE: return take(header, body);
    case FUSE_FSYNC:
    case FUSE_FSYNCDIR: return answer(header->unique, EIO, NULL, 0);
    case FUSE_RELEASE:
    case FUSE_RELEASEDIR: return answer(header->unique, 0, NULL, 0);
    case FUSE_FORGET:
    case FUSE_BATCH_FORGET:
    case FUSE_INTERRUPT: return;
    default: return answer(header->unique, ENOSYS, NULL, 0);
    }
}

int failing_disk(const char *folder, int writes) {
    static char buffer[FUSE_MIN_READ_BUFFER + 128 * 1024];
    const struct fuse_in_header *header = (const void *)buffer;
    char options[96];

    fails_writes = writes;
    mknod("/dev/fuse", S_IFCHR | 0600, makedev(10, 229));
    device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
    if (device < 0) return -1;
    snprintf(
        options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0,default_permissions",
        device);
    if (mount("failing", folder, "fuse", MS_NOSUID | MS_NODEV, options) != 0) return -1;
    if (fork() != 0) return 0;
    setsid();
    for (int stream = 0; stream < 3; stream++) close(stream);
    for (;;) {
        ssize_t length = read(device, buffer, sizeof buffer);
        if (length < 0 && errno == EINTR) continue;
        if (length < (ssize_t)sizeof *header) _exit(0);
        serve(header, buffer + sizeof *header);
    }
}
