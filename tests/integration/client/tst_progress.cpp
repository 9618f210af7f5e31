// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"
#include "support/task.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/Pool>

#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;

//! What futures tell before they have finished, and many of them together.
class tst_Progress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void buffered_data();
    void buffered();
    void streamed_data() { ServerMatrix::addRows(); }
    void streamed();
    void manyInACoroutine_data() { ServerMatrix::addRows(); }
    void manyInACoroutine();
    void manyByWhenAll_data() { ServerMatrix::addRows(); }
    void manyByWhenAll();
};

namespace {

QString numbers(int count)
{
    return QStringLiteral("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < %1) "
                          "SELECT n, REPEAT('x', 100) FROM t")
        .arg(count);
}

ConnectOptions optionsFor(const MatrixServer &live)
{
    ConnectOptions options = ConnectOptions::fromUrl(live.url()).value();
    options.setInitCommands({live.isMySql() ? QStringLiteral("SET cte_max_recursion_depth = 1000000")
                                            : QStringLiteral("SET max_recursive_iterations = 1000000")});
    return options;
}

} // namespace

void tst_Progress::buffered_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("pooled");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s, connection", qPrintable(id)) << id << false;
        QTest::addRow("%s, pool", qPrintable(id)) << id << true;
    }
}

void tst_Progress::buffered()
{
    MATRIX_SERVER(live);
    QFETCH(const bool, pooled);
    Connection connection;
    VERIFY_OK(await(connection.open(optionsFor(live))));
    Pool pool(optionsFor(live));
    Executor &executor = pooled ? static_cast<Executor &>(pool) : connection;
    QFutureWatcher<Result<ResultSet>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    QList<int> values;
    connect(&watcher, &QFutureWatcherBase::progressValueChanged, this,
            [&values](int value) { values.append(value); });
    watcher.setFuture(executor.query(numbers(200'000)));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60'000);
    VERIFY_OK(watcher.result());
    QCOMPARE(watcher.result()->size(), 200'000);
    QCOMPARE(watcher.progressValue(), 200'000);
    QVERIFY2(values.size() > 1, "progress was told at the end only");
    QVERIFY(std::is_sorted(values.cbegin(), values.cend()));
    QVERIFY(values.first() < 200'000);
}

void tst_Progress::streamed()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(optionsFor(live))));
    const auto cursor = connection.stream(numbers(50'000));
    qint64 rows = 0;
    int before = 0;
    for (;;) {
        const auto reply = cursor->nextBatch(777);
        const auto batch = await(reply);
        VERIFY_OK(batch);
        if (batch->isEmpty())
            break;
        rows += batch->size();
        QVERIFY(reply.progressValue() >= rows);
        QVERIFY(reply.progressValue() >= before);
        before = reply.progressValue();
    }
    QCOMPARE(rows, 50'000);
    QCOMPARE(before, 50'000);
}

namespace {

// Replies are under way from the moment they are there: awaiting each in turn waits for all.
Task sumOfMany(Executor &executor, int count, qint64 &sum, int &failures, bool &done)
{
    QList<Reply<ResultSet>> replies;
    for (int i = 1; i <= count; ++i)
        replies.append(executor.execute(u"SELECT ? + SLEEP(0.001)", i));
    for (const Reply<ResultSet> &reply : replies) {
        const Result<ResultSet> result = co_await reply;
        if (result)
            sum += result->at(0).get<qint64>(0);
        else
            ++failures;
    }
    done = true;
}

} // namespace

void tst_Progress::manyInACoroutine()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(4);
    qint64 sum = 0;
    int failures = 0;
    bool done = false;
    sumOfMany(pool, 200, sum, failures, done);
    QTRY_VERIFY_WITH_TIMEOUT(done, 30'000);
    QCOMPARE(failures, 0);
    QCOMPARE(sum, 200 * 201 / 2);
    QVERIFY(pool.statistics().mostLeased > 1); // at the same time

    Connection connection;
    VERIFY_OK(await(connection.open(optionsFor(live))));
    sum = 0;
    done = false;
    sumOfMany(connection, 200, sum, failures, done);
    QTRY_VERIFY_WITH_TIMEOUT(done, 30'000);
    QCOMPARE(failures, 0);
    QCOMPARE(sum, 200 * 201 / 2);
}

void tst_Progress::manyByWhenAll()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(3);
    QList<QFuture<Result<ResultSet>>> futures;
    for (int i = 1; i <= 300; ++i)
        futures.append(i == 150 ? pool.query(u"SELEC") : pool.query(u"SELECT ?", i));
    qint64 sum = 0;
    int failures = 0;
    bool done = false;
    QtFuture::whenAll(futures.begin(), futures.end())
        .then(this, [&](const QList<QFuture<Result<ResultSet>>> &all) {
            for (const QFuture<Result<ResultSet>> &future : all) {
                const Result<ResultSet> result = future.result();
                if (result)
                    sum += result->at(0).get<qint64>(0);
                else
                    ++failures;
            }
            done = true;
        });
    QTRY_VERIFY_WITH_TIMEOUT(done, 30'000);
    QCOMPARE(failures, 1); // and the others are not lost
    QCOMPARE(sum, 300 * 301 / 2 - 150);
}

QTEST_GUILESS_MAIN(tst_Progress)
#include "tst_progress.moc"
