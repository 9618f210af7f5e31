// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// By itself: <linux/tcp.h>, which knows tcpi_bytes_received, does not go together with <netinet/tcp.h>.

#include <cstdint>

#ifdef __linux__
#include <arpa/inet.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#endif

namespace Bench {

std::uint64_t receivedBytes(std::uint16_t port);

std::uint64_t receivedBytes(std::uint16_t port)
{
    std::uint64_t sum = 0;
#ifdef __linux__
    constexpr int Descriptors = 256;
    for (int fd = 3; fd < Descriptors; ++fd) {
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        if (getpeername(fd, reinterpret_cast<sockaddr *>(&peer), &size) != 0 || ntohs(peer.sin_port) != port)
            continue;
        tcp_info info{};
        size = sizeof info;
        if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) == 0)
            sum += info.tcpi_bytes_received;
    }
#else
    (void)port;
#endif
    return sum;
}

} // namespace Bench
