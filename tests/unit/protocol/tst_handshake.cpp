// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "unit/protocol/login.h"

#include <QtTest/QTest>

using namespace Wire;

class tst_Handshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void response();
    void capabilitiesAreTheServers();
    void mariadbCapabilities();
    void notAskedFor();
    void errors_data();
    void errors();
    void errorBeforeTls();
    void tlsRequest();
    void tlsOrder();
    void badLastPacket_data();
    void badLastPacket();
    void tooManyPackets();
    void largePacket();
    void refusedOptions_data();
    void refusedOptions();
    void schemaIsKnown();
};

void tst_Handshake::response()
{
    HandshakeOptions given = options();
    given.database = "shop";
    given.attributes = {{"program", "test"}, {"empty", ""}};
    given.collation = 45;
    Login login(given);
    QCOMPARE(login.server(greeting()), Progress::NeedInput);
    const QByteArrayList said = login.said();
    QCOMPARE(said.size(), 1);
    const Response response = parseResponse(said.first());
    QVERIFY(response.good);
    QCOMPARE(response.user, QByteArray("user"));
    QCOMPARE(response.answer, sha2Answer("the password", Challenge));
    QCOMPARE(response.database, QByteArray("shop"));
    QCOMPARE(response.method, QByteArray("caching_sha2_password"));
    QCOMPARE(response.attributes, QByteArray("\7program\4test\5empty\0", 20));
    QCOMPARE(response.collation, quint8(45));
    QCOMPARE(response.maxPacket, quint32(0x40000000));
    QCOMPARE(response.extended, quint32(0));
    QCOMPARE(login.server(hex("0103")), Progress::NeedInput); // fast authentication
    QVERIFY(login.said().isEmpty());
    QCOMPARE(login.server(ok()), Progress::ExchangeDone);
    QVERIFY(!login.handshake.failed());
    QVERIFY(login.session.state().authenticated);
    QCOMPARE(login.session.state().connectionId, quint32(7));
    QCOMPARE(login.session.state().versionNumber, 80036);
    QCOMPARE(login.session.state().capabilities, response.capabilities);
    QCOMPARE(login.handshake.authMethod(), QByteArray("caching_sha2_password"));
}

// Pitfall 8.
void tst_Handshake::capabilitiesAreTheServers()
{
    // One bit less at a time: never is one said that the server has not.
    for (int bit = 0; bit < 32; ++bit) {
        const quint32 offered = ~(1u << bit);
        if (!(offered & Capability::Protocol41))
            continue;
        Login login(options());
        login.server(greeting(offered));
        const QByteArrayList said = login.said();
        QCOMPARE(said.size(), 1);
        PacketReader reader(said.first());
        QCOMPARE(reader.u32() & ~offered, quint32(0));
    }
}

void tst_Handshake::mariadbCapabilities()
{
    Login login(options());
    login.server(
        greeting(~Capability::LongPassword, "mysql_native_password", "5.5.5-11.4.2-MariaDB", 0xFFFFFFFF));
    const Response response = parseResponse(login.said().first());
    QVERIFY(response.good);
    QVERIFY(!(response.capabilities & Capability::LongPassword));
    QCOMPARE(response.extended,
             MariaDbCapability::ExtendedMetadata | MariaDbCapability::StatementBulkOperations);
    QCOMPARE(login.session.state().mariadbCapabilities, response.extended);
    QCOMPARE(response.answer, nativeAnswer("the password", Challenge));
}

// Pitfall 8.
void tst_Handshake::notAskedFor()
{
    constexpr quint32 never = Capability::QueryAttributes | Capability::OptionalResultSetMetadata
        | Capability::MultiStatements | Capability::LocalFiles | Capability::Compress
        | Capability::ZstdCompression | Capability::ConnectWithDb | Capability::Ssl | Capability::FoundRows;
    Login plain(options());
    plain.server(greeting());
    QCOMPARE(parseResponse(plain.said().first()).capabilities & never, quint32(0));

    HandshakeOptions given = options();
    given.extraCapabilities = Capability::FoundRows | Capability::MultiStatements;
    given.maskedCapabilities = Capability::DeprecateEof | Capability::Protocol41;
    Login other(given);
    other.server(greeting());
    const quint32 said = parseResponse(other.said().first()).capabilities;
    QCOMPARE(said & never, Capability::FoundRows | Capability::MultiStatements);
    QVERIFY(!(said & Capability::DeprecateEof));
    QVERIFY(said & Capability::Protocol41); // not for the options to mask
}

void tst_Handshake::errors_data()
{
    QTest::addColumn<bool>("beforeGreeting");
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<int>("code"); // 0: malformed
    QTest::newRow("too many connections")
        << true << QByteArray(hex("ff1004") + "Too many connections") << 1040;
    QTest::newRow("host blocked") << true << err(1129, "blocked") << 1129;
    QTest::newRow("cut") << true << hex("ff10") << 0;
    QTest::newRow("access denied") << false << err(1045, "denied") << 1045;
    QTest::newRow("cut, later") << false << hex("ff1004") << 0;
}

// Pitfall 6.
void tst_Handshake::errors()
{
    QFETCH(bool, beforeGreeting);
    QFETCH(QByteArray, packet);
    QFETCH(int, code);
    Login login(options());
    if (!beforeGreeting)
        login.server(greeting());
    login.sequence = 5; // errors need not have the right number here
    const Progress progress = login.server(packet);
    if (code == 0) {
        QCOMPARE(progress, Progress::Failed);
        QCOMPARE(login.session.fault().kind, Fault::Kind::Malformed);
        return;
    }
    QCOMPARE(progress, Progress::ExchangeDone);
    QVERIFY(login.handshake.failed());
    QVERIFY(!login.handshake.errorUnverified());
    QCOMPARE(int(login.handshake.error().code), code);
    QVERIFY(!login.session.state().authenticated);
}

// Pitfall 9.
void tst_Handshake::errorBeforeTls()
{
    HandshakeOptions given = options();
    given.requireTls = true;
    Login early(given);
    QCOMPARE(early.server(err(1040, "too many")), Progress::ExchangeDone);
    QVERIFY(early.handshake.errorUnverified());

    Login late(given);
    QCOMPARE(late.server(greeting()), Progress::WantsTls);
    QCOMPARE(late.tls(true), Progress::NeedInput);
    QCOMPARE(late.server(err(1045, "denied")), Progress::ExchangeDone);
    QVERIFY(!late.handshake.errorUnverified());
}

// 36 bytes that tell nothing of the user, and the same capabilities as in the response.
void tst_Handshake::tlsRequest()
{
    HandshakeOptions given = options();
    given.useTls = true;
    Login login(given);
    QCOMPARE(login.server(greeting(~quint32(1), "mysql_native_password", "11.4.2-MariaDB", 0x0C)),
             Progress::WantsTls);
    QCOMPARE(login.handshake.stage(), HandshakeExchange::Stage::Tls);
    const QByteArray request = login.everything;
    QCOMPARE(request.size(), 36);
    QCOMPARE(request.first(4), hex("20000001"));
    QVERIFY(!request.contains("user"));
    QVERIFY(!login.session.state().encrypted);

    login.said();
    QCOMPARE(login.tls(true), Progress::NeedInput);
    QVERIFY(login.session.state().encrypted);
    const QByteArray response = login.everything.mid(36);
    QCOMPARE(quint8(response[3]), quint8(2)); // the numbering goes on
    QCOMPARE(response.mid(4, 32), request.mid(4));
    QVERIFY(parseResponse(response.mid(4)).capabilities & Capability::Ssl);
}

// Pitfall 1.
void tst_Handshake::tlsOrder()
{
    HandshakeOptions given = options();
    given.useTls = true;
    // Packets between the request and TLS have no place, and TLS may not be forgotten.
    Login login(given);
    login.server(greeting());
    feed(login.session, frames(ok(), 2));
    QCOMPARE(login.session.advance(1000),
             Progress::WantsTls); // not looked at: the owner sees that input is pending
    QVERIFY(login.session.pendingInput() > 0);
    login.session.resumeExchange(); // without tlsEstablished()
    QCOMPARE(login.session.advance(1000), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Security);
    QCOMPARE(login.everything.size(), 36);

    // Preferred, not offered: it goes on without.
    Login plain(given);
    QCOMPARE(plain.server(greeting(~Capability::Ssl)), Progress::NeedInput);
    QVERIFY(parseResponse(plain.said().first()).good);
}

void tst_Handshake::badLastPacket_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<Fault::Kind>("fault");
    QTest::newRow("cut OK") << hex("00") << Fault::Kind::Malformed;
    QTest::newRow("OK with a wild length") << hex("00feff") << Fault::Kind::Malformed;
    QTest::newRow("tracking of 2^63 bytes") << QByteArray(ok(0x4002)
                                                          + hex("00"
                                                                "fe0000000000000080"))
                                            << Fault::Kind::Malformed;
    QTest::newRow("OK with tracking that is cut")
        << hex("000000 0240 0000 00 0500") << Fault::Kind::Malformed;
    QTest::newRow("EOF") << eof() << Fault::Kind::Malformed;
    QTest::newRow("empty") << QByteArray() << Fault::Kind::Malformed;
    QTest::newRow("a second greeting") << greeting() << Fault::Kind::Unexpected;
    QTest::newRow("local file") << QByteArray("\xFB/etc/passwd") << Fault::Kind::Unexpected;
    QTest::newRow("next factor, unknown") << QByteArray("\2authentication_x\0", 18) << Fault::Kind::Security;
}

void tst_Handshake::badLastPacket()
{
    QFETCH(QByteArray, packet);
    QFETCH(Fault::Kind, fault);
    Login login(options());
    login.server(greeting());
    login.said();
    QCOMPARE(login.server(packet), Progress::Failed);
    QCOMPARE(login.session.fault().kind, fault);
    QVERIFY(!login.session.state().authenticated);
    QVERIFY(login.said().isEmpty());
}

void tst_Handshake::tooManyPackets()
{
    Limits limits;
    limits.authPackets = 2;
    Session session(limits);
    HandshakeExchange handshake(options());
    session.begin(&handshake);
    feed(session, frames(greeting(), 0));
    QCOMPARE(session.advance(1000), Progress::NeedInput);
    feed(session, QByteArray(frames(hex("0103"), 2) + frames(ok(), 3)));
    QCOMPARE(session.advance(1000), Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Limit);
}

// Before the login is over packets have a limit of their own, much lower than that of all others.
void tst_Handshake::largePacket()
{
    Limits limits;
    limits.handshakePacket = 1000;
    Session session(limits);
    HandshakeExchange handshake(options());
    session.begin(&handshake);
    feed(session, hex("e9030000")); // 1,001 bytes are announced
    QCOMPARE(session.advance(1000), Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Limit);
}

void tst_Handshake::refusedOptions_data()
{
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QByteArray>("database");
    QTest::addColumn<QByteArray>("attribute");
    const QByteArray nul("a\0b", 3);
    QTest::newRow("NUL in the user") << nul << QByteArray("d") << QByteArray("x");
    QTest::newRow("NUL in the database") << QByteArray("u") << nul << QByteArray("x");
    QTest::newRow("NUL in an attribute") << QByteArray("u") << QByteArray("d") << nul;
    QTest::newRow("attributes too long") << QByteArray("u") << QByteArray("d") << QByteArray(70000, 'x');
}

// Pitfall 8.
void tst_Handshake::refusedOptions()
{
    QFETCH(QByteArray, user);
    QFETCH(QByteArray, database);
    QFETCH(QByteArray, attribute);
    HandshakeOptions given = options();
    given.user = user;
    given.database = database;
    given.attributes = {{"key", attribute}};
    given.useTls = true;
    Login login(given);
    QCOMPARE(login.server(greeting()), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Refused);
    QVERIFY(login.everything.isEmpty());
}

void tst_Handshake::schemaIsKnown()
{
    HandshakeOptions given = options();
    given.database = "shop";
    Login untracked(given);
    untracked.server(greeting());
    untracked.server(ok());
    QCOMPARE(untracked.session.state().schema, QByteArray("shop"));

    Login tracked(given);
    tracked.server(greeting());
    tracked.server(QByteArray(ok(0x4002)
                              + hex("00"
                                    "07"
                                    "0105"
                                    "0453484f50"))); // the server's spelling
    QCOMPARE(tracked.session.state().schema, QByteArray("SHOP"));
}

QTEST_APPLESS_MAIN(tst_Handshake)
#include "tst_handshake.moc"
