// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "unit/protocol/login.h"

#include <QtTest/QTest>

using namespace Wire;

class tst_Authentication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void digests();
    void emptyPassword_data();
    void emptyPassword();
    void unknownInitialMethod_data();
    void unknownInitialMethod();
    void switches();
    void switchLimits();
    void badSwitch_data();
    void badSwitch();
    void allowedMethods();
    void moreDataMisused_data();
    void moreDataMisused();
};

void tst_Authentication::digests()
{
    QCOMPARE(sha1({"abc"}).toHex(), QByteArray("a9993e364706816aba3e25717850c26c9cd0d89d"));
    QCOMPARE(sha256({"a", "bc"}).toHex(),
             QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(xored("abcd", hex("0102")), hex("60606266"));
}

void tst_Authentication::emptyPassword_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("native") << QByteArray("mysql_native_password");
    QTest::newRow("caching") << QByteArray("caching_sha2_password");
    QTest::newRow("sha256") << QByteArray("sha256_password");
}

// Pitfall 12.
void tst_Authentication::emptyPassword()
{
    QFETCH(QByteArray, method);
    Login login(options(""));
    login.server(greeting(0xFFFFFFFF, method));
    const Response response = parseResponse(login.said().first());
    QVERIFY(response.good);
    QVERIFY(response.answer.isEmpty());
    QCOMPARE(response.method, method);
    // After a switch an empty answer is an empty packet, not silence.
    QCOMPARE(login.server(switchTo(method, Challenge)), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({QByteArray()}));
    QCOMPARE(login.server(ok()), Progress::ExchangeDone);
}

void tst_Authentication::unknownInitialMethod_data()
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

void tst_Authentication::unknownInitialMethod()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, said);
    Login login(options());
    const Progress progress = login.server(greeting(0xFFFFFFFF, method, version));
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

// Pitfall 10.
void tst_Authentication::switches()
{
    Login login(options());
    login.server(greeting());
    login.said();
    QCOMPARE(login.server(switchTo("mysql_native_password", "ABCDEFGHIJKLMNOPQRST")), Progress::NeedInput);
    QCOMPARE(login.said(), QByteArrayList({nativeAnswer("the password", "ABCDEFGHIJKLMNOPQRST")}));
    QCOMPARE(login.server(ok()), Progress::ExchangeDone);
    QCOMPARE(login.handshake.authMethod(), QByteArray("mysql_native_password"));
}

// Pitfall 10.
void tst_Authentication::switchLimits()
{
    Login mysql(options());
    mysql.server(greeting());
    QCOMPARE(mysql.server(switchTo("mysql_native_password", Challenge)), Progress::NeedInput);
    QCOMPARE(mysql.server(switchTo("mysql_native_password", Challenge)), Progress::Failed);
    QCOMPARE(mysql.session.fault().kind, Fault::Kind::Unexpected);

    // MariaDB tries the methods of an account one after the other; but not for ever.
    Login mariadb(options());
    mariadb.server(greeting(~quint32(1), "mysql_native_password", "11.4.2-MariaDB"));
    int count = 0;
    while (mariadb.server(switchTo("mysql_native_password", Challenge)) == Progress::NeedInput && count < 100)
        ++count;
    QCOMPARE(count, 8);
    QCOMPARE(mariadb.session.fault().kind, Fault::Kind::Limit);
}

void tst_Authentication::badSwitch_data()
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

// Pitfall 10.
void tst_Authentication::badSwitch()
{
    QFETCH(QByteArray, packet);
    QFETCH(Fault::Kind, fault);
    Login login(options());
    login.server(greeting());
    login.said();
    QCOMPARE(login.server(packet), Progress::Failed);
    QCOMPARE(login.session.fault().kind, fault);
    QVERIFY(login.said().isEmpty());
    QVERIFY(!login.everything.contains("the password"));
}

void tst_Authentication::allowedMethods()
{
    HandshakeOptions given = options();
    given.auth.allowedMethods = {"caching_sha2_password"};
    Login login(given);
    login.server(greeting(0xFFFFFFFF, "mysql_native_password"));
    const Response response = parseResponse(login.said().first());
    QCOMPARE(response.method, QByteArray("caching_sha2_password"));
    QVERIFY(response.answer.isEmpty()); // no proof by a method that is not allowed
    QCOMPARE(login.server(switchTo("mysql_native_password", Challenge)), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Security);
    QVERIFY(login.session.fault().text.contains(u"mysql_native_password"));

    given.auth.allowedMethods = {"authentication_x"};
    Login none(given);
    QCOMPARE(none.server(greeting()), Progress::Failed);
    QCOMPARE(none.session.fault().kind, Fault::Kind::Security);
}

void tst_Authentication::moreDataMisused_data()
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

void tst_Authentication::moreDataMisused()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArrayList, packets);
    Login login(options());
    login.server(greeting(0xFFFFFFFF, method));
    login.said();
    const QByteArray last = packets.takeLast();
    for (const QByteArray &packet : std::as_const(packets))
        QCOMPARE(login.server(packet), Progress::NeedInput);
    QCOMPARE(login.server(last), Progress::Failed);
    QCOMPARE(login.session.fault().kind, Fault::Kind::Unexpected);
    QVERIFY(login.said().isEmpty());
}

QTEST_APPLESS_MAIN(tst_Authentication)
#include "tst_authentication.moc"
