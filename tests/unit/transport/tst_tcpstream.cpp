// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    The end of a TCP connection is told, wherever it is found. Where a connection comes from, and how long its
   other end may be silent.
*/

#include "testing/fake/resetconnection.h"
#include "transport/tcpstream.h"

#include <QtCore/QFile>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

using namespace QAsyncMySql::Transport;

namespace {

class Listener final : public Observer
{
public:
    void transportOpened() override { opened = true; }
    void transportReadable() override
    {
        char byte = 0;
        while (stream->read(&byte, 1) > 0) { }
    }
    void transportEncrypted() override { }
    void transportWritten() override { }
    void transportFailed(const Failure &failure) override { failures.append(failure.text); }

    TcpStream *stream = nullptr;
    bool opened = false;
    QStringList failures;
};

TcpTarget targetOf(const QTcpServer &server)
{
    TcpTarget target;
    target.host = QStringLiteral("127.0.0.1");
    target.port = server.serverPort();
    target.proxy = QNetworkProxy::NoProxy;
    return target;
}

} // namespace

class tst_TcpStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endIsTold_data();
    void endIsTold();
    void localAddress();
    void localAddressThatIsNotOurs();
    void keepAlive_data();
    void keepAlive();
};

void tst_TcpStream::endIsTold_data()
{
    QTest::addColumn<bool>("resets");
    QTest::addColumn<bool>("reads"); // before the event loop can tell
    QTest::addColumn<int>("writes");
    for (const bool resets : {false, true}) {
        const char *how = resets ? "reset" : "closed";
        QTest::addRow("%s, in silence", how) << resets << false << 0;
        QTest::addRow("%s, found by a read", how) << resets << true << 0;
        QTest::addRow("%s, found by a write", how) << resets << false << 1;
        QTest::addRow("%s, found by the second write", how) << resets << false << 2;
        QTest::addRow("%s, found by a write, then read", how) << resets << true << 2;
    }
}

void tst_TcpStream::endIsTold()
{
    QFETCH(bool, resets);
    QFETCH(bool, reads);
    QFETCH(int, writes);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Listener listener;
    TcpStream stream(listener, targetOf(server));
    listener.stream = &stream;
    stream.open();
    QTRY_VERIFY(listener.opened && server.hasPendingConnections());
    const std::unique_ptr<QTcpSocket> peer(server.nextPendingConnection());
    if (resets)
        QAsyncMySql::Internal::resetConnection(*peer);
    else
        peer->close();
    // On the loopback device the end has come by now; the event loop has not run.
    for (int i = 0; i < writes; ++i)
        stream.write("SELECT 1");
    if (reads)
        listener.transportReadable();
    QVERIFY(listener.failures.isEmpty()); // never from within a call
    QTRY_VERIFY(!listener.failures.isEmpty());
    QTest::qWait(20);
    QCOMPARE(listener.failures.size(), 1);
    QVERIFY2(listener.failures.first().contains(QStringLiteral("127.0.0.1")),
             qPrintable(listener.failures.first()));
}

void tst_TcpStream::localAddress()
{
#ifndef Q_OS_LINUX
    QSKIP("all of 127.0.0.0/8 is this computer on Linux only");
#endif
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Listener listener;
    TcpTarget target = targetOf(server);
    target.localAddress = QHostAddress(QStringLiteral("127.0.0.77"));
    TcpStream stream(listener, target);
    listener.stream = &stream;
    stream.open();
    QTRY_VERIFY(listener.opened && server.hasPendingConnections());
    const std::unique_ptr<QTcpSocket> peer(server.nextPendingConnection());
    QCOMPARE(peer->peerAddress(), target.localAddress);
    stream.write("over it");
    QTRY_COMPARE(peer->bytesAvailable(), 7);
}

void tst_TcpStream::localAddressThatIsNotOurs()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Listener listener;
    TcpTarget target = targetOf(server);
    target.localAddress = QHostAddress(QStringLiteral("192.0.2.1")); // RFC 5737: nobody's
    TcpStream stream(listener, target);
    listener.stream = &stream;
    stream.open();
    QVERIFY(listener.failures.isEmpty());
    QTRY_COMPARE(listener.failures.size(), 1);
    QVERIFY2(listener.failures.first().contains(QStringLiteral("local address 192.0.2.1: ")),
             qPrintable(listener.failures.first()));
    QVERIFY(!listener.opened);
}

void tst_TcpStream::keepAlive_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<int>("least"); // until the first question, in seconds
    QTest::addColumn<int>("most");
    QTest::newRow("20 s") << 20 << 15 << 20;
    QTest::newRow("beyond what systems take") << 1'000'000 << 32'000 << 32'767;
    QTest::newRow("the system's own") << 0 << 33'000 << 1'000'000'000;
}

void tst_TcpStream::keepAlive()
{
    // The table of connections tells when a socket's timer is due, and what for.
    QFile table(QStringLiteral("/proc/net/tcp"));
    QFile usual(QStringLiteral("/proc/sys/net/ipv4/tcp_keepalive_time"));
    if (!table.exists())
        QSKIP("the timers of a socket can be seen on Linux only");
    QFETCH(int, seconds);
    QFETCH(int, least);
    QFETCH(int, most);
    if (seconds == 0) {
        QVERIFY(usual.open(QIODevice::ReadOnly));
        most = usual.readAll().trimmed().toInt();
        least = most - 5;
    }
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    Listener listener;
    TcpTarget target = targetOf(server);
    target.keepAlive = std::chrono::seconds(seconds);
    TcpStream stream(listener, target);
    listener.stream = &stream;
    stream.open();
    QTRY_VERIFY(listener.opened && server.hasPendingConnections());

    const QByteArray remote
        = ":" + QByteArray::number(server.serverPort(), 16).rightJustified(4, '0').toUpper();
    int due = -1;
    QVERIFY(table.open(QIODevice::ReadOnly));
    for (const QByteArray &line : table.readAll().split('\n')) {
        const QList<QByteArray> fields = line.simplified().split(' ');
        // Number, local and remote address, state, queues, timer. Timer 2 is keep-alive, due in 1/100 s.
        if (fields.size() > 5 && fields.at(2).endsWith(remote) && fields.at(5).startsWith("02:"))
            due = fields.at(5).mid(3).toInt(nullptr, 16) / 100;
    }
    QVERIFY2(due >= least && due <= most, qPrintable(QString::number(due)));
}

QTEST_GUILESS_MAIN(tst_TcpStream)
#include "tst_tcpstream.moc"
