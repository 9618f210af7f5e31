// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/capabilities.h"
#include "protocol/greeting.h"
#include "protocol/protocolguess.h"
#include "unit/protocol/wire.h"

#include <QtTest/QTest>

using namespace QAsyncMySql::Protocol;
using Wire::hex;

class tst_Greeting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mysql();
    void mariadb();
    void versions_data();
    void versions();
    void extendedCapabilities_data();
    void extendedCapabilities();
    void cutAnywhere();
    void challenge_data();
    void challenge();
    void unsupported_data();
    void unsupported();
    void guesses_data();
    void guesses();
    void guessedBySession();
    void announcedTooLarge();
};

void tst_Greeting::mysql()
{
    Greeting greeting;
    const Fault fault = parseGreeting(Wire::greeting(), greeting);
    QVERIFY2(!fault, qPrintable(fault.text));
    QCOMPARE(greeting.serverVersion, QByteArray("8.0.36"));
    QCOMPARE(greeting.versionNumber, 80036);
    QCOMPARE(greeting.connectionId, quint32(7));
    QCOMPARE(greeting.capabilities, quint32(0xFFFFFFFF));
    QCOMPARE(greeting.mariadbCapabilities, quint32(0));
    QCOMPARE(greeting.status, quint16(2));
    QCOMPARE(greeting.collation, quint8(255));
    QCOMPARE(greeting.challenge, QByteArray("abcdefghijklmnopqrst"));
    QCOMPARE(greeting.authMethod, QByteArray("caching_sha2_password"));
    QVERIFY(!greeting.isMariaDb);
}

// Pitfall 7.
void tst_Greeting::mariadb()
{
    Greeting greeting;
    const QByteArray payload
        = Wire::greeting(0xFFFFFFFE, "mysql_native_password", "5.5.5-10.11.6-MariaDB-log", 0x1D);
    QVERIFY(!parseGreeting(payload, greeting));
    QCOMPARE(greeting.serverVersion, QByteArray("10.11.6-MariaDB-log"));
    QCOMPARE(greeting.versionNumber, 101106);
    QCOMPARE(greeting.mariadbCapabilities, quint32(0x1D));
    QVERIFY(greeting.isMariaDb);
}

void tst_Greeting::versions_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<int>("number");
    QTest::addColumn<bool>("isMariaDb");
    const auto plain = [](const QByteArray &version, int number) {
        QTest::newRow(version.constData()) << version << version << number << false;
    };
    plain("5.5.5", 50505);
    plain("5.5.5-", 50505);
    plain("5.5.5-m3", 50505);
    plain("8.0.36-0ubuntu0.22.04.1", 80036);
    plain("9.7.4-2", 90704);
    plain("8", 80000);
    plain("8.4", 80400);
    plain("5.7.25-TiDB-v7.5.0", 50725);
    plain("x.y", 0);
    plain("99999999999999999999.5", 990500);
    QTest::newRow("empty") << QByteArray() << QByteArray() << 0 << false;
    QTest::newRow("prefixed") << QByteArray("5.5.5-11.4.2-MariaDB") << QByteArray("11.4.2-MariaDB") << 110402
                              << true;
    QTest::newRow("prefix only tells")
        << QByteArray("5.5.5-11.4.2") << QByteArray("11.4.2") << 110402 << true;
    QTest::newRow("11.8") << QByteArray("11.8.6-MariaDB-ubu2404") << QByteArray("11.8.6-MariaDB-ubu2404")
                          << 110806 << true;
    QTest::newRow("escape characters")
        << QByteArray("8.0.1\x1b[0m") << QByteArray("8.0.1\x1b[0m") << 80001 << false;
}

// Pitfall 7.
void tst_Greeting::versions()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, version);
    QFETCH(int, number);
    QFETCH(bool, isMariaDb);
    Greeting greeting;
    QVERIFY(!parseGreeting(Wire::greeting(0xFFFFFFFF, "mysql_native_password", sent), greeting));
    QCOMPARE(greeting.serverVersion, version);
    QCOMPARE(greeting.versionNumber, number);
    QCOMPARE(greeting.isMariaDb, isMariaDb);
}

void tst_Greeting::extendedCapabilities_data()
{
    QTest::addColumn<quint32>("capabilities");
    QTest::addColumn<quint32>("extended");
    QTest::newRow("LONG_PASSWORD unset: they count") << ~Capability::LongPassword << quint32(0x0C);
    QTest::newRow("LONG_PASSWORD set: they do not") << ~quint32(0) << quint32(0);
}

// Pitfall 7.
void tst_Greeting::extendedCapabilities()
{
    QFETCH(quint32, capabilities);
    QFETCH(quint32, extended);
    Greeting greeting;
    QVERIFY(!parseGreeting(Wire::greeting(capabilities, "mysql_native_password", "8.0.1", 0x0C), greeting));
    QCOMPARE(greeting.mariadbCapabilities, extended);
}

void tst_Greeting::cutAnywhere()
{
    const QByteArray whole = Wire::greeting();
    Greeting greeting;
    // The plugin's name may be cut (old servers leave out its NUL); what comes before may not.
    const qsizetype needed = whole.size() - qsizetype(sizeof("caching_sha2_password"));
    for (qsizetype size = 0; size < needed - 1; ++size)
        QVERIFY2(parseGreeting(QByteArrayView(whole).first(size), greeting),
                 QByteArray::number(size).constData());
    QVERIFY(!parseGreeting(QByteArrayView(whole).chopped(1), greeting));
    QCOMPARE(greeting.authMethod, QByteArray("caching_sha2_password"));
}

void tst_Greeting::challenge_data()
{
    QTest::addColumn<int>("announced");
    QTest::addColumn<QByteArray>("secondPart"); // of the challenge, and what follows
    QTest::addColumn<QByteArray>("challenge"); // empty: refused
    const QByteArray first = "abcdefgh";
    const QByteArray rest = "ijklmnopqrst";
    const QByteArray method("m\0", 2);
    QTest::newRow("21") << 21 << QByteArray(rest + '\0' + method) << QByteArray(first + rest);
    QTest::newRow("0") << 0 << QByteArray(rest + '\0' + method) << QByteArray(first + rest);
    QTest::newRow("7") << 7 << QByteArray(rest + '\0' + method) << QByteArray();
    QTest::newRow("no NUL") << 20 << rest << QByteArray(first + rest);
    QTest::newRow("zeros in it") << 21 << QByteArray(QByteArray(12, '\0') + '\0' + method)
                                 << QByteArray(first + QByteArray(12, '\0'));
    QTest::newRow("255, but few bytes") << 255 << QByteArray(rest + '\0' + method) << QByteArray();
    QTest::newRow("cut") << 21 << QByteArray("ijk") << QByteArray();
    QTest::newRow("missing") << 21 << QByteArray() << QByteArray();
    QTest::newRow("longer") << 33 << QByteArray(rest + "0123456789AB" + '\0' + method)
                            << QByteArray(first + rest + "0123456789AB");
}

// Pitfall 7.
void tst_Greeting::challenge()
{
    QFETCH(int, announced);
    QFETCH(QByteArray, secondPart);
    QFETCH(QByteArray, challenge);
    const QByteArray payload = QByteArray(hex("0a") + "8.0.1" + '\0' + Wire::u32(1) + "abcdefgh" + '\0'
                                          + hex("ffff"
                                                "2d"
                                                "0200"
                                                "ffff")
                                          + char(announced) + QByteArray(10, '\0') + secondPart);
    Greeting greeting;
    const Fault fault = parseGreeting(payload, greeting);
    QCOMPARE(fault.kind, challenge.isEmpty() ? Fault::Kind::Malformed : Fault::Kind::None);
    QCOMPARE(greeting.challenge, challenge);
}

void tst_Greeting::unsupported_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("hint");
    QTest::newRow("version 9") << QByteArray(hex("09") + "3.23\0") << QStringLiteral("version 9");
    QTest::newRow("version 11") << QByteArray(hex("0b") + QByteArray(40, 'x'))
                                << QStringLiteral("version 11");
    QTest::newRow("version 0") << hex("00") << QStringLiteral("version 0");
    QTest::newRow("version 254") << hex("fe") << QStringLiteral("version 254");
    QTest::newRow("X protocol") << hex("0b08051a00") << QStringLiteral("X protocol");
    QTest::newRow("no capabilities") << Wire::greeting(0) << QStringLiteral("4.1");
    QTest::newRow("no PROTOCOL_41") << Wire::greeting(~Capability::Protocol41) << QStringLiteral("4.1");
    QTest::newRow("no modern login") << Wire::greeting(
        ~(Capability::SecureConnection | Capability::PluginAuth))
                                     << QStringLiteral("4.1");
    QTest::newRow("ends after the capabilities")
        << QByteArray(hex("0a") + "4.0.1" + '\0' + Wire::u32(1) + "abcdefgh" + '\0' + hex("2c00"))
        << QStringLiteral("4.1");
}

void tst_Greeting::unsupported()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, hint);
    Greeting greeting;
    const Fault fault = parseGreeting(payload, greeting);
    QCOMPARE(fault.kind, Fault::Kind::Unsupported);
    QVERIFY2(fault.text.contains(hint), qPrintable(fault.text));
}

void tst_Greeting::guesses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("hint");
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << QStringLiteral("SSH");
    QTest::newRow("HTTP") << QByteArray("HTTP/1.1 400 Bad Request\r\n") << QStringLiteral("web");
    QTest::newRow("TLS alert") << hex("15030300020246") << QStringLiteral("TLS");
    QTest::newRow("Redis") << QByteArray("-ERR unknown command\r\n") << QStringLiteral("Redis");
    QTest::newRow("SMTP") << QByteArray("220 mail.test ESMTP\r\n") << QStringLiteral("mail");
}

void tst_Greeting::guesses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, hint);
    QVERIFY(guessProtocol(bytes).contains(hint));
    Session session;
    HandshakeExchange handshake({});
    session.begin(&handshake);
    Wire::feed(session, bytes);
    QCOMPARE(session.advance(1000), Session::Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Unsupported);
    QVERIFY(session.fault().text.contains(hint));
}

void tst_Greeting::guessedBySession()
{
    QVERIFY(guessProtocol(Wire::frames(Wire::greeting(), 0)).isEmpty());
    QVERIFY(guessProtocol({}).isEmpty());
}

void tst_Greeting::announcedTooLarge()
{
    Session session;
    HandshakeExchange handshake({});
    session.begin(&handshake);
    Wire::feed(session, hex("ffffff00"));
    QCOMPARE(session.advance(1000), Session::Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Limit);
}

QTEST_APPLESS_MAIN(tst_Greeting)
#include "tst_greeting.moc"
