// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Servers that do with the records of TLS what none should (series T of the catalogue in doc/catalogue.md).

#include "rawtlsserver.h"
#include "support/await.h"
#include "support/memorywatch.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/TestCertificates>

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

class tst_TlsRecordsHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void floods_data();
    void floods();
    void plainTextBehindTheEnd_data();
    void plainTextBehindTheEnd();
    void wantsACertificate();

private:
    std::unique_ptr<RawTlsServer> server() const
    {
        return std::make_unique<RawTlsServer>(m_certificates.serverCertificatePath(),
                                              m_certificates.serverKeyPath());
    }
    ConnectOptions options(const RawTlsServer &server) const
    {
        ConnectOptions options;
        options.setHost(QStringLiteral("127.0.0.1")).setPort(server.port()).setUser(QStringLiteral("u"));
        return options.setSslMode(SslMode::VerifyIdentity)
            .setSslCaFile(m_certificates.caCertificatePath())
            .setConnectTimeout(15s)
            .setCommandTimeout(15s);
    }

    QTemporaryDir m_folder;
    TestCertificates m_certificates;
};

void tst_TlsRecordsHostile::initTestCase()
{
    QVERIFY2(m_certificates.create(m_folder.path()), qPrintable(m_certificates.errorString()));
}

void tst_TlsRecordsHostile::floods_data()
{
    QTest::addColumn<bool>("tickets");
    QTest::newRow("tickets") << true;
    QTest::newRow("changes of key") << false;
}

// T11: 10,000 session tickets, or changes of key, are borne, and the connection works after them.
void tst_TlsRecordsHostile::floods()
{
    QFETCH(bool, tickets);
    constexpr int Count = 10'000;
    const auto peer = server();
    int sent = 0;
    peer->onPacket = [&](int number) {
        if (number == 2) { // the first statement is the client's own
            for (int i = 0; i < Count; ++i) {
                if (tickets)
                    sent += SSL_new_session_ticket(peer->ssl());
                else
                    sent += SSL_key_update(peer->ssl(), SSL_KEY_UPDATE_NOT_REQUESTED);
                SSL_do_handshake(peer->ssl());
            }
        }
        peer->send(FakePacket::ok(), number == 0 ? 3 : 1);
    };
    QVERIFY(peer->listen());
    MemoryWatch memory;
    Connection connection;
    VERIFY_OK(await(connection.open(options(*peer))));
    memory.mark();
    VERIFY_OK(await(connection.query(u"SELECT 1")));
    QCOMPARE(sent, Count);
    QVERIFY2(memory.growth() < 48 << 20, qPrintable(QString::number(memory.growth())));
    VERIFY_OK(await(connection.query(u"SELECT 2")));
}

void tst_TlsRecordsHostile::plainTextBehindTheEnd_data()
{
    QTest::addColumn<bool>("amongRows");
    QTest::newRow("in place of an answer") << false;
    QTest::newRow("among rows") << true;
}

// T13: what comes when TLS has ended was said by anybody.
void tst_TlsRecordsHostile::plainTextBehindTheEnd()
{
    QFETCH(bool, amongRows);
    const auto peer = server();
    peer->onPacket = [&](int number) {
        if (number < 2) // the login, and the client's own statement
            return peer->send(FakePacket::ok(), number == 0 ? 3 : 1);
        if (amongRows) {
            peer->send(FakePacket::columnCount(1), 1);
            peer->send(FakePacket::column("c"), 2);
            peer->send(FakePacket::textRow({"real"}), 3);
        }
        SSL_shutdown(peer->ssl());
        const quint8 next = amongRows ? 4 : 1;
        if (amongRows) {
            peer->sendPlain(FakePacket::framed(FakePacket::textRow({"forged"}), next)
                            + FakePacket::framed(FakePacket::ok(0, 0, 2, 0, 0xFE), next + 1));
        } else {
            peer->sendPlain(FakePacket::framed(FakePacket::ok(), next));
        }
    };
    QVERIFY(peer->listen());
    Connection connection;
    VERIFY_OK(await(connection.open(options(*peer))));
    const auto result = await(connection.query(u"SELECT 1"));
    QVERIFY(!result);
    QVERIFY2(result.error().isConnectionLost(), qPrintable(result.error().toString()));
    QCOMPARE(result.error().outcome(), Error::Outcome::Unknown);
    QCOMPARE(connection.state(), Connection::State::Closed);
}

// T14: without a certificate of our own TLS goes on, and what the server says of that is told.
void tst_TlsRecordsHostile::wantsACertificate()
{
    const auto peer = server();
    SSL_CTX_set_verify(peer->context(), SSL_VERIFY_PEER, nullptr);
    peer->onPacket = [&](int) { peer->send(FakePacket::error(1045, "Access denied", "28000"), 3); };
    QVERIFY(peer->listen());
    Connection connection;
    const Error error = await(connection.open(options(*peer))).error();
    QCOMPARE(error.kind(), Error::Kind::Server);
    QCOMPARE(error.code(), 1045);
    QCOMPARE(error.outcome(), Error::Outcome::NotExecuted);
}

QTEST_GUILESS_MAIN(tst_TlsRecordsHostile)
#include "tst_tlsrecords_hostile.moc"
