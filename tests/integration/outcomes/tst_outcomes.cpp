// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    What an error says of the fate of its statement: every operation, met by every misfortune. The outcome
    follows from what was on the wire, and what may be repeated follows from the outcome and the cause:

    - what was never sent is NotSent;
    - what the server refused is NotExecuted;
    - what was sent and has no answer is Unknown, and is never to be repeated;
    - what changes nothing but the session is NotExecuted where the session is lost, and so is a statement of
      which only the preparation was sent, or that was in a transaction of its own.
*/

#include "support/await.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/FakeServer>

#include <QtCore/QBuffer>
#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;
using Outcome = Error::Outcome;

namespace {

// Numbers of commands (MySQL source documentation, "Command Phase").
constexpr quint8 InitDb = 0x02;
constexpr quint8 Query = 0x03;
constexpr quint8 Statistics = 0x09;
constexpr quint8 Ping = 0x0E;
constexpr quint8 ChangeUser = 0x11;
constexpr quint8 Prepare = 0x16;
constexpr quint8 Execute = 0x17;
constexpr quint8 Reset = 0x1F;

//! An operation under way.
class Running
{
public:
    std::function<bool()> isFinished;
    std::function<Error()> error;
    std::function<void()> cancel;

    //! \a inner gives the error that a value holds.
    template <class T, class Inner> static Running follow(const Reply<T> &reply, Inner inner)
    {
        auto shared = std::make_shared<Reply<T>>(reply);
        Running running;
        running.isFinished = [shared] { return shared->isFinished(); };
        running.cancel = [shared] { shared->cancel(); };
        running.error = [shared, inner] { return inner(shared->result()); };
        return running;
    }
    template <class T> static Running follow(const Reply<T> &reply)
    {
        return follow(reply, [](const Result<T> &result) { return result.error(); });
    }
    static Running follow(std::shared_ptr<Cursor> cursor)
    {
        Running running;
        running.isFinished = [cursor] { return cursor->isFinished(); };
        running.cancel = [cursor] { cursor->cancel(); };
        running.error = [cursor] { return cursor->error(); };
        return running;
    }
};

struct Operation
{
    const char *name;
    FakeScript lead; // up to where it has been sent whole
    Outcome ifLost;
    std::function<Running(Connection &)> start;
    bool ownsTransaction = false; // which the program has begun before
    bool isRollback = false; // for which a lost session is as good
    FakeScript behindError = {}; // what the client goes on with, where the server refuses it
};

FakeScript command(quint8 number)
{
    return FakeScript().expectCommand(number);
}

FakeResult limits()
{
    return FakeResult({u"a"_s, u"b"_s}).addRow(1 << 20, 1);
}

FakeResult inTransaction()
{
    return FakeResult().setStatus(FakePacket::StatusAutocommit | FakePacket::StatusInTransaction);
}

QList<Operation> operations()
{
    const QString insert = u"INSERT INTO t VALUES (?)"_s;
    const QList<QVariantList> rows{{1}, {2}};
    const auto bulkError
        = [](const Result<BulkResult> &result) { return result ? result->error() : result.error(); };
    return {
        {"query", command(Query), Outcome::Unknown,
         [](Connection &c) { return Running::follow(c.query(u"UPDATE t SET n = 1")); }},
        {"execute", command(Prepare).answerPrepared(1).expectCommand(Execute), Outcome::Unknown,
         [](Connection &c) { return Running::follow(c.execute(u"UPDATE t SET n = 1")); }},
        {"execute, being prepared", command(Prepare), Outcome::NotExecuted,
         [](Connection &c) { return Running::follow(c.execute(u"UPDATE t SET n = 1")); }},
        {"prepare", command(Prepare), Outcome::NotExecuted,
         [](Connection &c) { return Running::follow(c.prepare(u"UPDATE t SET n = 1")); }},
        {"stream", command(Query), Outcome::Unknown,
         [](Connection &c) { return Running::follow(std::shared_ptr<Cursor>(c.stream(u"SELECT 1"))); }},
        {"streamPrepared", command(Prepare).answerPrepared(1).expectCommand(Execute), Outcome::Unknown,
         [](Connection &c) {
             return Running::follow(std::shared_ptr<Cursor>(c.streamPrepared(u"SELECT 1")));
         }},
        {"executeMany", command(Query).answer(limits()).expectCommand(Query), Outcome::Unknown,
         [=](Connection &c) { return Running::follow(c.executeMany(insert, rows), bulkError); }},
        {"executeMany, asking for the limits", command(Query), Outcome::NotExecuted,
         [=](Connection &c) { return Running::follow(c.executeMany(insert, rows), bulkError); }},
        {"executeMany in a transaction",
         command(Query).answer(limits()).expectCommand(Query).answer(inTransaction()).expectCommand(Query),
         Outcome::NotExecuted,
         [=](Connection &c) {
             return Running::follow(c.executeMany(insert, rows, BulkOptions().setTransaction(true)),
                                    bulkError);
         },
         false, false, command(Query).answerOk()},
        {"executeMany, committing",
         command(Query)
             .answer(limits())
             .expectCommand(Query)
             .answer(inTransaction())
             .expectCommand(Query)
             .answer(inTransaction())
             .expectCommand(Query),
         Outcome::Unknown,
         [=](Connection &c) {
             return Running::follow(c.executeMany(insert, rows, BulkOptions().setTransaction(true)),
                                    bulkError);
         }},
        {"load", command(Query).send(QByteArray("\xFB") + "data.csv").expectPacket().expectPacket(),
         Outcome::Unknown,
         [](Connection &c) {
             StatementOptions options;
             auto data = std::make_shared<QBuffer>();
             data->setData("1\n2\n");
             data->open(QIODevice::ReadOnly);
             options.setLocalInfile(LocalInfile::fromDevice(data.get()));
             Running running
                 = Running::follow(c.query(options, u"LOAD DATA LOCAL INFILE 'data.csv' INTO TABLE t"));
             running.error = [data, inner = running.error] { return inner(); };
             return running;
         }},
        {"pipeline", command(Query).expectCommand(Query), Outcome::Unknown,
         [](Connection &c) {
             Pipeline pipeline;
             pipeline.query(u"UPDATE t SET n = 1").query(u"UPDATE t SET n = 2");
             return Running::follow(c.run(pipeline), [](const Result<PipelineResults> &results) {
                 return results ? results->first().error() : results.error();
             });
         },
         false, false, FakeScript().answerOk()},
        {"call", command(Prepare).answerPrepared(1).expectCommand(Execute), Outcome::Unknown,
         [](Connection &c) { return Running::follow(c.call(u"p")); }},
        {"begin", command(Query), Outcome::NotExecuted,
         [](Connection &c) { return Running::follow(c.begin()); }},
        {"beginXa", command(Query), Outcome::NotExecuted,
         [](Connection &c) { return Running::follow(c.beginXa(XaId("outcomes"))); }},
        {"commit", command(Query).answer(inTransaction()).expectCommand(Query), Outcome::Unknown,
         [](Connection &c) {
             auto begun = std::make_shared<Result<Transaction>>(await(c.begin()));
             Running running = Running::follow((*begun)->commit());
             running.error = [begun, inner = running.error] { return inner(); };
             return running;
         },
         true, false, command(Query).answerOk()},
        {"rollback", command(Query).answer(inTransaction()).expectCommand(Query), Outcome::NotExecuted,
         [](Connection &c) {
             auto begun = std::make_shared<Result<Transaction>>(await(c.begin()));
             Running running = Running::follow((*begun)->rollback());
             running.error = [begun, inner = running.error] { return inner(); };
             return running;
         },
         true, true},
        {"ping", command(Ping), Outcome::NotExecuted,
         [](Connection &c) { return Running::follow(c.ping()); }},
        {"useDatabase", command(InitDb), Outcome::NotExecuted,
         [](Connection &c) { return Running::follow(c.useDatabase(u"other"_s)); }},
        {"reset", command(Reset), Outcome::NotExecuted,
         [](Connection &c) { return Running::follow(c.reset()); }, false, false, command(Query).answerOk()},
        {"changeUser", command(ChangeUser), Outcome::NotExecuted,
         [](Connection &c) { return Running::follow(c.changeUser(u"other"_s, Secret(u"secret"_s))); }},
        {"statistics", command(Statistics), Outcome::NotExecuted,
         [](Connection &c) { return Running::follow(c.statistics()); }},
    };
}

} // namespace

class tst_Outcomes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void notOpen_data() { addRows(false); }
    void notOpen();
    void queuedWhenLost_data() { addRows(false); }
    void queuedWhenLost();
    void queuedWhenCancelled_data() { addRows(false); }
    void queuedWhenCancelled();
    void lost_data();
    void lost();
    void refused_data();
    void refused();
    void idleServerHasHungUp_data() { addRows(false); }
    void idleServerHasHungUp();
    void givenUp_data() { addRows(true); }
    void givenUp();
    void notUnderstood_data() { addRows(true); }
    void notUnderstood();
    void answerOfALostSessionStays();
    void beginIsTakenBack_data();
    void beginIsTakenBack();
    void queuedBeginXaIsNotSent();

private:
    static void addRows(bool inTransaction);
    //! Opens \a connection to \a server, whose connection follows \a script behind the login.
    static void open(Connection &connection, FakeServer &server, const FakeScript &script);
    //! That of the data row.
    static Operation operation()
    {
        QFETCH(int, operation);
        return operations().at(operation);
    }
};

void tst_Outcomes::addRows(bool inTransaction)
{
    QTest::addColumn<int>("operation");
    int number = 0;
    for (const Operation &operation : operations()) {
        if (inTransaction || !operation.ownsTransaction)
            QTest::addRow("%s", operation.name) << number;
        ++number;
    }
}

void tst_Outcomes::open(Connection &connection, FakeServer &server, const FakeScript &script)
{
    const FakeGreeting greeting = FakeGreeting().addCapabilities(FakeGreeting::LocalFiles);
    server.addScript(FakeScript().acceptLogin(greeting).append(script));
    QVERIFY(server.listen());
    VERIFY_OK(await(connection.open(server.options().setLocalInfile(true).setCancelTimeout(30ms))));
}

#define FINISHED(running) QTRY_VERIFY_WITH_TIMEOUT((running).isFinished(), 20'000)
#define EXPECT(condition) QVERIFY2(condition, qPrintable(error.toString()))

void tst_Outcomes::notOpen()
{
    Connection connection;
    const Running running = operation().start(connection);
    FINISHED(running);
    const Error error = running.error();
    EXPECT(error.kind() == Kind::Usage);
    EXPECT(error.outcome() == Outcome::NotSent);
    EXPECT(!error.isRetryable());
}

void tst_Outcomes::queuedWhenLost()
{
    FakeServer server;
    Connection connection;
    open(connection, server, command(Query).disconnect());
    const Reply<ResultSet> first = connection.query(u"SELECT 'first'");
    const Running running = operation().start(connection);
    FINISHED(running);
    const Error error = running.error();
    EXPECT(error.kind() == Kind::Connection);
    EXPECT(error.outcome() == Outcome::NotSent);
    EXPECT(error.isRetryable() && error.isConnectionLost());
    QCOMPARE(await(first).error().outcome(), Outcome::Unknown);
}

void tst_Outcomes::queuedWhenCancelled()
{
    FakeServer server;
    Connection connection;
    open(connection, server, command(Query).stall());
    const Reply<ResultSet> first = connection.query(u"SELECT 'first'");
    const Running running = operation().start(connection);
    running.cancel();
    FINISHED(running);
    const Error error = running.error();
    EXPECT(error.kind() == Kind::Cancelled);
    EXPECT(error.outcome() == Outcome::NotSent);
    EXPECT(!error.isRetryable() && !error.isConnectionLost());
    QVERIFY(!first.isFinished());
}

void tst_Outcomes::lost_data()
{
    QTest::addColumn<int>("operation");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("reset");
    int number = 0;
    for (const Operation &operation : operations()) {
        for (const int bytes : {0, 1, 5, 9}) {
            for (const bool reset : {false, true}) {
                QTest::addRow("%s, %d bytes of the answer, %s", operation.name, bytes,
                              reset ? "reset" : "end")
                    << number << QByteArray("\7\0\0\1\0\0\0\2\0\0\0", 11).first(bytes) << reset;
            }
        }
        ++number;
    }
}

void tst_Outcomes::lost()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, reset);
    FakeServer server;
    Connection connection;
    FakeScript script = FakeScript().append(operation().lead);
    if (!answer.isEmpty())
        script.sendBytes(answer);
    open(connection, server, reset ? script.reset() : script.disconnect());
    const Running running = operation().start(connection);
    FINISHED(running);
    const Error error = running.error();
    if (operation().isRollback) { // the server rolls back what was lost
        EXPECT(!error);
        return;
    }
    EXPECT(error.kind() == Kind::Connection);
    EXPECT(error.outcome() == operation().ifLost);
    EXPECT(error.isRetryable() == (operation().ifLost == Outcome::NotExecuted));
    EXPECT(error.isConnectionLost());
}

void tst_Outcomes::refused_data()
{
    QTest::addColumn<int>("operation");
    QTest::addColumn<int>("code");
    int number = 0;
    for (const Operation &operation : operations()) {
        for (const int code : {1064, 1213, 1205, 1317, 1053, 1290})
            QTest::addRow("%s, error %d", operation.name, code) << number << code;
        ++number;
    }
}

void tst_Outcomes::refused()
{
    QFETCH(int, code);
    FakeServer server;
    Connection connection;
    const bool ends = code == 1053; // ER_SERVER_SHUTDOWN
    FakeScript script = FakeScript().append(operation().lead).answerError(quint16(code), u"no"_s);
    if (ends)
        script.disconnect();
    else
        script.append(operation().behindError).stall();
    open(connection, server, script);
    const Running running = operation().start(connection);
    FINISHED(running);
    const Error error = running.error();
    if (ends && operation().isRollback)
        return;
    EXPECT(error.kind() == Kind::Server && error.code() == code);
    EXPECT(error.outcome() == Outcome::NotExecuted);
    EXPECT(error.isRetryable() == (ends || code == 1213 || code == 1205));
    EXPECT(error.isConnectionLost() == (ends || QByteArray(operation().name) == "changeUser"));
}

// The server has said that it goes, and gone, before anything was sent: nothing can have been executed.
void tst_Outcomes::idleServerHasHungUp()
{
    FakeServer server;
    Connection connection;
    open(connection, server,
         FakeScript().sendNumbered(FakePacket::error(4031, "idle for too long", "HY000"), 0).disconnect());
    const Running running = operation().start(connection);
    FINISHED(running);
    const Error error = running.error();
    EXPECT(error.isError());
    if (error.kind() == Kind::Usage) { // closed already when it was called
        EXPECT(error.outcome() == Outcome::NotSent);
        return;
    }
    EXPECT(error.outcome() == Outcome::NotSent || error.outcome() == Outcome::NotExecuted);
    EXPECT(error.isRetryable() && error.isConnectionLost());
}

// Cancelled, past its deadline, aborted: the program gave it up, so it decides on repeating; the outcome is
// told.
void tst_Outcomes::givenUp()
{
    for (const char *way : {"cancel", "cancelCurrent", "abort"}) {
        FakeServer server;
        Connection connection;
        open(connection, server, FakeScript().append(operation().lead).stall());
        QSignalSpy steps(&server, &FakeServer::stepDone);
        const qsizetype before = FakeScript().acceptLogin().append(operation().lead).stepCount();
        const Running running = operation().start(connection);
        // All of the lead is behind us.
        QTRY_VERIFY_WITH_TIMEOUT(std::any_of(steps.begin(), steps.end(),
                                             [before](const QList<QVariant> &step) {
                                                 return step.at(0).toInt() == 0
                                                     && step.at(1).toInt() == before - 1;
                                             }),
                                 20'000);
        const QByteArray how(way);
        if (how == "abort") {
            connection.abort();
        } else if (how == "cancel") {
            if (operation().ownsTransaction)
                continue; // COMMIT and ROLLBACK are not cancelled
            running.cancel();
        } else {
            connection.cancelCurrent();
        }
        FINISHED(running);
        const Error error = running.error();
        if (operation().isRollback)
            continue;
        EXPECT(error.kind() == Kind::Cancelled);
        EXPECT(error.outcome() == operation().ifLost);
        EXPECT(!error.isRetryable() && error.isConnectionLost());
    }
}

void tst_Outcomes::notUnderstood()
{
    FakeServer server;
    Connection connection;
    // A second packet of an answer that had none before it.
    open(connection, server, FakeScript().append(operation().lead).sendNumbered("nonsense", 77).stall());
    const Running running = operation().start(connection);
    FINISHED(running);
    const Error error = running.error();
    if (operation().isRollback)
        return;
    EXPECT(error.kind() == Kind::Protocol);
    EXPECT(error.outcome() == operation().ifLost);
    EXPECT(!error.isRetryable() && error.isConnectionLost());
}

// A statement that has its answer keeps it, whatever happens while multi-statements are switched off again.
void tst_Outcomes::answerOfALostSessionStays()
{
    FakeServer server;
    Connection connection;
    constexpr quint8 SetOption = 0x1B; // COM_SET_OPTION
    open(connection, server,
         command(SetOption)
             .send(FakePacket::eof())
             .expectCommand(Query)
             .answer(FakeResult().setAffectedRows(3))
             .expectCommand(SetOption)
             .disconnect());
    const auto result = await(
        connection.query(StatementOptions().setMultiStatements(true), u"UPDATE t SET n = 1; SELECT 1"));
    VERIFY_OK(result);
    QCOMPARE(result->affectedRows(), 3u);
    QTRY_COMPARE(connection.state(), Connection::State::Closed);
}

void tst_Outcomes::beginIsTakenBack_data()
{
    QTest::addColumn<bool>("xa");
    QTest::addColumn<FakeScript>("undo");
    const XaId id("outcomes");
    const QString end = u"XA END "_s + id.toSql();
    const QString rollback = u"XA ROLLBACK "_s + id.toSql();
    const FakeScript rolledBack = FakeScript().expectQuery(u"ROLLBACK"_s);
    const FakeScript ended = FakeScript().expectQuery(end).answerOk().expectQuery(rollback).answerOk();
    QTest::addRow("transaction") << false << FakeScript(rolledBack).answerOk();
    QTest::addRow("transaction, the kill is late")
        << false << FakeScript(rolledBack).answerError(1317, u"killed"_s).append(rolledBack).answerOk();
    QTest::addRow("XA") << true << ended;
    QTest::addRow("XA, the kill is late") << true
                                          << FakeScript()
                                                 .expectQuery(end)
                                                 .answerError(1317, u"killed"_s)
                                                 .expectQuery(rollback)
                                                 .answerError(1399, u"it is active"_s)
                                                 .append(ended);
}

// Cancelled, and begun all the same: what is queued behind must not run in it.
void tst_Outcomes::beginIsTakenBack()
{
    QFETCH(bool, xa);
    QFETCH(FakeScript, undo);
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin()
                         .expectCommand(Query)
                         .answer(xa ? FakeResult() : inTransaction())
                         .append(undo)
                         .expectQuery(u"INSERT INTO t VALUES (1)"_s)
                         .answerOk());
    server.setDefaultScript(FakeScript().acceptLogin().expectQuery(u"KILL QUERY 7"_s).answerOk());
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options().setCancelTimeout(20s))));
    const Running running
        = xa ? Running::follow(connection.beginXa(XaId("outcomes"))) : Running::follow(connection.begin());
    const Reply<ResultSet> next = connection.query(u"INSERT INTO t VALUES (1)");
    // The server has it, and has not answered.
    const qsizetype received = FakeScript().acceptLogin().expectCommand(Query).stepCount() - 1;
    connect(&server, &FakeServer::stepDone, &connection, [&](int index, int step) {
        if (index == 0 && step == received)
            running.cancel();
    });
    VERIFY_OK(await(next));
    QVERIFY(running.isFinished());
    const Error error = running.error();
    EXPECT(error.kind() == Kind::Cancelled);
    EXPECT(error.outcome() == Outcome::NotExecuted);
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

// A plain future that is cancelled while its begin waits.
void tst_Outcomes::queuedBeginXaIsNotSent()
{
    FakeServer server;
    Connection connection;
    open(connection, server,
         FakeScript().expectQuery(u"SELECT 1"_s).answerOk().expectQuery(u"SELECT 2"_s).answerOk());
    const Reply<ResultSet> first = connection.query(u"SELECT 1");
    QFuture<Result<XaTransaction>> begun = connection.beginXa(XaId("outcomes"));
    const Reply<ResultSet> second = connection.query(u"SELECT 2");
    begun.cancel();
    VERIFY_OK(await(second));
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

QTEST_GUILESS_MAIN(tst_Outcomes)
#include "tst_outcomes.moc"
