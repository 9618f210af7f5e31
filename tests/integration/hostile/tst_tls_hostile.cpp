// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Servers, or men in the middle, that get TLS wrong (series T of the catalogue in doc/catalogue.md).

#include "hostilecase.h"

#include "support/await.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/FakeServer>
#include <QAsyncMySql/Lease>
#include <QAsyncMySql/Pool>

#include <QtCore/QTemporaryDir>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;
using Phase = Error::Phase;
using Outcome = Error::Outcome;
using Operation = HostileCase::Operation;

namespace {

//! A server that offers TLS, is asked for it, and does \a what instead.
FakeScript instead(const FakeScript &what)
{
    return FakeScript()
        .greet(FakeGreeting().addCapabilities(FakeGreeting::Ssl))
        .expectTlsRequest()
        .append(what);
}

QByteArray alert(char description)
{
    return QByteArray("\x15\x03\x03\x00\x02\x02", 6) + description;
}

void required(ConnectOptions &options)
{
    options.setSslMode(SslMode::Required);
}

FakeScript oneRowAndThen(const FakeScript &then)
{
    return FakeScript()
        .send(FakePacket::columnCount(1))
        .send(FakePacket::column("a"))
        .send(FakePacket::textRow({"1"}))
        .append(then);
}

} // namespace

class tst_TlsHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behaviour_data();
    void behaviour();
    void secondConnectionWithoutTls_data();
    void secondConnectionWithoutTls();
};

void tst_TlsHostile::behaviour_data()
{
    QTest::addColumn<HostileCase>("hostile");
    for (const SslMode mode :
         {SslMode::Preferred, SslMode::Required, SslMode::VerifyCa, SslMode::VerifyIdentity}) {
        const auto inMode = [mode](ConnectOptions &options) { options.setSslMode(mode); };
        QTest::addRow("T01 OK in place of TLS, mode %d", int(mode))
            << HostileCase::login(instead(FakeScript().send(FakePacket::ok())))
                   .fails(Kind::Security, Phase::Tls)
                   .withOptions(inMode);
        QTest::addRow("T02 an error in place of TLS, mode %d", int(mode))
            << HostileCase::login(instead(FakeScript().answerError(1045, u"call 555-1234"_s)))
                   .fails(Kind::Security, Phase::Tls)
                   .withCode(0)
                   .withOptions(inMode);
    }
    addCase("T03 silence after the wish for TLS",
            HostileCase::login(instead(FakeScript().stall()))
                .fails(Kind::Timeout, Phase::Tls)
                .impatient()
                .withOptions(required));
    addCase(
        "T04 a byte of TLS now and then",
        HostileCase::login(
            instead(FakeScript().sendSlowly(
                QByteArray("\x16\x03\x03\x00\x7A\x02\x00\x00\x76\x03\x03", 11) + QByteArray(100, 'r'), 50ms)))
            .fails(Kind::Timeout, Phase::Tls)
            .impatient()
            .withOptions(required));
    for (const int description : {40, 48, 80, 112, 255}) {
        QTest::addRow("T05 alert %d", description)
            << HostileCase::login(instead(FakeScript().sendBytes(alert(char(description))).disconnect()))
                   .fails(Kind::Security, Phase::Tls)
                   .withOptions(required);
    }
    using Server = TestCertificates::Server;
    for (const auto &[name, certificate] : {std::pair{"T06 an expired certificate", Server::Expired},
                                            {"T07 a certificate for another name", Server::WrongName},
                                            {"T08 an unknown authority", Server::UnknownAuthority}}) {
        QTest::newRow(name) << HostileCase::login(FakeScript().greet().expectLogin())
                                   .withTls(certificate)
                                   .fails(Kind::Security, Phase::Tls)
                                   .saying(u"identity"_s);
    }
    const auto authorityOnly = [](ConnectOptions &options) { options.setSslMode(SslMode::VerifyCa); };
    addCase("T06 an expired certificate, authority only",
            HostileCase::login(FakeScript().greet().expectLogin())
                .withTls(Server::Expired)
                .fails(Kind::Security, Phase::Tls)
                .withOptions(authorityOnly));
    addCase("T07 a certificate for another name, authority only",
            HostileCase::answer(FakeScript().answerOk())
                .withTls(Server::WrongName)
                .succeeds()
                .withOptions(authorityOnly));
    addCase("T09 TLS 1.0 only",
            HostileCase::login(
                instead(FakeScript().sendBytes(
                    QByteArray("\x16\x03\x01\x00\x31\x02\x00\x00\x2D\x03\x01", 11) + QByteArray(32, 'r')
                    + QByteArray("\x00\xC0\x13\x00\x00\x05\xFF\x01\x00\x01\x00", 11))))
                .fails(Kind::Security, Phase::Tls)
                .withOptions(required));
    addCase("T10 hangs up instead of TLS",
            HostileCase::login(instead(FakeScript().disconnect()))
                .fails(Kind::Security, Phase::Tls)
                .withOptions(required));
    addCase("T10 resets instead of TLS",
            HostileCase::login(instead(FakeScript().reset()))
                .fails(Kind::Security, Phase::Tls)
                .withOptions(required));
    addCase("T10 hangs up within a record",
            HostileCase::login(
                instead(FakeScript().sendBytes(QByteArray("\x16\x03\x03\x00\x7A\x02", 6)).disconnect()))
                .fails(Kind::Security, Phase::Tls)
                .withOptions(required));
    addCase("T12 cut off among rows",
            HostileCase::answer(oneRowAndThen(FakeScript().reset()))
                .withTls()
                .fails(Kind::Connection, Phase::Command)
                .withOutcome(Outcome::Unknown));
    addCase("T12 ended among rows",
            HostileCase::answer(oneRowAndThen(FakeScript().disconnect()))
                .withTls()
                .fails(Kind::Connection, Phase::Command)
                .withOutcome(Outcome::Unknown));
    addCase("T16 an unknown certificate, and no password to prove it by",
            HostileCase::login(FakeScript().greet().expectLogin())
                .withTls(Server::UnknownAuthority)
                .withOptions([](ConnectOptions &options) { options.setPassword(QString()); })
                .fails(Kind::Security, Phase::Tls));
    addCase("T17 garbage instead of TLS",
            HostileCase::login(instead(FakeScript().sendForever(QByteArray(1000, 'x'))))
                .fails(Kind::Security, Phase::Tls)
                .withOptions(required));
}

void tst_TlsHostile::behaviour()
{
    QFETCH(HostileCase, hostile);
    hostile.run();
}

void tst_TlsHostile::secondConnectionWithoutTls_data()
{
    QTest::addColumn<SslMode>("mode");
    QTest::newRow("Required") << SslMode::Required;
    QTest::newRow("VerifyCa") << SslMode::VerifyCa;
    QTest::newRow("VerifyIdentity") << SslMode::VerifyIdentity;
}

// T18: that one connection has TLS does not excuse the next, in a pool either.
void tst_TlsHostile::secondConnectionWithoutTls()
{
    QFETCH(SslMode, mode);
    QTemporaryDir folder;
    TestCertificates certificates;
    QVERIFY2(certificates.create(folder.path()), qPrintable(certificates.errorString()));
    FakeServer server;
    server.setCertificates(certificates);
    server.addScript(FakeScript().acceptLogin().expectStatement({}).answerOk().expectQuit());
    const QByteArray bare = FakeGreeting().removeCapabilities(FakeGreeting::Ssl).payload();
    server.setDefaultScript(FakeScript().sendNumbered(bare, 0).expectLogin().send(FakePacket::ok()));
    QVERIFY2(server.listen(), qPrintable(server.errorString()));
    Pool pool(server.options().setSslMode(mode));
    pool.setReservesControlConnection(false);
    pool.setAcquireTimeout(500ms);
    const auto first = await(pool.acquire());
    VERIFY_OK(first);
    VERIFY_OK(await((*first)->query(u"SELECT 1")));
    const auto second = await(pool.acquire());
    QVERIFY(!second);
    QCOMPARE(second.error().kind(), Kind::Pool);
    QVERIFY2(second.error().message().contains(u"TLS"), qPrintable(second.error().toString()));
    QCOMPARE(pool.lastConnectError().kind(), Kind::Security);
    QVERIFY(server.connectionCount() >= 2);
    for (int i = 1; i < server.connectionCount(); ++i)
        QVERIFY(server.received(i).isEmpty());
}

QTEST_GUILESS_MAIN(tst_TlsHostile)
#include "tst_tls_hostile.moc"
