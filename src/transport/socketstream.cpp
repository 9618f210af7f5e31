// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transport/socketstream.h"

#include "transport/freshname.h"
#include "transport/keepalive.h"

#include <QtCore/QObject>
#include <QtCore/QSignalBlocker>

#include <utility>

namespace QAsyncMySql::Transport {

SocketStream::SocketStream(Observer &observer, std::unique_ptr<QAbstractSocket> socket,
                           const TcpTarget &target, QIODevice::OpenMode mode)
    : Stream(observer)
    , m_socket(std::move(socket))
    , m_target(target)
    , m_mode(mode)
{
    QAbstractSocket *s = m_socket.get();
    s->setProxy(target.proxy);
    QObject::connect(s, &QAbstractSocket::connected, s, [this] {
        m_connected = true;
        // Before connected() there is no socket to set these on (QAbstractSocket ignores them silently).
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
        if (m_target.keepAlive.count() > 0)
            watchOtherEnd(m_socket->socketDescriptor(), m_target.keepAlive);
        if (Observer *o = this->observer())
            o->transportOpened();
    });
    QObject::connect(s, &QIODevice::readyRead, s, [this] { onReadable(); });
    QObject::connect(s, &QAbstractSocket::errorOccurred, s,
                     [this](QAbstractSocket::SocketError error) { fail(error); });
    QObject::connect(s, &QAbstractSocket::disconnected, s,
                     [this] { fail(QAbstractSocket::RemoteHostClosedError); });
}

SocketStream::~SocketStream()
{
    m_socket->disconnect(m_socket.get());
    m_socket->abort();
}

void SocketStream::open()
{
    if (!bindLocally()) {
        fail({Failure::Kind::Connect,
              QStringLiteral(
                  "Cannot connect from the local address %1: %2. Check setLocalAddress() (bind-address).")
                  .arg(m_target.localAddress.toString(), m_socket->errorString())});
        return;
    }
    m_socket->connectToHost(freshName(m_target.host), m_target.port, m_mode);
}

bool SocketStream::bindLocally()
{
    const QSignalBlocker quiet(m_socket.get()); // its error would name the server
    return m_target.localAddress.isNull() || m_socket->bind(m_target.localAddress);
}

qint64 SocketStream::read(char *data, qint64 max)
{
    const qint64 count = m_socket->read(data, max);
    // An unbuffered socket tells of the end only here.
    if (count < 0)
        fail(m_socket->error());
    return count;
}

qint64 SocketStream::bytesToWrite() const
{
    return m_socket->bytesToWrite();
}

void SocketStream::watchWrites()
{
    if (std::exchange(m_watched, true))
        return;
    // Queued: sockets tell of it from within write(), too.
    QObject::connect(
        m_socket.get(), &QIODevice::bytesWritten, m_socket.get(), [this] { onWritten(); },
        Qt::QueuedConnection);
}

void SocketStream::onWritten()
{
    if (Observer *o = observer())
        o->transportWritten();
}

void SocketStream::onReadable()
{
    if (Observer *o = observer())
        o->transportReadable();
}

void SocketStream::fail(QAbstractSocket::SocketError error)
{
    // A temporary error is no end; the deadlines above us cover the rest.
    if (error != QAbstractSocket::TemporaryError && observer())
        fail(failure(error));
}

void SocketStream::fail(const Failure &cause)
{
    if (m_failed)
        return;
    m_failed = true;
    // Queued: this may be called from within a call to us.
    QMetaObject::invokeMethod(
        m_socket.get(),
        [this, cause] {
            if (Observer *o = this->observer())
                o->transportFailed(cause);
        },
        Qt::QueuedConnection);
}

Failure SocketStream::failure(QAbstractSocket::SocketError error) const
{
    return {m_connected ? Failure::Kind::Lost : Failure::Kind::Connect, describe(error)};
}

QString SocketStream::describe(QAbstractSocket::SocketError error) const
{
    const QString where = m_target.host.contains(u':')
        ? QStringLiteral("[%1]:%2").arg(m_target.host).arg(m_target.port)
        : QStringLiteral("%1:%2").arg(m_target.host).arg(m_target.port);
    if (m_connected) {
        if (error == QAbstractSocket::RemoteHostClosedError)
            return QStringLiteral("The server at %1 closed the connection.").arg(where);
        return QStringLiteral("The connection to %1 broke: %2.").arg(where, m_socket->errorString());
    }
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return QStringLiteral("The host name \"%1\" cannot be resolved. Check its spelling and the network.")
            .arg(m_target.host);
    case QAbstractSocket::ConnectionRefusedError:
        return QStringLiteral("Nothing listens at %1 (connection refused). Check host and port, and that the "
                              "server runs.")
            .arg(where);
    default:
        return QStringLiteral("Cannot connect to %1: %2.").arg(where, m_socket->errorString());
    }
}

void SocketStream::close()
{
    silence();
    m_socket->disconnectFromHost();
}

void SocketStream::abort()
{
    silence();
    m_socket->abort();
}

QHostAddress SocketStream::peerAddress() const
{
    return m_socket->peerAddress();
}

} // namespace QAsyncMySql::Transport
