#include "listen.h"
#include "system.h"

/// Fills in the address of a local socket; 0 when the path is too long.
static socklen_t local_address(struct sockaddr_un *address, const char *path)
{
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof address->sun_path) return 0;
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    memcpy(address->sun_path, path, length);
    if (path[0] == '@') address->sun_path[0] = '\0';
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + (path[0] != '@'));
}

/// A local socket that is closed on exec and does not block.
static int local_socket(int type)
{
    int descriptor = socket(AF_UNIX, type, 0);
    if (descriptor < 0) return -1;
    fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    return descriptor;
}

int system_connect_packets(const char *path)
{
    struct sockaddr_un address;
    socklen_t length = local_address(&address, path);
    int descriptor = length ? local_socket(SOCK_SEQPACKET) : -1;
    if (descriptor < 0) return -1;
    if (connect(descriptor, (struct sockaddr *)&address, length) == 0) return descriptor;
    int error = errno;
    close(descriptor);
    errno = error;
    return -1;
}

int system_send_datagram(const char *path, const void *bytes, size_t count)
{
    struct sockaddr_un address;
    socklen_t length = local_address(&address, path);
    int descriptor = length ? local_socket(SOCK_DGRAM) : -1;
    if (descriptor < 0) return -1;
    ssize_t sent = sendto(
        descriptor, bytes, count, MSG_NOSIGNAL, (struct sockaddr *)&address, length);
    close(descriptor);
    return sent == (ssize_t)count ? 0 : -1;
}
