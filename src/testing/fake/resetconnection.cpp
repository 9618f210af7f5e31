// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/fake/resetconnection.h"

#include <QtNetwork/QAbstractSocket>
#include <QtNetwork/QLocalSocket>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace QAsyncMySql::Internal {

// With a linger time of zero a socket is not closed but reset (RFC 9293, 3.9.1, "ABORT").
void resetConnection(QIODevice &device)
{
    auto *socket = qobject_cast<QAbstractSocket *>(&device);
    if (!socket) {
        if (auto *local = qobject_cast<QLocalSocket *>(&device))
            local->abort();
        else
            device.close();
        return;
    }
    linger option{};
    option.l_onoff = 1;
    option.l_linger = 0;
#ifdef Q_OS_WIN
    ::setsockopt(SOCKET(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER,
                 reinterpret_cast<const char *>(&option), sizeof option);
#else
    ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &option, sizeof option);
#endif
    socket->abort();
}

} // namespace QAsyncMySql::Internal
