// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transport/keepalive.h"

#include <algorithm>

#ifdef Q_OS_WIN
#include <winsock2.h>
// Behind it.
#include <ws2tcpip.h>
#else
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace QAsyncMySql::Transport {

namespace {

constexpr int Questions = 3;

void set(qintptr descriptor, int option, int value)
{
#ifdef Q_OS_WIN
    ::setsockopt(SOCKET(descriptor), IPPROTO_TCP, option, reinterpret_cast<const char *>(&value),
                 sizeof value);
#else
    ::setsockopt(int(descriptor), IPPROTO_TCP, option, &value, sizeof value);
#endif
}

} // namespace

void watchOtherEnd(qintptr descriptor, std::chrono::seconds silence)
{
    const int idle = int(std::clamp<qint64>(silence.count(), 1, 32'767));
    const int interval = std::max(1, idle / Questions);
#if defined(TCP_KEEPIDLE)
    set(descriptor, TCP_KEEPIDLE, idle);
#elif defined(TCP_KEEPALIVE) // Apple's name
    set(descriptor, TCP_KEEPALIVE, idle);
#endif
#ifdef TCP_KEEPINTVL
    set(descriptor, TCP_KEEPINTVL, interval);
#endif
#ifdef TCP_KEEPCNT
    set(descriptor, TCP_KEEPCNT, Questions);
#endif
    // RFC 5482. Linux takes it for questions that are not answered, too, so it must not be the shorter one.
#ifdef TCP_USER_TIMEOUT
    set(descriptor, TCP_USER_TIMEOUT, (idle + Questions * interval) * 1000);
#else
    Q_UNUSED(interval)
#endif
}

} // namespace QAsyncMySql::Transport
