// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    The connection is cut at each byte of a transaction's conversation. A commit that was sent and not
   answered is Unknown, and is not repeated; what is cut before it was not executed as a whole, and may be.
*/

#include "support/await.h"

#include <QAsyncMySql/Pool>
#include <QAsyncMySql/runtransaction.h>

#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

namespace {

QByteArray packet(quint8 sequence, const QByteArray &payload)
{
    QByteArray header(4, '\0');
    header[0] = char(payload.size() & 0xFF);
    header[1] = char((payload.size() >> 8) & 0xFF);
    header[3] = char(sequence);
    return header + payload;
}

QByteArray greeting()
{
    constexpr quint32 Capabilities
        = 0x0000'0200 | 0x0000'8000 | 0x0008'0000 | 0x0020'0000 | 0x0100'0000 | 0x0000'0008 | 0x0000'2000;
    QByteArray payload("\x0A"
                       "5.7.99");
    payload += QByteArray(1, '\0') + QByteArray("\x07\0\0\0", 4) + "12345678" + QByteArray(1, '\0');
    payload += char(Capabilities & 0xFF);
    payload += char((Capabilities >> 8) & 0xFF);
    payload += '\x2D';
    payload += QByteArray("\x02\0", 2);
    payload += char((Capabilities >> 16) & 0xFF);
    payload += char((Capabilities >> 24) & 0xFF);
    payload += char(21);
    payload += QByteArray(10, '\0') + "123456789012" + QByteArray(1, '\0') + "mysql_native_password"
        + QByteArray(1, '\0');
    return packet(0, payload);
}

//! Answers every command with OK, and has transactions; hangs up where it is told to.
class Peer : public QObject
{
public:
    Peer()
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            const auto input = std::make_shared<QByteArray>();
            const auto loggedIn = std::make_shared<bool>(false);
            const auto transaction = std::make_shared<bool>(false);
            socket->write(greeting());
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket, input, loggedIn, transaction] {
                input->append(socket->readAll());
                while (socket->state() == QAbstractSocket::ConnectedState && input->size() >= 4) {
                    const int length = quint8(input->at(0)) | quint8(input->at(1)) << 8;
                    if (input->size() < 4 + length)
                        return;
                    const quint8 sequence = quint8(input->at(3));
                    const QByteArray payload = input->mid(4, length);
                    input->remove(0, 4 + length);
                    if (!std::exchange(*loggedIn, true))
                        socket->write(packet(quint8(sequence + 1), ok(false)));
                    else
                        answer(socket, payload, *transaction);
                }
            });
        });
    }

    ConnectOptions options() const
    {
        ConnectOptions o;
        o.setHost(QStringLiteral("127.0.0.1"))
            .setPort(m_server.serverPort())
            .setUser(QStringLiteral("somebody"));
        o.setSslMode(SslMode::Disabled).setConnectTimeout(5s);
        return o;
    }

    QByteArray cutCommand; // the text at whose answer it hangs up ...
    qsizetype cutAfter = -1; // ... after so many bytes of it
    bool cutOnce = true;
    QStringList heard;

private:
    static QByteArray ok(bool inTransaction)
    {
        return QByteArray("\0\0\0", 3) + (inTransaction ? '\x03' : '\x02') + QByteArray("\0\0\0", 3);
    }
    void answer(QTcpSocket *socket, const QByteArray &payload, bool &transaction)
    {
        const QByteArray text = payload.mid(1);
        heard.append(QString::fromUtf8(text));
        if (text.startsWith("START"))
            transaction = true;
        if (text == "COMMIT" || text == "ROLLBACK")
            transaction = false;
        const QByteArray bytes = packet(1, ok(transaction));
        if (cutAfter >= 0 && text == cutCommand) {
            socket->write(bytes.left(cutAfter));
            socket->flush();
            if (std::exchange(cutOnce, true))
                cutAfter = -1;
            socket->disconnectFromHost();
            return;
        }
        socket->write(bytes);
    }
    QTcpServer m_server;
};

constexpr qsizetype AnswerSize = 11;

} // namespace

class tst_CommitCuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cuts_data();
    void cuts();
    void xaCuts_data();
    void xaCuts();
    void commitIsNotRepeated();
    void earlierOnesAre();
};

void tst_CommitCuts::cuts_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<qsizetype>("bytes");
    for (const char *command : {"START TRANSACTION", "INSERT 1", "COMMIT"}) {
        for (qsizetype bytes = 0; bytes <= AnswerSize; ++bytes)
            QTest::addRow("%s, %d bytes of the answer", command, int(bytes)) << QByteArray(command) << bytes;
    }
}

void tst_CommitCuts::cuts()
{
    QFETCH(QByteArray, command);
    QFETCH(qsizetype, bytes);
    Peer peer;
    peer.cutCommand = command;
    peer.cutAfter = bytes;
    Connection connection;
    VERIFY_OK(await(connection.open(peer.options())));
    const bool whole = bytes == AnswerSize;
    auto t = await(connection.begin());
    if (command.startsWith("START") && !whole) {
        QVERIFY(t.error().isConnectionLost());
        QCOMPARE(t.error().outcome(), Error::Outcome::NotExecuted); // it went with the session
        QVERIFY(t.error().isRetryable());
        return;
    }
    VERIFY_OK(t);
    const auto insert = await(t->query(u"INSERT 1"));
    const auto commit = await(t->commit());
    QVERIFY(!peer.heard.contains(QStringLiteral("ROLLBACK")));
    if (command == "COMMIT") {
        VERIFY_OK(insert);
        QCOMPARE(commit.hasValue(), whole);
        QCOMPARE(t->state(), whole ? Transaction::State::Committed : Transaction::State::Unknown);
        if (!whole) {
            QCOMPARE(commit.error().outcome(), Error::Outcome::Unknown);
            QVERIFY(commit.error().isConnectionLost());
            QVERIFY(!commit.error().isRetryable());
        }
        return;
    }
    // Lost before the commit: it was not sent, or met the end of the connection.
    QVERIFY(commit.error());
    QVERIFY(t->state() == Transaction::State::Lost || t->state() == Transaction::State::Unknown);
    if (command == "INSERT 1" && !whole) {
        QCOMPARE(insert.error().outcome(), Error::Outcome::Unknown);
        QCOMPARE(commit.error().outcome(), Error::Outcome::NotSent);
        QCOMPARE(t->state(), Transaction::State::Lost);
        QVERIFY(!peer.heard.contains(QStringLiteral("COMMIT")));
    }
}

void tst_CommitCuts::xaCuts_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<qsizetype>("bytes");
    for (const char *verb : {"START", "END", "PREPARE", "COMMIT", "ROLLBACK"}) {
        for (qsizetype bytes = 0; bytes < AnswerSize; ++bytes)
            QTest::addRow("%s, %d bytes of the answer", verb, int(bytes)) << QByteArray(verb) << bytes;
    }
}

// Before XA PREPARE is sent, what is lost is rolled back; from then on, nobody here knows.
void tst_CommitCuts::xaCuts()
{
    QFETCH(QByteArray, command);
    QFETCH(qsizetype, bytes);
    const XaId id("g");
    const auto said = [&id](const QByteArray &verb) {
        return QString(u"XA " % QString::fromLatin1(verb) % u' ' % id.toSql());
    };
    Peer peer;
    peer.cutCommand = said(command).toUtf8();
    peer.cutAfter = bytes;
    Connection connection;
    VERIFY_OK(await(connection.open(peer.options())));
    auto t = await(connection.beginXa(id));
    if (command == "START") {
        QVERIFY(t.error().isConnectionLost());
        return;
    }
    VERIFY_OK(t);
    VERIFY_OK(await(t->query(u"INSERT 1")));
    const Error prepared = await(t->prepare()).error();
    if (command == "END") {
        QCOMPARE(prepared.outcome(), Error::Outcome::NotExecuted);
        QCOMPARE(t->state(), XaTransaction::State::Lost);
        QVERIFY(!peer.heard.contains(said("PREPARE")));
        return;
    }
    if (command == "PREPARE") {
        QCOMPARE(prepared.outcome(), Error::Outcome::Unknown);
        QVERIFY(!prepared.isRetryable());
        QCOMPARE(t->state(), XaTransaction::State::Unknown);
        QCOMPARE(t->endError().outcome(), Error::Outcome::Unknown);
        QCOMPARE(await(t->commit()).error().outcome(), Error::Outcome::NotSent);
        QVERIFY(!peer.heard.contains(said("COMMIT")));
        return;
    }
    QVERIFY(!prepared);
    const Error ended = await(command == "COMMIT" ? t->commit() : t->rollback()).error();
    QCOMPARE(ended.outcome(), Error::Outcome::Unknown);
    QVERIFY(!ended.isRetryable());
    QCOMPARE(t->state(), XaTransaction::State::Unknown);
    QCOMPARE(peer.heard.count(said(command)), 1);
}

void tst_CommitCuts::commitIsNotRepeated()
{
    for (qsizetype bytes = 0; bytes < AnswerSize; ++bytes) {
        Peer peer;
        peer.cutCommand = "COMMIT";
        peer.cutAfter = bytes;
        Pool pool(peer.options());
        const auto result = await(runTransaction(pool, [](Transaction &t) { return t.query(u"INSERT 1"); }));
        QCOMPARE(result.error().outcome(), Error::Outcome::Unknown);
        QVERIFY(!result.error().isRetryable());
        QCOMPARE(peer.heard.count(QStringLiteral("INSERT 1")), 1);
        QCOMPARE(peer.heard.count(QStringLiteral("COMMIT")), 1);
    }
}

void tst_CommitCuts::earlierOnesAre()
{
    for (qsizetype bytes = 0; bytes < AnswerSize; ++bytes) {
        Peer peer;
        peer.cutCommand = "INSERT 1";
        peer.cutAfter = bytes;
        Pool pool(peer.options());
        const auto result = await(runTransaction(pool, [](Transaction &t) { return t.query(u"INSERT 1"); }));
        VERIFY_OK(result);
        QCOMPARE(peer.heard.count(QStringLiteral("INSERT 1")), 2);
        QCOMPARE(peer.heard.count(QStringLiteral("COMMIT")), 1);
    }
}

QTEST_GUILESS_MAIN(tst_CommitCuts)
#include "tst_commitcuts.moc"
