// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "unit/protocol/login.h"

#include <QtTest/QTest>

using namespace Wire;

namespace {

const QByteArray Fingerprint = sha256({"cert"});
// For "the password", Challenge and Fingerprint, made by Python's hashlib.
const QByteArray NativeProof = "a60e9854d116f1b96f078d1a1684e86d853c4e45ae68aebed081d984c9fed452";
const QByteArray Ed25519Proof = "e321a7c3eb7d9d90dd8c55915d01ba398e6ddfe965c712154e6b101d4f0531d6";

std::unique_ptr<Login> logIn(const HandshakeOptions &base, const QByteArray &method, Progress &progress)
{
    HandshakeOptions given = base;
    given.useTls = given.requireTls = true;
    auto login = std::make_unique<Login>(given);
    login->server(greeting(~quint32(1), method, "11.8.6-MariaDB"));
    progress = login->tls(false, Fingerprint);
    return login;
}

} // namespace

//! MariaDB's servers with a certificate that nobody knows: they prove by the password that it is theirs.
class tst_ServerProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void proofs_data();
    void proofs();
    void ed25519();
    void otherMethods_data();
    void otherMethods();
    void emptyPassword();
    void askedForMore();
};

void tst_ServerProof::proofs_data()
{
    QTest::addColumn<QByteArray>("info");
    QTest::addColumn<bool>("good");
    QTest::newRow("right") << QByteArray('\1' + NativeProof) << true;
    QTest::newRow("in capitals") << QByteArray('\1' + NativeProof.toUpper()) << true;
    QTest::newRow("none") << QByteArray() << false;
    QTest::newRow("another text") << QByteArray("Welcome") << false;
    QTest::newRow("without the byte") << NativeProof << false;
    QTest::newRow("another byte") << QByteArray('\2' + NativeProof) << false;
    QTest::newRow("one digit missing") << QByteArray('\1' + NativeProof.chopped(1)) << false;
    QTest::newRow("one digit more") << QByteArray('\1' + NativeProof + '0') << false;
    QTest::newRow("last digit wrong") << QByteArray('\1' + NativeProof.chopped(1) + '3') << false;
    QTest::newRow("first digit wrong") << QByteArray("\1b" + NativeProof.sliced(1)) << false;
    QTest::newRow("no digits") << QByteArray('\1' + QByteArray(64, 'x')) << false;
    QTest::newRow("of another certificate") << QByteArray('\1' + Ed25519Proof) << false;
}

// T16, A19: a server that lets anybody in has proven nothing.
void tst_ServerProof::proofs()
{
    QFETCH(QByteArray, info);
    QFETCH(bool, good);
    Progress progress;
    const auto login = logIn(options(), "mysql_native_password", progress);
    QCOMPARE(progress, Progress::NeedInput);
    login->said();
    progress = login->server(info.isEmpty() ? ok() : okWith(info));
    QVERIFY(login->said().isEmpty());
    if (good) {
        QCOMPARE(progress, Progress::ExchangeDone);
        QVERIFY(login->handshake.ok().info.isEmpty());
        return;
    }
    QCOMPARE(progress, Progress::Failed);
    QCOMPARE(login->session.fault().kind, Fault::Kind::Security);
    QVERIFY(login->session.fault().text.contains(u"ssl-ca"));
}

void tst_ServerProof::ed25519()
{
    for (const bool good : {true, false}) {
        Progress progress;
        const auto login = logIn(options(), "mysql_native_password", progress);
        QCOMPARE(login->server(
                     QByteArray(hex("fe") + "client_ed25519" + '\0' + "abcdefghijklmnopqrstuvwxyz012345")),
                 Progress::NeedInput);
        QCOMPARE(login->server(okWith('\1' + (good ? Ed25519Proof : NativeProof))),
                 good ? Progress::ExchangeDone : Progress::Failed);
    }
}

void tst_ServerProof::otherMethods_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("initially");
    for (const char *method : {"caching_sha2_password", "sha256_password", "mysql_clear_password", "dialog",
                               "mysql_old_password", "authentication_x"}) {
        QTest::addRow("%s, initially", method) << QByteArray(method) << true;
        QTest::addRow("%s, by a switch", method) << QByteArray(method) << false;
    }
}

// By these the server cannot prove itself, so they are not begun.
void tst_ServerProof::otherMethods()
{
    QFETCH(QByteArray, method);
    QFETCH(bool, initially);
    HandshakeOptions given = options();
    given.clearPasswords = true;
    given.auth.ownMethods = {"authentication_x"};
    Progress progress;
    const auto login = logIn(given, initially ? method : QByteArray("mysql_native_password"), progress);
    if (progress == Progress::NeedInput) {
        if (initially)
            QCOMPARE(parseResponse(login->said().last()).answer, QByteArray());
        login->said();
        progress = login->server(switchTo(method, Challenge));
    }
    QCOMPARE(progress, Progress::Failed);
    QCOMPARE(login->session.fault().kind, Fault::Kind::Security);
    QVERIFY(!login->everything.contains("the password"));
    QVERIFY(!login->everything.contains(sha2Answer("the password", Challenge)));
}

void tst_ServerProof::emptyPassword()
{
    Progress progress;
    const auto login = logIn(options(""), "mysql_native_password", progress);
    QCOMPARE(progress, Progress::Failed);
    QCOMPARE(login->session.fault().kind, Fault::Kind::Security);
}

// Full authentication by a method that was named, but not begun.
void tst_ServerProof::askedForMore()
{
    Progress progress;
    const auto login = logIn(options(), "caching_sha2_password", progress);
    QCOMPARE(progress, Progress::NeedInput);
    login->said();
    QCOMPARE(login->server(hex("0104")), Progress::Failed);
    QVERIFY(login->said().isEmpty());
}

QTEST_APPLESS_MAIN(tst_ServerProof)
#include "tst_serverproof.moc"
