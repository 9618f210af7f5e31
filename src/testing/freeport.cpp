// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/freeport.h"

#include <QtCore/QRandomGenerator>
#include <QtNetwork/QTcpServer>

namespace QAsyncMySql::Internal {

quint16 findFreePort()
{
    constexpr int First = 20000;
    constexpr int End = 32000;
    constexpr int Attempts = 200;
    for (int attempt = 0; attempt < Attempts; ++attempt) {
        // At random, so that tests that start at once do not all try the same ones.
        const auto port = quint16(QRandomGenerator::system()->bounded(First, End));
        QTcpServer probe;
        if (probe.listen(QHostAddress::LocalHost, port))
            return port;
    }
    return 0;
}

} // namespace QAsyncMySql::Internal
