// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/digest.h"
#include "protocol/handshake.h"
#include "protocol/packetreader.h"
#include "unit/protocol/wire.h"

#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Progress = Session::Progress;
using Wire::hex;

namespace {

// A server played by hand against a handshake: packets get their sequence numbers by turns.
class Login
{
public:
    explicit Login(const HandshakeOptions &options)
        : handshake(options)
    {
        session.begin(&handshake);
    }

    Progress server(const QByteArray &payload)
    {
        const QByteArray bytes = Wire::frames(payload, sequence++);
        Wire::feed(session, bytes);
        const Progress progress = session.advance(1 << 20);
        collect();
        return progress;
    }
    Progress tls(bool identityVerified)
    {
        handshake.tlsEstablished(identityVerified);
        session.resumeExchange();
        collect();
        return session.advance(1 << 20);
    }
    // The packets said since the last call.
    QByteArrayList said()
    {
        QByteArrayList packets;
        QByteArray bytes = std::exchange(m_said, {});
        while (bytes.size() >= 4) {
            const qsizetype size = quint8(bytes[0]) | quint8(bytes[1]) << 8 | quint8(bytes[2]) << 16;
            packets.append(bytes.mid(4, size));
            bytes = bytes.mid(4 + size);
        }
        return packets;
    }

    Session session;
    HandshakeExchange handshake;
    QByteArray everything; // all bytes ever said
    int sequence = 0;

private:
    void collect()
    {
        const QByteArray output = session.takeOutput();
        for (qsizetype at = 0; at + 4 <= output.size();
             at += 4 + (quint8(output[at]) | quint8(output[at + 1]) << 8))
            sequence = quint8(output[at + 3]) + 1;
        m_said += output;
        everything += output;
    }

    QByteArray m_said;
};

struct Response
{
    quint32 capabilities = 0;
    quint32 maxPacket = 0;
    quint8 collation = 0;
    quint32 extended = 0;
    QByteArray user;
    QByteArray answer;
    QByteArray database;
    QByteArray method;
    QByteArray attributes;
    bool good = false;
};

Response parseResponse(const QByteArray &packet)
{
    Response response;
    PacketReader reader(packet);
    response.capabilities = reader.u32();
    response.maxPacket = reader.u32();
    response.collation = reader.u8();
    reader.skip(19);
    response.extended = reader.u32();
    response.user = reader.nulString().toByteArray();
    response.answer = reader.lenencString().toByteArray();
    if (response.capabilities & Capability::ConnectWithDb)
        response.database = reader.nulString().toByteArray();
    response.method = reader.nulString().toByteArray();
    response.attributes = reader.lenencString().toByteArray();
    response.good = reader.finished();
    return response;
}

HandshakeOptions options(const char *password = "the password")
{
    HandshakeOptions result;
    result.user = "user";
    result.password = Secret::fromUtf8(password);
    return result;
}

const QByteArray Challenge = "abcdefghijklmnopqrst";

QByteArray nativeAnswer(const QByteArray &password, const QByteArray &challenge)
{
    const QByteArray once = sha1({password});
    return xored(once, sha1({challenge, sha1({once})}));
}

QByteArray sha2Answer(const QByteArray &password, const QByteArray &challenge)
{
    const QByteArray once = sha256({password});
    return xored(once, sha256({sha256({once}), challenge}));
}

QByteArray switchTo(const QByteArray &method, const QByteArray &challenge)
{
    return QByteArray(hex("fe") + method + '\0' + challenge + '\0');
}

} // namespace

class tst_Handshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void digests();
    void response();
    void capabilitiesAreTheServers();
    void mariadbCapabilities();
    void notAskedFor();
    void emptyPassword_data();
    void emptyPassword();
    void unknownInitialMethod_data();
    void unknownInitialMethod();
    void switches();
    void switchLimits();
    void badSwitch_data();
    void badSwitch();
    void allowedMethods();
    void errors_data();
    void errors();
    void errorBeforeTls();
    void tlsRequest();
    void tlsOrder();
    void badLastPacket_data();
    void badLastPacket();
    void moreDataMisused_data();
    void moreDataMisused();
    void tooManyPackets();
    void refusedOptions_data();
    void refusedOptions();
    void schemaIsKnown();
};

void tst_Handshake::digests()
{
    QCOMPARE(sha1({"abc"}).toHex(), QByteArray("a9993e364706816aba3e25717850c26c9cd0d89d"));
    QCOMPARE(sha256({"a", "bc"}).toHex(),
             QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(xored("abcd", hex("0102")), hex("60606266"));
}

void tst_Handshake::response()
{
    HandshakeOptions given = options();
    given.database = "shop";
    given.attributes = {{"program", "test"}, {"empty", ""}};
    given.collation = 45;
    Login login(given);
    QCOMPARE(login.server(Wire::greeting()), Progress::NeedInput);
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
    QCOMPARE(login.server(Wire::ok()), Progress::ExchangeDone);
    QVERIFY(!login.handshake.failed());
    QVERIFY(login.session.state().authenticated);
    QCOMPARE(login.session.state().connectionId, quint32(7));
    QCOMPARE(login.session.state().versionNumber, 80036);
    QCOMPARE(login.session.state().capabilities, response.capabilities);
    QCOMPARE(login.handshake.authMethod(), QByteArray("caching_sha2_password"));
}

void tst_Handshake::capabilitiesAreTheServers()
{
    // One bit less at a time: never is one said that the server has not.
    for (int bit = 0; bit < 32; ++bit) {
        const quint32 offered = ~(1u << bit);
        if (!(offered & Capability::Protocol41))
            continue;
        Login login(options());
        login.server(Wire::greeting(offered));
        const QByteArrayList said = login.said();
        QCOMPARE(said.size(), 1);
        PacketReader reader(said.first());
        QCOMPARE(reader.u32() & ~offered, quint32(0));
    }
}

void tst_Handshake::mariadbCapabilities()
{
    Login login(options());
    login.server(Wire::greeting(~Capability::LongPassword, "mysql_native_password", "5.5.5-11.4.2-MariaDB",
                                0xFFFFFFFF));
    const Response response = parseResponse(login.said().first());
    QVERIFY(response.good);
    QVERIFY(!(response.capabilities & Capability::LongPassword));
    QCOMPARE(response.extended,
             MariaDbCapability::ExtendedMetadata | MariaDbCapability::StatementBulkOperations);
    QCOMPARE(login.session.state().mariadbCapabilities, response.extended);
    QCOMPARE(response.answer, nativeAnswer("the password", Challenge));
}

void tst_Handshake::notAskedFor()
{
    constexpr quint32 never = Capability::QueryAttributes | Capability::OptionalResultSetMetadata
        | Capability::MultiStatements | Capability::LocalFiles | Capability::Compress
        | Capability::ZstdCompression | Capability::MultiFactorAuth | Capability::ConnectWithDb
        | Capability::Ssl | Capability::FoundRows;
    Login plain(options());
    plain.server(Wire::greeting());
    QCOMPARE(parseResponse(plain.said().first()).capabilities & never, quint32(0));

    HandshakeOptions given = options();
    given.extraCapabilities = Capability::FoundRows | Capability::MultiStatements;
    given.maskedCapabilities = Capability::DeprecateEof | Capability::Protocol41;
    Login other(given);
    other.server(Wire::greeting());
    const quint32 said = parseResponse(other.said().first()).capabilities;
    QCOMPARE(said & never, Capability::FoundRows | Capability::MultiStatements);
    QVERIFY(!(said & Capability::DeprecateEof));
    QVERIFY(said & Capability::Protocol41); // not for the options to mask
}

void tst_Handshake::emptyPassword_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("native") << QByteArray("mysql_native_password");
    QTest::newRow("caching") << QByteArray("caching_sha2_password");
    QTest::newRow("sha256") << QByteArray("sha256_password");
}

void tst_Handshake::emptyPassword()
{
    QFETCH(QByteArray, method);
    Login login(options(""));
    login.server(Wire::greeting(0xFFFFFFFF, method));
    const Response response = parseResponse(login.said().first());
    QVERIFY(response.good);
    QVERIFY(response.answer.isEmpty());
    QCOMPARE(response.method, method);
    // After a switch an empty answer is an empty packet, not silence.
    QCOMPARE(login.server(switchTo(method, Challenge)), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({QByteArray()}));
    QCOMPARE(login.server(Wire::ok()), Progress::ExchangeDone);
}

void tst_Handshake::unknownInitialMethod_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("said"); // the method named instead; empty: refused
    QTest::newRow("unknown, MySQL") << QByteArray("authentication_x") << QByteArray("8.0.1")
                                    << QByteArray("caching_sha2_password");
    QTest::newRow("unknown, MariaDB")
        << QByteArray("auth_y") << QByteArray("11.4.2-MariaDB") << QByteArray("mysql_native_password");
    QTest::newRow("clear password") << QByteArray("mysql_clear_password") << QByteArray("8.0.1")
                                    << QByteArray();
    QTest::newRow("dialog") << QByteArray("dialog") << QByteArray("11.4.2-MariaDB") << QByteArray();
    QTest::newRow("old password") << QByteArray("mysql_old_password") << QByteArray("5.5.1") << QByteArray();
}

void tst_Handshake::unknownInitialMethod()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, said);
    Login login(options());
    const Progress progress = login.server(Wire::greeting(0xFFFFFFFF, method, version));
    if (said.isEmpty()) {
        QCOMPARE(progress, Progress::Failed);
        QCOMPARE(login.session.fault().kind, Fault::Kind::Security);
        QVERIFY(login.everything.isEmpty());
        return;
    }
    QCOMPARE(progress, Progress::NeedInput);
    const Response response = parseResponse(login.said().first());
    QCOMPARE(response.method, said);
    QVERIFY(response.answer.isEmpty()); // proves nothing yet
    QCOMPARE(login.server(switchTo("mysql_native_password", "ABCDEFGHIJKLMNOPQRST")), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({nativeAnswer("the password", "ABCDEFGHIJKLMNOPQRST")}));
}

void tst_Handshake::switches()
{
    Login login(options());
    login.server(Wire::greeting());
    login.said();
    QCOMPARE(login.server(switchTo("mysql_native_password", "ABCDEFGHIJKLMNOPQRST")), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({nativeAnswer("the password", "ABCDEFGHIJKLMNOPQRST")}));
    QCOMPARE(login.server(Wire::ok()), Progress::ExchangeDone);
    QCOMPARE(login.handshake.authMethod(), QByteArray("mysql_native_password"));
}

void tst_Handshake::switchLimits()
{
    Login mysql(options());
    mysql.server(Wire::greeting());
    QCOMPARE(mysql.server(switchTo("mysql_native_password", Challenge)), Progress::NeedInput);
    QCOMPARE(mysql.server(switchTo("mysql_native_password", Challenge)), Progress::Failed);
    QCOMPARE(mysql.session.fault().kind, Fault::Kind::Unexpected);

    // MariaDB tries the methods of an account one after the other; but not for ever.
    Login mariadb(options());
    mariadb.server(Wire::greeting(~quint32(1), "mysql_native_password", "11.4.2-MariaDB"));
    int count = 0;
    while (mariadb.server(switchTo("mysql_native_password", Challenge)) == Progress::NeedInput && count < 100)
        ++count;
    QCOMPARE(count, 8);
    QCOMPARE(mariadb.session.fault().kind, Fault::Kind::Limit);
}

void tst_Handshake::badSwitch_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<Fault::Kind>("fault");
    QTest::newRow("bare: old password") << hex("fe") << Fault::Kind::Security;
    QTest::newRow("old password") << switchTo("mysql_old_password", Challenge) << Fault::Kind::Security;
    QTest::newRow("clear password") << switchTo("mysql_clear_password", {}) << Fault::Kind::Security;
    QTest::newRow("dialog") << switchTo("dialog", "\2Password: ") << Fault::Kind::Security;
    QTest::newRow("unknown") << switchTo("authentication_x", Challenge) << Fault::Kind::Security;
    QTest::newRow("name without its end")
        << QByteArray("\xFEmysql_native_password") << Fault::Kind::Malformed;
    QTest::newRow("empty name") << switchTo("", Challenge) << Fault::Kind::Malformed;
    for (const int size : {0, 8, 18, 21, 22, 255}) {
        QTest::addRow("native, challenge of %d bytes", size)
            << switchTo("mysql_native_password", QByteArray(size, 'x')) << Fault::Kind::Malformed;
        QTest::addRow("caching, challenge of %d bytes", size)
            << switchTo("caching_sha2_password", QByteArray(size, 'x')) << Fault::Kind::Malformed;
    }
    QTest::newRow("huge name") << switchTo(QByteArray(1 << 20, 'x'), Challenge) << Fault::Kind::Limit;
}

void tst_Handshake::badSwitch()
{
    QFETCH(QByteArray, packet);
    QFETCH(Fault::Kind, fault);
    Login login(options());
    login.server(Wire::greeting());
    login.said();
    QCOMPARE(login.server(packet), Progress::Failed);
    QCOMPARE(login.session.fault().kind, fault);
    QVERIFY(login.said().isEmpty());
    QVERIFY(!login.everything.contains("the password"));
}

void tst_Handshake::allowedMethods()
{
    HandshakeOptions given = options();
    given.allowedMethods = {"caching_sha2_password"};
    Login login(given);
    login.server(Wire::greeting(0xFFFFFFFF, "mysql_native_password"));
    const Response response = parseResponse(login.said().first());
    QCOMPARE(response.method, QByteArray("caching_sha2_password"));
    QVERIFY(response.answer.isEmpty()); // no proof by a method that is not allowed
    QCOMPARE(login.server(switchTo("mysql_native_password", Challenge)), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Security);
    QVERIFY(login.session.fault().text.contains(u"mysql_native_password"));

    given.allowedMethods = {"client_ed25519"};
    Login none(given);
    QCOMPARE(none.server(Wire::greeting()), Progress::Failed);
    QCOMPARE(none.session.fault().kind, Fault::Kind::Security);
}

void tst_Handshake::errors_data()
{
    QTest::addColumn<bool>("beforeGreeting");
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<int>("code"); // 0: malformed
    QTest::newRow("too many connections")
        << true << QByteArray(hex("ff1004") + "Too many connections") << 1040;
    QTest::newRow("host blocked") << true << Wire::err(1129, "blocked") << 1129;
    QTest::newRow("cut") << true << hex("ff10") << 0;
    QTest::newRow("access denied") << false << Wire::err(1045, "denied") << 1045;
    QTest::newRow("cut, later") << false << hex("ff1004") << 0;
}

void tst_Handshake::errors()
{
    QFETCH(bool, beforeGreeting);
    QFETCH(QByteArray, packet);
    QFETCH(int, code);
    Login login(options());
    if (!beforeGreeting)
        login.server(Wire::greeting());
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

void tst_Handshake::errorBeforeTls()
{
    HandshakeOptions given = options();
    given.requireTls = true;
    Login early(given);
    QCOMPARE(early.server(Wire::err(1040, "too many")), Progress::ExchangeDone);
    QVERIFY(early.handshake.errorUnverified());

    Login late(given);
    QCOMPARE(late.server(Wire::greeting()), Progress::WantsTls);
    QCOMPARE(late.tls(true), Progress::NeedInput);
    QCOMPARE(late.server(Wire::err(1045, "denied")), Progress::ExchangeDone);
    QVERIFY(!late.handshake.errorUnverified());
}

// 36 bytes that tell nothing of the user, and the same capabilities as in the response.
void tst_Handshake::tlsRequest()
{
    HandshakeOptions given = options();
    given.useTls = true;
    Login login(given);
    QCOMPARE(login.server(Wire::greeting(~quint32(1), "mysql_native_password", "11.4.2-MariaDB", 0x0C)),
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

void tst_Handshake::tlsOrder()
{
    HandshakeOptions given = options();
    given.useTls = true;
    // Packets between the request and TLS have no place, and TLS may not be forgotten.
    Login login(given);
    login.server(Wire::greeting());
    Wire::feed(login.session, Wire::frames(Wire::ok(), 2));
    QCOMPARE(login.session.advance(1000),
             Progress::WantsTls); // not looked at: the owner sees that input is pending
    QVERIFY(login.session.pendingInput() > 0);
    login.session.resumeExchange(); // without tlsEstablished()
    QCOMPARE(login.session.advance(1000), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Security);
    QCOMPARE(login.everything.size(), 36);

    // Preferred, not offered: it goes on without.
    Login plain(given);
    QCOMPARE(plain.server(Wire::greeting(~Capability::Ssl)), Progress::NeedInput);
    QVERIFY(parseResponse(plain.said().first()).good);
}

void tst_Handshake::badLastPacket_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<Fault::Kind>("fault");
    QTest::newRow("cut OK") << hex("00") << Fault::Kind::Malformed;
    QTest::newRow("OK with a wild length") << hex("00feff") << Fault::Kind::Malformed;
    QTest::newRow("tracking of 2^63 bytes") << QByteArray(Wire::ok(0x4002)
                                                          + hex("00"
                                                                "fe0000000000000080"))
                                            << Fault::Kind::Malformed;
    QTest::newRow("EOF") << Wire::eof() << Fault::Kind::Malformed;
    QTest::newRow("empty") << QByteArray() << Fault::Kind::Malformed;
    QTest::newRow("a second greeting") << Wire::greeting() << Fault::Kind::Unexpected;
    QTest::newRow("local file") << QByteArray("\xFB/etc/passwd") << Fault::Kind::Unexpected;
    QTest::newRow("next factor") << QByteArray("\2authentication_x\0", 18) << Fault::Kind::Unsupported;
}

void tst_Handshake::badLastPacket()
{
    QFETCH(QByteArray, packet);
    QFETCH(Fault::Kind, fault);
    Login login(options());
    login.server(Wire::greeting());
    login.said();
    QCOMPARE(login.server(packet), Progress::Failed);
    QCOMPARE(login.session.fault().kind, fault);
    QVERIFY(!login.session.state().authenticated);
    QVERIFY(login.said().isEmpty());
}

void tst_Handshake::moreDataMisused_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArrayList>("packets"); // the last one is refused
    QTest::newRow("no byte") << QByteArray("caching_sha2_password") << QByteArrayList({hex("01")});
    QTest::newRow("5") << QByteArray("caching_sha2_password") << QByteArrayList({hex("0105")});
    QTest::newRow("two bytes") << QByteArray("caching_sha2_password") << QByteArrayList({hex("010304")});
    QTest::newRow("fast twice") << QByteArray("caching_sha2_password")
                                << QByteArrayList({hex("0103"), hex("0103")});
    QTest::newRow("full after fast") << QByteArray("caching_sha2_password")
                                     << QByteArrayList({hex("0103"), hex("0104")});
    QTest::newRow("native") << QByteArray("mysql_native_password") << QByteArrayList({hex("0103")});
}

void tst_Handshake::moreDataMisused()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArrayList, packets);
    Login login(options());
    login.server(Wire::greeting(0xFFFFFFFF, method));
    login.said();
    const QByteArray last = packets.takeLast();
    for (const QByteArray &packet : std::as_const(packets))
        QCOMPARE(login.server(packet), Progress::NeedInput);
    QCOMPARE(login.server(last), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Unexpected);
    QVERIFY(login.said().isEmpty());
}

void tst_Handshake::tooManyPackets()
{
    Limits limits;
    limits.authPackets = 2;
    Session session(limits);
    HandshakeExchange handshake(options());
    session.begin(&handshake);
    Wire::feed(session, Wire::frames(Wire::greeting(), 0));
    QCOMPARE(session.advance(1000), Progress::NeedInput);
    Wire::feed(session, QByteArray(Wire::frames(hex("0103"), 2) + Wire::frames(Wire::ok(), 3)));
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
    QCOMPARE(login.server(Wire::greeting()), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Refused);
    QVERIFY(login.everything.isEmpty());
}

void tst_Handshake::schemaIsKnown()
{
    HandshakeOptions given = options();
    given.database = "shop";
    Login untracked(given);
    untracked.server(Wire::greeting());
    untracked.server(Wire::ok());
    QCOMPARE(untracked.session.state().schema, QByteArray("shop"));

    Login tracked(given);
    tracked.server(Wire::greeting());
    tracked.server(QByteArray(Wire::ok(0x4002)
                              + hex("00"
                                    "07"
                                    "0105"
                                    "0453484f50"))); // the server's spelling
    QCOMPARE(tracked.session.state().schema, QByteArray("SHOP"));
}

QTEST_APPLESS_MAIN(tst_Handshake)
#include "tst_handshake.moc"
