// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Servers that speak correctly and behave badly (series B of the catalogue in doc/catalogue.md), and what a
// pool makes of them.

#include "hostilecase.h"
#include "support/await.h"
#include "support/memorywatch.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/Cursor>
#include <QAsyncMySql/FakeServer>
#include <QAsyncMySql/Pool>

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;
using Phase = Error::Phase;
using Outcome = Error::Outcome;
using Operation = HostileCase::Operation;

class tst_BehaviourHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behaviour_data();
    void behaviour();
    void poolOfAServerThatHangsUp();
    void poolOfAServerThatRefuses();
    void poolOfAServerThatBecomesAnother();
    void killThatIsAnsweredButDoesNothing();
    void victimThatReportsSuccess();
    void killThatWouldMeetAnotherServer();
    void resetIsWaitedFor();
    void manyAddresses();
    void answerToAFarewell();
    void versionsDiffer();
    void serverThatDoesNotRead();
    void pausedStreamTakesNoMemory();
    void millionEmptyRows();

private:
    void cancelInVain(FakeServer &server);
};

void tst_BehaviourHostile::behaviour_data()
{
    QTest::addColumn<HostileCase>("hostile");
    addCase("B01 lets in and hangs up",
            HostileCase::login(FakeScript().greet().expectLogin().send(FakePacket::ok()).disconnect())
                .fails(Kind::Connection, Phase::Initialization));
    addCase("B01 lets in and says that the account is locked",
            HostileCase::login(FakeScript().greet().expectLogin().answerError(3118, u"Account is locked"_s))
                .fails(Kind::Server, Phase::Authentication)
                .withCode(3118));
    addCase("B03 hangs",
            HostileCase::answer(FakeScript().stall())
                .fails(Kind::Timeout, Phase::Command)
                .withOutcome(Outcome::Unknown)
                .impatient());
    for (const int code : {1290, 1792, 1836}) {
        QTest::addRow("B04 answers with error %d", code)
            << HostileCase::answer(FakeScript().answerError(quint16(code), u"read-only"_s))
                   .failsGently(Kind::Server)
                   .withCode(code)
                   .withOutcome(Outcome::NotExecuted);
    }
    addCase("B04 is shutting down",
            HostileCase::answer(FakeScript().answerError(1053, u"Server shutdown in progress"_s, "08S01"))
                .fails(Kind::Server, Phase::Command)
                .withCode(1053));
    addCase(
        "B05 does not know a ping",
        HostileCase::answer(FakeScript().answerError(1047, u"Unknown command"_s, "08S01"), Operation::Ping)
            .failsGently(Kind::Server)
            .withCode(1047));
    addCase(
        "B05 does not know a reset",
        HostileCase::answer(FakeScript().answerError(1047, u"Unknown command"_s, "08S01"), Operation::Reset)
            .failsGently(Kind::Server)
            .withCode(1047));
    for (const quint32 id : {0U, 0xFFFF'FFFFU}) {
        QTest::addRow("B11 connection number %u", id) << HostileCase::answer(FakeScript().answerOk())
                                                             .withGreeting(FakeGreeting().setConnectionId(id))
                                                             .succeeds();
    }
    addCase("B14 waits for TLS to begin at once",
            HostileCase::login(FakeScript().stall()).fails(Kind::Timeout, Phase::Greeting).impatient());
    addCase(
        "B14 wants TLS to begin at once, and says so in its own way",
        HostileCase::login(FakeScript().sendBytes(QByteArray("\x15\x03\x03\x00\x02\x02\x0A", 7)).disconnect())
            .fails(Kind::Protocol, Phase::Greeting)
            .saying(u"TLS"_s)
            .withoutSending());
    addCase("B12 65,535 warnings",
            HostileCase::answer(FakeScript().answer(FakeResult().setWarningCount(65'535)))
                .succeeds([](const ResultSet &result) {
                    return result.warningCount() == 65'535 ? QString()
                                                           : QString::number(result.warningCount());
                }));
}

// Pitfall 16.
void tst_BehaviourHostile::behaviour()
{
    QFETCH(HostileCase, hostile);
    hostile.run();
}

// B02: a pool must not hammer a server that hangs up after each first statement, and must tell each borrower.
void tst_BehaviourHostile::poolOfAServerThatHangsUp()
{
    FakeServer server;
    server.setDefaultScript(FakeScript().acceptLogin().expectStatement({}).disconnect());
    QVERIFY(server.listen());
    Pool pool(server.options());
    for (int i = 0; i < 10; ++i) {
        const auto result = await(pool.query(u"SELECT 1"));
        QVERIFY(!result);
        QVERIFY2(result.error().isConnectionLost(), qPrintable(result.error().toString()));
        QCOMPARE(result.error().outcome(), Outcome::Unknown); // and so not repeated
    }
    QCOMPARE(server.connectionCount(), 10);
}

// LF21: a wrong password is tried once for each borrower at most, or accounts get locked.
void tst_BehaviourHostile::poolOfAServerThatRefuses()
{
    FakeServer server;
    server.setDefaultScript(FakeScript().refuseLogin());
    QVERIFY(server.listen());
    Pool pool(server.options());
    pool.setAcquireTimeout(5s);
    const auto result = await(pool.query(u"SELECT 1"));
    QVERIFY(!result);
    QVERIFY2(server.connectionCount() <= 3, qPrintable(QString::number(server.connectionCount())));
}

// A server that comes back as somebody else is not asked again and again by those who wait: trust does not
// come back by itself.
void tst_BehaviourHostile::poolOfAServerThatBecomesAnother()
{
    QTemporaryDir folder;
    TestCertificates certificates;
    QVERIFY2(certificates.create(folder.path()), qPrintable(certificates.errorString()));
    FakeServer server;
    server.setCertificates(certificates);
    server.setDefaultScript(FakeScript().acceptLogin().expectStatement({}).disconnect());
    QVERIFY(server.listen());
    Pool pool(server.options());
    pool.setAcquireTimeout(20s);
    QVERIFY(await(pool.query(u"DO 1")).error().isConnectionLost());
    server.setCertificates(certificates, TestCertificates::Server::Expired);
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 3; ++i) {
        const Error error = await(pool.query(u"DO 1"), 20'000).error();
        QVERIFY2(error.kind() == Kind::Security, qPrintable(error.toString()));
        QCOMPARE(error.phase(), Phase::Acquire);
        QCOMPARE(error.outcome(), Outcome::NotSent);
    }
    QVERIFY2(clock.elapsed() < 5'000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY2(server.connectionCount() <= 3, qPrintable(QString::number(server.connectionCount())));
}

// A statement that nothing stops: its connection is closed when the grace period is over.
void tst_BehaviourHostile::cancelInVain(FakeServer &server)
{
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options().setCancelTimeout(300ms))));
    Reply<ResultSet> reply = connection.query(u"SELECT SLEEP(100)");
    QTRY_VERIFY(server.received().contains("SLEEP"));
    reply.cancel();
    const Result<ResultSet> result = await(reply);
    QCOMPARE(result.error().kind(), Kind::Cancelled);
    QCOMPARE(result.error().outcome(), Outcome::Unknown);
    QTRY_COMPARE(connection.state(), Connection::State::Closed);
}

// B07: the connection is closed when the grace period is over.
void tst_BehaviourHostile::killThatIsAnsweredButDoesNothing()
{
    FakeServer server;
    server.addScript(FakeScript().acceptLogin().expectStatement({}).stall());
    server.setDefaultScript(FakeScript().acceptLogin().expectQuery(u"KILL QUERY 7"_s).answerOk());
    cancelInVain(server);
    if (QTest::currentTestFailed())
        return;
    QVERIFY2(server.errorString().isEmpty(), qPrintable(server.errorString()));
    // One that comes before the server has begun with the statement has no effect, so it is sent again.
    QVERIFY(server.connectionCount() > 2);
}

// Pitfall 30.
// B08: SLEEP() and DO report success when they are killed; the program hears that it has cancelled.
void tst_BehaviourHostile::victimThatReportsSuccess()
{
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin()
                         .expectStatement({})
                         .wait(100ms)
                         .answer(FakeResult({u"SLEEP(100)"_s}).addRow(1))
                         .expectStatement(u"SELECT 2"_s)
                         .answer(FakeResult({u"2"_s}).addRow(2)));
    server.setDefaultScript(FakeScript().acceptLogin().expectQuery(u"KILL QUERY 7"_s).answerOk());
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options().setCancelTimeout(5s))));
    Reply<ResultSet> reply = connection.query(u"SELECT SLEEP(100)");
    QTRY_VERIFY(server.received().contains("SLEEP"));
    reply.cancel();
    QCOMPARE(await(reply).error().kind(), Kind::Cancelled);
    const auto next = await(connection.query(u"SELECT 2"));
    VERIFY_OK(next);
    QCOMPARE(next->at(0).get<int>(0), 2);
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

// B10: behind one address there can be another server, whose session of that number is somebody else's.
void tst_BehaviourHostile::killThatWouldMeetAnotherServer()
{
    FakeServer server;
    server.addScript(
        FakeScript().acceptLogin(FakeGreeting().setVersion("8.4.1")).expectStatement({}).stall());
    server.setDefaultScript(
        FakeScript().acceptLogin(FakeGreeting().setVersion("9.7.0")).expectQuery({}).answerOk());
    cancelInVain(server);
    if (QTest::currentTestFailed())
        return;
    QVERIFY(server.connectionCount() >= 2);
    for (int i = 1; i < server.connectionCount(); ++i)
        QVERIFY(!server.received(i).contains("KILL"));
}

// B06: what follows a reset is sent when the reset is over: it would meet the old session.
void tst_BehaviourHostile::resetIsWaitedFor()
{
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin()
                         .expectReset()
                         .wait(200ms)
                         .answerOk()
                         .expectStatement(u"SELECT 2"_s)
                         .answer(FakeResult({u"2"_s}).addRow(2)));
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    bool sentEarly = false;
    Reply<void> reset = connection.reset();
    Reply<ResultSet> query = connection.query(u"SELECT 2");
    QTest::qWait(50); // what is not waited for would be on its way
    if (!reset.isFinished())
        sentEarly = server.received().contains("SELECT 2");
    const auto next = await(query);
    VERIFY_OK(await(reset));
    VERIFY_OK(next);
    QCOMPARE(next->at(0).get<int>(0), 2);
    QVERIFY(!sentEarly);
}

// B13: however many addresses there are, connecting has one deadline.
void tst_BehaviourHostile::manyAddresses()
{
    FakeServer server;
    server.setDefaultScript(FakeScript().stall());
    QVERIFY(server.listen());
    QStringList hosts;
    for (int i = 0; i < 1000; ++i)
        hosts.append(u"127.0.%1.%2:%3"_s.arg(i / 250).arg(2 + i % 250).arg(server.port()));
    Connection connection;
    QElapsedTimer clock;
    clock.start();
    const Error error
        = await(connection.open(server.options().setAlternativeHosts(hosts).setConnectTimeout(500ms)))
              .error();
    // That of the last one that was tried: silence, or nobody there.
    QVERIFY2(error.kind() == Kind::Timeout || error.kind() == Kind::Connection, qPrintable(error.toString()));
    QCOMPARE(error.outcome(), Outcome::NotSent);
    QVERIFY2(error.message().size() < 2000, qPrintable(error.message())); // not all of them are named
    QVERIFY2(clock.elapsed() < 10'000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(connection.state(), Connection::State::Closed);
    QVERIFY(server.connectionCount() <= 1000);
}

// O14: nobody waits for an answer to COM_QUIT, and one does no harm.
void tst_BehaviourHostile::answerToAFarewell()
{
    FakeServer server;
    server.addScript(FakeScript().acceptLogin().expectQuit().answerOk());
    QVERIFY(server.listen());
    Connection connection;
    QSignalSpy errors(&connection, &Connection::errorOccurred);
    VERIFY_OK(await(connection.open(server.options())));
    VERIFY_OK(await(connection.close()));
    QCOMPARE(connection.state(), Connection::State::Closed);
    QTRY_COMPARE(server.openConnectionCount(), 0);
    QVERIFY(errors.isEmpty());
}

// B09: each connection goes by the server that it has.
void tst_BehaviourHostile::versionsDiffer()
{
    FakeServer server;
    server.addScript(FakeScript().acceptLogin(FakeGreeting().setVersion("8.4.1")));
    server.addScript(FakeScript().acceptLogin(FakeGreeting().setVersion("5.5.5-10.11.6-MariaDB")));
    QVERIFY(server.listen());
    Connection first;
    Connection second;
    VERIFY_OK(await(first.open(server.options())));
    VERIFY_OK(await(second.open(server.options())));
    QVERIFY(!first.isMariaDb());
    QVERIFY(second.isMariaDb());
}

// F28: the command's deadline holds also while it cannot be sent, and the loop runs meanwhile.
void tst_BehaviourHostile::serverThatDoesNotRead()
{
    FakeServer server;
    server.addScript(FakeScript().acceptLogin().stall());
    server.setDefaultScript(FakeScript().acceptLogin().expectQuery({}).answerOk());
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options().setCommandTimeout(300ms).setCancelTimeout(200ms))));
    int turns = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&turns] { ++turns; });
    timer.start(10);
    const QString large = u"SELECT '"_s + QString(64 << 20, u'x') + u'\'';
    const Error error = await(connection.query(large)).error();
    QCOMPARE(error.kind(), Kind::Timeout);
    QCOMPARE(error.outcome(), Outcome::Unknown);
    QCOMPARE(connection.state(), Connection::State::Closed);
    QVERIFY(turns > 3);
}

// Pitfall 36.
// R08: rows without end, and a program that looks away.
// GUI life 5: what nobody takes stays with the server.
void tst_BehaviourHostile::pausedStreamTakesNoMemory()
{
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin()
                         .expectStatement({})
                         .send(FakePacket::columnCount(1))
                         .send(FakePacket::column("a"))
                         .sendForever(FakePacket::textRow({QByteArray(1000, 'x')})));
    server.setDefaultScript(FakeScript().acceptLogin().expectQuery({}).answerOk());
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options().setCancelTimeout(200ms))));
    MemoryWatch memory;
    memory.mark();
    const std::unique_ptr<Cursor> cursor = connection.stream(u"SELECT a FROM endless");
    for (int i = 0; i < 200; ++i) {
        const auto batch = await(cursor->nextBatch());
        VERIFY_OK(batch);
        QVERIFY(!batch->isEmpty());
    }
    QTest::qWait(200); // the server goes on as far as it can
    QVERIFY2(memory.growth() < 24 << 20, qPrintable(QString::number(memory.growth())));
    cursor->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(connection.state(), Connection::State::Closed, 10'000);
}

// R10: a million rows in one piece are worked through in slices; a timer ticks meanwhile.
void tst_BehaviourHostile::millionEmptyRows()
{
    QByteArray rows;
    for (int i = 0; i < 1'000'000; ++i)
        rows += FakePacket::framed(QByteArray(1, '\0'), quint8(3 + i));
    rows += FakePacket::framed(FakePacket::ok(0, 0, 2, 0, 0xFE), quint8(3 + 1'000'000));
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin()
                         .expectStatement({})
                         .send(FakePacket::columnCount(1))
                         .send(FakePacket::column("a"))
                         .sendBytes(rows));
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    int turns = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&turns] { ++turns; });
    timer.start(0);
    const auto result = await(connection.query(u"SELECT a FROM million"));
    VERIFY_OK(result);
    QCOMPARE(result->size(), 1'000'000);
    QVERIFY2(turns > 3, qPrintable(QString::number(turns)));
}

QTEST_GUILESS_MAIN(tst_BehaviourHostile)
#include "tst_behaviour_hostile.moc"
