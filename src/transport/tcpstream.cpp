// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transport/tcpstream.h"

#include <QtNetwork/QTcpSocket>

namespace QAsyncMySql::Transport {

namespace {

std::unique_ptr<QAbstractSocket> makeSocket(QAbstractSocket *&alias)
{
    auto socket = std::make_unique<QTcpSocket>();
    alias = socket.get();
    return socket;
}

} // namespace

TcpStream::TcpStream(Observer &observer, const TcpTarget &target)
    : SocketStream(observer, makeSocket(m_tcp), target, QIODevice::ReadWrite | QIODevice::Unbuffered)
{
}

void TcpStream::write(const QByteArray &data)
{
    // Unbuffered: it goes out at once, and only what the kernel does not take is queued.
    // A line that was reset is found here first, perhaps, and then the socket tells of it by no signal.
    if (!hasFailed() && m_tcp->write(data) < 0)
        fail(m_tcp->error());
}

} // namespace QAsyncMySql::Transport
