// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// FakeServer itself: that scripts do what they say, over each kind of line, and that a client which does
// something else is told so.

#include "support/await.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/FakeServer>
#include <QAsyncMySql/TestCertificates>

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

FakeResult people()
{
    FakeResult result({u"id"_s, u"name"_s});
    result.setType(0, ColumnType::LongLong);
    return result.addRow(1, u"Ada"_s).addRow(2, QVariant());
}

} // namespace

class tst_FakeServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersBothProtocols_data();
    void answersBothProtocols();
    void allTypes();
    void severalResults();
    void preparedByHand();
    void commands();
    void housekeeping();
    void errors();
    void overTls();
    void slowAndClosing();
    void resets();
    void endless();
    void refusesLogins();
    void tellsDeviations_data();
    void tellsDeviations();
    void tellsWhatIsMissing();
    void secondConnectionNeedsAScript();
};

void tst_FakeServer::answersBothProtocols_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("legacyEof");
    for (const QString &line : {u"tcp"_s, u"local"_s, u"device"_s}) {
        QTest::addRow("%s", qPrintable(line)) << line << false;
        QTest::addRow("%s, EOF packets", qPrintable(line)) << line << true;
    }
}

void tst_FakeServer::answersBothProtocols()
{
    QFETCH(QString, line);
    QFETCH(bool, legacyEof);
    FakeGreeting greeting;
    if (legacyEof)
        greeting.removeCapabilities(FakeGreeting::DeprecateEof);
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin(greeting)
                         .expectStatement(u"SELECT * FROM people"_s)
                         .answer(people())
                         .expectStatement(u"SELECT * FROM people WHERE id > ?"_s)
                         .answer(people())
                         .expectStatement(u"SELECT * FROM people WHERE id > ?"_s) // prepared already
                         .answer(FakeResult({u"id"_s, u"name"_s})));
    Connection connection;
    std::unique_ptr<QIODevice> device;
    if (line == "device"_L1) {
        device = server.connectDevice();
        VERIFY_OK(await(connection.open(server.options(), device.get())));
    } else {
        QVERIFY2(line == "tcp"_L1 ? server.listen() : server.listenLocally(),
                 qPrintable(server.errorString()));
        VERIFY_OK(await(connection.open(server.options())));
    }
    const auto text = await(connection.query(u"SELECT * FROM people"));
    VERIFY_OK(text);
    QCOMPARE(text->size(), 2);
    QCOMPARE(text->rows()[0].get<int>(0), 1);
    QCOMPARE(text->rows()[0].get<QString>(1), u"Ada"_s);
    QVERIFY(text->rows()[1].isNull(1));
    const auto binary = await(connection.execute(u"SELECT * FROM people WHERE id > ?", 0));
    VERIFY_OK(binary);
    QCOMPARE(binary->rows()[1].get<quint64>(0), 2U);
    QCOMPARE(binary->rows()[0].get<QString>(1), u"Ada"_s);
    const auto none = await(connection.execute(u"SELECT * FROM people WHERE id > ?", 9));
    VERIFY_OK(none);
    QCOMPARE(none->size(), 0);
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
    VERIFY_OK(await(connection.close()));
    QTRY_COMPARE(server.openConnectionCount(), 0);
    QVERIFY2(server.errorString().isEmpty(), qPrintable(server.errorString()));
}

void tst_FakeServer::allTypes()
{
    const QDate date(2026, 2, 28);
    const QTime time(13, 14, 15, 250);
    FakeResult result({u"tiny"_s, u"year"_s, u"long"_s, u"float"_s, u"double"_s, u"date"_s, u"datetime"_s,
                       u"time"_s, u"decimal"_s, u"blob"_s});
    const ColumnType types[] = {
        ColumnType::Tiny, ColumnType::Year,     ColumnType::Long, ColumnType::Float,      ColumnType::Double,
        ColumnType::Date, ColumnType::DateTime, ColumnType::Time, ColumnType::NewDecimal, ColumnType::Blob};
    for (qsizetype i = 0; i < qsizetype(std::size(types)); ++i)
        result.setType(i, types[i], types[i] == ColumnType::Year ? ColumnFlag::Unsigned : ColumnFlags());
    result.addRow(-5, 2026, -70'000, 1.5, 0.25, date, QDateTime(date, time, Qt::UTC), time, u"12.340"_s,
                  QByteArray("\0\xFF", 2));
    FakeServer server;
    server.addScript(
        FakeScript().acceptLogin().expectStatement({}).answer(result).expectStatement({}).answer(result));
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    const auto text = await(connection.query(u"SELECT 1"));
    const auto binary = await(connection.execute(u"SELECT 1"));
    for (const auto &answer : {text, binary}) {
        VERIFY_OK(answer);
        const Row row = answer->rows()[0];
        QCOMPARE(row.get<int>(0), -5);
        QCOMPARE(row.get<int>(1), 2026);
        QCOMPARE(row.get<int>(2), -70'000);
        QCOMPARE(row.get<double>(3), 1.5);
        QCOMPARE(row.get<double>(4), 0.25);
        QCOMPARE(row.get<QDate>(5), date);
        QCOMPARE(row.get<QDateTime>(6).time(), time);
        QCOMPARE(row.get<QTime>(7), time);
        QCOMPARE(row.get<QString>(8), u"12.340"_s);
        QCOMPARE(row.get<QByteArray>(9), QByteArray("\0\xFF", 2));
    }
}

void tst_FakeServer::severalResults()
{
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin()
                         .expectStatement(u"CALL p()"_s)
                         .answer(people().setMoreResults())
                         .answer(FakeResult().setAffectedRows(3).setLastInsertId(44).setInfo(u"well"_s)));
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    const auto result = await(connection.query(u"CALL p()"));
    VERIFY_OK(result);
    QVERIFY(result->hasNext());
    QCOMPARE(result->next().affectedRows(), 3U);
    QCOMPARE(result->next().lastInsertId(), 44U);
    QCOMPARE(result->next().info(), u"well"_s);
}

void tst_FakeServer::preparedByHand()
{
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin()
                         .expectPrepare(u"SELECT id, name FROM people WHERE id = ?"_s)
                         .answerPrepared(77, 1, {u"id"_s, u"name"_s})
                         .expectExecute()
                         .answer(people()));
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    const auto result = await(connection.execute(u"SELECT id, name FROM people WHERE id = ?", 1));
    VERIFY_OK(result);
    QCOMPARE(result->size(), 2);
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

void tst_FakeServer::commands()
{
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin()
                         .expectPing()
                         .answerOk()
                         .expectReset()
                         .answerOk()
                         .expectUse(u"shop"_s)
                         .answerOk()
                         .expectQuit());
    QVERIFY(server.listen());
    QSignalSpy steps(&server, &FakeServer::stepDone);
    QSignalSpy done(&server, &FakeServer::done);
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    VERIFY_OK(await(connection.ping()));
    VERIFY_OK(await(connection.reset()));
    VERIFY_OK(await(connection.useDatabase(u"shop"_s)));
    VERIFY_OK(await(connection.close()));
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
    QCOMPARE(done.size(), 1);
    QVERIFY(steps.size() > 9);
}

void tst_FakeServer::housekeeping()
{
    FakeServer server;
    server.addScript(FakeScript().acceptLogin().expectStatement(u"SELECT 1"_s).answerOk());
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    VERIFY_OK(await(connection.ping()));
    VERIFY_OK(await(connection.reset()));
    VERIFY_OK(await(connection.execute(u"SELECT 1")));
    VERIFY_OK(await(connection.ping()));
    VERIFY_OK(await(connection.reset()));
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

void tst_FakeServer::errors()
{
    FakeServer server;
    server.addScript(
        FakeScript()
            .acceptLogin()
            .expectStatement({})
            .answerError(1142, u"DELETE command denied"_s, "42000")
            .expectStatement({})
            .answer(people().failAfterRows(1317, u"Query execution was interrupted"_s, "70100")));
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    const Error denied = await(connection.execute(u"DELETE FROM people")).error();
    QCOMPARE(denied.code(), 1142);
    QCOMPARE(denied.sqlState(), u"42000"_s);
    const Error interrupted = await(connection.query(u"SELECT * FROM people")).error();
    QCOMPARE(interrupted.code(), 1317);
    QVERIFY(!interrupted.isConnectionLost());
}

void tst_FakeServer::overTls()
{
    QTemporaryDir folder;
    TestCertificates certificates;
    QVERIFY2(certificates.create(folder.path()), qPrintable(certificates.errorString()));
    FakeServer server;
    server.setCertificates(certificates);
    server.addScript(FakeScript().acceptLogin().expectStatement({}).answer(people()));
    server.addScript(FakeScript().greet().expectTlsRequest().startTls(TestCertificates::Server::WrongName));
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    QVERIFY(connection.isEncrypted());
    const auto rows = await(connection.query(u"SELECT 1"));
    VERIFY_OK(rows);
    QCOMPARE(rows->size(), 2);
    QVERIFY(server.received().contains("SELECT 1")); // what was sent within TLS

    Connection suspicious;
    QCOMPARE(await(suspicious.open(server.options())).error().kind(), Error::Kind::Security);
    QVERIFY(!server.received(1).contains("test"));
}

void tst_FakeServer::slowAndClosing()
{
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin()
                         .expectStatement({})
                         .wait(20ms)
                         .sendSlowly(FakePacket::framed(FakePacket::ok(5), 1), 1ms)
                         .expectStatement({})
                         .disconnect());
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    const auto first = await(connection.query(u"DO 1"));
    VERIFY_OK(first);
    QCOMPARE(first->affectedRows(), 5U);
    const Error error = await(connection.query(u"DO 2")).error();
    QVERIFY(error.isConnectionLost());
    QCOMPARE(error.outcome(), Error::Outcome::Unknown);
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

void tst_FakeServer::resets()
{
    FakeServer server;
    server.addScript(FakeScript().acceptLogin().expectStatement({}).reset());
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    const Error error = await(connection.query(u"DO 1")).error();
    QVERIFY(error.isConnectionLost());
    QVERIFY2(error.message().contains("reset"_L1) || error.message().contains("closed"_L1),
             qPrintable(error.message()));
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

void tst_FakeServer::endless()
{
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin()
                         .expectStatement({})
                         .send(FakePacket::columnCount(1))
                         .send(FakePacket::column("a"))
                         .sendForever(FakePacket::textRow({QByteArray(100, 'x')})));
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options().setMaxBufferedResult(1 << 20))));
    QCOMPARE(await(connection.query(u"SELECT 1")).error().kind(), Error::Kind::Limit);
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

void tst_FakeServer::refusesLogins()
{
    FakeServer server;
    server.setDefaultScript(FakeScript().refuseLogin());
    QVERIFY(server.listen());
    for (int i = 0; i < 3; ++i) {
        Connection connection;
        QCOMPARE(await(connection.open(server.options())).error().code(), 1045);
    }
    QCOMPARE(server.connectionCount(), 3);
    QTRY_COMPARE(server.openConnectionCount(), 0);
    QVERIFY(server.isDone());
}

void tst_FakeServer::tellsDeviations_data()
{
    QTest::addColumn<FakeScript>("script");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("came");
    QTest::newRow("other text") << FakeScript().expectStatement(u"SELECT 2"_s)
                                << u"expectStatement(\"SELECT 2\")"_s << u"\"SELECT 1\""_s;
    QTest::newRow("other command") << FakeScript().expectPing() << u"expectPing()"_s << u"COM_QUERY"_s;
    QTest::newRow("nothing more") << FakeScript() << u"Nothing more"_s << u"COM_QUERY"_s;
    QTest::newRow("prepared") << FakeScript().expectPrepare({}) << u"expectPrepare()"_s << u"COM_QUERY"_s;
}

void tst_FakeServer::tellsDeviations()
{
    QFETCH(FakeScript, script);
    QFETCH(QString, expected);
    QFETCH(QString, came);
    FakeServer server;
    server.addScript(FakeScript().acceptLogin().append(script));
    QVERIFY(server.listen());
    QSignalSpy deviated(&server, &FakeServer::deviated);
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    const Error error = await(connection.query(u"SELECT 1")).error();
    QVERIFY2(error.message().contains("FakeServer"_L1),
             qPrintable(error.message())); // the program hears it, too
    QVERIFY(!server.waitUntilDone(1000));
    QCOMPARE(deviated.size(), 1);
    QVERIFY2(server.errorString().contains(expected), qPrintable(server.errorString()));
    QVERIFY2(server.errorString().contains(came), qPrintable(server.errorString()));
    QVERIFY2(server.errorString().contains("Connection 1"_L1), qPrintable(server.errorString()));
}

void tst_FakeServer::tellsWhatIsMissing()
{
    FakeServer server;
    server.addScript(FakeScript().acceptLogin().expectPing().answerOk());
    QVERIFY(server.listen());
    QVERIFY(!server.waitUntilDone(1));
    QVERIFY2(server.errorString().contains("has not come"_L1), qPrintable(server.errorString()));
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    QVERIFY(!server.waitUntilDone(1));
    QVERIFY2(server.errorString().contains("expectPing()"_L1), qPrintable(server.errorString()));
    connection.abort();
    QVERIFY(!server.waitUntilDone());
    QVERIFY2(server.errorString().contains("hung up"_L1), qPrintable(server.errorString()));
}

void tst_FakeServer::secondConnectionNeedsAScript()
{
    FakeServer server;
    server.addScript(FakeScript().acceptLogin());
    QVERIFY(server.listen());
    Connection first;
    Connection second;
    VERIFY_OK(await(first.open(server.options())));
    QVERIFY(await(second.open(server.options())).error().isConnectionLost());
    QVERIFY2(server.errorString().contains("no script"_L1), qPrintable(server.errorString()));
}

QTEST_GUILESS_MAIN(tst_FakeServer)
#include "tst_fakeserver.moc"
