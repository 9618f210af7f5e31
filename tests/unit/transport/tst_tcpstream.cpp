// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    The end of a TCP connection is told, wherever it is found.
*/

#include "testing/fake/resetconnection.h"
#include "transport/tcpstream.h"

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

} // namespace

class tst_TcpStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endIsTold_data();
    void endIsTold();
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
    TcpTarget target;
    target.host = QStringLiteral("127.0.0.1");
    target.port = server.serverPort();
    target.proxy = QNetworkProxy::NoProxy;
    TcpStream stream(listener, target);
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

QTEST_GUILESS_MAIN(tst_TcpStream)
#include "tst_tcpstream.moc"
