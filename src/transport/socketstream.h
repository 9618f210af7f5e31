// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transport/transport.h"

#include <QtNetwork/QAbstractSocket>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QNetworkProxy>

#include <chrono>
#include <memory>

namespace QAsyncMySql::Transport {

//! Where a socket connects to.
struct TcpTarget
{
    QString host;
    quint16 port = 0;
    QNetworkProxy proxy = QNetworkProxy(QNetworkProxy::DefaultProxy);
    QHostAddress localAddress; // null: the system's choice
    std::chrono::seconds keepAlive{0}; // 0: the system's own times
};

/*!
    What TCP and TLS have in common: connecting, writing, errors and closing of a QAbstractSocket.

    The socket has no parent and is deleted later where an event loop may still be inside of it.
*/
class SocketStream : public Stream
{
public:
    ~SocketStream() override;

    void open() override;
    qint64 read(char *data, qint64 max) override;
    void close() override;
    void abort() override;
    qint64 bytesToWrite() const override;
    void watchWrites() override;
    QHostAddress peerAddress() const override;

protected:
    SocketStream(Observer &observer, std::unique_ptr<QAbstractSocket> socket, const TcpTarget &target,
                 QIODevice::OpenMode mode);
    virtual void onReadable();
    void onWritten();
    //! The text of the socket's error, with where it connects to.
    QString describe(QAbstractSocket::SocketError error) const;
    virtual Failure failure(QAbstractSocket::SocketError error) const;
    bool isConnected() const noexcept { return m_connected; }
    bool hasFailed() const noexcept { return m_failed; }
    const TcpTarget &target() const noexcept { return m_target; }

    void fail(const Failure &cause);
    void fail(QAbstractSocket::SocketError error);

private:
    bool bindLocally();

    std::unique_ptr<QAbstractSocket> m_socket;
    TcpTarget m_target;
    QIODevice::OpenMode m_mode;
    bool m_connected = false;
    bool m_failed = false;
    bool m_watched = false;
};

} // namespace QAsyncMySql::Transport
