// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Servers that try to get at the password (series A of the catalogue in doc/catalogue.md).

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

constexpr const char *Sha2 = "caching_sha2_password";
constexpr const char *Native = "mysql_native_password";
const QByteArray FullAuthentication("\x01\x04", 2);
const QByteArray FastSuccess("\x01\x03", 2);

//! A server that greets with \a plugin and then says one thing after the other, waiting for an answer in
//! between.
FakeScript asking(const QByteArray &plugin, const QByteArrayList &says)
{
    FakeScript script = FakeScript().greet(FakeGreeting().setPlugin(plugin)).expectLogin();
    for (qsizetype i = 0; i < says.size(); ++i) {
        script.send(says[i]);
        if (i + 1 < says.size())
            script.expectPacket();
    }
    return script;
}

//! ... and waits for nothing.
FakeScript saying(const QByteArray &plugin, const QByteArrayList &says)
{
    FakeScript script = FakeScript().greet(FakeGreeting().setPlugin(plugin)).expectLogin();
    for (const QByteArray &payload : says)
        script.send(payload);
    return script;
}

//! Keys that are none.
QList<std::pair<const char *, QByteArray>> badKeys()
{
    return {{"empty", ""},
            {"not PEM", "hello"},
            {"no key in PEM", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"},
            {"RSA of 512 bits",
             "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKXhFH3CcYaDh4c5HXX4T3JTy3cNtpqC\n"
             "hN4ZsVyGPHlXdOfdXPqXW0PhE0s0aJ7Yh0NeyZcLAcHMy1cnBVS6Z9UCAwEAAQ==\n-----END PUBLIC KEY-----\n"},
            {"too long", QByteArray("-----BEGIN PUBLIC KEY-----\n") + QByteArray(15'000, 'A')}};
}

} // namespace

class tst_AuthenticationHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behaviour_data();
    void behaviour();

private:
    static void addChangesOfUser();
};

//! Pitfall 10: a change of user is a login, in which a server may ask for the same things.
void tst_AuthenticationHostile::addChangesOfUser()
{
    // Let in by one user's login; then asked for another's.
    const auto change = [](const QByteArrayList &says) {
        FakeScript script;
        for (qsizetype i = 0; i < says.size(); ++i) {
            script.send(says[i]);
            if (i + 1 < says.size())
                script.expectPacket();
        }
        return HostileCase::answer(script, Operation::ChangeUser);
    };
    for (const char *plugin : {"mysql_clear_password", "dialog", "mysql_old_password", "unknown_plugin"}) {
        QTest::addRow("A24 change of user: switches to %s", plugin)
            << change({FakePacket::authSwitch(plugin)}).fails(Kind::Security, Phase::Command);
    }
    addCase("A24 change of user: a bare switch", change({"\xFE"}).fails(Kind::Security, Phase::Command));
    addCase("A24 change of user: switches twice",
            change({FakePacket::authSwitch(Native), FakePacket::authSwitch(Sha2)})
                .fails(Kind::Protocol, Phase::Command));
    addCase("A24 change of user: wants the password over an open line",
            change({FakePacket::authSwitch(Sha2), FullAuthentication}).fails(Kind::Security, Phase::Command));
    addCase("A24 change of user: a challenge of 8 bytes",
            change({FakePacket::authSwitch(Native, "12345678")}).fails(Kind::Protocol, Phase::Command));
    addCase("A24 change of user: refused",
            change({FakePacket::error(1045, "Access denied", "28000")})
                .fails(Kind::Server, Phase::Authentication)
                .withCode(1045)
                .withOutcome(Outcome::NotExecuted));
    for (const auto &[name, payload] : {std::pair{"a result", FakePacket::columnCount(3)},
                                        {"a wish for a file", QByteArray("\xFB/etc/passwd")},
                                        {"an empty packet", QByteArray()},
                                        {"a further factor", QByteArray("\x02plugin\0data", 12)},
                                        {"half an error", QByteArray("\xFF\x15", 2)}}) {
        QTest::addRow("A24 change of user: %s in place of OK", name)
            << change({payload}).fails(Kind::Protocol, Phase::Command);
    }
    addCase("A24 change of user: switches for ever",
            HostileCase::answer(
                FakeScript().append(FakeScript().send(FakePacket::authSwitch(Native)).expectPacket(), 50),
                Operation::ChangeUser)
                .fails(Kind::Protocol, Phase::Command));
    addCase("A24 change of user: hangs up",
            HostileCase::answer(FakeScript().disconnect(), Operation::ChangeUser)
                .fails(Kind::Connection, Phase::Command)
                .withOutcome(Outcome::NotExecuted)); // the session that it concerned is gone
    addCase("A24 change of user: says nothing",
            HostileCase::answer(FakeScript().stall(), Operation::ChangeUser)
                .fails(Kind::Timeout, Phase::Command)
                .impatient());
}

void tst_AuthenticationHostile::behaviour_data()
{
    QTest::addColumn<HostileCase>("hostile");
    addCase("A01 switches for ever",
            HostileCase::login(asking(Sha2, QByteArrayList(200, FakePacket::authSwitch(Native))))
                .fails(Kind::Protocol, Phase::Authentication));
    addCase(
        "A01 switches for ever, as MariaDB",
        HostileCase::login(FakeScript()
                               .greet(FakeGreeting().setVersion("11.8.1-MariaDB"))
                               .expectLogin()
                               .append(FakeScript().send(FakePacket::authSwitch(Native)).expectPacket(), 200))
            .fails(Kind::Limit, Phase::Authentication));
    addCase(
        "A02 switches twice",
        HostileCase::login(
            asking(Sha2, {FakePacket::authSwitch(Native), FakePacket::authSwitch(Sha2), FakePacket::ok()}))
            .fails(Kind::Protocol, Phase::Authentication));
    for (const char *plugin : {"unknown_plugin", "auth_gssapi_client", "authentication_fido_client"}) {
        QTest::addRow("A03 switches to %s", plugin)
            << HostileCase::login(asking(Native, {FakePacket::authSwitch(plugin)}))
                   .fails(Kind::Security, Phase::Authentication)
                   .saying(QLatin1String(plugin));
    }
    for (const char *plugin : {"mysql_clear_password", "dialog", "mysql_old_password"}) {
        for (const SslMode mode : {SslMode::Disabled, SslMode::Preferred, SslMode::Required}) {
            HostileCase switching
                = HostileCase::login(asking(Native, {FakePacket::authSwitch(plugin), FakePacket::ok()}));
            HostileCase initial = HostileCase::login(asking(plugin, {FakePacket::ok()}));
            for (HostileCase *hostile : {&switching, &initial}) {
                if (mode != SslMode::Disabled)
                    hostile->withTls(TestCertificates::Server::UnknownAuthority);
                hostile->withOptions([mode](ConnectOptions &options) { options.setSslMode(mode); });
            }
            QTest::addRow("A04 to A07 switches to %s, mode %d", plugin, int(mode))
                << switching.fails(Kind::Security, Phase::Authentication);
            QTest::addRow("A05 begins with %s, mode %d", plugin, int(mode))
                << initial.fails(Kind::Security, mode == SslMode::Disabled ? Phase::Greeting : Phase::Tls);
        }
    }
    addCase("A07 a bare switch",
            HostileCase::login(asking(Native, {"\xFE"})).fails(Kind::Security, Phase::Authentication));
    addCase("A08 a switch without end",
            HostileCase::login(asking(Native, {"\xFEmysql_native_password"}))
                .fails(Kind::Protocol, Phase::Authentication));
    addCase("A08 a switch to nothing",
            HostileCase::login(asking(Native, {FakePacket::authSwitch({})}))
                .fails(Kind::Protocol, Phase::Authentication));
    addCase("A08 a switch of 1 MB",
            HostileCase::login(asking(Native, {FakePacket::authSwitch(QByteArray(1'000'000, 'x'))}))
                .fails(Kind::Limit, Phase::Authentication));
    for (const int size : {0, 8, 18, 21, 255}) {
        for (const char *plugin : {Native, Sha2}) {
            QTest::addRow("A09 %s with a challenge of %d bytes", plugin, size)
                << HostileCase::login(asking(plugin == Native ? Sha2 : Native,
                                             {FakePacket::authSwitch(plugin, QByteArray(size, 'c'))}))
                       .fails(Kind::Protocol, Phase::Authentication);
        }
    }
    addCase("A10 wants the password over an open line",
            HostileCase::login(asking(Sha2, {FullAuthentication}))
                .fails(Kind::Security, Phase::Authentication)
                .saying(u"not encrypted"_s));
    addCase("A10 wants the password at once, over an open line",
            HostileCase::login(asking("sha256_password", {FakePacket::ok()}))
                .fails(Kind::Security, Phase::Greeting));
    for (const auto &[name, key] : badKeys()) {
        QTest::addRow("A11 a key that is none: %s", name)
            << HostileCase::login(asking(Sha2, {FullAuthentication, '\x01' + key}))
                   .fails(Kind::Security, Phase::Authentication)
                   .withOptions([](ConnectOptions &options) { options.setPublicKeyRetrieval(true); });
    }
    addCase("A12 data without data",
            HostileCase::login(saying(Sha2, {"\x01"})).fails(Kind::Protocol, Phase::Authentication));
    addCase("A12 unknown data",
            HostileCase::login(saying(Sha2, {"\x01\x05"})).fails(Kind::Protocol, Phase::Authentication));
    addCase("A12 success twice",
            HostileCase::login(saying(Sha2, {FastSuccess, FastSuccess, FakePacket::ok()}))
                .fails(Kind::Protocol, Phase::Authentication));
    addCase("A12 data for a method without",
            HostileCase::login(saying(Native, {FastSuccess})).fails(Kind::Protocol, Phase::Authentication));
    addCase("A13 success, then an error",
            HostileCase::login(saying(Sha2, {FastSuccess, FakePacket::error(1045, "Access denied", "28000")}))
                .fails(Kind::Server, Phase::Authentication)
                .withCode(1045));
    addCase("A13 success, then nothing",
            HostileCase::login(saying(Sha2, {FastSuccess}))
                .fails(Kind::Timeout, Phase::Authentication)
                .impatient());
    addCase("A14 data without end",
            HostileCase::login(FakeScript().greet().expectLogin().sendForever(FastSuccess))
                .fails(Kind::Protocol, Phase::Authentication));
    const QByteArray ok = FakePacket::ok(300, 70'000);
    for (qsizetype size = 1; size < ok.size(); ++size) {
        QTest::addRow("A15 OK cut to %d bytes", int(size))
            << HostileCase::login(saying(Native, {ok.first(size)}))
                   .fails(Kind::Protocol, Phase::Authentication);
    }
    addCase("A15 OK with a length beyond its end",
            HostileCase::login(saying(Native, {QByteArray("\x00\xFE\xFF", 3)}))
                .fails(Kind::Protocol, Phase::Authentication));
    addCase("A16 lets in and hangs up",
            HostileCase::login(saying(Native, {FakePacket::ok()}).disconnect())
                .fails(Kind::Connection, Phase::Initialization));
    addCase("A17 OK with tracking of 2^63 bytes",
            HostileCase::login(saying(Native,
                                      {FakePacket::ok(0, 0, FakePacket::StatusSessionChanged)
                                       + QByteArray("\x00\xFE\0\0\0\0\0\0\0\x80", 10)}))
                .fails(Kind::Protocol, Phase::Authentication));
    addCase("A19 lets in before it has the answer to its switch",
            HostileCase::login(FakeScript()
                                   .greet(FakeGreeting().setPlugin(Sha2))
                                   .expectLogin()
                                   .send(FakePacket::authSwitch(Native))
                                   .sendNumbered(FakePacket::ok(), 4)
                                   .expectPacket())
                .succeeds());
    addCase("A19 lets in instead of asking, though nothing proves who it is",
            HostileCase::login(asking(Native, {FakePacket::ok()}))
                .withTls(TestCertificates::Server::UnknownAuthority)
                .fails(Kind::Security, Phase::Tls));
    for (const int size : {0, 20, 31, 33, 64}) {
        QTest::addRow("A22 client_ed25519 with a challenge of %d bytes", size)
            << HostileCase::login(FakeScript()
                                      .greet(FakeGreeting().setVersion("11.8.1-MariaDB"))
                                      .expectLogin()
                                      .send(QByteArray("\xFE"
                                                       "client_ed25519\0",
                                                       16)
                                            + QByteArray(size, 'c')))
                   .fails(Kind::Protocol, Phase::Authentication);
    }
    const auto denied = [] {
        return HostileCase::login(FakeScript().greet().expectLogin().answerError(1045, u"Access denied"_s))
            .fails(Kind::Server, Phase::Authentication)
            .withCode(1045)
            .withOutcome(Outcome::NotExecuted);
    };
    addCase("A23 denied over an open line", denied());
    addCase("A23 denied over verified TLS", denied().withTls());
    addChangesOfUser();
    for (const auto &[name, payload] : {std::pair{"A18 EOF", FakePacket::eof()},
                                        {"A20 a further factor", QByteArray("\x02plugin\0data", 12)},
                                        {"A20 a result", FakePacket::columnCount(3)},
                                        {"A20 a wish for a file", QByteArray("\xFB/etc/passwd")},
                                        {"A20 an empty packet", QByteArray()}}) {
        QTest::addRow("%s in place of OK", name)
            << HostileCase::login(saying(Native, {payload})).fails(Kind::Protocol, Phase::Authentication);
    }
}

void tst_AuthenticationHostile::behaviour()
{
    QFETCH(HostileCase, hostile);
    hostile.run();
}

QTEST_GUILESS_MAIN(tst_AuthenticationHostile)
#include "tst_authentication_hostile.moc"
