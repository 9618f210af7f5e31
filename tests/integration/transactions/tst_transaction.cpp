// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Transactions and savepoints: what they hold together, how they end, and what is known afterwards.
*/

#include "integration/pool/poolsupport.h"

#include <QtCore/QSemaphore>
#include <QtCore/QThread>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using State = Transaction::State;

class tst_Transaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void commitsAndRollsBack_data() { ServerMatrix::addRows(); }
    void commitsAndRollsBack();
    void droppedIsRolledBack_data() { ServerMatrix::addRows(); }
    void droppedIsRolledBack();
    void options_data() { ServerMatrix::addRows(); }
    void options();
    void isolation_data() { ServerMatrix::addRows(); }
    void isolation();
    void savepoints_data() { ServerMatrix::addRows(); }
    void savepoints();
    void oneInAnotherIsRefused_data() { ServerMatrix::addRows(); }
    void oneInAnotherIsRefused();
    void implicitCommit_data() { ServerMatrix::addRows(); }
    void implicitCommit();
    void deadlockHoldsUpTheRest_data() { ServerMatrix::addRows(); }
    void deadlockHoldsUpTheRest();
    void lockTimeoutKeepsIt_data() { ServerMatrix::addRows(); }
    void lockTimeoutKeepsIt();
    void lostConnection_data() { ServerMatrix::addRows(); }
    void lostConnection();
    void returnedLease_data() { ServerMatrix::addRows(); }
    void returnedLease();
    void goneWhileElsewhere_data() { ServerMatrix::addRows(); }
    void goneWhileElsewhere();
    void cursors_data() { ServerMatrix::addRows(); }
    void cursors();
    void emptyHandle();

private:
    void prepare(const MatrixServer &live);
    quint64 sum() { return numberOf(await(m_other->query(u"SELECT COALESCE(SUM(v), 0) FROM tx"))); }

    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<Connection> m_other;
};

void tst_Transaction::init()
{
    m_connection.reset();
    m_other.reset();
}

void tst_Transaction::prepare(const MatrixServer &live)
{
    const ConnectOptions options = optionsFor(live).setInitCommands(
        {QStringLiteral("CREATE DATABASE IF NOT EXISTS transactions"), QStringLiteral("USE transactions")});
    m_connection = std::make_unique<Connection>();
    m_other = std::make_unique<Connection>();
    VERIFY_OK(await(m_connection->open(options)));
    VERIFY_OK(await(m_other->open(options)));
    VERIFY_OK(await(m_other->query(u"DROP TABLE IF EXISTS tx")));
    VERIFY_OK(await(m_other->query(u"CREATE TABLE tx (id INT PRIMARY KEY, v INT) ENGINE=InnoDB")));
}

void tst_Transaction::commitsAndRollsBack()
{
    MATRIX_SERVER(live);
    prepare(live);
    auto t = await(m_connection->begin());
    VERIFY_OK(t);
    QVERIFY(t->isActive());
    QCOMPARE(t->connection(), m_connection.get());
    // Not awaited one by one: they keep their order.
    const Reply<ResultSet> first = t->execute(u"INSERT INTO tx VALUES (?, ?)", 1, 10);
    const Reply<ResultSet> second = t->query(u"INSERT INTO tx VALUES (2, 20)");
    const Reply<void> commit = t->commit();
    VERIFY_OK(await(commit));
    VERIFY_OK(await(first));
    VERIFY_OK(await(second));
    QCOMPARE(t->state(), State::Committed);
    QCOMPARE(sum(), 30u);
    const Error late = await(t->query(u"INSERT INTO tx VALUES (3, 30)")).error();
    QCOMPARE(late.kind(), Error::Kind::Usage);
    QCOMPARE(late.outcome(), Error::Outcome::NotSent);
    QVERIFY(await(t->commit()).error());
    QVERIFY(!m_connection->isInTransaction());

    auto back = await(m_connection->begin());
    VERIFY_OK(back);
    VERIFY_OK(await(back->execute(u"DELETE FROM tx")));
    VERIFY_OK(await(back->rollback()));
    QCOMPARE(back->state(), State::RolledBack);
    VERIFY_OK(await(back->rollback())); // it is
    QCOMPARE(sum(), 30u);
}

void tst_Transaction::droppedIsRolledBack()
{
    MATRIX_SERVER(live);
    prepare(live);
    {
        auto t = await(m_connection->begin());
        VERIFY_OK(t);
        VERIFY_OK(await(t->execute(u"INSERT INTO tx VALUES (1, 10)")));
        const Transaction copy = *t; // the last copy counts
        t = Error();
        QVERIFY(copy.isActive());
    }
    QTRY_VERIFY(!m_connection->isInTransaction());
    QCOMPARE(sum(), 0u);

    Pool pool(optionsFor(live).setDatabase(QStringLiteral("transactions")));
    pool.setMaximumSize(1);
    {
        auto t = await(pool.begin());
        VERIFY_OK(t);
        QCOMPARE(pool.leasedCount(), 1);
        VERIFY_OK(await(t->execute(u"INSERT INTO tx VALUES (1, 10)")));
    }
    QTRY_COMPARE(pool.idleCount(), 1); // and the connection is back
    QCOMPARE(sum(), 0u);
    auto kept = await(pool.begin());
    VERIFY_OK(kept);
    VERIFY_OK(await(kept->execute(u"INSERT INTO tx VALUES (1, 10)")));
    VERIFY_OK(await(kept->commit()));
    QTRY_COMPARE(pool.idleCount(), 1); // with the end, not with the handle
    QCOMPARE(sum(), 10u);
}

void tst_Transaction::options()
{
    MATRIX_SERVER(live);
    prepare(live);
    auto readOnly = await(m_connection->begin(TransactionOptions().setReadOnly(true)));
    VERIFY_OK(readOnly);
    QCOMPARE(await(readOnly->execute(u"INSERT INTO tx VALUES (1, 1)")).error().code(), 1792);
    QVERIFY(readOnly->isActive());
    VERIFY_OK(await(readOnly->commit()));

    auto snapshot
        = await(m_connection->begin(TransactionOptions().setConsistentSnapshot(true).setReadOnly(true)));
    VERIFY_OK(snapshot);
    VERIFY_OK(await(m_other->execute(u"INSERT INTO tx VALUES (1, 1)")));
    QCOMPARE(numberOf(await(snapshot->query(u"SELECT COUNT(*) FROM tx"))), 0u);
    VERIFY_OK(await(snapshot->rollback()));
    auto later = await(m_connection->begin());
    VERIFY_OK(later);
    QCOMPARE(numberOf(await(later->query(u"SELECT COUNT(*) FROM tx"))), 1u);
}

void tst_Transaction::isolation()
{
    MATRIX_SERVER(live);
    prepare(live);
    using Isolation = TransactionOptions::Isolation;
    auto writer = await(m_other->begin());
    VERIFY_OK(writer);
    VERIFY_OK(await(writer->execute(u"INSERT INTO tx VALUES (1, 1)")));
    const auto seen = [this](Isolation isolation) {
        auto reader = await(m_connection->begin(TransactionOptions().setIsolation(isolation)));
        return reader ? int(numberOf(await(reader->query(u"SELECT COUNT(*) FROM tx")))) : -1;
    };
    QCOMPARE(seen(Isolation::ReadUncommitted), 1);
    QTRY_VERIFY(!m_connection->isInTransaction());
    QCOMPARE(seen(Isolation::ReadCommitted), 0);
    QTRY_VERIFY(!m_connection->isInTransaction());
    QCOMPARE(seen(Isolation::Default), 0); // the last one was for one transaction only
    VERIFY_OK(await(writer->rollback()));
}

void tst_Transaction::savepoints()
{
    MATRIX_SERVER(live);
    prepare(live);
    auto t = await(m_connection->begin());
    VERIFY_OK(t);
    VERIFY_OK(await(t->execute(u"INSERT INTO tx VALUES (1, 1)")));
    {
        auto inner = await(t->savepoint());
        VERIFY_OK(inner);
        VERIFY_OK(await(inner->execute(u"INSERT INTO tx VALUES (2, 10)")));
        auto innermost = await(inner->savepoint());
        VERIFY_OK(innermost);
        VERIFY_OK(await(innermost->execute(u"INSERT INTO tx VALUES (3, 100)")));
        VERIFY_OK(await(innermost->commit()));
        QCOMPARE(innermost->state(), State::Committed);
        VERIFY_OK(await(inner->rollback())); // takes the committed one along
        QCOMPARE(inner->state(), State::RolledBack);
        QVERIFY(await(inner->query(u"SELECT 1")).error());
    }
    {
        auto dropped = await(t->savepoint());
        VERIFY_OK(dropped);
        VERIFY_OK(await(dropped->execute(u"INSERT INTO tx VALUES (4, 1000)")));
    }
    auto kept = await(t->savepoint());
    VERIFY_OK(kept);
    VERIFY_OK(await(kept->execute(u"INSERT INTO tx VALUES (5, 10000)")));
    VERIFY_OK(await(kept->commit()));
    auto open = await(t->savepoint());
    VERIFY_OK(open);
    VERIFY_OK(await(t->commit()));
    QCOMPARE(open->state(), State::Committed); // it does not outlive what it is in
    QVERIFY(await(open->query(u"SELECT 1")).error());
    QCOMPARE(sum(), 10001u);
}

void tst_Transaction::oneInAnotherIsRefused()
{
    MATRIX_SERVER(live);
    prepare(live);
    auto t = await(m_connection->begin());
    VERIFY_OK(t);
    VERIFY_OK(await(t->execute(u"INSERT INTO tx VALUES (1, 1)")));
    const Error error = await(m_connection->begin()).error();
    QCOMPARE(error.kind(), Error::Kind::Usage);
    QCOMPARE(error.outcome(), Error::Outcome::NotSent);
    QCOMPARE(sum(), 0u); // the first was not committed by the second
    QVERIFY(t->isActive());
    VERIFY_OK(await(t->commit()));
}

// Pitfall 32.
void tst_Transaction::implicitCommit()
{
    MATRIX_SERVER(live);
    prepare(live);
    auto t = await(m_connection->begin());
    VERIFY_OK(t);
    VERIFY_OK(await(t->execute(u"INSERT INTO tx VALUES (1, 1)")));
    const Reply<ResultSet> ddl = t->query(u"CREATE TABLE IF NOT EXISTS another (a INT)");
    const Reply<ResultSet> behind = t->execute(u"INSERT INTO tx VALUES (2, 2)");
    VERIFY_OK(await(ddl));
    const Error error = await(behind).error();
    QCOMPARE(error.outcome(), Error::Outcome::NotSent);
    QVERIFY2(error.message().contains(u"implicitly"), qPrintable(error.message()));
    QCOMPARE(t->state(), State::ImplicitlyCommitted);
    QVERIFY(await(t->commit()).error());
    QVERIFY(await(t->rollback()).error()); // it cannot be any more
    QCOMPARE(sum(), 1u);
}

// Pitfall 32.
void tst_Transaction::deadlockHoldsUpTheRest()
{
    MATRIX_SERVER(live);
    prepare(live);
    VERIFY_OK(await(m_other->execute(u"INSERT INTO tx VALUES (1, 1), (2, 2), (3, 3)")));
    auto a = await(m_connection->begin());
    auto b = await(m_other->begin());
    VERIFY_OK(a);
    VERIFY_OK(b);
    VERIFY_OK(await(a->execute(u"UPDATE tx SET v = v + 100 WHERE id = 1")));
    VERIFY_OK(await(b->execute(u"UPDATE tx SET v = v + 100 WHERE id IN (2, 3)")));
    Reply<ResultSet> crossA = a->execute(u"UPDATE tx SET v = v + 100 WHERE id = 2");
    Reply<ResultSet> behindA = a->execute(u"INSERT INTO tx VALUES (10, 1000)");
    Reply<ResultSet> crossB = b->execute(u"UPDATE tx SET v = v + 100 WHERE id = 1");
    Reply<ResultSet> behindB = b->execute(u"INSERT INTO tx VALUES (20, 1000)");
    const auto resultA = await(crossA);
    const auto resultB = await(crossB);
    QVERIFY(resultA.hasValue() != resultB.hasValue());
    Transaction &victim = resultA ? *b : *a;
    Transaction &winner = resultA ? *a : *b;
    const Error error = resultA ? resultB.error() : resultA.error();
    QCOMPARE(error.code(), 1213);
    QVERIFY(error.isRetryable());
    QCOMPARE(victim.state(), State::Failed);
    QCOMPARE(victim.endError().code(), 1213);
    // What waited behind was not run outside of the transaction.
    const Error behind = await(resultA ? behindB : behindA).error();
    QCOMPARE(behind.code(), 1213);
    QCOMPARE(behind.outcome(), Error::Outcome::NotSent);
    QCOMPARE(await(victim.commit()).error().code(), 1213);
    VERIFY_OK(await(victim.rollback()));
    VERIFY_OK(await(resultA ? behindA : behindB));
    VERIFY_OK(await(winner.commit()));
    QCOMPARE(numberOf(await(m_other->query(u"SELECT COUNT(*) FROM tx WHERE id >= 10"))), 1u);
}

// Pitfall 32.
void tst_Transaction::lockTimeoutKeepsIt()
{
    MATRIX_SERVER(live);
    prepare(live);
    VERIFY_OK(await(m_other->execute(u"INSERT INTO tx VALUES (1, 1), (2, 2)")));
    auto holder = await(m_other->begin());
    VERIFY_OK(holder);
    VERIFY_OK(await(holder->execute(u"UPDATE tx SET v = 5 WHERE id = 1")));
    VERIFY_OK(await(m_connection->query(u"SET innodb_lock_wait_timeout = 1")));
    auto t = await(m_connection->begin());
    VERIFY_OK(t);
    VERIFY_OK(await(t->execute(u"UPDATE tx SET v = 20 WHERE id = 2")));
    const Error error = await(t->execute(u"UPDATE tx SET v = 10 WHERE id = 1")).error();
    QCOMPARE(error.code(), 1205);
    // Only the statement was undone, unless the server is set otherwise: its own word decides.
    const bool wholeUndone
        = numberOf(await(m_connection->query(u"SELECT @@innodb_rollback_on_timeout"))) == 1;
    QCOMPARE(t->state(), wholeUndone ? State::Failed : State::Active);
    VERIFY_OK(await(holder->rollback()));
    VERIFY_OK(await(t->commit()));
    QCOMPARE(sum(), 21u);
}

void tst_Transaction::lostConnection()
{
    MATRIX_SERVER(live);
    prepare(live);
    auto t = await(m_connection->begin());
    VERIFY_OK(t);
    VERIFY_OK(await(t->execute(u"INSERT INTO tx VALUES (1, 1)")));
    VERIFY_OK(await(m_other->query(QStringLiteral("KILL %1").arg(m_connection->connectionId()))));
    QTRY_VERIFY(!m_connection->isOpen());
    const Error error = await(t->execute(u"INSERT INTO tx VALUES (2, 2)")).error();
    QCOMPARE(error.outcome(), Error::Outcome::NotSent);
    QCOMPARE(t->state(), State::Lost);
    // Opened again, it is another session: nothing of this transaction may run there.
    VERIFY_OK(await(m_connection->open(m_connection->options())));
    QVERIFY(await(t->execute(u"INSERT INTO tx VALUES (3, 3)")).error());
    const Error commit = await(t->commit()).error();
    QCOMPARE(commit.outcome(), Error::Outcome::NotSent);
    VERIFY_OK(await(t->rollback()));
    QCOMPARE(sum(), 0u);
}

void tst_Transaction::returnedLease()
{
    MATRIX_SERVER(live);
    prepare(live);
    Pool pool(optionsFor(live).setDatabase(QStringLiteral("transactions")));
    pool.setMaximumSize(1);
    auto lease = await(pool.acquire());
    VERIFY_OK(lease);
    auto t = await((*lease)->begin());
    VERIFY_OK(t);
    VERIFY_OK(await(t->execute(u"INSERT INTO tx VALUES (1, 1)")));
    lease->release();
    const Error error = await(t->execute(u"INSERT INTO tx VALUES (2, 2)")).error();
    QCOMPARE(error.outcome(), Error::Outcome::NotSent);
    QCOMPARE(t->state(), State::Lost);
    QCOMPARE(t->connection(), nullptr);
    QTRY_COMPARE(pool.idleCount(), 1);
    QVERIFY(await(t->commit()).error());
    QCOMPARE(sum(), 0u);
}

//! What is asked in another thread of a connection that is gone is answered there: nobody else may be left.
void tst_Transaction::goneWhileElsewhere()
{
    MATRIX_SERVER(live);
    prepare(live);
    auto t = await(m_connection->begin());
    VERIFY_OK(t);
    VERIFY_OK(await(t->execute(u"INSERT INTO tx VALUES (1, 1)")));
    m_connection.reset();
    constexpr int Rounds = 200;
    QSemaphore answered;
    QAtomicInt wrong = 0;
    const std::unique_ptr<QThread> there(QThread::create([transaction = *t, &answered, &wrong]() mutable {
        for (int i = 0; i < Rounds; ++i) {
            // None of them waits for the one before.
            const auto statement = transaction.execute(u"INSERT INTO tx VALUES (2, 2)");
            const auto savepoint = transaction.savepoint();
            const auto rolledBack = transaction.rollback();
            const auto committed = transaction.commit();
            for (const Error &error :
                 {statement.result().error(), savepoint.result().error(), committed.result().error()}) {
                if (!error.isConnectionLost() || error.outcome() != Error::Outcome::NotSent)
                    ++wrong;
            }
            if (rolledBack.result().error())
                ++wrong;
            answered.release();
        }
    }));
    there->start();
    // Without the event loop, in which the connection would have lived.
    const bool all = answered.tryAcquire(Rounds, 30'000);
    if (!all)
        QTest::qWait(1000);
    QVERIFY(there->wait(10'000));
    QVERIFY(all);
    QCOMPARE(wrong.loadRelaxed(), 0);
    QCOMPARE(sum(), 0u);
}

void tst_Transaction::cursors()
{
    MATRIX_SERVER(live);
    prepare(live);
    auto t = await(m_connection->begin());
    VERIFY_OK(t);
    VERIFY_OK(await(t->execute(u"INSERT INTO tx VALUES (1, 1), (2, 2), (3, 3)")));
    const auto cursor = t->stream(u"SELECT id FROM tx ORDER BY id");
    const Reply<ResultSet> behind = t->query(u"SELECT COUNT(*) FROM tx");
    const auto batch = await(cursor->nextBatch());
    VERIFY_OK(batch);
    QCOMPARE(batch->size(), 3);
    QCOMPARE(numberOf(await(behind)), 3u);
    // One that fails leaves the transaction as it is.
    const auto wrong = t->stream(u"SELECT nothing FROM tx");
    QCOMPARE(await(wrong->nextBatch()).error().code(), 1054);
    QVERIFY(t->isActive());
    // One that is dropped half way does not hold up what follows.
    t->stream(u"SELECT a.id FROM tx a CROSS JOIN tx b").reset();
    VERIFY_OK(await(t->commit()));
    QCOMPARE(sum(), 6u);
}

void tst_Transaction::emptyHandle()
{
    Transaction none;
    QCOMPARE(none.state(), State::None);
    QVERIFY(!none);
    QCOMPARE(none.connection(), nullptr);
    QCOMPARE(await(none.commit()).error().kind(), Error::Kind::Usage);
    QCOMPARE(await(none.rollback()).error().kind(), Error::Kind::Usage);
    QCOMPARE(await(none.query(u"SELECT 1")).error().kind(), Error::Kind::Usage);
    QCOMPARE(await(none.savepoint()).error().kind(), Error::Kind::Usage);
}

QTEST_GUILESS_MAIN(tst_Transaction)
#include "tst_transaction.moc"
