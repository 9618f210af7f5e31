// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A line that delays, slices, cuts, doubles, swaps and corrupts what goes over it.

#include "support/await.h"
#include "support/chaos/chaosproxy.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/FakeServer>

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Cut = ChaosPlan::Cut;

namespace {

FakeResult rows()
{
    FakeResult result({u"n"_s, u"text"_s});
    for (int i = 0; i < 100; ++i)
        result.addRow(i, QString(i, u'x'));
    return result;
}

constexpr int LoginPackets = 4; // of the server: greeting, data, OK, OK of the first statement

} // namespace

class tst_Chaos : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void harmless_data();
    void harmless();
    void harmful_data();
    void harmful();
    void corruption_data();
    void corruption();

private:
    //! A server, with TLS if it is to end in \a proxy, which is made to stand before it.
    void start(FakeServer &server, std::unique_ptr<ChaosProxy> &proxy, const ChaosPlan &plan, bool tls);

    QTemporaryDir m_folder;
    TestCertificates m_certificates;
};

void tst_Chaos::initTestCase()
{
    QVERIFY2(m_certificates.create(m_folder.path()), qPrintable(m_certificates.errorString()));
}

void tst_Chaos::start(FakeServer &server, std::unique_ptr<ChaosProxy> &proxy, const ChaosPlan &plan, bool tls)
{
    if (tls)
        server.setCertificates(m_certificates);
    QVERIFY(server.listen());
    proxy = std::make_unique<ChaosProxy>(QHostAddress::LocalHost, server.port());
    if (tls)
        proxy->terminateTls(m_certificates.serverCertificatePath(), m_certificates.serverKeyPath());
    proxy->addPlan(plan);
    QVERIFY(proxy->listen());
}

void tst_Chaos::harmless_data()
{
    QTest::addColumn<ChaosPlan>("plan");
    QTest::addColumn<bool>("tls");
    const auto add = [](const char *name, const ChaosPlan &plan) {
        QTest::newRow(name) << plan << false;
        QTest::addRow("%s, within TLS", name) << plan << true;
    };
    ChaosPlan plan;
    add("nothing", plan);
    plan[ChaosPlan::ToClient].latency = 20ms;
    plan[ChaosPlan::ToServer].latency = 20ms;
    add("latency", plan);
    plan = {};
    plan[ChaosPlan::ToClient].slice = 1;
    add("single bytes from the server", plan);
    plan[ChaosPlan::ToServer].slice = 1;
    add("single bytes", plan);
    plan = {};
    plan[ChaosPlan::ToClient].bytesPerSecond = 20'000;
    add("bandwidth", plan);
}

// F23: however the stream is cut into pieces, the result is the same.
void tst_Chaos::harmless()
{
    QFETCH(ChaosPlan, plan);
    QFETCH(bool, tls);
    FakeServer server;
    server.setDefaultScript(
        FakeScript().acceptLogin().expectStatement({}).answer(rows()).expectStatement({}).answer(rows()));
    std::unique_ptr<ChaosProxy> proxy;
    start(server, proxy, plan, tls);
    Connection connection;
    VERIFY_OK(await(connection.open(server.options().setPort(proxy->port()))));
    const auto text = await(connection.query(u"SELECT * FROM t"));
    const auto binary = await(connection.execute(u"SELECT * FROM t"));
    for (const auto &result : {text, binary}) {
        VERIFY_OK(result);
        QCOMPARE(result->size(), 100);
        QCOMPARE(result->at(99).get<QString>(1), QString(99, u'x'));
    }
    QVERIFY(proxy->passed(0, ChaosPlan::ToClient) > 5000);
    VERIFY_OK(await(connection.close()));
    QTRY_COMPARE(server.openConnectionCount(), 0);
}

void tst_Chaos::harmful_data()
{
    QTest::addColumn<ChaosPlan>("plan");
    QTest::addColumn<bool>("tls");
    const auto add = [](const char *name, ChaosPlan::Direction direction, auto change) {
        ChaosPlan plan;
        change(plan[direction]);
        QTest::newRow(name) << plan << false;
        QTest::addRow("%s, within TLS", name) << plan << true;
    };
    for (const auto &[name, how] : {std::pair{"end", Cut::Fin},
                                    {"reset", Cut::Reset},
                                    {"half an end", Cut::HalfClose},
                                    {"silence", Cut::Silence}}) {
        const Cut cut = how;
        add(qPrintable(u"%1 among the rows"_s.arg(QLatin1String(name))), ChaosPlan::ToClient,
            [cut](ChaosPlan::Lane &lane) {
                lane.cutAtPacket = LoginPackets + 20;
                lane.cut = cut;
            });
        add(qPrintable(u"%1 before the statement"_s.arg(QLatin1String(name))), ChaosPlan::ToServer,
            [cut](ChaosPlan::Lane &lane) {
                lane.cutAtCommand = 1; // that after SET NAMES
                lane.cut = cut;
            });
    }
    add("a row twice", ChaosPlan::ToClient,
        [](ChaosPlan::Lane &lane) { lane.duplicatedPacket = LoginPackets + 20; });
    add("two rows changed over", ChaosPlan::ToClient,
        [](ChaosPlan::Lane &lane) { lane.swappedPacket = LoginPackets + 20; });
    add("the statement twice", ChaosPlan::ToServer, [](ChaosPlan::Lane &lane) { lane.duplicatedPacket = 2; });
}

void tst_Chaos::harmful()
{
    QFETCH(ChaosPlan, plan);
    QFETCH(bool, tls);
    FakeServer server;
    server.setDefaultScript(FakeScript().acceptLogin().expectStatement({}).answer(rows()));
    std::unique_ptr<ChaosProxy> proxy;
    start(server, proxy, plan, tls);
    Connection connection;
    VERIFY_OK(await(connection.open(
        server.options().setPort(proxy->port()).setCommandTimeout(300ms).setCancelTimeout(100ms))));
    const auto result = await(connection.query(u"SELECT * FROM t"));
    if (plan[ChaosPlan::ToServer].duplicatedPacket >= 0) {
        // The first answer is good; what comes of the doubled statement is nobody's answer.
        VERIFY_OK(result);
        QCOMPARE(result->size(), 100);
    } else {
        QVERIFY(!result);
        QCOMPARE(result.error().outcome(), Error::Outcome::Unknown);
    }
    QTRY_COMPARE(connection.state(), Connection::State::Closed);
    const auto next = await(connection.query(u"SELECT 1"));
    QCOMPARE(next.error().outcome(), Error::Outcome::NotSent);
}

void tst_Chaos::corruption_data()
{
    QTest::addColumn<int>("offset");
    for (int offset = 0; offset < 800; offset += 3)
        QTest::addRow("byte %d", offset) << offset;
}

// A byte that is another: an error, or another value, or nothing at all; never a crash, never an endless
// wait.
void tst_Chaos::corruption()
{
    QFETCH(int, offset);
    FakeServer server;
    server.setDefaultScript(FakeScript().acceptLogin().expectStatement({}).answer(rows()));
    QVERIFY(server.listen());
    ChaosProxy proxy(QHostAddress::LocalHost, server.port());
    ChaosPlan plan;
    plan[ChaosPlan::ToClient].corruptedByte = offset;
    proxy.addPlan(plan);
    QVERIFY(proxy.listen());
    Connection connection;
    const auto opened = await(connection.open(server.options()
                                                  .setPort(proxy.port())
                                                  .setConnectTimeout(200ms)
                                                  .setCommandTimeout(200ms)
                                                  .setCancelTimeout(50ms)),
                              10'000);
    const auto result = await(connection.query(u"SELECT * FROM t"), 10'000);
    QVERIFY2(result || result.error().kind() != Error::Kind::None, "it finishes");
    QVERIFY(!result || opened.hasValue());
}

QTEST_GUILESS_MAIN(tst_Chaos)
#include "tst_chaos.moc"
