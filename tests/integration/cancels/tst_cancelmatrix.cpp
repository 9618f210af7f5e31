// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Everything that can be cancelled, in every phase, in every way, on real servers. A proxy holds the
    conversation at a byte, so that the phase is certain; then the operation is cancelled, and the
   conversation goes on. Whatever becomes of it:

    - the operation ends, once;
    - what it says of its outcome is what the server's tables say;
    - the connection's next statement gets its own answer, and the session is in no transaction;
    - the server has no session left behind.
*/

#include "support/await.h"
#include "support/chaos/chaosproxy.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Outcome = Error::Outcome;

namespace {

constexpr int Rows = 60; // that the writing operations write, and the reading ones read

enum class Operation
{
    Query,
    Execute,
    Stream,
    Insert,
    ExecuteMany,
    Pipeline,
    Begin
};

enum class Way
{
    Reply, // Reply::cancel(), Cursor::cancel()
    Future, // QFuture::cancel() on a copy, and Connection::cancelCurrent() for a cursor
    Receiver, // the context of a callback is destroyed, or the cursor; cancelCurrent() where there is neither
    Deadline
};

//! A place in the conversation: behind so many bytes of what is sent in a direction.
struct Phase
{
    enum Kind
    {
        Queued, // behind another statement
        AtOnce, // in the turn of the event loop that began it
        Held, // a part of the bytes has gone over
        Ended // it has ended already
    };
    const char *name;
    Kind kind;
    ChaosPlan::Direction direction = ChaosPlan::ToServer;
    double part = 0; // of all bytes
    int bytes = 0; // more; counted from the end if it is negative
};

const Phase Phases[] = {
    {"queued", Phase::Queued},
    {"at once", Phase::AtOnce},
    {"nothing sent", Phase::Held, ChaosPlan::ToServer},
    {"1 byte sent", Phase::Held, ChaosPlan::ToServer, 0, 1},
    {"a header sent", Phase::Held, ChaosPlan::ToServer, 0, 4},
    {"half sent", Phase::Held, ChaosPlan::ToServer, 0.5},
    {"all but a byte sent", Phase::Held, ChaosPlan::ToServer, 1, -1},
    {"nothing answered", Phase::Held, ChaosPlan::ToClient},
    {"1 byte answered", Phase::Held, ChaosPlan::ToClient, 0, 1},
    {"a header answered", Phase::Held, ChaosPlan::ToClient, 0, 4},
    {"a first packet answered", Phase::Held, ChaosPlan::ToClient, 0, 5},
    {"10% answered", Phase::Held, ChaosPlan::ToClient, 0.1},
    {"25% answered", Phase::Held, ChaosPlan::ToClient, 0.25},
    {"50% answered", Phase::Held, ChaosPlan::ToClient, 0.5},
    {"75% answered", Phase::Held, ChaosPlan::ToClient, 0.75},
    {"90% answered", Phase::Held, ChaosPlan::ToClient, 0.9},
    {"a last packet missing", Phase::Held, ChaosPlan::ToClient, 1, -8},
    {"a last byte missing", Phase::Held, ChaosPlan::ToClient, 1, -1},
    {"ended", Phase::Ended},
};

QString selection(const QString &token)
{
    return u"SELECT '%1', i FROM cancel_numbers WHERE i < %2 ORDER BY i"_s.arg(token).arg(Rows);
}

//! How an operation ended.
class Ending
{
public:
    int times = 0;
    Error error;
    bool right = true; // what came is what was asked for
    // How many rows of it are in the ledger, by what was told.
    int atLeast = 0;
    int atMost = Rows;

    template <class T> void note(const Result<T> &result)
    {
        ++times;
        error = result.error();
        if (!error)
            atLeast = Rows;
        else if (error.outcome() == Outcome::Executed)
            atLeast = 1;
        else if (error.outcome() != Outcome::Unknown)
            atMost = 0;
    }
};

//! One operation that runs on a connection, and can be cancelled in four ways.
class Trial : public QObject
{
public:
    Trial(Connection &connection, Operation operation, Way way, const QString &token)
        : m_connection(connection)
        , m_operation(operation)
        , m_way(way)
        , m_token(token)
    {
    }

    void start();
    void cancel();
    bool isEnded() const { return m_isFinished() || m_receiverGone; }
    //! Keeps no reply any more: a transaction that was begun is rolled back.
    void letGo()
    {
        m_isFinished = [] { return true; };
        m_cancelReply = nullptr;
        m_cancelFuture = nullptr;
    }
    //! What was told, as far as there is somebody to be told.
    const Ending &ending()
    {
        if (m_note)
            std::exchange(m_note, nullptr)();
        return m_ending;
    }
    bool isTold() const { return !m_receiverGone; }
    static bool writes(Operation operation)
    {
        return operation == Operation::Insert || operation == Operation::ExecuteMany
            || operation == Operation::Pipeline;
    }

private:
    void noteRows(const Result<ResultSet> &result)
    {
        m_ending.note(result);
        if (result && m_operation != Operation::Insert) {
            m_ending.right = result->size() == Rows;
            for (qsizetype i = 0; i < result->size(); ++i)
                m_ending.right &= result->at(i).get<QString>(0) == m_token && result->at(i).get<int>(1) == i;
        }
    }
    template <class T> void follow(const Reply<T> &reply)
    {
        auto shared = std::make_shared<Reply<T>>(reply);
        m_isFinished = [shared] { return shared->isFinished(); };
        m_cancelReply = [shared] { shared->cancel(); };
        m_cancelFuture = [shared] { static_cast<QFuture<Result<T>> &>(*shared).cancel(); };
    }
    void startStatement(const QString &sql, bool prepared);
    StatementOptions options() const
    {
        return m_way == Way::Deadline ? StatementOptions().setTimeout(40ms) : StatementOptions();
    }

    Connection &m_connection;
    Operation m_operation;
    Way m_way;
    QString m_token;
    Ending m_ending;
    std::unique_ptr<QObject> m_receiver;
    std::unique_ptr<Cursor> m_cursor;
    bool m_receiverGone = false;
    std::function<bool()> m_isFinished;
    std::function<void()> m_cancelReply;
    std::function<void()> m_cancelFuture;
    std::function<void()> m_note;
};

void Trial::startStatement(const QString &sql, bool prepared)
{
    if (m_way == Way::Receiver) {
        m_receiver = std::make_unique<QObject>();
        const auto told = [this](const Result<ResultSet> &result) { noteRows(result); };
        if (prepared)
            m_connection.execute(m_receiver.get(), told, sql);
        else
            m_connection.query(m_receiver.get(), told, sql);
        m_isFinished = [this] { return m_ending.times > 0; };
        return;
    }
    const Reply<ResultSet> reply
        = prepared ? m_connection.execute(options(), sql) : m_connection.query(options(), sql);
    follow(reply);
    m_note = [this, reply] { noteRows(reply.result()); };
}

void Trial::start()
{
    switch (m_operation) {
    case Operation::Query:
        startStatement(selection(m_token), false);
        break;
    case Operation::Execute:
        startStatement(selection(m_token), true);
        break;
    case Operation::Insert:
        startStatement(
            u"INSERT INTO cancel_ledger SELECT '%1' FROM cancel_numbers WHERE i < %2"_s.arg(m_token).arg(
                Rows),
            false);
        break;
    case Operation::Stream: {
        m_cursor = m_connection.stream(options(), selection(m_token));
        const auto rows = std::make_shared<int>(0);
        connect(m_cursor.get(), &Cursor::batchReady, this, [this, rows](const RowBatch &batch) {
            for (const Row &row : batch)
                m_ending.right &= row.get<QString>(0) == m_token && row.get<int>(1) == (*rows)++;
        });
        connect(m_cursor.get(), &Cursor::finished, this, [this] {
            ++m_ending.times;
            m_ending.error = m_cursor->error();
        });
        m_isFinished = [this] { return m_ending.times > 0; };
        break;
    }
    case Operation::ExecuteMany: {
        QList<QVariantList> rows(Rows, {m_token});
        const Reply<BulkResult> reply
            = m_connection.executeMany(u"INSERT INTO cancel_ledger VALUES (?)", rows);
        follow(reply);
        m_note = [this, reply] {
            const Result<BulkResult> result = reply.result();
            m_ending.note(result && result->error() ? Result<BulkResult>(result->error()) : result);
        };
        break;
    }
    case Operation::Pipeline: {
        Pipeline pipeline;
        for (int i = 0; i < Rows; ++i)
            pipeline.execute(u"INSERT INTO cancel_ledger VALUES (?)", m_token);
        const Reply<PipelineResults> reply = m_connection.run(pipeline);
        follow(reply);
        m_note = [this, reply] {
            const Result<PipelineResults> results = reply.result();
            m_ending.note(results);
            if (!results)
                return;
            m_ending.atLeast = m_ending.atMost = 0;
            for (const Result<ResultSet> &one : *results) {
                const bool executed = one || one.error().outcome() == Outcome::Executed;
                m_ending.atLeast += executed ? 1 : 0;
                m_ending.atMost += executed || one.error().outcome() == Outcome::Unknown ? 1 : 0;
                if (!one)
                    m_ending.error = one.error();
            }
        };
        break;
    }
    case Operation::Begin: {
        const Reply<Transaction> reply = m_connection.begin();
        follow(reply);
        m_note = [this, reply] {
            const Result<Transaction> begun = reply.result();
            m_ending.note(begun);
        };
        break;
    }
    }
}

void Trial::cancel()
{
    switch (m_way) {
    case Way::Deadline:
        break; // comes by itself
    case Way::Receiver:
        if (m_receiver || m_cursor) {
            m_receiverGone = m_ending.times == 0;
            m_receiver.reset();
            m_cursor.reset();
        } else {
            m_connection.cancelCurrent();
        }
        break;
    case Way::Reply:
        if (m_cursor)
            m_cursor->cancel();
        else
            m_cancelReply();
        break;
    case Way::Future:
        if (m_cursor)
            m_connection.cancelCurrent();
        else
            m_cancelFuture();
        break;
    }
}

} // namespace

class tst_CancelMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cancel_data();
    void cancel();
    void cleanupTestCase();

private:
    int m_cases = 0;
    QMap<QString, int> m_endings;
};

void tst_CancelMatrix::cancel_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<int>("operation");
    QTest::addColumn<int>("way");
    const char *const operations[]
        = {"query", "execute", "stream", "insert", "executeMany", "pipeline", "begin"};
    const char *const ways[] = {"reply", "future", "receiver", "deadline"};
    for (const QString &id : ServerMatrix::ids()) {
        for (int operation = 0; operation < 7; ++operation) {
            for (int way = 0; way < 4; ++way) {
                QTest::addRow("%s, %s, %s", qPrintable(id), operations[operation], ways[way])
                    << id << operation << way;
            }
        }
    }
}

void tst_CancelMatrix::cancel()
{
    MATRIX_SERVER(live);
    QFETCH(int, operation);
    QFETCH(int, way);
    const QString user = u"cancels_%1"_s.arg(QCoreApplication::applicationPid());
    ConnectOptions adminOptions = *ConnectOptions::fromUrl(live.url());
    adminOptions.setDatabase(live.database);
    Connection admin;
    VERIFY_OK(await(admin.open(adminOptions)));
    for (const QString &sql :
         {u"CREATE TABLE IF NOT EXISTS cancel_numbers (i INT PRIMARY KEY)"_s,
          u"CREATE TABLE IF NOT EXISTS cancel_ledger (token VARCHAR(60), KEY (token))"_s,
          u"CREATE USER IF NOT EXISTS '%1'@'%' IDENTIFIED BY 'pw'"_s, u"GRANT ALL ON *.* TO '%1'@'%'"_s})
        VERIFY_OK(await(admin.query(QString(sql).replace(u"%1"_s, user))));
    QList<QVariantList> numbers;
    for (int i = 0; i < 2 * Rows; ++i)
        numbers.append(QVariantList{i});
    VERIFY_OK(await(admin.executeMany(u"INSERT IGNORE INTO cancel_numbers VALUES (?)", numbers)));

    // How long the conversation is, where nobody interferes.
    const auto clientOptions = [&](quint16 port) {
        ConnectOptions options = *ConnectOptions::fromUrl(live.url(user, u"pw"_s));
        options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true).setDatabase(live.database);
        if (Way(way) == Way::Deadline && Operation(operation) >= Operation::ExecuteMany)
            options.setCommandTimeout(100ms); // they take none of their own
        return options.setPort(port).setCancelTimeout(20s);
    };
    const StatementOptions patience = StatementOptions().setTimeout(20s);
    qint64 sent = 0;
    qint64 answered = 0;
    {
        ChaosProxy proxy(QHostAddress(live.host), live.port);
        QVERIFY(proxy.listen());
        Connection connection;
        VERIFY_OK(await(connection.open(clientOptions(proxy.port()))));
        sent = -proxy.passed(0, ChaosPlan::ToServer);
        answered = -proxy.passed(0, ChaosPlan::ToClient);
        Trial whole(connection, Operation(operation), Way::Reply, u"whole-undisturbed"_s);
        whole.start();
        QTRY_VERIFY(whole.isEnded());
        QVERIFY2(!whole.ending().error, qPrintable(whole.ending().error.toString()));
        QVERIFY(whole.ending().right);
        sent += proxy.passed(0, ChaosPlan::ToServer);
        answered += proxy.passed(0, ChaosPlan::ToClient);
        QVERIFY(sent > 5 && answered > 8);
    }
    VERIFY_OK(await(admin.query(u"DELETE FROM cancel_ledger WHERE token = 'whole-undisturbed'")));

    for (const Phase &phase : Phases) {
        ChaosProxy proxy(QHostAddress(live.host), live.port);
        QVERIFY(proxy.listen());
        Connection connection;
        VERIFY_OK(await(connection.open(clientOptions(proxy.port()))));
        const qint64 sentBefore = proxy.passed(0, ChaosPlan::ToServer);
        const qint64 answeredBefore = proxy.passed(0, ChaosPlan::ToClient);
        const QString token
            = u"%1-%2-%3-%4"_s.arg(QCoreApplication::applicationPid()).arg(operation).arg(way).arg(++m_cases);
        Trial trial(connection, Operation(operation), Way(way), token);

        Reply<ResultSet> first;
        if (phase.kind == Phase::Queued)
            first = connection.query(patience, u"SELECT SLEEP(0.02)");
        if (phase.kind == Phase::Held) {
            const bool toServer = phase.direction == ChaosPlan::ToServer;
            const qint64 all = toServer ? sent : answered;
            const qint64 place = qint64(double(all) * phase.part) + phase.bytes;
            proxy.holdAt(0, phase.direction, (toServer ? sentBefore : answeredBefore) + place);
        }
        trial.start();
        if (phase.kind == Phase::Held)
            QTRY_VERIFY_WITH_TIMEOUT(proxy.isHeld(0) || trial.isEnded(), 20'000);
        else if (phase.kind == Phase::Ended)
            QTRY_VERIFY(trial.isEnded());
        trial.cancel();
        if (phase.kind == Phase::Held) {
            // The KILL comes over a connection of its own, and is under way when the conversation goes on.
            QTRY_VERIFY_WITH_TIMEOUT(proxy.connectionCount() > 1 || connection.pendingCommands() == 0,
                                     20'000);
            proxy.release(0);
        }
        QTRY_VERIFY_WITH_TIMEOUT(trial.isEnded(), 25'000);
        QTRY_COMPARE_WITH_TIMEOUT(connection.pendingCommands(), 0, 25'000);

        const QByteArray where
            = QByteArray(phase.name).append(": ").append(trial.ending().error.toString().toUtf8());
        QVERIFY2(trial.ending().times <= 1, where.constData());
        QVERIFY2(trial.isTold() == (trial.ending().times == 1), where.constData());
        QVERIFY2(trial.ending().right, where.constData());
        const Error error = trial.ending().error;
        if (error) {
            QVERIFY2(error.kind() == Error::Kind::Cancelled || error.kind() == Error::Kind::Timeout,
                     where.constData());
            QVERIFY2(!error.isRetryable() || error.outcome() == Outcome::NotSent, where.constData());
            QVERIFY2(Way(way) != Way::Deadline || error.kind() == Error::Kind::Timeout, where.constData());
        }
        if (!first.isCanceled() && phase.kind == Phase::Queued)
            (void)await(first);
        // The next statement has an answer of its own.
        QVERIFY(connection.isOpen()); // busy, as long as its KILL has no answer
        const auto next = await(connection.query(patience, u"SELECT 'next', CONNECTION_ID()"));
        QVERIFY2(next, qPrintable(next.error().toString()));
        QCOMPARE(next->at(0).get<QString>(0), u"next"_s);
        QCOMPARE(next->at(0).get<quint64>(1), connection.connectionId());
        trial.letGo();
        QTRY_VERIFY2(!connection.isInTransaction(), where.constData());

        if (Trial::writes(Operation(operation)) && trial.isTold()) {
            const auto counted
                = await(admin.query(u"SELECT COUNT(*) FROM cancel_ledger WHERE token = ?", token));
            VERIFY_OK(counted);
            const int count = counted->at(0).get<int>(0);
            QVERIFY2(count >= trial.ending().atLeast && count <= trial.ending().atMost,
                     QByteArray(where)
                         .append(", and of its rows there are ")
                         .append(QByteArray::number(count))
                         .constData());
        }
        m_endings[error ? error.toString().section(u'[', 1).chopped(1) : u"success"_s] += 1;
        VERIFY_OK(await(connection.close()));
    }

    // No session is left behind.
    const QString sessions
        = u"SELECT COUNT(*) FROM information_schema.processlist WHERE user = '%1'"_s.arg(user);
    const auto left = [&] { return await(admin.query(sessions))->at(0).get<int>(0); };
    QTRY_COMPARE_WITH_TIMEOUT(left(), 0, 20'000);
}

void tst_CancelMatrix::cleanupTestCase()
{
    qInfo("%d cases", m_cases);
    for (auto it = m_endings.cbegin(); it != m_endings.cend(); ++it)
        qInfo("  %5d %s", it.value(), qPrintable(it.key()));
}

QTEST_GUILESS_MAIN(tst_CancelMatrix)
#include "tst_cancelmatrix.moc"
