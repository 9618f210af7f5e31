// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/changeuser.h"
#include "unit/protocol/login.h"

#include <QtTest/QTest>

using namespace Wire;

namespace {

AuthOptions passwordOf(const char *password)
{
    AuthOptions login;
    login.passwords = {Secret::fromUtf8(password)};
    return login;
}

} // namespace

//! COM_CHANGE_USER by bytes (MySQL source documentation, "COM_CHANGE_USER").
class tst_ChangeUser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void changes();
    void staysWhenRefused();
    void hasALimit();
    void faults_data();
    void faults();

private:
    Progress server(const QByteArray &payload)
    {
        Wire::feed(*m_session, frames(payload, m_sequence));
        m_sequence += 2; // the client answers in between
        return m_session->advance(1 << 20);
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<ChangeUserExchange> m_change;
    QByteArray m_asked;
    int m_sequence = 1;
};

void tst_ChangeUser::init()
{
    m_sequence = 1;
    m_change = std::make_unique<ChangeUserExchange>(
        "other", "db", QList<std::pair<QByteArray, QByteArray>>{{"key", "value"}}, passwordOf("the password"),
        Channel());
    m_session = std::make_unique<Session>();
    logIn(*m_session, Capability::DeprecateEof | Capability::PluginAuth | Capability::ConnectAttributes);
    m_session->state().setSchema("old");
    m_session->begin(m_change.get());
    m_asked = m_session->takeOutput();
}

void tst_ChangeUser::changes()
{
    QCOMPARE(m_asked.mid(4, 7), QByteArray("\x11other\0", 7));
    PacketReader reader(QByteArrayView(m_asked).sliced(11));
    reader.bytes(reader.u8()); // of a challenge that is old: proves nothing
    QCOMPARE(reader.nulString().toByteArray(), QByteArray("db"));
    QCOMPARE(reader.u16(), quint16(45));
    QVERIFY(!reader.nulString().isEmpty());
    QCOMPARE(reader.lenencString().toByteArray(), QByteArray("\3key\5value"));
    QVERIFY(reader.finished());

    QCOMPARE(server(switchTo("mysql_native_password", Challenge)), Progress::NeedInput);
    QCOMPARE(m_session->takeOutput(), frames(nativeAnswer("the password", Challenge), 2));
    QCOMPARE(m_session->state().schema, QByteArray("old"));
    QCOMPARE(server(ok()), Progress::ExchangeDone);
    QVERIFY(!m_change->failed());
    QCOMPARE(m_session->state().schema, QByteArray("db"));
}

void tst_ChangeUser::staysWhenRefused()
{
    QCOMPARE(server(switchTo("mysql_native_password", Challenge)), Progress::NeedInput);
    QCOMPARE(server(err(1045, "denied")), Progress::ExchangeDone);
    QVERIFY(m_change->failed());
    QCOMPARE(m_change->error().code, quint16(1045));
    QCOMPARE(m_session->state().schema, QByteArray("old"));
}

// Here, as in a login, a server does not go on for ever.
void tst_ChangeUser::hasALimit()
{
    m_session->state().limits.authPackets = 1;
    QCOMPARE(server(switchTo("mysql_native_password", Challenge)), Progress::NeedInput);
    QCOMPARE(server(ok()), Progress::Failed);
    QCOMPARE(m_session->fault().kind, Fault::Kind::Limit);
    QCOMPARE(m_session->state().schema, QByteArray("old"));
}

void tst_ChangeUser::faults_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<Fault::Kind>("fault");
    QTest::newRow("empty") << QByteArray() << Fault::Kind::Malformed;
    QTest::newRow("cut OK") << hex("000000") << Fault::Kind::Malformed;
    QTest::newRow("the password in clear") << switchTo("mysql_clear_password", {}) << Fault::Kind::Security;
    QTest::newRow("a short challenge") << switchTo("mysql_native_password", "abc") << Fault::Kind::Malformed;
}

void tst_ChangeUser::faults()
{
    QFETCH(QByteArray, packet);
    QFETCH(Fault::Kind, fault);
    QCOMPARE(server(packet), Progress::Failed);
    QCOMPARE(m_session->fault().kind, fault);
    QVERIFY(!m_session->hasOutput());
    QCOMPARE(m_session->state().schema, QByteArray("old"));
}

QTEST_APPLESS_MAIN(tst_ChangeUser)
#include "tst_changeuser.moc"
