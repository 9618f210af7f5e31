// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transport/localstream.h"

#include <QtCore/QMetaObject>

#include <utility>

namespace QAsyncMySql::Transport {

namespace {

// Bytes that may wait in the socket while nobody reads.
constexpr qint64 ReadBuffer = 1 << 20;

} // namespace

LocalStream::LocalStream(Observer &observer, const QString &path)
    : Stream(observer)
    , m_path(path)
{
    m_socket.setReadBufferSize(ReadBuffer);
    QObject::connect(&m_socket, &QLocalSocket::connected, &m_socket, [this] {
        m_connected = true;
        if (Observer *o = this->observer())
            o->transportOpened();
    });
    QObject::connect(&m_socket, &QIODevice::readyRead, &m_socket, [this] {
        if (Observer *o = this->observer())
            o->transportReadable();
    });
    QObject::connect(&m_socket, &QLocalSocket::errorOccurred, &m_socket,
                     [this](QLocalSocket::LocalSocketError error) { fail(error); });
    QObject::connect(&m_socket, &QLocalSocket::disconnected, &m_socket,
                     [this] { fail(QLocalSocket::PeerClosedError); });
}

LocalStream::~LocalStream()
{
    m_socket.disconnect(&m_socket);
    m_socket.abort();
}

void LocalStream::open()
{
    // On Unix all signals come from within connectToServer(); the observer is to hear them from the event
    // loop.
    QMetaObject::invokeMethod(
        &m_socket, [this] { m_socket.connectToServer(m_path); }, Qt::QueuedConnection);
}

qint64 LocalStream::read(char *data, qint64 max)
{
    return m_socket.read(data, max);
}

qint64 LocalStream::bufferedBytes() const
{
    return m_socket.bytesAvailable();
}

void LocalStream::write(const QByteArray &data)
{
    m_socket.write(data);
    m_socket.flush();
}

qint64 LocalStream::bytesToWrite() const
{
    return m_socket.bytesToWrite();
}

void LocalStream::watchWrites()
{
    if (std::exchange(m_watched, true))
        return;
    QObject::connect(
        &m_socket, &QIODevice::bytesWritten, &m_socket,
        [this] {
            if (Observer *o = this->observer())
                o->transportWritten();
        },
        Qt::QueuedConnection);
}

void LocalStream::fail(QLocalSocket::LocalSocketError error)
{
    if (m_failed)
        return;
    m_failed = true;
    // Queued: this may be called from within a call to us.
    QMetaObject::invokeMethod(
        &m_socket,
        [this, cause = describe(error)] {
            if (Observer *o = this->observer())
                o->transportFailed(cause);
        },
        Qt::QueuedConnection);
}

Failure LocalStream::describe(QLocalSocket::LocalSocketError error) const
{
    if (m_connected) {
        return {Failure::Kind::Lost,
                error == QLocalSocket::PeerClosedError
                    ? QStringLiteral("The server at %1 closed the connection.").arg(m_path)
                    : QStringLiteral("The connection to %1 broke: %2.").arg(m_path, m_socket.errorString())};
    }
    return {
        Failure::Kind::Connect,
        error == QLocalSocket::ServerNotFoundError
            ? QStringLiteral("There is no socket \"%1\". Check the path, and that the server runs.")
                  .arg(m_path)
            : QStringLiteral("Cannot connect to the socket \"%1\": %2.").arg(m_path, m_socket.errorString())};
}

void LocalStream::close()
{
    silence();
    m_socket.disconnectFromServer();
}

void LocalStream::abort()
{
    silence();
    m_socket.abort();
}

} // namespace QAsyncMySql::Transport
