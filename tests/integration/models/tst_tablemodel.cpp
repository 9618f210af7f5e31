// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "watchedtable.h"

#include <QAsyncMySql/changesource.h>

#include <QtCore/QRandomGenerator>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using Status = TableModel::Status;

class tst_TableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallTable_data() { ServerMatrix::addRows(); }
    void smallTable();
    void largeTable_data() { ServerMatrix::addRows(); }
    void largeTable();
    void jumpsBeforeItIsCounted_data() { ServerMatrix::addRows(); }
    void jumpsBeforeItIsCounted();
    void keys_data() { ServerMatrix::addRows(); }
    void keys();
    void filters_data() { ServerMatrix::addRows(); }
    void filters();
    void streamsWithoutAKey_data() { ServerMatrix::addRows(); }
    void streamsWithoutAKey();
    void finds_data() { ServerMatrix::addRows(); }
    void finds();
    void refreshes_data() { ServerMatrix::addRows(); }
    void refreshes();
    void tableChangesBelowIt_data() { ServerMatrix::addRows(); }
    void tableChangesBelowIt();
    void answersOfBeforeARefresh_data() { ServerMatrix::addRows(); }
    void answersOfBeforeARefresh();
    void overtakenRequests_data() { ServerMatrix::addRows(); }
    void overtakenRequests();
    void placesOfBeforeARefresh_data() { ServerMatrix::addRows(); }
    void placesOfBeforeARefresh();
    void follows_data() { ServerMatrix::addRows(); }
    void follows();
    void errors_data() { ServerMatrix::addRows(); }
    void errors();
    void holdsNoConnectionAtRest_data() { ServerMatrix::addRows(); }
    void holdsNoConnectionAtRest();
    void destroyedAtAnyTime_data() { ServerMatrix::addRows(); }
    void destroyedAtAnyTime();
};

void tst_TableModel::smallTable()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(40))"));
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 2);
    QVERIFY(model.isCountExact());
    QCOMPARE(model.keyColumns(), QStringList({QStringLiteral("id")}));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, name"), QStringLiteral("n, CONCAT('name ', n)"),
                100);
    QVERIFY(model.selectAll());
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(model.cell(99, 1), QStringLiteral("name 99"));
    QCOMPARE(model.roleNames().value(TableModel::FirstColumnRole + 1), QByteArray("name"));
    QCOMPARE(model.index(5, 0).data(TableModel::FirstColumnRole + 1).toString(), QStringLiteral("name 5"));
    QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), QStringLiteral("name"));
    QVERIFY(!model.isStreaming());
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.status(), Status::Empty);
}

void tst_TableModel::largeTable()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id BIGINT PRIMARY KEY, v INT)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, v"), QStringLiteral("n * 3 + 7, n"), 60'000);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    model.setMemoryLimit(200'000);
    QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 60'000, 10'000);
    QVERIFY(model.isCountExact());
    QVERIFY(model.anchorCount() >= 5);
    QRandomGenerator random(3);
    for (int i = 0; i < 200; ++i) {
        const int row = random.bounded(60'000);
        QCOMPARE(model.cell(row, 1), QString::number(row));
    }
    QCOMPARE(model.cell(59'999, 1), QStringLiteral("59999"));
    QCOMPARE(model.cell(0, 1), QStringLiteral("0"));
    // Scrolling down and up again.
    for (int row = 20'000; row < 24'000; row += 50)
        QCOMPARE(model.cell(row, 1), QString::number(row));
    for (int row = 24'000; row > 18'000; row -= 50)
        QCOMPARE(model.cell(row, 1), QString::number(row));
    QVERIFY(model.memoryBytes() <= 200'000);
}

void tst_TableModel::jumpsBeforeItIsCounted()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id BIGINT PRIMARY KEY, v INT)"));
    // With gaps, so that guesses are wrong.
    schema.fill(QStringLiteral("t"), QStringLiteral("id, v"), QStringLiteral("n * n, n"), 60'000);
    schema.must(QStringLiteral("ANALYZE TABLE t"));
    for (const int row : {30'000, 59'000, 200, 45'000}) {
        WatchedTable model(schema);
        model.setTable(QStringLiteral("t"));
        model.select();
        QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 10'000);
        const int there = qMin(row, model.rowCount() - 1);
        QVERIFY(!model.cell(there, 1).startsWith(QLatin1Char('(')));
        QTRY_VERIFY_WITH_TIMEOUT(!model.isCounting(), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 60'000, 10'000);
        // What was guessed gives way to what is there.
        QTRY_COMPARE_WITH_TIMEOUT(model.cell(row, 1), QString::number(row), 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(model.cell(row + 300, 1), QString::number(row + 300), 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(model.cell(59'999, 1), QStringLiteral("59999"), 10'000);
    }
}

void tst_TableModel::keys()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    const std::pair<const char *, QStringList> tables[] = {
        {"a INT, b INT, PRIMARY KEY (b, a)", {QStringLiteral("b"), QStringLiteral("a")}},
        {"a INT NOT NULL, b INT, UNIQUE (a)", {QStringLiteral("a")}},
        {"a INT, b INT NOT NULL, c INT NOT NULL, UNIQUE (a), UNIQUE two (b, c)",
         {QStringLiteral("b"), QStringLiteral("c")}},
        {"a VARCHAR(300) NOT NULL, UNIQUE (a(10))", {}},
        {"a INT NULL UNIQUE", {}},
        {"a INT, INDEX (a)", {}},
        {"`odd ``name` CHAR(36) PRIMARY KEY, b INT", {QStringLiteral("odd `name")}},
    };
    for (const auto &[definition, key] : tables) {
        schema.must(QStringLiteral("CREATE OR REPLACE VIEW v AS SELECT 1")); // something else in the schema
        schema.must(QStringLiteral("DROP TABLE IF EXISTS t"));
        schema.must(QStringLiteral("CREATE TABLE t (%1)").arg(QString::fromUtf8(definition)));
        WatchedTable model(schema);
        model.setTable(QStringLiteral("t"), schema.name());
        QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
        QCOMPARE(model.keyColumns(), key);
        QCOMPARE(model.isStreaming(), key.isEmpty());
    }
    // A view: the program knows the key.
    schema.must(QStringLiteral("DROP TABLE t"));
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, n INT)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, n"), QStringLiteral("n, n"), 900);
    schema.must(QStringLiteral("CREATE OR REPLACE VIEW v AS SELECT id * 2 AS twice, n FROM t"));
    WatchedTable model(schema);
    model.setTable(QStringLiteral("v"));
    model.setKeyColumns({QStringLiteral("twice")});
    QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
    QVERIFY(!model.isStreaming());
    QTRY_COMPARE(model.rowCount(), 900);
    QCOMPARE(model.cell(899, 0), QStringLiteral("1798"));
}

void tst_TableModel::filters()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(40), note TEXT)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, name, note"),
                QStringLiteral("n, CONCAT('name ', n), IF(n = 4321, '50% off; it''s \\\\ here', '')"), 6000);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    model.setFilter(RowFilter(u"id", RowFilter::GreaterOrEqual, 1000)
                    && RowFilter(u"id", RowFilter::Less, 3000));
    QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2000, 10'000);
    QCOMPARE(model.cell(1999, 0), QStringLiteral("2999"));
    model.setSearchText(QStringLiteral("NAME 12"));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 100, 10'000);
    QCOMPARE(model.cell(0, 0), QStringLiteral("1200"));
    model.setFilter(RowFilter());
    model.setSearchText(QStringLiteral("0% off; it's \\"));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, 10'000);
    QCOMPARE(model.cell(0, 0), QStringLiteral("4321"));
    model.setSearchText(QStringLiteral("%"));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, 10'000);
    model.setSearchText(QString());
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 6000, 10'000);
    model.setFilter(RowFilter(u"no such column", RowFilter::Equal, 1));
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Failed, 10'000);
    QCOMPARE(model.error().code(), 1054);
}

void tst_TableModel::streamsWithoutAKey()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (n INT, v INT)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("n, v"), QStringLiteral("n, n % 10"), 5000);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
    QVERIFY(model.isStreaming());
    QVERIFY(model.streamingReason().contains(QLatin1String("key")));
    QCOMPARE(model.rowCount(), 5000);
    QVERIFY(model.isCountExact());
    model.sort(0, Qt::DescendingOrder);
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, 0).data().toInt(), 4999, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 5000, 10'000);
    QTRY_COMPARE(schema.pool.leasedCount(), 0);
    // And back to windows.
    schema.must(QStringLiteral("ALTER TABLE t ADD PRIMARY KEY (n)"));
    model.sort(-1);
    QTRY_VERIFY_WITH_TIMEOUT(!model.isStreaming(), 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 5000, 10'000);
    QCOMPARE(model.cell(4000, 0), QStringLiteral("4000"));
}

void tst_TableModel::finds()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(40))"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, name"),
                QStringLiteral("n, CONCAT('name ', n % 1000)"), 10'000);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY(model.selectAll());
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 10'000, 10'000);
    QSignalSpy found(&model, &TableModel::found);
    QSignalSpy notFound(&model, &TableModel::notFound);
    const RowFilter wanted(u"name", RowFilter::Equal, u"name 777");
    int row = -1;
    for (const int expected : {777, 1777, 2777}) {
        model.find(wanted, row);
        QVERIFY(found.wait(10'000));
        row = found.takeFirst().at(0).toInt();
        QCOMPARE(row, expected);
        QCOMPARE(model.cell(row, 1), QStringLiteral("name 777"));
    }
    model.find(wanted, row, true);
    QVERIFY(found.wait(10'000));
    QCOMPARE(found.takeFirst().at(0).toInt(), 1777);
    model.find(wanted, -1, true);
    QVERIFY(found.wait(10'000));
    QCOMPARE(found.takeFirst().at(0).toInt(), 9777);
    model.find(RowFilter(u"name", RowFilter::Equal, u"nobody"), -1);
    QVERIFY(notFound.wait(10'000));
}

void tst_TableModel::refreshes()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, v INT)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, v"), QStringLiteral("n, n"), 1000);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY(model.selectAll());
    QCOMPARE(model.cell(500, 1), QStringLiteral("500"));
    const QPersistentModelIndex selected = model.index(500, 1);
    schema.must(QStringLiteral("UPDATE t SET v = -1 WHERE id = 500"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(selected.data().toString(), QStringLiteral("-1"), 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(!model.isCounting(), 10'000);
    QCOMPARE(reset.size(), 0);
    QVERIFY(selected.isValid());
    // Of the page that was here, the one row and nothing else. (Another page may have been fetched ahead.)
    int told = 0;
    for (const QList<QVariant> &change : changed) {
        const int first = change.at(0).toModelIndex().row();
        const int last = change.at(1).toModelIndex().row();
        if (first <= 511 && last >= 256) {
            ++told;
            QCOMPARE(first, 500);
            QCOMPARE(last, 500);
        }
    }
    QCOMPARE(told, 1);
    schema.must(QStringLiteral("DELETE FROM t WHERE id >= 900"));
    model.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 900, 10'000);
    schema.must(QStringLiteral("INSERT INTO t VALUES (5000, 1), (5001, 1)"));
    model.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 902, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.cell(901, 0), QStringLiteral("5001"), 10'000);
    QVERIFY(selected.isValid());
}

// Rows come and go while the model is used: it never shows a hole for long, and ends with what is there.
void tst_TableModel::tableChangesBelowIt()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, v INT)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, v"), QStringLiteral("n * 10, n"), 3000);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY(model.selectAll());
    QRandomGenerator random(5);
    for (int i = 0; i < 60; ++i) {
        const int id = random.bounded(30'000);
        if (i % 3 == 0)
            schema.must(QStringLiteral("DELETE FROM t WHERE id BETWEEN %1 AND %2").arg(id).arg(id + 200));
        else
            schema.must(QStringLiteral("INSERT IGNORE INTO t VALUES (%1, 1)").arg(id));
        const int row = random.bounded(model.rowCount());
        model.index(row, 0).data();
        if (i % 7 == 0)
            model.refresh();
        QTest::qWait(random.bounded(10));
    }
    model.refresh();
    const int rows = schema.must(QStringLiteral("SELECT COUNT(*) FROM t")).scalar<int>().valueOr(-1);
    QTRY_VERIFY_WITH_TIMEOUT(!model.isCounting(), 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), rows, 10'000);
    QStringList expected;
    for (const Row &row : schema.must(QStringLiteral("SELECT id FROM t ORDER BY id")))
        expected.append(row.get<QString>(0));
    // Pages that were not looked at since are asked for when they are.
    const auto settled = [&model, &expected] { return model.walk(0) == expected; };
    QVERIFY(QTest::qWaitFor(settled, 20'000));
}

void tst_TableModel::answersOfBeforeARefresh()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, v INT)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, v"), QStringLiteral("n, 0"), 1000);
    // Half a second for a page, which the server reads as the table is at the beginning of it.
    schema.must(QStringLiteral("CREATE VIEW slow AS SELECT id, v, SLEEP(0.002) AS slept FROM t"));
    WatchedTable model(schema);
    model.setTable(QStringLiteral("slow"));
    model.setKeyColumns({QStringLiteral("id")});
    QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
    QVERIFY(!model.isLoaded(600));
    model.index(600, 1).data(); // asks for it
    QTest::qWait(100);
    schema.must(QStringLiteral("UPDATE t SET v = 1"));
    model.refresh();
    QTRY_COMPARE_WITH_TIMEOUT(model.index(600, 1).data().toString(), QStringLiteral("1"), 20'000);
}

// Pages that are scrolled over are not asked for, and one that is being read is killed: it leaves no trace.
void tst_TableModel::overtakenRequests()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id"), QStringLiteral("n"), 6000);
    schema.must(QStringLiteral("CREATE TABLE looked (id INT)"));
    // Some seconds for a page. What is written by a statement that is killed is taken back.
    schema.must(
        QStringLiteral("CREATE FUNCTION look(n INT) RETURNS INT DETERMINISTIC MODIFIES SQL DATA BEGIN "
                       "INSERT INTO looked VALUES (n); DO SLEEP(0.01); RETURN n; END"));
    schema.must(QStringLiteral("CREATE VIEW slow AS SELECT id, look(id) AS seen FROM t"));
    WatchedTable model(schema);
    model.setTable(QStringLiteral("slow"));
    model.setKeyColumns({QStringLiteral("id")});
    QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
    QTRY_VERIFY_WITH_TIMEOUT(model.isLoaded(0), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(schema.pool.leasedCount(), 0, 30'000);
    const QList<int> passed = {600, 1400, 2300, 3400};
    for (const int row : passed) {
        model.index(row, 1).data();
        if (row == passed.first())
            QTRY_VERIFY(schema.pool.leasedCount() > 0); // it is on its way
    }
    QVERIFY(!model.isLoaded(passed.first()));
    model.index(4600, 1).data();
    QTRY_COMPARE_WITH_TIMEOUT(model.index(4600, 1).data().toString(), QStringLiteral("4600"), 20'000);
    for (const int row : passed) {
        QVERIFY(!model.isLoaded(row));
        const ResultSet looked
            = schema.must(QStringLiteral("SELECT COUNT(*) FROM looked WHERE id = %1").arg(row));
        QCOMPARE(looked.scalar<int>().valueOr(-1), 0);
    }
    QCOMPARE(
        schema.must(QStringLiteral("SELECT COUNT(*) FROM looked WHERE id = 4600")).scalar<int>().valueOr(-1),
        1);
}

// Rows are found by places in the table that were gathered before others came in front of them.
void tst_TableModel::placesOfBeforeARefresh()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id"), QStringLiteral("n + 1000"), 30'000);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
    QCOMPARE(model.cell(20'000, 0), QStringLiteral("21000"));
    schema.must(QStringLiteral("INSERT INTO t SELECT n FROM numbers WHERE n < 700"));
    model.refresh();
    model.cell(25'000, 0); // before it was counted again, most likely
    QTRY_VERIFY_WITH_TIMEOUT(!model.isCounting(), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.index(25'000, 0).data().toString(), QStringLiteral("25300"), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.index(20'000, 0).data().toString(), QStringLiteral("20300"), 20'000);
    QCOMPARE(model.rowCount(), 30'700);
}

// What others change is shown without being asked for.
void tst_TableModel::follows()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, v INT)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, v"), QStringLiteral("n, 0"), 2000);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
    QCOMPARE(model.cell(1500, 1), QStringLiteral("0"));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const QPersistentModelIndex looked(model.index(1500, 1));
    model.setRefreshInterval(30);
    QCOMPARE(model.refreshInterval(), 30);
    schema.must(QStringLiteral("UPDATE t SET v = 1"));
    // Nobody calls refresh(), and nobody but a view that is told to asks for the cell again.
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(looked.data().toString(), QStringLiteral("1"), 10'000);
    schema.must(QStringLiteral("INSERT INTO t VALUES (5000, 1)"));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2001, 10'000);
    QVERIFY(reset.isEmpty());
    // An edit that is not written stays.
    model.setEditStrategy(TableModel::EditStrategy::OnManualSubmit);
    QVERIFY(model.setData(model.index(1500, 1), 77));
    schema.must(QStringLiteral("UPDATE t SET v = 2"));
    QTRY_COMPARE_WITH_TIMEOUT(model.index(1501, 1).data().toString(), QStringLiteral("2"), 10'000);
    QCOMPARE(looked.data().toString(), QStringLiteral("77"));
    model.revertAll();

    model.setRefreshInterval(0);
    QTRY_VERIFY_WITH_TIMEOUT(schema.pool.leasedCount() == 0, 10'000);
    ChangeSource source;
    model.setChangeSource(&source);
    schema.must(QStringLiteral("UPDATE t SET v = 3"));
    Q_EMIT source.tableChanged(schema.name(), QStringLiteral("another"));
    Q_EMIT source.tableChanged(QStringLiteral("another"), QStringLiteral("t"));
    QTest::qWait(200);
    QCOMPARE(schema.pool.leasedCount(), 0); // that was of others
    Q_EMIT source.tableChanged(schema.name(), QStringLiteral("t"));
    QTRY_COMPARE_WITH_TIMEOUT(looked.data().toString(), QStringLiteral("3"), 10'000);
    schema.must(QStringLiteral("UPDATE t SET v = 4"));
    Q_EMIT source.tableChanged({}, {}); // all that there is
    QTRY_COMPARE_WITH_TIMEOUT(looked.data().toString(), QStringLiteral("4"), 10'000);
    QVERIFY(reset.isEmpty());
}

void tst_TableModel::errors()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    WatchedTable model(schema);
    model.select();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Failed, 10'000);
    QVERIFY(model.errorString().contains(QLatin1String("setTable")));
    model.setTable(QStringLiteral("nowhere"));
    model.select();
    QTRY_VERIFY_WITH_TIMEOUT(model.errorString().contains(QLatin1String("nowhere")), 10'000);
    schema.must(QStringLiteral("CREATE TABLE g (id INT PRIMARY KEY, p POINT)"));
    model.setTable(QStringLiteral("g"));
    QCOMPARE(model.status(), Status::Empty); // nothing of the other table stays
    model.sort(1);
    model.select();
    QTRY_VERIFY_WITH_TIMEOUT(model.errorString().contains(QLatin1String("no order")), 10'000);
    TableModel placeless;
    placeless.setTable(QStringLiteral("t"));
    placeless.select();
    QTRY_COMPARE(placeless.status(), Status::Failed);
    QCOMPARE(placeless.error().kind(), Error::Kind::Usage);
}

void tst_TableModel::holdsNoConnectionAtRest()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.pool.setMaximumSize(1);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, v INT)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, v"), QStringLiteral("n, n"), 50'000);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY(model.selectAll()); // one connection serves windows and counting in turn
    QCOMPARE(model.cell(40'000, 0), QStringLiteral("40000"));
    QTRY_COMPARE_WITH_TIMEOUT(schema.pool.leasedCount(), 0, 10'000);
}

void tst_TableModel::destroyedAtAnyTime()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, v INT)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, v"), QStringLiteral("n, n"), 50'000);
    QRandomGenerator random(9);
    for (int i = 0; i < 40; ++i) {
        auto *model = new WatchedTable(schema);
        QPointer<TableModel> watch(model);
        model->setTable(QStringLiteral("t"));
        const auto end = [model, watch] {
            if (watch)
                delete model;
        };
        if (i % 5 == 0)
            connect(model, &TableModel::statusChanged, &schema.pool, end);
        else if (i % 5 == 1)
            connect(model, &TableModel::countChanged, &schema.pool, end);
        else if (i % 5 == 2)
            connect(model, &QAbstractItemModel::dataChanged, &schema.pool, end);
        model->select();
        QTest::qWait(random.bounded(20));
        if (watch && model->rowCount() > 0)
            model->index(random.bounded(model->rowCount()), 0).data();
        QTest::qWait(random.bounded(5));
        end();
    }
    QTRY_COMPARE_WITH_TIMEOUT(schema.pool.leasedCount(), 0, 10'000);
}

QTEST_GUILESS_MAIN(tst_TableModel)
#include "tst_tablemodel.moc"
