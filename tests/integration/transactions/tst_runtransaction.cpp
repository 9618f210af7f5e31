// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    runTransaction(): what it commits, what it undoes, what it repeats, and that money is never made or lost.
*/

#include "integration/pool/poolsupport.h"

#include <QAsyncMySql/RetryPolicy>
#include <QAsyncMySql/runtransaction.h>

#include <QtCore/QRandomGenerator>
#include <QtCore/QThread>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

class tst_RunTransaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commitsWithAValue_data() { ServerMatrix::addRows(); }
    void commitsWithAValue();
    void undoesOnError_data() { ServerMatrix::addRows(); }
    void undoesOnError();
    void repeatsConflicts_data() { ServerMatrix::addRows(); }
    void repeatsConflicts();
    void limits_data() { ServerMatrix::addRows(); }
    void limits();
    void onAConnection_data() { ServerMatrix::addRows(); }
    void onAConnection();
    void repeatsAfterALoss_data() { ServerMatrix::addRows(); }
    void repeatsAfterALoss();
    void inAnotherThread_data() { ServerMatrix::addRows(); }
    void inAnotherThread();

private:
    ConnectOptions prepare(const MatrixServer &live);
};

ConnectOptions tst_RunTransaction::prepare(const MatrixServer &live)
{
    const ConnectOptions options
        = optionsFor(live).setInitCommands({QStringLiteral("CREATE DATABASE IF NOT EXISTS runtransaction")});
    Connection admin;
    (void)await(admin.open(options));
    (void)await(admin.query(u"DROP TABLE IF EXISTS runtransaction.account"));
    (void)await(
        admin.query(u"CREATE TABLE runtransaction.account (id INT PRIMARY KEY, v INT) ENGINE=InnoDB"));
    (void)await(
        admin.query(u"INSERT INTO runtransaction.account VALUES (1, 100), (2, 100), (3, 100), (4, 100)"));
    return optionsFor(live).setDatabase(QStringLiteral("runtransaction"));
}

void tst_RunTransaction::commitsWithAValue()
{
    MATRIX_SERVER(live);
    Pool pool(prepare(live));
    const auto done = await(runTransaction(
        pool, [](Transaction &t) { return t.execute(u"UPDATE account SET v = v + 1 WHERE id = ?", 1); }));
    VERIFY_OK(done);
    QCOMPARE(done->affectedRows(), 1u);
    QCOMPARE(numberOf(await(pool.query(u"SELECT v FROM account WHERE id = 1"))), 101u);
    QTRY_COMPARE(pool.leasedCount(), 0);
}

void tst_RunTransaction::undoesOnError()
{
    MATRIX_SERVER(live);
    Pool pool(prepare(live));
    int calls = 0;
    const auto done = await(runTransaction(pool, [&calls](Transaction &t) {
        ++calls;
        (void)t.execute(u"UPDATE account SET v = 0");
        return t.execute(u"INSERT INTO account VALUES (1, 1)"); // there is one
    }));
    QCOMPARE(done.error().code(), 1062);
    QCOMPARE(calls, 1); // it would fail again
    QCOMPARE(numberOf(await(pool.query(u"SELECT SUM(v) FROM account"))), 400u);
}

void tst_RunTransaction::repeatsConflicts()
{
    MATRIX_SERVER(live);
    Pool pool(prepare(live));
    pool.setMaximumSize(6);
    int calls = 0;
    int ended = 0;
    QList<Error> errors;
    constexpr int Transfers = 60;
    QList<Reply<ResultSet>> replies;
    for (int i = 0; i < Transfers; ++i) {
        // Back and forth between the same accounts in both orders: deadlocks are sure.
        const int from = 1 + i % 4;
        const int to = 1 + (i * 3 + 1) % 4;
        replies.append(runTransaction(
            pool,
            [&calls, from, to](Transaction &t) {
                ++calls;
                (void)t.execute(u"UPDATE account SET v = v - 1 WHERE id = ?", from);
                (void)t.query(u"DO SLEEP(0.005)");
                return t.execute(u"UPDATE account SET v = v + 1 WHERE id = ?", to);
            },
            TransactionOptions(), RetryPolicy().setMaximumAttempts(100).setLongestDelay(50ms)));
    }
    for (const auto &reply : replies) {
        const auto result = await(reply, 60'000);
        ended += result ? 1 : 0;
        if (!result)
            errors.append(result.error());
    }
    QVERIFY2(errors.isEmpty(), errors.isEmpty() ? "" : qPrintable(errors[0].toString()));
    QCOMPARE(ended, Transfers);
    QVERIFY2(calls > Transfers, "no deadlock happened");
    QCOMPARE(numberOf(await(pool.query(u"SELECT SUM(v) FROM account"))), 400u);
    int expected[5] = {0, 100, 100, 100, 100};
    for (int i = 0; i < Transfers; ++i) {
        --expected[1 + i % 4];
        ++expected[1 + (i * 3 + 1) % 4];
    }
    for (int id = 1; id <= 4; ++id)
        QCOMPARE(int(numberOf(await(pool.query(u"SELECT v FROM account WHERE id = ?", id)))), expected[id]);
}

void tst_RunTransaction::limits()
{
    MATRIX_SERVER(live);
    Pool pool(prepare(live));
    Connection holder;
    VERIFY_OK(await(holder.open(pool.options())));
    auto held = await(holder.begin());
    VERIFY_OK(held);
    VERIFY_OK(await(held->execute(u"UPDATE account SET v = v + 1 WHERE id = 1")));
    int calls = 0;
    const auto done = await(runTransaction(
        pool,
        [&calls](Transaction &t) {
            ++calls;
            (void)t.query(u"SET innodb_lock_wait_timeout = 1");
            return t.execute(u"UPDATE account SET v = v + 1 WHERE id = 1");
        },
        TransactionOptions(), RetryPolicy().setMaximumAttempts(2).setFirstDelay(1ms)));
    QCOMPARE(done.error().code(), 1205);
    QCOMPARE(calls, 2);
    VERIFY_OK(await(held->rollback()));
}

void tst_RunTransaction::onAConnection()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(prepare(live))));
    const auto done = await(runTransaction(
        connection, [](Transaction &t) { return t.execute(u"UPDATE account SET v = v * 2"); }));
    VERIFY_OK(done);
    QCOMPARE(numberOf(await(connection.query(u"SELECT SUM(v) FROM account"))), 800u);
    auto gone = std::make_unique<Connection>();
    VERIFY_OK(await(gone->open(connection.options())));
    const Reply<ResultSet> orphan
        = runTransaction(*gone, [](Transaction &t) { return t.query(u"UPDATE account SET v = SLEEP(10)"); });
    QTest::qWait(20);
    gone.reset();
    QVERIFY(await(orphan, 5000).error());
    QCOMPARE(numberOf(await(connection.query(u"SELECT SUM(v) FROM account"))), 800u);
}

void tst_RunTransaction::repeatsAfterALoss()
{
    MATRIX_SERVER(live);
    Pool pool(prepare(live));
    Connection admin;
    VERIFY_OK(await(admin.open(pool.options())));
    int calls = 0;
    const auto done = await(runTransaction(pool, [&](Transaction &t) {
        if (++calls == 1) // between the two statements, the connection goes
            (void)admin.query(QStringLiteral("KILL %1").arg(t.connection()->connectionId()));
        (void)t.execute(u"UPDATE account SET v = v + 1 WHERE id = 1");
        return t.query(u"SELECT SLEEP(0.1)");
    }));
    VERIFY_OK(done);
    QCOMPARE(calls, 2);
    QCOMPARE(numberOf(await(pool.query(u"SELECT v FROM account WHERE id = 1"))), 101u);
}

void tst_RunTransaction::inAnotherThread()
{
    MATRIX_SERVER(live);
    Pool pool(prepare(live));
    Error error(Error::Kind::Usage, QStringLiteral("not run"));
    std::atomic<bool> ended = false;
    bool inThread = false;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        QThread *const self = QThread::currentThread();
        const auto result = await(runTransaction(pool, [&inThread, self](Transaction &t) {
            inThread = QThread::currentThread() == self;
            return t.execute(u"UPDATE account SET v = v + 1 WHERE id = 1");
        }));
        error = result.error();
        ended = true;
    }));
    thread->start();
    QTRY_VERIFY(ended);
    QVERIFY(thread->wait());
    QVERIFY2(!error, qPrintable(error.toString()));
    QVERIFY(inThread);
    QCOMPARE(numberOf(await(pool.query(u"SELECT v FROM account WHERE id = 1"))), 101u);
}

QTEST_GUILESS_MAIN(tst_RunTransaction)
#include "tst_runtransaction.moc"
