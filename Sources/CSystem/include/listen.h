/// Sockets of the local machine, by which signals come in and a service manager is told.
#ifndef FAILOVER_LISTEN_H
#define FAILOVER_LISTEN_H

#include <stddef.h>

/// A connection to the packet socket at `path`, closed on exec and non-blocking; -1 when there is
/// none.
int system_connect_packets(const char *path);

/// Sends one datagram to the socket at `path`, whose leading `@` stands for a NUL, without
/// blocking; 0, or -1.
int system_send_datagram(const char *path, const void *bytes, size_t count);

#endif
