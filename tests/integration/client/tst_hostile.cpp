// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Servers that lie, over real sockets: what must come of each, and that the password is not told.
*/

#include "support/await.h"

#include <QAsyncMySql/Connection>

#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

namespace {

constexpr quint32 ProtocolCapabilities
    = 0x0000'0200 | 0x0000'8000 | 0x0008'0000 | 0x0020'0000 | 0x0100'0000 | 0x0000'0008;
constexpr quint32 SslCapability = 0x0000'0800;

QByteArray packet(quint8 sequence, const QByteArray &payload)
{
    QByteArray header(4, '\0');
    header[0] = char(payload.size() & 0xFF);
    header[1] = char((payload.size() >> 8) & 0xFF);
    header[2] = char((payload.size() >> 16) & 0xFF);
    header[3] = char(sequence);
    return header + payload;
}

QByteArray greeting(quint32 capabilities, const QByteArray &method = "mysql_native_password")
{
    QByteArray payload("\x0A"
                       "8.0.99");
    payload += QByteArray(1, '\0') + QByteArray("\x07\0\0\0", 4) + "12345678" + QByteArray(1, '\0');
    payload += char(capabilities & 0xFF);
    payload += char((capabilities >> 8) & 0xFF);
    payload += '\x2D';
    payload += QByteArray("\x02\0", 2);
    payload += char((capabilities >> 16) & 0xFF);
    payload += char((capabilities >> 24) & 0xFF);
    payload += char(21);
    payload += QByteArray(10, '\0') + "123456789012" + QByteArray(1, '\0') + method + QByteArray(1, '\0');
    return packet(0, payload);
}

const QByteArray Ok = QByteArray("\0\0\0\x02\0\0\0", 7);

//! Says one thing after the other: the first at once, each of the others when something was received.
class Liar : public QObject
{
public:
    explicit Liar(QList<QByteArray> says)
        : m_says(std::move(says))
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            say(socket);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                heard += socket->readAll();
                say(socket);
            });
        });
    }
    ConnectOptions options() const
    {
        ConnectOptions o;
        o.setHost(QStringLiteral("127.0.0.1"))
            .setPort(m_server.serverPort())
            .setUser(QStringLiteral("somebody"));
        o.setPassword(QStringLiteral("sentinel-password")).setConnectTimeout(2s).setCancelTimeout(200ms);
        return o;
    }

    QByteArray heard;

private:
    void say(QTcpSocket *socket)
    {
        if (m_next < m_says.size())
            socket->write(m_says[m_next++]);
    }
    QTcpServer m_server;
    QList<QByteArray> m_says;
    qsizetype m_next = 0;
};

Error open(const ConnectOptions &options)
{
    Connection connection;
    return await(connection.open(options)).error();
}

} // namespace

class tst_Hostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tlsFlagStripped();
    void plaintextBeforeTls();
    void plaintextInPlaceOfTls();
    void errorBeforeTls();
    void clearTextPassword();
    void attackersKey();
    void otherProtocols_data();
    void otherProtocols();
    void endlessSwitching();
    void asksForAFile();
    void staleAnswer();
    void farewellOfAnIdleServer();
    void endlessRows();
};

void tst_Hostile::tlsFlagStripped()
{
    Liar liar({greeting(ProtocolCapabilities), packet(2, Ok)});
    const Error error = open(liar.options().setSslMode(SslMode::Required));
    QCOMPARE(error.kind(), Error::Kind::Security);
    QTest::qWait(50);
    QVERIFY2(liar.heard.isEmpty(), liar.heard.toHex().constData());
}

void tst_Hostile::plaintextBeforeTls()
{
    Liar liar({greeting(ProtocolCapabilities | SslCapability) + packet(2, Ok)});
    const Error error = open(liar.options().setSslMode(SslMode::Required));
    QCOMPARE(error.kind(), Error::Kind::Security);
    QTest::qWait(50);
    QVERIFY(!liar.heard.contains("somebody"));
}

void tst_Hostile::plaintextInPlaceOfTls()
{
    Liar liar({greeting(ProtocolCapabilities | SslCapability), packet(2, Ok)});
    const Error error = open(liar.options().setSslMode(SslMode::VerifyIdentity));
    QCOMPARE(error.kind(), Error::Kind::Security);
    QCOMPARE(error.phase(), Error::Phase::Tls);
    QVERIFY(!liar.heard.contains("somebody"));
}

void tst_Hostile::errorBeforeTls()
{
    Liar liar({packet(0, QByteArray("\xFF\x15\x04#28000", 9) + "Access denied, call 555-1234")});
    const Error error = open(liar.options().setSslMode(SslMode::VerifyIdentity));
    QCOMPARE(error.kind(), Error::Kind::Security);
    QCOMPARE(error.code(), 0); // not taken for the server's word
}

void tst_Hostile::clearTextPassword()
{
    // As the first plugin, and by a switch.
    Liar first({greeting(ProtocolCapabilities, "mysql_clear_password"),
                packet(2, QByteArray("\xFE") + "mysql_clear_password" + QByteArray(1, '\0'))});
    QCOMPARE(open(first.options().setSslMode(SslMode::Disabled)).kind(), Error::Kind::Security);
    QVERIFY(!first.heard.contains("sentinel"));
    Liar second({greeting(ProtocolCapabilities),
                 packet(2, QByteArray("\xFE") + "mysql_clear_password" + QByteArray(1, '\0'))});
    QCOMPARE(open(second.options().setSslMode(SslMode::Disabled)).kind(), Error::Kind::Security);
    QTest::qWait(50);
    QVERIFY(!second.heard.contains("sentinel"));
}

void tst_Hostile::attackersKey()
{
    Liar liar({greeting(ProtocolCapabilities, "caching_sha2_password"), packet(2, QByteArray("\x01\x04"))});
    const Error error = open(liar.options().setSslMode(SslMode::Disabled));
    QCOMPARE(error.kind(), Error::Kind::Security);
    QTest::qWait(50);
    QVERIFY(!liar.heard.endsWith(packet(3, QByteArray("\x02")))); // the key was not asked for
}

void tst_Hostile::otherProtocols_data()
{
    QTest::addColumn<QByteArray>("banner");
    QTest::newRow("http") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
    QTest::newRow("ssh") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
    QTest::newRow("empty packet") << QByteArray(4, '\0');
    QTest::newRow("old protocol") << packet(0,
                                            QByteArray("\x09"
                                                       "3.20")
                                                + QByteArray(20, '\0'));
    QTest::newRow("huge greeting") << QByteArray("\xFF\xFF\xFF\0\x0A", 5);
}

void tst_Hostile::otherProtocols()
{
    QFETCH(QByteArray, banner);
    Liar liar({banner});
    const Error error = open(liar.options().setSslMode(SslMode::Disabled));
    QVERIFY(error.kind() == Error::Kind::Protocol || error.kind() == Error::Kind::Limit);
    QCOMPARE(error.phase(), Error::Phase::Greeting);
    QVERIFY(!error.message().isEmpty());
}

void tst_Hostile::endlessSwitching()
{
    QList<QByteArray> says{greeting(ProtocolCapabilities)};
    for (int i = 0; i < 200; ++i) {
        says.append(packet(quint8(2 + 2 * i),
                           QByteArray("\xFE") + "mysql_native_password" + QByteArray(1, '\0')
                               + "12345678901234567890" + QByteArray(1, '\0')));
    }
    Liar liar(says);
    const Error error = open(liar.options().setSslMode(SslMode::Disabled));
    QVERIFY(error.kind() == Error::Kind::Protocol || error.kind() == Error::Kind::Limit);
}

// From here on the liar lets us in: the answer to the login, then to the session's first statement.
void tst_Hostile::asksForAFile()
{
    Liar liar({greeting(ProtocolCapabilities), packet(2, Ok), packet(1, Ok),
               packet(1, QByteArray("\xFB") + "/etc/passwd")});
    Connection connection;
    VERIFY_OK(await(connection.open(liar.options().setSslMode(SslMode::Disabled))));
    liar.heard.clear();
    const auto result = await(connection.query(u"SELECT 1"));
    QCOMPARE(result.error().kind(), Error::Kind::Security);
    QVERIFY(!liar.heard.contains("root"));
    QCOMPARE(connection.state(), Connection::State::Closed);
}

void tst_Hostile::staleAnswer()
{
    // Two answers to one command: the second must not be taken for that of the next.
    Liar liar({greeting(ProtocolCapabilities), packet(2, Ok), packet(1, Ok), packet(1, Ok) + packet(1, Ok),
               packet(1, Ok)});
    Connection connection;
    VERIFY_OK(await(connection.open(liar.options().setSslMode(SslMode::Disabled))));
    VERIFY_OK(await(connection.ping()));
    const auto next = await(connection.ping());
    QVERIFY(!next);
    QVERIFY(next.error().isConnectionLost());
    QCOMPARE(next.error().outcome(), Error::Outcome::NotSent);
}

void tst_Hostile::farewellOfAnIdleServer()
{
    // MySQL's error 4031 comes unasked, with sequence number 0; here in one piece with an answer.
    const QByteArray farewell = packet(0, QByteArray("\xFF\xBF\x0F#HY000", 9) + "idle for too long");
    Liar liar({greeting(ProtocolCapabilities), packet(2, Ok), packet(1, Ok), packet(1, Ok) + farewell});
    Connection connection;
    QSignalSpy lost(&connection, &Connection::errorOccurred);
    VERIFY_OK(await(connection.open(liar.options().setSslMode(SslMode::Disabled))));
    VERIFY_OK(await(connection.ping()));
    QTRY_COMPARE(lost.size(), 1);
    QCOMPARE(connection.lastError().code(), 4031);
    const auto next = await(connection.query(u"SELECT 1"));
    QCOMPARE(next.error().outcome(), Error::Outcome::NotSent);
}

void tst_Hostile::endlessRows()
{
    QByteArray rows = packet(1, QByteArray("\x01"));
    rows += packet(2,
                   QByteArray("\x03"
                              "def")
                       + QByteArray(3, '\0')
                       + QByteArray("\x01"
                                    "a")
                       + QByteArray(1, '\0') + QByteArray("\x0C\x2D\0\xFF\0\0\0\xFD\0\0\0\0\0", 13));
    quint8 sequence = 3;
    for (int i = 0; i < 20'000; ++i)
        rows += packet(sequence++, QByteArray("\x64") + QByteArray(100, 'x'));
    Liar liar({greeting(ProtocolCapabilities), packet(2, Ok), packet(1, Ok), rows});
    Connection connection;
    VERIFY_OK(
        await(connection.open(liar.options().setSslMode(SslMode::Disabled).setMaxBufferedResult(1 << 20))));
    const auto result = await(connection.query(u"SELECT 1"));
    QCOMPARE(result.error().kind(), Error::Kind::Limit);
    QCOMPARE(connection.state(), Connection::State::Closed);
}

QTEST_GUILESS_MAIN(tst_Hostile)
#include "tst_hostile.moc"
