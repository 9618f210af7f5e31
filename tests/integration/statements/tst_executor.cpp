// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/Pipeline>
#include <QAsyncMySql/Pool>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

/*
    The functions that Connection and Pool have in common, in all their forms.
*/
class tst_Executor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forms_data();
    void forms();
    void pipelines_data();
    void pipelines();
    void manyRows_data();
    void manyRows();
    void transactionOfItsOwn_data() { ServerMatrix::addRows(); }
    void transactionOfItsOwn();
    void lostTransaction_data() { ServerMatrix::addRows(); }
    void lostTransaction();
    void timeouts_data() { ServerMatrix::addRows(); }
    void timeouts();
};

namespace {

template <class T> int number(const Result<T> &result)
{
    return result ? result->at(0).template get<int>(0) : -1;
}

} // namespace

void tst_Executor::forms_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("pooled");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s, connection", qPrintable(id)) << id << false;
        QTest::addRow("%s, pool", qPrintable(id)) << id << true;
    }
}

void tst_Executor::forms()
{
    MATRIX_SERVER(live);
    QFETCH(const bool, pooled);
    const ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    Connection connection;
    Pool pool(options);
    if (!pooled)
        VERIFY_OK(await(connection.open(options)));
    Executor &executor = pooled ? static_cast<Executor &>(pool) : connection;

    const auto asked = StatementOptions().setTimeout(20s);
    const SqlStatement statement(u"SELECT ? + 1", {Parameter(41)});
    QCOMPARE(number(await(executor.query(u"SELECT ? + ?", 1, 2))), 3);
    QCOMPARE(number(await(executor.query(asked, "SELECT ? + ?", 2, 2))), 4);
    QCOMPARE(number(await(executor.query(statement))), 42);
    QCOMPARE(number(await(executor.query(asked, statement))), 42);
    QCOMPARE(number(await(executor.execute(QStringLiteral("SELECT ? + ?"), 3, 2))), 5);
    QCOMPARE(number(await(executor.execute(asked, u"SELECT ? + ?", 4, 2))), 6);
    QCOMPARE(number(await(executor.execute(statement))), 42);
    QCOMPARE(number(await(executor.execute(asked, statement))), 42);

    QList<int> heard;
    const auto hear = [&heard](const Result<ResultSet> &result) { heard.append(number(result)); };
    executor.query(this, hear, u"SELECT ?", 1);
    QTRY_COMPARE(heard, QList<int>({1}));
    executor.query(this, hear, asked, statement);
    QTRY_COMPARE(heard, QList<int>({1, 42}));
    executor.execute(this, hear, u"SELECT ?", 2);
    QTRY_COMPARE(heard, QList<int>({1, 42, 2}));
    executor.execute(this, hear, asked, u"SELECT ?", 3);
    QTRY_COMPARE(heard, QList<int>({1, 42, 2, 3}));

    for (const auto &cursor :
         {executor.stream(u"SELECT ?", 42), executor.stream(asked, statement),
          executor.streamPrepared(statement), executor.streamPrepared(asked, u"SELECT 42")})
        QCOMPARE(number(await(cursor->nextBatch())), 42);
}

namespace {

enum class Runner
{
    Connection,
    Pool,
    Transaction,
    Savepoint,
    PoolTransaction,
};

void addRunners()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<int>("runner");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s, connection", qPrintable(id)) << id << int(Runner::Connection);
        QTest::addRow("%s, pool", qPrintable(id)) << id << int(Runner::Pool);
        QTest::addRow("%s, transaction", qPrintable(id)) << id << int(Runner::Transaction);
        QTest::addRow("%s, savepoint", qPrintable(id)) << id << int(Runner::Savepoint);
        QTest::addRow("%s, pool's transaction", qPrintable(id)) << id << int(Runner::PoolTransaction);
    }
}

//! One of what can run statements, and what it needs. Schemas are dropped at its end.
class Fixture
{
public:
    Fixture(const MatrixServer &live, Runner runner)
        : m_options(*ConnectOptions::fromUrl(live.url()))
        , m_pool(m_options)
    {
        if (!await(m_connection.open(m_options)))
            return;
        static_cast<void>(await(m_connection.query(u"DROP TABLE IF EXISTS tst_executor")));
        static_cast<void>(await(m_connection.query(
            u"CREATE TABLE tst_executor (id INT AUTO_INCREMENT PRIMARY KEY, n INT, t VARCHAR(20))")));
        switch (runner) {
        case Runner::Connection:
            m_executor = &m_connection;
            break;
        case Runner::Pool:
            m_executor = &m_pool;
            break;
        case Runner::Transaction:
            begin(await(m_connection.begin()));
            break;
        case Runner::Savepoint:
            begin(await(m_connection.begin()));
            m_outer = transaction;
            begin(await(m_outer.savepoint()));
            break;
        case Runner::PoolTransaction:
            begin(await(m_pool.begin()));
            break;
        }
    }
    ~Fixture()
    {
        for (Transaction *one : {&transaction, &m_outer}) {
            if (one->isActive())
                static_cast<void>(await(one->rollback()));
        }
        static_cast<void>(await(m_connection.query(u"DROP TABLE tst_executor")));
    }
    Executor &operator*() const { return *m_executor; }
    bool isReady() const { return m_executor; }
    qint64 count() { return number(await(m_executor->query(u"SELECT COUNT(*) FROM tst_executor"))); }

    Transaction transaction;

private:
    void begin(const Result<Transaction> &begun)
    {
        if (!begun)
            return;
        transaction = *begun;
        m_executor = &transaction;
    }

    ConnectOptions m_options;
    Connection m_connection;
    Pool m_pool;
    Transaction m_outer;
    Executor *m_executor = nullptr;
};

} // namespace

void tst_Executor::pipelines_data()
{
    addRunners();
}

void tst_Executor::pipelines()
{
    MATRIX_SERVER(live);
    QFETCH(int, runner);
    Fixture fixture(live, Runner(runner));
    QVERIFY(fixture.isReady());
    Pipeline pipeline;
    pipeline.execute(u"INSERT INTO tst_executor (n) VALUES (?)", 1);
    pipeline.query(u"SELECT nonsense");
    pipeline.execute(u"INSERT INTO tst_executor (n) VALUES (?)", 2);
    pipeline.query(u"SELECT COUNT(*), CONNECTION_ID() FROM tst_executor");
    for (int i = 1; i <= 2; ++i) {
        const auto results = await((*fixture).run(pipeline));
        VERIFY_OK(results);
        QCOMPARE(results->size(), 4);
        QCOMPARE(results->at(1).error().code(), 1054);
        QCOMPARE(number(results->at(3)), 2 * i);
        if (fixture.transaction.state() != Transaction::State::None)
            QVERIFY(fixture.transaction.isActive()); // an error of a statement does not end it
    }
    QCOMPARE(fixture.count(), 4);
    QCOMPARE(await((*fixture).run(Pipeline())).error().kind(), Error::Kind::Usage);
}

void tst_Executor::manyRows_data()
{
    addRunners();
}

void tst_Executor::manyRows()
{
    MATRIX_SERVER(live);
    QFETCH(int, runner);
    Fixture fixture(live, Runner(runner));
    QVERIFY(fixture.isReady());
    QList<std::tuple<int, QString>> rows;
    for (int i = 0; i < 500; ++i)
        rows.append({i, QString::number(i)});
    const QString insert = QStringLiteral("INSERT INTO tst_executor (n, t) VALUES (?, ?)");
    const auto result = await((*fixture).executeMany(insert, rows));
    VERIFY_OK(result);
    QVERIFY(result->isComplete());
    QCOMPARE(result->affectedRows(), 500u);
    const auto updated = await((*fixture).executeMany(
        u"UPDATE tst_executor SET t = 'x' WHERE n = ?",
        [i = 0]() mutable -> std::optional<int> { return i < 50 ? std::optional(i++) : std::nullopt; }));
    VERIFY_OK(updated);
    QCOMPARE(updated->affectedRows(), 50u);
    QCOMPARE(fixture.count(), 500);
    if (fixture.transaction.state() != Transaction::State::None) {
        // Starting another transaction would commit this one.
        const auto nested = await((*fixture).executeMany(insert, rows, BulkOptions().setTransaction(true)));
        QCOMPARE(nested.error().kind(), Error::Kind::Usage);
        QCOMPARE(nested.error().outcome(), Error::Outcome::NotSent);
        QVERIFY(fixture.transaction.isActive());
        VERIFY_OK(await(fixture.transaction.rollback()));
        // What comes after the end is refused.
        QCOMPARE(await((*fixture).executeMany(insert, rows)).error().outcome(), Error::Outcome::NotSent);
        QCOMPARE(await((*fixture).run(Pipeline().query(u"SELECT 1"))).error().outcome(),
                 Error::Outcome::NotSent);
    }
    QCOMPARE(await(Transaction().executeMany(insert, rows)).error().kind(), Error::Kind::Usage);
}

// executeMany() with a transaction of its own, from a pool.
void tst_Executor::transactionOfItsOwn()
{
    MATRIX_SERVER(live);
    Fixture fixture(live, Runner::Pool);
    QVERIFY(fixture.isReady());
    const QString insert = QStringLiteral("INSERT INTO tst_executor (id) VALUES (?)");
    const auto whole = BulkOptions().setTransaction(true).setChunkRows(2);
    VERIFY_OK(await((*fixture).executeMany(insert, QList<int>{1, 2, 3}, whole)));
    QCOMPARE(await((*fixture).executeMany(insert, QList<int>{4, 5, 6, 3}, whole)).error().code(), 1062);
    QCOMPARE(fixture.count(), 3);
}

// What ends the transaction within a pipeline is noticed.
void tst_Executor::lostTransaction()
{
    MATRIX_SERVER(live);
    Fixture fixture(live, Runner::Transaction);
    QVERIFY(fixture.isReady());
    VERIFY_OK(await((*fixture).run(Pipeline().query(u"DO 1").query(u"COMMIT"))));
    QCOMPARE(fixture.transaction.state(), Transaction::State::ImplicitlyCommitted);
}

// The timeout of one statement comes before that of the connection, and ends that statement only.
void tst_Executor::timeouts()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    const quint64 id = connection.connectionId();
    const auto brief = StatementOptions().setTimeout(150ms);
    QCOMPARE(await(connection.query(brief, u"SELECT SLEEP(30)")).error().kind(), Error::Kind::Timeout);
    QCOMPARE(await(connection.execute(brief, u"SELECT SLEEP(?)", 30)).error().kind(), Error::Kind::Timeout);
    const auto cursor = connection.stream(brief, u"SELECT SLEEP(30)");
    QTRY_VERIFY_WITH_TIMEOUT(cursor->isFinished(), 20'000);
    QCOMPARE(cursor->error().kind(), Error::Kind::Timeout);
    QCOMPARE(number(await(connection.query(u"SELECT 1"))), 1);
    QCOMPARE(connection.connectionId(), id);
}

QTEST_MAIN(tst_Executor)

#include "tst_executor.moc"
