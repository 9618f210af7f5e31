// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/servermatrix.h"

#include <QAsyncMySql/querymodel.h>

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using Policy = QueryModel::FetchPolicy;
using Status = QueryModel::Status;

namespace {

ConnectOptions optionsOf(const MatrixServer &server)
{
    const Result<ConnectOptions> options = ConnectOptions::fromUrl(server.url());
    if (!options)
        qFatal("%s", qPrintable(options.error().toString()));
    return *options;
}

// Digits 0 to 9, for making many rows on any server.
QString numbersSql(int digits)
{
    const QString ten = QStringLiteral(
        "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 "
        "UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL "
        "SELECT 9) t%1");
    QStringList tables;
    QStringList terms;
    int factor = 1;
    for (int i = 0; i < digits; ++i) {
        tables.append(ten.arg(i));
        terms.append(QStringLiteral("t%1.d * %2").arg(i).arg(factor));
        factor *= 10;
    }
    return QStringLiteral("SELECT %1 AS n, CONCAT('row ', %1) AS text FROM %2")
        .arg(terms.join(QLatin1String(" + ")), tables.join(QLatin1String(", ")));
}

} // namespace

class tst_QueryModelLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void types_data() { ServerMatrix::addRows(); }
    void types();
    void readsAll_data() { ServerMatrix::addRows(); }
    void readsAll();
    void onDemandHoldsItsWindow_data() { ServerMatrix::addRows(); }
    void onDemandHoldsItsWindow();
    void parameters_data() { ServerMatrix::addRows(); }
    void parameters();
    void errors_data() { ServerMatrix::addRows(); }
    void errors();
    void cancelStopsTheServer_data() { ServerMatrix::addRows(); }
    void cancelStopsTheServer();
    void reloadsWhileLoading_data() { ServerMatrix::addRows(); }
    void reloadsWhileLoading();
    void outlivesItsPool_data() { ServerMatrix::addRows(); }
    void outlivesItsPool();
    void destroyedInMidstream_data() { ServerMatrix::addRows(); }
    void destroyedInMidstream();
    void onAConnection_data() { ServerMatrix::addRows(); }
    void onAConnection();
    void sortsAndFiltersOnTheServer_data() { ServerMatrix::addRows(); }
    void sortsAndFiltersOnTheServer();
    void refreshKeepsTheView_data() { ServerMatrix::addRows(); }
    void refreshKeepsTheView();
    void spillsAndFreesItsConnection_data() { ServerMatrix::addRows(); }
    void spillsAndFreesItsConnection();
};

void tst_QueryModelLive::types()
{
    MATRIX_SERVER(live);
    Pool pool(optionsOf(live));
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setPool(&pool);
    model.setQuery(
        QStringLiteral("SELECT CAST(18446744073709551615 AS UNSIGNED) big, "
                       "CAST('12345678901234567890.0123456789' AS DECIMAL(30,10)) dec_, "
                       "CAST('2024-02-29 12:34:56.123456' AS DATETIME(6)) dt, CAST('-838:59:58.5' AS "
                       "TIME(1)) t, 'Größe 😀' txt, "
                       "x'00FF' bytes, NULL AS nothing, CAST(NULL AS SIGNED) null_int, '' no_text"));
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 10'000);
    QCOMPARE(model.rowCount(), 1);
    const auto shown = [&model](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(shown(0), QStringLiteral("18446744073709551615"));
    QCOMPARE(model.index(0, 0).data(Qt::EditRole).toULongLong(), std::numeric_limits<quint64>::max());
    QCOMPARE(model.index(0, 0).data(QueryModel::FirstColumnRole).toString(),
             QStringLiteral("18446744073709551615"));
    QCOMPARE(shown(1), QStringLiteral("12345678901234567890.0123456789"));
    QCOMPARE(shown(2), QStringLiteral("2024-02-29 12:34:56.123456"));
    QCOMPARE(shown(3), QStringLiteral("-838:59:58.5"));
    QCOMPARE(shown(4), QStringLiteral("Größe 😀"));
    QCOMPARE(shown(5), QStringLiteral("0x00FF"));
    QCOMPARE(model.index(0, 5).data(Qt::EditRole).toByteArray(), QByteArray("\x00\xff", 2));
    QCOMPARE(model.index(0, 6).data(QueryModel::IsNullRole).toBool(), true);
    QCOMPARE(model.index(0, 7).data(QueryModel::IsNullRole).toBool(), true);
    QVERIFY(model.index(0, 7).data(Qt::EditRole).isNull());
    QVERIFY(model.index(0, 7).data(Qt::EditRole).isValid());
    QCOMPARE(model.index(0, 8).data(QueryModel::IsNullRole).toBool(), false);
}

void tst_QueryModelLive::readsAll()
{
    MATRIX_SERVER(live);
    Pool pool(optionsOf(live));
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setPool(&pool);
    model.setFetchPolicy(Policy::All);
    model.setQuery(numbersSql(4));
    QSignalSpy finished(&model, &QueryModel::loadFinished);
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 30'000);
    QCOMPARE(model.rowCount(), 10'000);
    QCOMPARE(finished.size(), 1);
    qint64 sum = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const int n = model.index(row, 0).data().toInt();
        QCOMPARE(model.index(row, 1).data().toString(), QStringLiteral("row %1").arg(n));
        sum += n;
    }
    QCOMPARE(sum, 49'995'000);
    QTRY_COMPARE(pool.leasedCount(), 0); // the connection went back
}

void tst_QueryModelLive::onDemandHoldsItsWindow()
{
    MATRIX_SERVER(live);
    Pool pool(optionsOf(live));
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setPool(&pool);
    model.setBatchSize(500);
    model.setQuery(numbersSql(5));
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Waiting, 10'000);
    QCOMPARE(model.rowCount(), 500);
    QTest::qWait(150);
    QCOMPARE(model.rowCount(), 500);
    QCOMPARE(pool.leasedCount(), 1);
    while (model.rowCount() < 5000) {
        model.fetchMore({});
        QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Waiting, 10'000);
    }
    model.setFetchPolicy(Policy::All);
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 30'000);
    QCOMPARE(model.rowCount(), 100'000);
    // Packed rows, and little else: the bytes of the two columns are about 18 a row.
    QVERIFY2(model.loadedBytes() < 100'000 * 40, qPrintable(QString::number(model.loadedBytes())));
}

void tst_QueryModelLive::parameters()
{
    MATRIX_SERVER(live);
    Pool pool(optionsOf(live));
    QueryModel model;
    model.setPool(&pool);
    model.setQuery(QStringLiteral("SELECT ? AS a, ? AS b, ? IS NULL AS c"), 41, QStringLiteral("it's"),
                   nullptr);
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 10'000);
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("41"));
    QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("it's"));
    QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("1"));

    model.setParameterValues({1, QStringLiteral("x"), 3});
    QCOMPARE(model.parameterValues().size(), 3);
    model.reload();
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, 0).data().toString(), QStringLiteral("1"), 10'000);
    QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("0"));

    model.setParameterValues({1}); // too few
    model.reload();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Failed, 10'000);
    QCOMPARE(model.error().kind(), Error::Kind::Usage);
}

void tst_QueryModelLive::errors()
{
    MATRIX_SERVER(live);
    Pool pool(optionsOf(live));
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setPool(&pool);
    model.setQuery(QStringLiteral("SELEC 1"));
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Failed, 10'000);
    QCOMPARE(model.error().kind(), Error::Kind::Server);
    QCOMPARE(model.error().code(), 1064);
    model.setQuery(QStringLiteral("SELECT 1"));
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 10'000);
    QVERIFY(!model.error().isError());
    QVERIFY(model.errorString().isEmpty());
}

void tst_QueryModelLive::cancelStopsTheServer()
{
    MATRIX_SERVER(live);
    Pool pool(optionsOf(live));
    QueryModel model;
    model.setPool(&pool);
    model.setQuery(QStringLiteral("SELECT SLEEP(20)"));
    model.load();
    QTest::qWait(100);
    QElapsedTimer time;
    time.start();
    model.cancel();
    QCOMPARE(model.status(), Status::Cancelled);
    // The connection is clean again, or closed, long before the sleep would have ended.
    QTRY_COMPARE_WITH_TIMEOUT(pool.leasedCount(), 0, 10'000);
    QVERIFY(time.elapsed() < 10'000);
}

void tst_QueryModelLive::reloadsWhileLoading()
{
    MATRIX_SERVER(live);
    Pool pool(optionsOf(live));
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setPool(&pool);
    model.setFetchPolicy(Policy::All);
    model.setQuery(numbersSql(5));
    for (int i = 0; i < 8; ++i) {
        model.load();
        QTest::qWait(i * 7);
    }
    model.setQuery(numbersSql(2));
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 30'000);
    QCOMPARE(model.rowCount(), 100);
}

void tst_QueryModelLive::outlivesItsPool()
{
    MATRIX_SERVER(live);
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    auto pool = std::make_unique<Pool>(optionsOf(live));
    model.setPool(pool.get());
    model.setBatchSize(100);
    model.setQuery(numbersSql(5));
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Waiting, 10'000);
    pool.reset();
    while (model.canFetchMore({})) {
        model.fetchMore({}); // the rows that had arrived
        QTRY_VERIFY_WITH_TIMEOUT(model.status() != Status::Loading, 10'000);
    }
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Failed, 10'000);
    QVERIFY(model.rowCount() >= 100);
    QVERIFY(model.error().isError());
}

void tst_QueryModelLive::destroyedInMidstream()
{
    MATRIX_SERVER(live);
    Pool pool(optionsOf(live));
    for (int i = 0; i < 12; ++i) {
        auto *model = new QueryModel;
        new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::Fatal, model);
        model->setPool(&pool);
        model->setFetchPolicy(Policy::All);
        model->setQuery(numbersSql(5));
        QPointer<QueryModel> watch(model);
        if (i % 3 == 0) {
            connect(model, &QueryModel::rowsInserted, &pool, [model] { delete model; });
        } else if (i % 3 == 1) {
            connect(model, &QueryModel::progressChanged, &pool, [model] { delete model; });
        } else {
            QTimer::singleShot(i * 5, &pool, [model] { delete model; });
        }
        model->load();
        QTRY_VERIFY_WITH_TIMEOUT(!watch, 10'000);
    }
    QTRY_COMPARE_WITH_TIMEOUT(pool.leasedCount(), 0, 10'000);
}

void tst_QueryModelLive::onAConnection()
{
    MATRIX_SERVER(live);
    Connection connection;
    const Reply<void> opened = connection.open(optionsOf(live));
    QueryModel model;
    model.setConnection(&connection);
    QCOMPARE(model.pool(), nullptr);
    model.setQuery(numbersSql(3));
    model.setFetchPolicy(Policy::All);
    model.load(); // waits for the login
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 10'000);
    QVERIFY(opened.isFinished());
    QCOMPARE(model.rowCount(), 1000);
}

void tst_QueryModelLive::sortsAndFiltersOnTheServer()
{
    MATRIX_SERVER(live);
    Pool pool(optionsOf(live));
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setPool(&pool);
    model.setQuery(numbersSql(3) + QStringLiteral(" WHERE t0.d <> ? LIMIT 2000; -- the end"), 5);
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 10'000);
    QCOMPARE(model.rowCount(), 900);
    model.sort(0, Qt::DescendingOrder);
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, 0).data().toInt(), 999, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 10'000);
    QCOMPARE(model.index(1, 0).data().toInt(), 998);
    model.setFilter(RowFilter(u"n", RowFilter::Less, 100) && RowFilter::endsWith(u"text", u"7"));
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, 0).data().toInt(), 97, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 10'000);
    QCOMPARE(model.rowCount(), 10);
    // Two columns of one name can be sorted, and not be filtered.
    model.setFilter(RowFilter());
    model.setQuery(QStringLiteral("SELECT 1 AS a, 9 AS a UNION ALL SELECT 2, 7"), Parameters());
    model.sort(1, Qt::AscendingOrder);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 10'000);
    QCOMPARE(model.index(0, 1).data().toInt(), 7);
    for (const char *sql :
         {"WITH q AS (SELECT 3 AS a UNION ALL SELECT 4) SELECT * FROM q",
          "(SELECT 3 AS a) UNION ALL (SELECT 4)", "/* c */ SELECT 4 AS a UNION ALL SELECT 3"}) {
        model.setQuery(QString::fromLatin1(sql));
        model.sort(0, Qt::DescendingOrder);
        model.load();
        QTRY_VERIFY_WITH_TIMEOUT(model.status() != Status::Loading, 10'000);
        QVERIFY2(model.status() == Status::Ready, qPrintable(model.errorString()));
        QCOMPARE(model.index(0, 0).data().toInt(), 4);
    }
    model.setQuery(QStringLiteral("SHOW TABLES"));
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Failed, 10'000);
    QCOMPARE(model.error().kind(), Error::Kind::Usage);
}

void tst_QueryModelLive::refreshKeepsTheView()
{
    MATRIX_SERVER(live);
    Connection connection;
    const Reply<void> opened = connection.open(optionsOf(live));
    const auto setUp = connection.query(u"CREATE TEMPORARY TABLE refreshed (id INT PRIMARY KEY, n INT)");
    const auto filled = connection.query(u"INSERT INTO refreshed VALUES (1, 10), (2, 20), (3, 30), (4, 40)");
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setConnection(&connection);
    model.setQuery(QStringLiteral("SELECT * FROM refreshed ORDER BY id"));
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 10'000);
    QCOMPARE(model.rowCount(), 4);
    const QPersistentModelIndex selected = model.index(1, 1);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    const auto changed = connection.query(u"UPDATE refreshed SET n = 21 WHERE id = 2");
    const auto deleted = connection.query(u"DELETE FROM refreshed WHERE id = 4");
    model.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 10'000);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(resets.size(), 0);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.first().at(0).toModelIndex().row(), 1);
    QCOMPARE(changes.first().at(1).toModelIndex().row(), 1);
    QVERIFY(selected.isValid());
    QCOMPARE(selected.data().toInt(), 21);
}

void tst_QueryModelLive::spillsAndFreesItsConnection()
{
    MATRIX_SERVER(live);
    Pool pool(optionsOf(live));
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setPool(&pool);
    model.setMemoryLimit(256 << 10);
    model.setHoldTime(0);
    model.setQuery(numbersSql(5));
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Waiting, 10'000);
    QCOMPARE(model.rowCount(), 1000);
    QTRY_COMPARE_WITH_TIMEOUT(pool.leasedCount(), 0,
                              30'000); // read to the end, though the view has not asked
    QCOMPARE(model.rowCount(), 1000);
    QVERIFY(model.spilledBytes() > 0);
    model.fetchMore({});
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2000, 10'000);
    QCOMPARE(model.status(), Status::Waiting);
    model.setFetchPolicy(Policy::All);
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 30'000);
    QCOMPARE(model.rowCount(), 100'000);
    QVERIFY(model.isComplete());
    qint64 sum = 0;
    for (int row = 0; row < model.rowCount(); ++row)
        sum += model.index(row, 0).data().toInt();
    QCOMPARE(sum, Q_INT64_C(4'999'950'000));
}

QTEST_GUILESS_MAIN(tst_QueryModelLive)
#include "tst_querymodel_live.moc"
