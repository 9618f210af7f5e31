// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/readiness.h"

#include <QtCore/QThread>
#include <QtNetwork/QLocalSocket>
#include <QtNetwork/QTcpSocket>

namespace QAsyncMySql::Internal {

namespace {

constexpr qsizetype HeaderSize = 4;
constexpr unsigned long PollIntervalMs = 10;

template <class Socket> Greeting readGreeting(Socket &socket, const QDeadlineTimer &deadline)
{
    QByteArray data;
    while (data.size() < HeaderSize
           || data.size() < HeaderSize + quint8(data.at(0)) + (qsizetype(quint8(data.at(1))) << 8)) {
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(int(deadline.remainingTime()))) {
            Greeting result;
            result.error = socket.errorString();
            return result;
        }
        data += socket.readAll();
    }
    return Greeting::fromPacket(data);
}

} // namespace

// Protocol::HandshakeV10: a 3-byte length, a sequence number, 0x0a, and the version up to a zero byte; or an
// ERR packet.
Greeting Greeting::fromPacket(const QByteArray &packet)
{
    Greeting result;
    if (packet.size() <= HeaderSize) {
        result.error = QStringLiteral("the first packet is too short");
        return result;
    }
    const auto type = quint8(packet.at(HeaderSize));
    if (type == 0xff) { // "host not allowed" and the like: it serves, just not us
        result.error.clear();
        return result;
    }
    const qsizetype end = packet.indexOf('\0', HeaderSize + 1);
    if (type != 0x0a || end < 0) {
        result.error = QStringLiteral("it does not speak the MySQL protocol");
        return result;
    }
    result.version = QString::fromLatin1(packet.mid(HeaderSize + 1, end - HeaderSize - 1));
    result.flavor = result.version.contains(QLatin1String("mariadb"), Qt::CaseInsensitive)
        ? TestServerOptions::Flavor::MariaDB
        : TestServerOptions::Flavor::MySQL;
    // MariaDB before 11 puts this in front, for replicas of the time before 10.0.
    if (result.flavor == TestServerOptions::Flavor::MariaDB
        && result.version.startsWith(QLatin1String("5.5.5-")))
        result.version.remove(0, 6);
    result.error.clear();
    return result;
}

Greeting readLocalGreeting(const QString &socketPath, const QDeadlineTimer &deadline)
{
    QLocalSocket socket;
    socket.connectToServer(socketPath, QIODevice::ReadOnly);
    if (!socket.waitForConnected(int(deadline.remainingTime()))) {
        Greeting result;
        result.error = socket.errorString();
        return result;
    }
    return readGreeting(socket, deadline);
}

Greeting readTcpGreeting(const QString &host, quint16 port, const QDeadlineTimer &deadline)
{
    for (;;) {
        Greeting result;
        QTcpSocket socket;
        socket.connectToHost(host, port, QIODevice::ReadOnly);
        if (socket.waitForConnected(int(deadline.remainingTime())))
            result = readGreeting(socket, deadline);
        else
            result.error = socket.errorString();
        if (result.isReady() || deadline.hasExpired())
            return result;
        QThread::msleep(PollIntervalMs);
    }
}

Greeting waitForLocalGreeting(const QString &socketPath, const QDeadlineTimer &deadline,
                              const std::function<bool()> &isAlive)
{
    for (;;) {
        Greeting result = readLocalGreeting(socketPath, deadline);
        if (result.isReady() || deadline.hasExpired() || !isAlive())
            return result;
        QThread::msleep(PollIntervalMs);
    }
}

} // namespace QAsyncMySql::Internal
