// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    A pool behind a table model: what it shows, that it tells only what changes, and that it rests while
   nobody looks.
*/

#include "integration/pool/poolsupport.h"

#include <QAsyncMySql/PoolModel>

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using State = PoolConnectionInfo::State;

class tst_PoolModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shows_data() { ServerMatrix::addRows(); }
    void shows();
    void tellsWhatChanges_data() { ServerMatrix::addRows(); }
    void tellsWhatChanges();
    void manyAtOnce_data() { ServerMatrix::addRows(); }
    void manyAtOnce();
    void restsUnobserved_data() { ServerMatrix::addRows(); }
    void restsUnobserved();
    void outlivesItsPool_data() { ServerMatrix::addRows(); }
    void outlivesItsPool();
    void withoutPool();
};

namespace {

QString text(const PoolModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

void tst_PoolModel::shows()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    PoolModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRefreshInterval(20ms);
    model.setPool(&pool);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), int(PoolModel::ColumnCount));

    auto lease = await(pool.acquire());
    VERIFY_OK(lease);
    QTRY_COMPARE(model.rowCount(), 1);
    QTRY_COMPARE(text(model, 0, PoolModel::StateColumn), QStringLiteral("Leased"));
    QCOMPARE(model.index(0, PoolModel::ConnectionColumn).data().toULongLong(), (*lease)->connectionId());
    QVERIFY2(text(model, 0, PoolModel::BorrowerColumn).contains(u"tst_poolmodel.cpp"),
             qPrintable(text(model, 0, PoolModel::BorrowerColumn)));
    QCOMPARE(model.index(0, 0).data(PoolModel::LoansRole).toInt(), 1);
    QCOMPARE(model.index(0, 0).data(PoolModel::StateRole).toInt(), int(State::Leased));

    // A statement has no signal of its own; it is found by looking.
    Reply<ResultSet> running = (*lease)->query(u"SELECT 'geheim', SLEEP(20)");
    QTRY_COMPARE(text(model, 0, PoolModel::StatementColumn), QStringLiteral("SELECT '…', SLEEP(20)"));
    QTRY_VERIFY(model.index(0, 0).data(PoolModel::TimeRole).toLongLong() >= 40);
    running.cancel();
    (void)await(running);
    QTRY_VERIFY(text(model, 0, PoolModel::StatementColumn).isEmpty());

    lease->release();
    QTRY_COMPARE(text(model, 0, PoolModel::StateColumn), QStringLiteral("Idle"));
    QVERIFY(text(model, 0, PoolModel::BorrowerColumn).isEmpty());

    // Who has it may be a statement, which tells no more than the other.
    Reply<ResultSet> single = pool.query(u"SELECT 'geheim', SLEEP(20)");
    QTRY_COMPARE(text(model, 0, PoolModel::StateColumn), QStringLiteral("Leased"));
    for (int column = 0; column < model.columnCount(); ++column)
        QVERIFY(!text(model, 0, column).contains(u"geheim"));
    single.cancel();
    (void)await(single);
    VERIFY_OK(await(pool.close()));
    QTRY_COMPARE(model.rowCount(), 0);
}

void tst_PoolModel::tellsWhatChanges()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    PoolModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRefreshInterval(0ms); // by signals and by hand alone
    model.setPool(&pool);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    auto a = await(pool.acquire());
    auto b = await(pool.acquire());
    auto c = await(pool.acquire());
    VERIFY_OK(a);
    VERIFY_OK(b);
    VERIFY_OK(c);
    QTRY_COMPARE(model.rowCount(), 3);
    QTRY_COMPARE(model.connectionAt(2).state, State::Leased);
    QCOMPARE(inserted.count(), 3);
    const QPersistentModelIndex last(model.index(2, 0));
    const quint64 serial = last.data(PoolModel::SerialRole).toULongLong();

    // One that goes leaves the others where they are.
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    (*b)->abort();
    b->release();
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(removed.at(0).at(1).toInt(), 1);
    QCOMPARE(last.row(), 1);
    QCOMPARE(last.data(PoolModel::SerialRole).toULongLong(), serial);

    // Of one that is given back, its own row is told, and not its session's number.
    model.refresh();
    changed.clear();
    c->release();
    QTRY_COMPARE(model.connectionAt(1).state, State::Idle);
    bool stateTold = false;
    for (const QList<QVariant> &signal : changed) {
        const auto from = signal.at(0).toModelIndex();
        const auto to = signal.at(1).toModelIndex();
        QCOMPARE(from.row(), to.row());
        QVERIFY(from.column() > PoolModel::ConnectionColumn || to.column() < PoolModel::ConnectionColumn);
        stateTold = stateTold || (from.row() == 1 && from.column() == PoolModel::StateColumn);
    }
    QVERIFY(stateTold);
    QCOMPARE(reset.count(), 0);
}

void tst_PoolModel::manyAtOnce()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(6);
    PoolModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRefreshInterval(1ms);
    model.setPool(&pool);
    for (int round = 0; round < 5; ++round) {
        QList<Reply<ResultSet>> replies;
        for (int i = 0; i < 60; ++i)
            replies.append(pool.query(u"SELECT SLEEP(0.001)"));
        for (const Reply<ResultSet> &reply : replies)
            VERIFY_OK(await(reply));
        QTRY_COMPARE(pool.idleCount(), pool.size());
        QTRY_COMPARE(model.rowCount(), pool.size());
        pool.invalidate();
        QTRY_COMPARE(model.rowCount(), 0);
    }
}

void tst_PoolModel::restsUnobserved()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    PoolModel model;
    model.setRefreshInterval(1ms);
    model.setPool(&pool);
    VERIFY_OK(await(pool.query(u"SELECT 1")));
    QTRY_COMPARE(pool.idleCount(), 1);
    // The pool has told everybody by now, and ticks would have come.
    VERIFY_OK(await(pool.query(u"SELECT SLEEP(0.05)")));
    QCOMPARE(model.rowCount(), 0);
    model.refresh();
    QCOMPARE(model.rowCount(), 1);
    {
        // To be looked at wakes it up.
        QSignalSpy spy(&model, &QAbstractItemModel::dataChanged);
        QTRY_VERIFY(spy.count() > 3);
    }
    // And it falls asleep again.
    VERIFY_OK(await(pool.query(u"SELECT SLEEP(0.05)")));
    const PoolConnectionInfo before = model.connectionAt(0);
    VERIFY_OK(await(pool.query(u"SELECT SLEEP(0.05)")));
    QCOMPARE(model.connectionAt(0).loans, before.loans);
    QCOMPARE(model.connectionAt(0).ageMs, before.ageMs);
}

void tst_PoolModel::outlivesItsPool()
{
    MATRIX_SERVER(live);
    auto pool = std::make_unique<Pool>(optionsFor(live));
    PoolModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setPool(pool.get());
    auto lease = await(pool->acquire());
    VERIFY_OK(lease);
    QTRY_COMPARE(model.rowCount(), 1);
    pool.reset();
    QCOMPARE(model.pool(), nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void tst_PoolModel::withoutPool()
{
    PoolModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.refresh();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.headerData(PoolModel::StatementColumn, Qt::Horizontal).toString(),
             QStringLiteral("Statement"));
    QCOMPARE(model.roleNames().value(PoolModel::TimeRole), QByteArray("stateMs"));
    for (int column = 0; column < PoolModel::ColumnCount; ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
    // A pool of another thread is refused.
    QThread thread;
    thread.start();
    Pool pool;
    pool.moveToThread(&thread);
    QTest::ignoreMessage(QtWarningMsg,
                         "PoolModel::setPool: the model and its pool must live in the same thread.");
    model.setPool(&pool);
    QCOMPARE(model.pool(), nullptr);
    QMetaObject::invokeMethod(
        &pool, [&pool, home = QThread::currentThread()] { pool.moveToThread(home); },
        Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
}

QTEST_GUILESS_MAIN(tst_PoolModel)
#include "tst_poolmodel.moc"
