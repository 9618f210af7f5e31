// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "editedtable.h"

#include <QtCore/QEventLoop>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTimer>
#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using CellState = TableModel::CellState;
using Locking = TableModel::Locking;
using Strategy = TableModel::EditStrategy;

//! Edits while others edit, and while connections are lost.
class tst_TableConflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void conflicts_data() { ServerMatrix::addRows(); }
    void conflicts();
    void noFalseConflicts_data() { ServerMatrix::addRows(); }
    void noFalseConflicts();
    void connectionLostInATransaction_data() { ServerMatrix::addRows(); }
    void connectionLostInATransaction();
    void twoProgramsEdit_data() { ServerMatrix::addRows(); }
    void twoProgramsEdit();
};

void tst_TableConflicts::conflicts()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema);
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    QVERIFY(model.selectAll());
    QSignalSpy found(&model, &TableModel::conflictFound);
    // The same column: even a change of case counts.
    schema.must(QStringLiteral("UPDATE t SET name = 'NAME 1' WHERE id = 1"));
    QVERIFY(model.setData(model.index(0, Name), QStringLiteral("mine")));
    QVERIFY(found.wait(10'000));
    QCOMPARE(found.first().first().toInt(), 0);
    QCOMPARE(stateOf(model, 0, Name), CellState::Conflict);
    RowConflict conflict = model.conflict(0);
    QVERIFY(conflict.isValid() && !conflict.isGone());
    QCOMPARE(conflict.base(Name).toString(), QStringLiteral("name 1"));
    QCOMPARE(conflict.mine(Name).toString(), QStringLiteral("mine"));
    QCOMPARE(conflict.theirs(Name).toString(), QStringLiteral("NAME 1"));
    QVERIFY(conflict.columns().contains(Name) && !conflict.columns().contains(Amount));
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM t WHERE id = 1")), QStringLiteral("NAME 1"));
    model.resolve(0, TableModel::Resolution::KeepMine);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(model, 0, Name), CellState::Clean, 10'000);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM t WHERE id = 1")), QStringLiteral("mine"));
    // Theirs.
    found.clear();
    schema.must(QStringLiteral("UPDATE t SET amount = 77, name = 'theirs' WHERE id = 2"));
    QVERIFY(model.setData(model.index(1, Amount), 5));
    QVERIFY(found.wait(10'000));
    model.resolve(1, TableModel::Resolution::TakeTheirs);
    QCOMPARE(stateOf(model, 1, Amount), CellState::Clean);
    QCOMPARE(model.index(1, Name).data().toString(), QStringLiteral("theirs"));
    QCOMPARE(model.index(1, Amount).data().toString(), QStringLiteral("77.00"));
    QVERIFY(!model.conflict(1).isValid());
    // Another column is no conflict, unless all are to be as they were.
    found.clear();
    schema.must(QStringLiteral("UPDATE t SET amount = 88 WHERE id = 3"));
    QVERIFY(model.setData(model.index(2, Name), QStringLiteral("merged")));
    QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty(), 10'000);
    QCOMPARE(model.index(2, Amount).data().toString(), QStringLiteral("88.00"));
    model.setLocking(Locking::AllColumns);
    schema.must(QStringLiteral("UPDATE t SET amount = 99 WHERE id = 4"));
    QVERIFY(model.setData(model.index(3, Name), QStringLiteral("x")));
    QVERIFY(found.wait(10'000));
    model.resolve(3, TableModel::Resolution::TakeTheirs);
    // A version column.
    found.clear();
    model.setVersionColumn(QStringLiteral("changed"));
    schema.must(QStringLiteral("UPDATE t SET amount = 11 WHERE id = 5"));
    QVERIFY(model.setData(model.index(4, Name), QStringLiteral("x")));
    QVERIFY(found.wait(10'000));
    model.revertRow(4);
    // Gone: made anew, or let go.
    model.setLocking(Locking::EditedColumns);
    for (const bool keep : {true, false}) {
        found.clear();
        const int row = keep ? 6 : 7;
        schema.must(QStringLiteral("DELETE FROM t WHERE id = %1").arg(row + 1));
        QVERIFY(model.setData(model.index(row, Name), QStringLiteral("still wanted")));
        QVERIFY(found.wait(10'000));
        QVERIFY(model.conflict(row).isGone());
        model.resolve(row, keep ? TableModel::Resolution::KeepMine : TableModel::Resolution::TakeTheirs);
        QTRY_VERIFY_WITH_TIMEOUT(!model.isDirty(), 10'000);
        QCOMPARE(model.rowCount(), keep ? 20 : 19);
        QCOMPARE(onServer(schema,
                          QStringLiteral("SELECT COUNT(*) FROM t WHERE id = %1 AND name = 'still wanted'")
                              .arg(row + 1)),
                 keep ? QStringLiteral("1") : QStringLiteral("0"));
    }
    // To delete what somebody has changed is a conflict; to delete what is gone is not.
    found.clear();
    const int id = model.index(10, Id).data().toInt();
    schema.must(QStringLiteral("UPDATE t SET amount = 12 WHERE id = %1").arg(id));
    QVERIFY(model.removeRows(10, 1));
    QVERIFY(found.wait(10'000));
    model.resolve(10, TableModel::Resolution::KeepMine);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 18, 10'000);
    schema.must(QStringLiteral("DELETE FROM t WHERE id = %1").arg(model.index(10, Id).data().toInt()));
    QVERIFY(model.removeRows(10, 1));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 17, 10'000);
}

// All columns of all types must be as they were read, and they are.
void tst_TableConflicts::noFalseConflicts()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral(
        "CREATE TABLE t (id INT PRIMARY KEY, n INT, a FLOAT, b DOUBLE, c DECIMAL(20,5), d DATE, e "
        "DATETIME(6), f TIMESTAMP(3) "
        "NULL, g TIME(2), h YEAR, i ENUM('x','Y'), j SET('p','q'), k BIT(10), l VARBINARY(10), m BLOB, o "
        "JSON, p TEXT, q "
        "CHAR(5), r VARCHAR(9) CHARACTER SET latin1, s BIGINT UNSIGNED, u BINARY(4), v TINYINT(1))"));
    schema.must(QStringLiteral("INSERT INTO t VALUES (1, 0, 0.1, 1e-30/3, 1.5, '2024-02-29', '2024-02-29 "
                               "01:02:03.000004', '2024-05-05 "
                               "05:05:05.5', '-12:00:00.25', 2024, 'Y', 'p,q', b'1010', x'00ff', x'00', "
                               "'{\"b\": 1, \"a\": [1.50, \"ä\"]}', 'text  ', "
                               "'ab', 'größe', 18446744073709551615, x'01', 1), (2, 0, NULL, NULL, NULL, "
                               "NULL, NULL, NULL, NULL, NULL, NULL, NULL, "
                               "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), (3, 0, "
                               "16777216, -1.7976931348623157e308, 0, "
                               "'1000-01-01', '9999-12-31 23:59:59.999999', NULL, '838:59:59', 1901, 'x', "
                               "'', b'0', '', '', '[]', '', '', '', 0, "
                               "x'00000000', 0)"));
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    model.setLocking(Locking::AllColumns);
    QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
    QSignalSpy conflict(&model, &TableModel::conflictFound);
    QSignalSpy failed(&model, &TableModel::writeFailed);
    for (int row = 0; row < 3; ++row) {
        QVERIFY(model.setData(model.index(row, 1), row + 5));
        QTRY_VERIFY_WITH_TIMEOUT(!model.isSubmitting(), 10'000);
        QVERIFY2(failed.isEmpty(),
                 failed.isEmpty() ? "" : qPrintable(failed.first().at(1).value<Error>().toString()));
        QVERIFY2(conflict.isEmpty(), qPrintable(QString::number(row)));
        QVERIFY(!model.isDirty());
    }
    // What is shown can be written again as it is, in each column, and does not change.
    const QString sum = QStringLiteral(
        "SELECT SHA2(GROUP_CONCAT(CONCAT_WS('|', a, b, c, d, e, f, g, h, i, j, k + 0, HEX(l), HEX(m), "
        "o, p, q, r, s, HEX(u), v) ORDER BY id), 256) FROM t");
    const QString before = onServer(schema, sum);
    model.setLocking(Locking::None);
    model.setEditStrategy(Strategy::OnManualSubmit);
    for (int column = 2; column < model.columnCount(); ++column) {
        const QVariant value = model.index(0, column).data(Qt::EditRole);
        QVERIFY(model.setData(model.index(2, column), value));
    }
    QSignalSpy submitted(&model, &TableModel::submitted);
    model.submitAll();
    QVERIFY(submitted.wait(10'000));
    QVERIFY2(!submitted.first().first().value<Error>().isError(),
             qPrintable(submitted.first().first().value<Error>().toString()));
    for (int column = 2; column < model.columnCount(); ++column)
        QCOMPARE(model.index(2, column).data().toString(), model.index(0, column).data().toString());
    QVERIFY(onServer(schema, sum) != before);
}

// Nothing of the transaction is left, and nothing of what was edited is lost.
void tst_TableConflicts::connectionLostInATransaction()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTable(schema);
    schema.must(QStringLiteral(
        "CREATE TRIGGER t_kill AFTER UPDATE ON t FOR EACH ROW SET @x = IF(NEW.name = 'wait', SLEEP(20), 0)"));
    WatchedTable model(schema);
    model.setTable(QStringLiteral("t"));
    model.setEditStrategy(Strategy::OnManualSubmit);
    QVERIFY(model.selectAll());
    QVERIFY(model.setData(model.index(0, Name), QStringLiteral("first")));
    QVERIFY(model.setData(model.index(1, Name), QStringLiteral("wait")));
    QVERIFY(model.setData(model.index(2, Name), QStringLiteral("third")));
    QSignalSpy submitted(&model, &TableModel::submitted);
    model.submitAll();
    qint64 session = 0;
    const auto sleeping = [&schema, &session] {
        const ResultSet rows = schema.must(
            QStringLiteral(
                "SELECT id FROM information_schema.processlist WHERE db = '%1' AND state = 'User sleep'")
                .arg(schema.name()));
        session = rows.isEmpty() ? 0 : rows.at(0).get<qint64>(0);
        return session != 0;
    };
    QVERIFY(QTest::qWaitFor(sleeping, 10'000));
    schema.must(QStringLiteral("KILL %1").arg(session));
    QTRY_COMPARE_WITH_TIMEOUT(submitted.size(), 1, 10'000);
    QVERIFY(submitted.first().first().value<Error>().isError());
    QTRY_COMPARE_WITH_TIMEOUT(onServer(schema, QStringLiteral("SELECT SUM(changed) FROM t")),
                              QStringLiteral("0"), 10'000);
    QVERIFY(model.isDirty());
    QCOMPARE(model.index(0, Name).data().toString(), QStringLiteral("first"));
    QCOMPARE(stateOf(model, 1, Name), CellState::Failed);
    QVERIFY(model.setData(model.index(1, Name), QStringLiteral("second")));
    submitted.clear();
    model.submitAll();
    QTRY_COMPARE_WITH_TIMEOUT(submitted.size(), 1, 10'000);
    QVERIFY2(!submitted.first().first().value<Error>().isError(),
             qPrintable(submitted.first().first().value<Error>().toString()));
    QCOMPARE(onServer(schema, QStringLiteral("SELECT GROUP_CONCAT(name ORDER BY id) FROM t WHERE id <= 3")),
             QStringLiteral("first,second,third"));
}

// Two models and a third who writes without one, at the same rows. Each edit adds a number to the cell that
// its author saw; if none is lost, each cell is the sum of those that were written. And each conflict is
// seen, and none that is none: who edits what is not on the server any more has one, who edits what is has
// not.
void tst_TableConflicts::twoProgramsEdit()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL, b INT NOT NULL)"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, a, b"), QStringLiteral("n, 0, 0"), 8);
    const int edits = qEnvironmentVariableIntValue("QASYNCMYSQL_TEST_EDITS") > 0
        ? qEnvironmentVariableIntValue("QASYNCMYSQL_TEST_EDITS")
        : 300;
    WatchedTable models[2] = {WatchedTable(schema), WatchedTable(schema)};
    qint64 expected[8][2] = {};
    int conflicts = 0;
    for (WatchedTable &model : models) {
        model.setTable(QStringLiteral("t"));
        QVERIFY(model.selectAll());
    }
    QRandomGenerator random(42);
    for (int i = 0; i < edits; ++i) {
        const int row = random.bounded(8);
        const int column = 1 + random.bounded(2);
        const int amount = 1 + random.bounded(1000);
        if (random.bounded(4) == 0) {
            schema.must(QStringLiteral("UPDATE t SET %1 = %1 + %2 WHERE id = %3")
                            .arg(QLatin1Char(column == 1 ? 'a' : 'b'))
                            .arg(amount)
                            .arg(row));
            expected[row][column - 1] += amount;
            continue;
        }
        // Both may write the same cell at the same time.
        const bool both = random.bounded(3) == 0;
        qint64 wanted[2] = {};
        bool outdated[2] = {};
        int seenConflicts = 0;
        for (int m = both ? 0 : random.bounded(2), end = both ? 2 : m + 1; m < end; ++m) {
            wanted[m] = amount + m * 7;
            const qint64 seen = models[m].index(row, column).data(Qt::EditRole).toLongLong();
            outdated[m] = seen != expected[row][column - 1];
            QVERIFY(models[m].setData(models[m].index(row, column), seen + wanted[m]));
        }
        for (int m = 0; m < 2; ++m) {
            if (wanted[m] == 0)
                continue;
            WatchedTable &model = models[m];
            // A conflict is resolved as a person would: by adding to what is there now.
            for (;;) {
                QEventLoop loop;
                connect(&model, &TableModel::submitted, &loop, &QEventLoop::quit);
                QTimer::singleShot(30'000, &loop, &QEventLoop::quit);
                if (model.isSubmitting())
                    loop.exec();
                QVERIFY(!model.isSubmitting());
                if (stateOf(model, row, column) != CellState::Conflict)
                    break;
                ++conflicts;
                ++seenConflicts;
                const qint64 theirs = model.conflict(row).theirs(column).toLongLong();
                model.resolve(row, TableModel::Resolution::TakeTheirs);
                QVERIFY(model.setData(model.index(row, column), theirs + wanted[m]));
            }
            QCOMPARE(stateOf(model, row, column), CellState::Clean);
            expected[row][column - 1] += wanted[m];
        }
        if (both)
            QVERIFY(seenConflicts >= 1); // one of them has come second
        else
            QCOMPARE(seenConflicts, outdated[0] || outdated[1] ? 1 : 0);
    }
    qInfo("%s: %d edits, %d conflicts", qPrintable(live.id), edits, conflicts);
    QVERIFY(conflicts > 0);
    const ResultSet rows = schema.must(QStringLiteral("SELECT id, a, b FROM t ORDER BY id"));
    for (const Row &row : rows) {
        QCOMPARE(row.get<qint64>(1), expected[row.get<int>(0)][0]);
        QCOMPARE(row.get<qint64>(2), expected[row.get<int>(0)][1]);
    }
}

QTEST_GUILESS_MAIN(tst_TableConflicts)
#include "tst_tableconflicts.moc"
