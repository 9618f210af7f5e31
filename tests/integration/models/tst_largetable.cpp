// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "../../../examples/shared/processmemory.h"
#include "../../../examples/shared/stallmeter.h"
#include "scratchschema.h"

#include <QAsyncMySql/tablemodel.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <algorithm>

using namespace QAsyncMySql;
using Status = TableModel::Status;

#ifdef __SANITIZE_ADDRESS__
static constexpr bool runsWithSanitizers = true; // which hold on to memory
#else
static constexpr bool runsWithSanitizers = false;
#endif

/*
    A table of 10,000,000 rows (QASYNCMYSQL_TEST_ROWS says another number) behind a model: every row that is
   jumped to is the right one. Times are printed and not judged.

    To fill 100,000,000 rows takes a quarter of an hour. With QASYNCMYSQL_TEST_KEEP=1, and a server of yours
   in QASYNCMYSQL_TEST_SERVER_URL, the table is kept in the schema qasyncmysql_large, for the next run. QtTest
   needs QTEST_FUNCTION_TIMEOUT=3600000 then.
*/
class tst_LargeTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jumps_data() { ServerMatrix::addRows(); }
    void jumps();

private:
    //! What statements have read on the whole server, and how many there were.
    struct Cost
    {
        qint64 rows = 0;
        qint64 statements = 0;
    };
    static Cost costOf(ScratchSchema &schema)
    {
        Cost cost;
        const ResultSet status = schema.must(QStringLiteral(
            "SHOW GLOBAL STATUS WHERE Variable_name IN ('Handler_read_first', 'Handler_read_key', "
            "'Handler_read_last', 'Handler_read_next', 'Handler_read_prev', 'Com_select')"));
        for (const Row &row : status) {
            const bool select
                = row.get<QString>(0).compare(QLatin1String("com_select"), Qt::CaseInsensitive) == 0;
            (select ? cost.statements : cost.rows) += row.get<qint64>(1);
        }
        return cost;
    }
    //! The schema and the name of the table, filled.
    static QString filledTable(ScratchSchema &schema, int rows)
    {
        const bool keep = qEnvironmentVariableIsSet("QASYNCMYSQL_TEST_KEEP");
        const QString name = keep ? QStringLiteral("t%1").arg(rows) : QStringLiteral("t");
        if (keep) {
            schema.must(QStringLiteral("CREATE DATABASE IF NOT EXISTS qasyncmysql_large"));
            schema.must(QStringLiteral("USE qasyncmysql_large"));
        }
        schema.must(QStringLiteral("CREATE TABLE IF NOT EXISTS %1 (id BIGINT PRIMARY KEY, v INT NOT NULL)")
                        .arg(name));
        const ResultSet last = schema.must(QStringLiteral("SELECT MAX(id) FROM %1").arg(name));
        if (last.at(0).isNull(0))
            schema.fill(name, QStringLiteral("id, v"), QStringLiteral("n * 3 + 1000, n"), rows);
        else if (last.at(0).get<qint64>(0) != (rows - 1) * Q_INT64_C(3) + 1000)
            qFatal("%s is there, with other rows: drop it.", qPrintable(name));
        return name;
    }
    static QString figures(std::vector<double> times)
    {
        std::sort(times.begin(), times.end());
        return QStringLiteral("median %1 ms, 99th percentile %2 ms, longest %3 ms")
            .arg(times[times.size() / 2], 0, 'f', 2)
            .arg(times[times.size() * 99 / 100], 0, 'f', 2)
            .arg(times.back(), 0, 'f', 2);
    }
    //! From the first look at the row until its data are there.
    static double jumpTo(TableModel &model, int row)
    {
        QElapsedTimer time;
        time.start();
        model.index(row, 0).data();
        QEventLoop loop;
        const auto done = [&model, row, &loop] {
            if (model.isLoaded(row))
                loop.quit();
        };
        QObject::connect(&model, &QAbstractItemModel::dataChanged, &loop, done);
        QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
        if (!model.isLoaded(row))
            loop.exec();
        return double(time.nsecsElapsed()) / 1e6;
    }
};

void tst_LargeTable::jumps()
{
    MATRIX_SERVER(live);
    const int wanted = qEnvironmentVariableIntValue("QASYNCMYSQL_TEST_ROWS");
    const int rows = wanted > 0 ? wanted : 10'000'000;
    ScratchSchema schema(live);
    const QString table = filledTable(schema, rows);
    const bool kept = qEnvironmentVariableIsSet("QASYNCMYSQL_TEST_KEEP");
    int connections = 0; // the most that were used at a time
    QTimer watch;
    connect(&watch, &QTimer::timeout, &watch,
            [&schema, &connections] { connections = qMax(connections, schema.pool.leasedCount()); });
    watch.start(2);
    const Cost costBefore = costOf(schema);

    const qint64 before = peakMemory();
    StallMeter stalls;
    stalls.start();
    TableModel model;
    model.setPool(&schema.pool);
    model.setTable(table, kept ? QStringLiteral("qasyncmysql_large") : QString());
    QElapsedTimer time;
    time.start();
    model.select();
    QEventLoop ready;
    connect(&model, &TableModel::statusChanged, &ready, [&model, &ready] {
        if (model.status() != Status::Loading)
            ready.quit();
    });
    ready.exec();
    QVERIFY2(model.status() == Status::Ready, qPrintable(model.errorString()));
    qInfo("%s: ready in %lld ms, %d rows by estimate", qPrintable(live.id), time.elapsed(), model.rowCount());

    QRandomGenerator random(1);
    std::vector<double> early;
    while (model.isCounting() && early.size() < 200) {
        early.push_back(jumpTo(model, random.bounded(model.rowCount())));
    }
    if (!early.empty())
        qInfo("%s: %zu jumps while it counts: %s", qPrintable(live.id), early.size(),
              qPrintable(figures(early)));
    // Not qWaitFor(), which sleeps between its looks, and the walk with it.
    QEventLoop counted;
    connect(&model, &TableModel::countChanged, &counted, [&model, &counted] {
        if (!model.isCounting())
            counted.quit();
    });
    if (model.isCounting())
        counted.exec();
    qInfo("%s: counted after %lld ms, %d places gathered", qPrintable(live.id), time.elapsed(),
          model.anchorCount());
    QCOMPARE(model.rowCount(), rows);
    const Cost costOfCounting = costOf(schema);
    qInfo("%s: until then %lld statements, which read %lld rows of keys", qPrintable(live.id),
          costOfCounting.statements - costBefore.statements, costOfCounting.rows - costBefore.rows);
    QTRY_COMPARE_WITH_TIMEOUT(schema.pool.leasedCount(), 0, 10'000);

    std::vector<double> times;
    for (int i = 0; i < 1000; ++i) {
        const int row = random.bounded(rows);
        times.push_back(jumpTo(model, row));
        // A page that was guessed and is still looked at gives way in a moment.
        QTRY_COMPARE(model.index(row, 1).data().toInt(), row);
        QCOMPARE(model.index(row, 0).data().toLongLong(), qint64(row) * 3 + 1000);
    }
    stalls.stop();
    const Cost cost = costOf(schema);
    qInfo("%s: a jump costs %.1f statements, which read %.0f rows of keys", qPrintable(live.id),
          double(cost.statements - costOfCounting.statements) / 1000,
          double(cost.rows - costOfCounting.rows) / 1000);
    qInfo("%s: %d connections at most", qPrintable(live.id), connections);
    QVERIFY(connections <= 2);
    qInfo("%s: 1,000 jumps: %s", qPrintable(live.id), qPrintable(figures(times)));
    qInfo(
        "%s: peak memory %.1f MiB above before; longest turn of the event loop %.1f ms (%.1f ms of our own)",
        qPrintable(live.id), double(peakMemory() - before) / (1 << 20), stalls.longest(),
        stalls.longestBusy());
    QVERIFY(jumpTo(model, rows - 1) >= 0);
    QCOMPARE(model.index(rows - 1, 1).data().toInt(), rows - 1);
    QVERIFY(model.memoryBytes() <= model.memoryLimit());
    if (!runsWithSanitizers)
        QVERIFY(peakMemory() - before < 64 << 20);
    QTRY_COMPARE_WITH_TIMEOUT(schema.pool.leasedCount(), 0, 10'000);
}

QTEST_GUILESS_MAIN(tst_LargeTable)
#include "tst_largetable.moc"
