#ifndef FAILING_DISK_H
#define FAILING_DISK_H

// Mounts over a folder a file system whose syncs fail with EIO, or its writes, and serves it in the
// background until it is unmounted; 0 or -1.
int failing_disk(const char *folder, int writes);

#endif
