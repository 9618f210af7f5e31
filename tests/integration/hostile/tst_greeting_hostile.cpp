// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Servers that greet strangely (series G of the catalogue in doc/catalogue.md).

#include "hostilecase.h"

#include <QAsyncMySql/Connection>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;
using Phase = Error::Phase;
using Outcome = Error::Outcome;
using Operation = HostileCase::Operation;

namespace {

FakeScript greeting(const FakeGreeting &greeting)
{
    return FakeScript().greet(greeting);
}

FakeScript first(const QByteArray &payload)
{
    return FakeScript().sendNumbered(payload, 0);
}

QByteArray withVersion(char version)
{
    QByteArray payload = FakeGreeting().payload();
    payload[0] = version;
    return payload;
}

//! The greeting without what says where the version ends.
QByteArray unterminated()
{
    return FakeGreeting().payload().first(8);
}

constexpr quint32 DeprecateEof = 1u << 24;
constexpr quint32 PluginAuth = 1u << 19;
constexpr quint32 SecureConnection = 1u << 15;

} // namespace

class tst_GreetingHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behaviour_data();
    void behaviour();
};

void tst_GreetingHostile::behaviour_data()
{
    QTest::addColumn<HostileCase>("hostile");

    for (const char version : {'\x09', '\x0B', '\x00', '\x7F'}) {
        QTest::addRow(version == '\x09' ? "G01 protocol version %d" : "G02 protocol version %d", int(version))
            << HostileCase::login(first(withVersion(version)))
                   .fails(Kind::Protocol, Phase::Greeting)
                   .withoutSending();
    }
    const QByteArray whole = FakeGreeting().payload();
    const qsizetype plugin = FakeGreeting().plugin().size() + 1;
    for (qsizetype size = 1; size < whole.size() - plugin - 1; ++size) {
        QTest::addRow("G03 cut to %d bytes", int(size)) << HostileCase::login(first(whole.first(size)))
                                                               .fails(Kind::Protocol, Phase::Greeting)
                                                               .withoutSending();
    }
    addCase("G04 a version without end",
            HostileCase::login(first(unterminated())).fails(Kind::Protocol, Phase::Greeting));
    addCase("G05 a version of 1 MiB",
            HostileCase::login(greeting(FakeGreeting().setVersion(QByteArray(1 << 20, '8'))))
                .fails(Kind::Limit, Phase::Greeting));
    for (const QByteArray &version : {QByteArray(), QByteArray("\x1B[31m"), QByteArray("\xFF\xFE"),
                                      QByteArray("99999999999.9"), QByteArray("....")}) {
        QTest::addRow("G05 the version %s", version.toHex().constData())
            << HostileCase::answer(FakeScript().answerOk())
                   .withGreeting(FakeGreeting().setVersion(version))
                   .succeeds();
    }
    for (const int size : {0, 7, 8, 18}) {
        QTest::addRow("G06 a challenge of %d bytes", size)
            << HostileCase::login(greeting(FakeGreeting().setChallenge(QByteArray(size, 'c'))))
                   .fails(Kind::Protocol, Phase::Greeting);
    }
    addCase("G07 a challenge of zeros",
            HostileCase::answer(FakeScript().answerOk())
                .withGreeting(FakeGreeting().setChallenge(QByteArray(20, '\0')))
                .succeeds());
    addCase("G08 no capabilities",
            HostileCase::login(greeting(FakeGreeting().setCapabilities(0)))
                .fails(Kind::Protocol, Phase::Greeting)
                .withoutSending());
    addCase("G09 old passwords only",
            HostileCase::login(greeting(FakeGreeting().removeCapabilities(PluginAuth | SecureConnection)))
                .fails(Kind::Protocol, Phase::Greeting)
                .withoutSending());
    for (const SslMode mode : {SslMode::Required, SslMode::VerifyCa, SslMode::VerifyIdentity}) {
        QTest::addRow("G10 hides TLS, mode %d", int(mode))
            << HostileCase::login(greeting({}))
                   .fails(Kind::Security, Phase::Greeting)
                   .withoutSending()
                   .withOptions([mode](ConnectOptions &options) { options.setSslMode(mode); });
        QTest::addRow("G20 an error before TLS, mode %d", int(mode))
            << HostileCase::login(first(FakePacket::error(1045, "Access denied, call 555-1234", "28000")))
                   .fails(Kind::Security, Phase::Greeting)
                   .withCode(0)
                   .withoutSending()
                   .withOptions([mode](ConnectOptions &options) { options.setSslMode(mode); });
        QTest::addRow("G21 more bytes before TLS, mode %d", int(mode))
            << HostileCase::login(greeting(FakeGreeting()
                                               .addCapabilities(FakeGreeting::Ssl)
                                               .setExtraBytes(FakePacket::framed(FakePacket::ok(), 2))))
                   .fails(Kind::Security, Phase::Tls)
                   .saying(u"unencrypted"_s)
                   .withOptions([mode](ConnectOptions &options) { options.setSslMode(mode); });
    }
    addCase("G11 compression nobody asked for",
            HostileCase::answer(FakeScript().answerOk())
                .withGreeting(FakeGreeting().addCapabilities(1u << 5))
                .succeeds());
    addCase("G12 a plugin's name without end",
            HostileCase::login(
                FakeScript()
                    .sendNumbered(FakeGreeting().removeCapabilities(DeprecateEof).payload().chopped(1), 0)
                    .expectLogin()
                    .send(FakePacket::ok()))
                .succeeds());
    addCase("G13 an unknown plugin",
            HostileCase::login(FakeScript()
                                   .greet(FakeGreeting().setPlugin("who_knows"))
                                   .expectLogin()
                                   .send(FakePacket::authSwitch("mysql_native_password"))
                                   .expectPacket()
                                   .send(FakePacket::ok()))
                .succeeds());
    for (const int collation : {0, 254, 255}) {
        QTest::addRow("G14 collation %d", collation)
            << HostileCase::answer(FakeScript().answerOk())
                   .withGreeting(FakeGreeting().setCollation(quint8(collation)))
                   .succeeds();
    }
    addCase("G15 MariaDB's capabilities with MySQL's version",
            HostileCase::answer(FakeScript().answerOk())
                .withGreeting(FakeGreeting().setMariaDbCapabilities(0x4))
                .succeeds());
    addCase("G15 MySQL's capabilities with MariaDB's version",
            HostileCase::answer(FakeScript().answerOk())
                .withGreeting(FakeGreeting().setVersion("5.5.5-11.8.1-MariaDB"))
                .succeeds());
    addCase("G16 too many connections",
            HostileCase::login(first(FakePacket::error(1040, "Too many connections", {})))
                .fails(Kind::Server, Phase::Greeting)
                .withCode(1040)
                .withOutcome(Outcome::NotExecuted));
    const QByteArray error = FakePacket::error(1040, "T", "08004");
    for (const int size : {1, 2, 3, 4, 5, 8}) {
        QTest::addRow("G17 an error cut to %d bytes", size)
            << HostileCase::login(first(error.first(size))).fails(Kind::Protocol, Phase::Greeting);
    }
    for (const quint16 code : {quint16(0), quint16(2002), quint16(2013), quint16(65535)}) {
        QTest::addRow("G18 error %d", int(code))
            << HostileCase::login(first(FakePacket::error(code, "Something", "HY000")))
                   .fails(Kind::Server, Phase::Greeting)
                   .withCode(code);
    }
    addCase("G19 an error of 16 MB",
            HostileCase::login(first(FakePacket::error(1040, QByteArray(16'000'000, 'x'))))
                .fails(Kind::Limit, Phase::Greeting)
                .withMemory(40 << 20));
    addCase(
        "G22 more bytes after the greeting",
        HostileCase::login(greeting(FakeGreeting().setExtraBytes(FakePacket::framed(FakePacket::ok(), 1))))
            .fails(Kind::Protocol, Phase::Authentication));
    addCase("G23 two greetings",
            HostileCase::login(
                greeting(FakeGreeting().setExtraBytes(FakePacket::framed(FakeGreeting().payload(), 1))))
                .fails(Kind::Protocol, Phase::Authentication));
    addCase("G24 OK as greeting",
            HostileCase::login(first(FakePacket::ok())).fails(Kind::Protocol, Phase::Greeting));
    addCase("G24 EOF as greeting",
            HostileCase::login(first(FakePacket::eof())).fails(Kind::Protocol, Phase::Greeting));
    addCase("G24 a wish for a file as greeting",
            HostileCase::login(first("\xFB/etc/passwd")).fails(Kind::Protocol, Phase::Greeting));
}

void tst_GreetingHostile::behaviour()
{
    QFETCH(HostileCase, hostile);
    hostile.run();
}

QTEST_GUILESS_MAIN(tst_GreetingHostile)
#include "tst_greeting_hostile.moc"
