// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "scratchschema.h"

#include <QAsyncMySql/querymodel.h>
#include <QAsyncMySql/tablemodel.h>

#include <QtCore/QBitArray>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using CellState = TableModel::CellState;
using Status = QueryModel::Status;

namespace {

//! A query model that is watched all the time.
class WatchedQuery : public QueryModel
{
public:
    explicit WatchedQuery(ScratchSchema &schema)
        : m_tester(this, QAbstractItemModelTester::FailureReportingMode::Fatal)
    {
        setPool(&schema.pool);
        setFetchPolicy(FetchPolicy::All);
        setEditable(true);
    }
    //! Runs the query, and waits for what the server says of its tables.
    bool run(const QString &sql)
    {
        setQuery(sql);
        load();
        return settle();
    }
    bool settle()
    {
        return QTest::qWaitFor(
            [this] { return (status() == Status::Ready || status() == Status::Failed) && !isAsking(); });
    }
    bool isAsking() const
    {
        for (int column = 0; column < columnCount(); ++column) {
            if (readOnlyReason(index(0, column)).startsWith(QLatin1String("The server is being asked")))
                return true;
        }
        return false;
    }
    //! Which cells of a row can be edited: "x" or "-" for each column.
    QString writable(int row = 0) const
    {
        QString all;
        for (int column = 0; column < columnCount(); ++column)
            all += QLatin1Char(flags(index(row, column)).testFlag(Qt::ItemIsEditable) ? 'x' : '-');
        return all;
    }
    QString text(int row, int column) const { return index(row, column).data().toString(); }
    CellState state(int row, int column) const
    {
        return CellState(index(row, column).data(TableModel::CellStateRole).toInt());
    }
    //! All texts of a column.
    QString column(int column) const
    {
        QStringList all;
        for (int row = 0; row < rowCount(); ++row)
            all.append(text(row, column));
        return all.join(QLatin1Char(','));
    }

private:
    QAbstractItemModelTester m_tester;
};

void makeTables(ScratchSchema &schema)
{
    schema.must(
        QStringLiteral("CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, boss INT "
                       "NULL, kind ENUM('good', 'bad') NOT NULL DEFAULT 'good', big INT AS (id * 100), "
                       "at DATETIME(6) NULL, code CHAR(3) NOT NULL UNIQUE)"));
    schema.must(
        QStringLiteral("INSERT INTO customer (id, name, boss, at, code) VALUES "
                       "(1, 'Ann', NULL, '2024-01-01 00:00:00.123456', 'a'), (2, 'Bob', 1, NULL, 'b'), "
                       "(3, 'Cid', 1, NULL, 'c')"));
    schema.must(
        QStringLiteral("CREATE TABLE orders (year INT, number INT, customer INT, amount DECIMAL(8,2), "
                       "changed INT NOT NULL DEFAULT 0, PRIMARY KEY (year, number))"));
    schema.must(QStringLiteral("CREATE TRIGGER o_up BEFORE UPDATE ON orders FOR EACH ROW SET NEW.changed = "
                               "OLD.changed + 1"));
    schema.must(QStringLiteral("INSERT INTO orders (year, number, customer, amount) VALUES (2023, 1, 1, 10), "
                               "(2023, 2, 2, 20), (2024, 1, 1, 30), (2024, 2, 9, 40)"));
    schema.must(QStringLiteral("CREATE VIEW people AS SELECT id, name FROM customer"));
    schema.must(QStringLiteral("CREATE VIEW heads AS SELECT boss AS id, MAX(id) AS boss, MAX(name) AS name "
                               "FROM customer GROUP BY boss"));
}

QString onServer(ScratchSchema &schema, const QString &what)
{
    const ResultSet result = schema.must(what);
    return result.isEmpty() ? QStringLiteral("(no row)") : result.at(0).get<QString>(0);
}

} // namespace

//! Editing the result of a query: by what the server says of the origin of its columns.
class tst_QueryEditing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatCanBeEdited_data() { ServerMatrix::addRows(); }
    void whatCanBeEdited();
    void writesInJoins_data() { ServerMatrix::addRows(); }
    void writesInJoins();
    void joinsWithItself_data() { ServerMatrix::addRows(); }
    void joinsWithItself();
    void conflicts_data() { ServerMatrix::addRows(); }
    void conflicts();
    void errors_data() { ServerMatrix::addRows(); }
    void errors();
    void keysAndRefresh_data() { ServerMatrix::addRows(); }
    void keysAndRefresh();
    void manyRows_data() { ServerMatrix::addRows(); }
    void manyRows();
    void ownConnection_data() { ServerMatrix::addRows(); }
    void ownConnection();
    void endsInTheMiddle_data() { ServerMatrix::addRows(); }
    void endsInTheMiddle();
};

void tst_QueryEditing::whatCanBeEdited()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    WatchedQuery model(schema);
    const std::pair<const char *, const char *> queries[] = {
        {"SELECT * FROM customer", "xxxx-xx"},
        {"SELECT name, kind FROM customer", "--"},
        {"SELECT code, name FROM customer", "xx"}, // another unique key
        {"SELECT id AS x, name AS y, name, id + 1 AS boss FROM customer AS c", "xxx-"},
        {"SELECT o.amount, c.name FROM orders o JOIN customer c ON c.id = o.customer", "--"},
        {"SELECT o.amount, c.id, c.name FROM orders o JOIN customer c ON c.id = o.customer", "-xx"},
        {"SELECT year, amount, c.id, c.name FROM orders o JOIN customer c ON c.id = o.customer", "--xx"},
        {"SELECT year, number, amount, c.id, c.name FROM orders o JOIN customer c ON c.id = o.customer ORDER "
         "BY "
         "name, amount",
         "xxxxx"},
        {"SELECT id, name, (SELECT MAX(amount) FROM orders) AS amount, UPPER(name) AS boss FROM customer",
         "xx--"},
        {"SELECT id, MAX(name) OVER () AS name, code FROM customer", "x-x"},
        {"SELECT MIN(id) AS id, MIN(name) AS name FROM customer", "--"},
        {"SELECT DISTINCT id, name FROM customer", "--"},
        {"SELECT id, name, COUNT(*) FROM customer GROUP BY id, name", "---"},
        {"SELECT id, name FROM customer UNION ALL SELECT id, name FROM customer", "--"},
        {"WITH c AS (SELECT id, name FROM customer) SELECT * FROM c", "--"},
        // Names that are not what they seem.
        {"SELECT id, name FROM people", "--"},
        {"SELECT id, name, boss FROM heads", "---"},
        {"SELECT customer.id, customer.name FROM (SELECT year AS id, amount AS name FROM orders) AS customer",
         "--"},
        {"SELECT customer.id, customer.name FROM (SELECT year AS id, amount AS name FROM orders LIMIT 2) AS "
         "customer",
         "--"},
        {"SELECT c.id, c.name, d.id, d.name FROM customer c JOIN (SELECT id, name FROM customer LIMIT 3) AS "
         "d "
         "ON d.id = c.id",
         "xx--"},
        {"SELECT schema_name FROM information_schema.schemata", "-"},
        {"SELECT 1, 'x'", "--"},
    };
    for (const auto &[sql, expected] : queries) {
        QVERIFY2(model.run(QString::fromLatin1(sql)), sql);
        QVERIFY2(model.status() == Status::Ready, qPrintable(model.errorString()));
        const QString found = model.writable();
        QVERIFY2(found == QLatin1String(expected),
                 qPrintable(QLatin1String(sql) + QLatin1String(": ") + found));
        for (int column = 0; column < model.columnCount(); ++column)
            QCOMPARE(model.readOnlyReason(model.index(0, column)).isEmpty(),
                     found.at(column) == QLatin1Char('x'));
    }
    // A row of an outer join without the other table's row.
    QVERIFY(model.run(
        QStringLiteral("SELECT o.year, o.number, c.id, c.name FROM orders o LEFT JOIN customer c ON "
                       "c.id = o.customer ORDER BY o.year, o.number")));
    QCOMPARE(model.writable(0), QStringLiteral("xxxx"));
    QCOMPARE(model.writable(3), QStringLiteral("xx--"));
    QSignalSpy refused(&model, &QueryModel::editRefused);
    QVERIFY(!model.setData(model.index(3, 3), QStringLiteral("nobody")));
    QCOMPARE(refused.size(), 1);
    // Sorted by the server it is as it was, unless it has an order of its own; filtered it is a derived
    // table.
    model.sort(1, Qt::DescendingOrder);
    QVERIFY(model.settle());
    QCOMPARE(model.writable(2), QStringLiteral("----"));
    QVERIFY(model.run(QStringLiteral("SELECT o.year, o.number, c.id, c.name FROM orders o LEFT JOIN customer "
                                     "c ON c.id = o.customer")));
    QCOMPARE(model.column(1), QStringLiteral("2,2,1,1"));
    QCOMPARE(model.writable(2), QStringLiteral("xxxx"));
    model.sort(-1);
    QVERIFY(model.run(QStringLiteral("SELECT id, name FROM customer")));
    model.setFilter(RowFilter(u"id", RowFilter::Less, 3));
    model.load();
    QVERIFY(model.settle());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.writable(), QStringLiteral("--"));
    model.setFilter(RowFilter());
    model.load();
    QVERIFY(model.settle());
    QCOMPARE(model.writable(), QStringLiteral("xx"));
    // Off, and on again over rows that are there.
    model.setEditable(false);
    QCOMPARE(model.writable(), QStringLiteral("--"));
    QVERIFY(!model.setData(model.index(0, 1), QStringLiteral("x")));
    QSignalSpy told(&model, &QueryModel::editableChanged);
    model.setEditable(true);
    QVERIFY(model.settle());
    QCOMPARE(model.writable(), QStringLiteral("xx"));
    QVERIFY(told.size() >= 2);
}

void tst_QueryEditing::writesInJoins()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    WatchedQuery model(schema);
    QVERIFY(
        model.run(QStringLiteral("SELECT o.year, o.number, o.amount, o.changed, c.id, c.name AS who, c.kind, "
                                 "c.at FROM orders o JOIN customer c ON c.id = o.customer ORDER BY o.year, "
                                 "o.number")));
    QCOMPARE(model.column(5), QStringLiteral("Ann,Bob,Ann"));
    QSignalSpy submitted(&model, &QueryModel::submitted);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    // A row of one table, in two rows of the result.
    QVERIFY(model.setData(model.index(0, 5), QStringLiteral("Anna")));
    QCOMPARE(model.text(0, 5), QStringLiteral("Anna"));
    QCOMPARE(model.text(2, 5), QStringLiteral("Anna"));
    QCOMPARE(model.state(0, 5), CellState::Pending);
    QCOMPARE(model.state(0, 6), CellState::Clean);
    QCOMPARE(model.index(0, 5).data(TableModel::BaseValueRole).toString(), QStringLiteral("Ann"));
    QTRY_COMPARE(submitted.size(), 1);
    QVERIFY(!submitted.first().first().value<Error>());
    QCOMPARE(model.state(0, 5), CellState::Clean);
    QCOMPARE(model.column(5), QStringLiteral("Anna,Bob,Anna"));
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM customer WHERE id = 1")),
             QStringLiteral("Anna"));
    QCOMPARE(onServer(schema, QStringLiteral("SELECT COUNT(*) FROM customer WHERE name = 'Anna'")),
             QStringLiteral("1"));
    const auto told = [&changed](int row) {
        return std::any_of(changed.begin(), changed.end(), [row](const QList<QVariant> &signal) {
            return signal.at(0).toModelIndex().row() <= row && row <= signal.at(1).toModelIndex().row();
        });
    };
    QTRY_VERIFY(told(0) && told(2));
    QVERIFY(!told(1));
    // The other table, by a key of two columns; what its trigger makes is seen.
    QVERIFY(model.setData(model.index(1, 2), QStringLiteral("21.5")));
    QTRY_COMPARE(submitted.size(), 2);
    QCOMPARE(model.column(2), QStringLiteral("10.00,21.50,30.00"));
    QCOMPARE(model.column(3), QStringLiteral("0,1,0"));
    // NULL, an ENUM, and a time whose microseconds stay.
    QCOMPARE(model.index(0, 6).data(TableModel::ChoicesRole).toStringList(),
             QStringList({QStringLiteral("good"), QStringLiteral("bad")}));
    QVERIFY(model.setData(model.index(2, 6), QStringLiteral("bad")));
    QCOMPARE(model.index(0, 7).data(Qt::EditRole).toString(), QStringLiteral("2024-01-01 00:00:00.123456"));
    QVERIFY(model.setData(model.index(0, 7), QStringLiteral("2024-01-01 00:00:00.654321")));
    QVERIFY(model.setData(model.index(2, 2), QVariant()));
    QTRY_COMPARE(model.state(2, 2), CellState::Clean);
    QVERIFY(model.index(2, 2).data(QueryModel::IsNullRole).toBool());
    QVERIFY(model.index(2, 2).data(Qt::EditRole).isNull());
    QTRY_COMPARE(model.column(7), QStringLiteral("2024-01-01 00:00:00.654321,,2024-01-01 00:00:00.654321"));
    QCOMPARE(model.column(6), QStringLiteral("bad,good,bad"));
    // By the column's role, too.
    const int who = model.roleNames().key("who");
    QCOMPARE(model.index(2, 0).data(who).toString(), QStringLiteral("Anna"));
    // Quickly one after the other, also to the same cell: the last stands.
    for (int i = 0; i < 20; ++i)
        QVERIFY(model.setData(model.index(i % 3, 5), QStringLiteral("name %1").arg(i)));
    QTRY_VERIFY(model.state(0, 5) == CellState::Clean && model.state(1, 5) == CellState::Clean);
    QCOMPARE(model.column(5), QStringLiteral("name 18,name 19,name 18"));
    QCOMPARE(onServer(schema, QStringLiteral("SELECT GROUP_CONCAT(name ORDER BY id) FROM customer")),
             QStringLiteral("name 18,name 19,Cid"));
    // What is run anew has it from the server.
    model.load();
    QVERIFY(model.settle());
    QCOMPARE(model.column(5), QStringLiteral("name 18,name 19,name 18"));
    // What the schema does not allow is refused.
    QSignalSpy refused(&model, &QueryModel::editRefused);
    QVERIFY(!model.setData(model.index(0, 5), QVariant()));
    QVERIFY(!model.setData(model.index(0, 5), QStringLiteral("a name of more than twenty letters")));
    QVERIFY(!model.setData(model.index(0, 6), QStringLiteral("ugly")));
    QCOMPARE(refused.size(), 3);
    QTRY_COMPARE_WITH_TIMEOUT(schema.pool.leasedCount(), 0, 10'000);
}

// The same table by two names, with other columns, and another key.
void tst_QueryEditing::joinsWithItself()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    WatchedQuery model(schema);
    QVERIFY(
        model.run(QStringLiteral("SELECT p.id, p.name, p.code, b.code, b.name, b.kind FROM customer p LEFT "
                                 "JOIN customer b ON b.id = p.boss ORDER BY p.id")));
    QCOMPARE(model.writable(0), QStringLiteral("xxx---"));
    QCOMPARE(model.writable(1), QStringLiteral("xxxxxx"));
    QCOMPARE(model.column(4), QStringLiteral(",Ann,Ann"));
    QVERIFY(model.setData(model.index(0, 1), QStringLiteral("Eve")));
    QTRY_COMPARE(model.column(4), QStringLiteral(",Eve,Eve"));
    QVERIFY(model.setData(model.index(2, 4), QStringLiteral("Zoe")));
    QTRY_COMPARE(model.column(1), QStringLiteral("Zoe,Bob,Cid"));
    QCOMPARE(model.column(4), QStringLiteral(",Zoe,Zoe"));
    // The key of one of them.
    QVERIFY(model.setData(model.index(0, 2), QStringLiteral("z")));
    QTRY_COMPARE(model.column(3), QStringLiteral(",z,z"));
    QVERIFY(model.setData(model.index(1, 5), QStringLiteral("bad")));
    QTRY_COMPARE(
        onServer(schema, QStringLiteral("SELECT CONCAT(name, code, kind) FROM customer WHERE id = 1")),
        QStringLiteral("Zoezbad"));
    QTRY_COMPARE(model.column(5), QStringLiteral(",bad,bad"));
    QVERIFY(model.setData(model.index(0, 0), 7)); // found by this key in p, and by its code in b
    QTRY_COMPARE(model.state(0, 0), CellState::Clean);
    QVERIFY(model.setData(model.index(1, 4), QStringLiteral("Amy")));
    QTRY_COMPARE(model.column(1), QStringLiteral("Amy,Bob,Cid"));
    QCOMPARE(onServer(schema, QStringLiteral("SELECT CONCAT(name, code) FROM customer WHERE id = 7")),
             QStringLiteral("Amyz"));
}

void tst_QueryEditing::conflicts()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    WatchedQuery model(schema);
    QVERIFY(model.run(
        QStringLiteral("SELECT o.year, o.number, o.amount, c.id, c.name FROM orders o JOIN customer "
                       "c ON c.id = o.customer ORDER BY o.year, o.number")));
    QSignalSpy found(&model, &QueryModel::conflictFound);
    schema.must(QStringLiteral("UPDATE customer SET name = 'ANN' WHERE id = 1"));
    QVERIFY(model.setData(model.index(0, 4), QStringLiteral("mine")));
    QTRY_COMPARE(found.size(), 1);
    QCOMPARE(found.first().first().toModelIndex(), model.index(0, 4));
    QCOMPARE(model.state(0, 4), CellState::Conflict);
    QCOMPARE(model.state(2, 4), CellState::Conflict); // the same row of the table
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM customer WHERE id = 1")),
             QStringLiteral("ANN"));
    RowConflict conflict = model.conflict(model.index(2, 4));
    QVERIFY(conflict.isValid() && !conflict.isGone());
    QCOMPARE(conflict.columns(), QList<int>({4}));
    QCOMPARE(conflict.base(4).toString(), QStringLiteral("Ann"));
    QCOMPARE(conflict.mine(4).toString(), QStringLiteral("mine"));
    QCOMPARE(conflict.theirs(4).toString(), QStringLiteral("ANN"));
    QVERIFY(!model.conflict(model.index(0, 2)).isValid()); // of the other table
    QVERIFY(model.keepMine(model.index(2, 4)));
    QTRY_COMPARE(model.state(0, 4), CellState::Clean);
    QCOMPARE(model.column(4), QStringLiteral("mine,Bob,mine"));
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM customer WHERE id = 1")),
             QStringLiteral("mine"));
    // Theirs.
    schema.must(QStringLiteral("UPDATE orders SET amount = 99 WHERE year = 2023 AND number = 2"));
    QVERIFY(model.setData(model.index(1, 2), 1));
    QTRY_COMPARE(found.size(), 2);
    model.takeTheirs(model.index(1, 2));
    QCOMPARE(model.state(1, 2), CellState::Clean);
    QCOMPARE(model.column(2), QStringLiteral("10.00,99.00,30.00"));
    QVERIFY(!model.keepMine(model.index(1, 2)));
    // What it was edited on is what was taken.
    QVERIFY(model.setData(model.index(1, 2), 98));
    QTRY_COMPARE(model.state(1, 2), CellState::Clean);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT amount FROM orders WHERE year = 2023 AND number = 2")),
             QStringLiteral("98.00"));
    // Another column of the row is no conflict.
    schema.must(QStringLiteral("UPDATE customer SET kind = 'bad' WHERE id = 2"));
    QVERIFY(model.setData(model.index(1, 4), QStringLiteral("Bert")));
    QTRY_COMPARE(model.state(1, 4), CellState::Clean);
    QCOMPARE(found.size(), 2);
    // Gone.
    schema.must(QStringLiteral("DELETE FROM customer WHERE id = 2"));
    QVERIFY(model.setData(model.index(1, 4), QStringLiteral("Bill")));
    QTRY_COMPARE(found.size(), 3);
    conflict = model.conflict(model.index(1, 4));
    QVERIFY(conflict.isValid() && conflict.isGone());
    QVERIFY(!model.keepMine(model.index(1, 4)));
    model.takeTheirs(model.index(1, 4));
    QVERIFY(!model.conflict(model.index(1, 4)).isValid());
    QCOMPARE(onServer(schema, QStringLiteral("SELECT COUNT(*) FROM customer")), QStringLiteral("2"));
    // A conflict outlives a refresh.
    schema.must(QStringLiteral("UPDATE customer SET name = 'theirs' WHERE id = 1"));
    QVERIFY(model.setData(model.index(0, 4), QStringLiteral("mine again")));
    QTRY_COMPARE(found.size(), 4);
    model.refresh();
    QTRY_COMPARE(model.rowCount(), 2);
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.state(1, 4), CellState::Conflict);
    QCOMPARE(model.text(1, 4), QStringLiteral("mine again"));
    QVERIFY(model.keepMine(model.index(1, 4)));
    QTRY_COMPARE(model.state(0, 4), CellState::Clean);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM customer WHERE id = 1")),
             QStringLiteral("mine again"));
}

void tst_QueryEditing::errors()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    WatchedQuery model(schema);
    QVERIFY(model.run(QStringLiteral("SELECT id, code, name FROM customer ORDER BY id")));
    QSignalSpy failed(&model, &QueryModel::writeFailed);
    QSignalSpy submitted(&model, &QueryModel::submitted);
    QVERIFY(model.setData(model.index(0, 1), QStringLiteral("b"))); // which is there
    QTRY_COMPARE(submitted.size(), 1);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().toModelIndex(), model.index(0, 1));
    QCOMPARE(failed.first().at(1).value<Error>().code(), 1062);
    QCOMPARE(submitted.first().first().value<Error>().code(), 1062);
    QCOMPARE(model.state(0, 1), CellState::Failed);
    QCOMPARE(model.text(0, 1), QStringLiteral("b"));
    QVERIFY(!model.index(0, 1).data(TableModel::ErrorRole).toString().isEmpty());
    // Once more, when it may.
    QVERIFY(model.keepMine(model.index(0, 1)));
    QTRY_COMPARE(failed.size(), 2);
    schema.must(QStringLiteral("UPDATE customer SET code = 'x' WHERE id = 2"));
    QVERIFY(model.keepMine(model.index(0, 1)));
    QTRY_COMPARE(model.state(0, 1), CellState::Clean);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT code FROM customer WHERE id = 1")), QStringLiteral("b"));
    // Or let go.
    QVERIFY(model.setData(model.index(2, 1), QStringLiteral("b")));
    QTRY_COMPARE(failed.size(), 3);
    model.takeTheirs(model.index(2, 1));
    QCOMPARE(model.state(2, 1), CellState::Clean);
    QCOMPARE(model.text(2, 1), QStringLiteral("c"));
    // The table has gone.
    schema.must(QStringLiteral("DROP TABLE customer"));
    QVERIFY(model.setData(model.index(2, 2), QStringLiteral("x")));
    QTRY_COMPARE(failed.size(), 4);
    QCOMPARE(failed.last().at(1).value<Error>().code(), 1146);
}

// Keys that are edited, and rows that come anew.
void tst_QueryEditing::keysAndRefresh()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    WatchedQuery model(schema);
    QVERIFY(model.run(
        QStringLiteral("SELECT c.id, c.name, o.year, o.number FROM customer c LEFT JOIN orders o ON "
                       "o.customer = c.id ORDER BY c.name, o.year")));
    QCOMPARE(model.column(0), QStringLiteral("1,1,2,3"));
    QVERIFY(model.setData(model.index(0, 0), 11));
    QTRY_COMPARE(model.state(0, 0), CellState::Clean);
    QCOMPARE(model.column(0), QStringLiteral("11,11,2,3"));
    QVERIFY(model.setData(model.index(1, 1), QStringLiteral("Abe"))); // by the new key
    QTRY_COMPARE(model.state(1, 1), CellState::Clean);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM customer WHERE id = 11")),
             QStringLiteral("Abe"));
    // A refresh shows what the others have written since, and what was written here.
    schema.must(QStringLiteral("UPDATE customer SET name = 'Abel' WHERE id = 11"));
    schema.must(QStringLiteral("UPDATE customer SET name = 'Boris' WHERE id = 2"));
    model.refresh();
    QTRY_COMPARE(model.column(1), QStringLiteral("Abel,Boris,Cid"));
    QTRY_COMPARE(model.status(), Status::Ready);
    QVERIFY(model.setData(model.index(0, 1), QStringLiteral("Adam"))); // no conflict: that was seen
    QTRY_COMPARE(model.state(0, 1), CellState::Clean);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT name FROM customer WHERE id = 11")),
             QStringLiteral("Adam"));
    // Back to what it was when the rows were read: the refresh has to tell of it all the same.
    schema.must(QStringLiteral("UPDATE customer SET name = 'Abel' WHERE id = 11"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.refresh();
    QTRY_COMPARE(model.column(1), QStringLiteral("Abel,Boris,Cid"));
    QTRY_COMPARE(model.status(), Status::Ready);
    QVERIFY(std::any_of(changed.begin(), changed.end(), [](const QList<QVariant> &signal) {
        return signal.at(0).toModelIndex().row() == 0;
    }));
}

// A row of the table in very many rows of the result: all are told of, and no turn of the loop takes long.
void tst_QueryEditing::manyRows()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    schema.must(QStringLiteral("CREATE TABLE many (id INT PRIMARY KEY, customer INT NOT NULL)"));
    schema.fill(QStringLiteral("many"), QStringLiteral("id, customer"), QStringLiteral("n, 1 + n % 2"),
                100'000);
    QueryModel model; // the tester looks at each cell
    model.setPool(&schema.pool);
    model.setFetchPolicy(QueryModel::FetchPolicy::All);
    model.setEditable(true);
    model.setQuery(
        QStringLiteral("SELECT m.id, c.id, c.name FROM many m JOIN customer c ON c.id = m.customer ORDER "
                       "BY c.id, m.id"));
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 30'000);
    QTRY_VERIFY(model.readOnlyReason(model.index(0, 2)).isEmpty());
    QBitArray told(model.rowCount());
    connect(&model, &QAbstractItemModel::dataChanged, this,
            [&told](const QModelIndex &from, const QModelIndex &to) {
                told.fill(true, from.row(), to.row() + 1);
            });
    QVERIFY(model.setData(model.index(60'000, 2), QStringLiteral("Bodo")));
    QTRY_COMPARE_WITH_TIMEOUT(told.count(true), 50'000, 30'000);
    QVERIFY(!told.testBit(49'999) && told.testBit(50'000) && told.testBit(99'999));
    QCOMPARE(model.index(99'999, 2).data().toString(), QStringLiteral("Bodo"));
    QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("Ann"));
}

// One connection for all: the query lets go of it, and the rows that were not shown yet come when asked for.
void tst_QueryEditing::ownConnection()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    schema.must(QStringLiteral("CREATE TABLE many (id INT PRIMARY KEY, v INT NOT NULL)"));
    schema.fill(QStringLiteral("many"), QStringLiteral("id, v"), QStringLiteral("n, n"), 20'000);
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setConnection(&schema.others);
    model.setBatchSize(100);
    model.setHoldTime(-1);
    model.setEditable(true);
    model.setQuery(QStringLiteral("SELECT id, v FROM many ORDER BY id"));
    model.load();
    QTRY_COMPARE(model.status(), Status::Waiting);
    QTRY_VERIFY(model.readOnlyReason(model.index(0, 1)).isEmpty());
    QVERIFY(model.setData(model.index(5, 1), 555));
    QTRY_COMPARE(model.index(5, 1).data(TableModel::CellStateRole).toInt(), int(CellState::Clean));
    QCOMPARE(onServer(schema, QStringLiteral("SELECT v FROM many WHERE id = 5")), QStringLiteral("555"));
    QVERIFY(model.rowCount() < 1000); // the tester asks for more now and then
    while (model.canFetchMore({})) {
        model.fetchMore({});
        QTRY_VERIFY(!model.isLoading());
    }
    QCOMPARE(model.rowCount(), 20'000);
    QCOMPARE(model.index(5, 1).data().toInt(), 555);
    QCOMPARE(model.index(19'999, 1).data().toInt(), 19'999);
}

// Whatever is emitted may be the end of the model, or begin something else.
void tst_QueryEditing::endsInTheMiddle()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    makeTables(schema);
    const auto make = [&schema] {
        auto model = std::make_unique<WatchedQuery>(schema);
        if (!model->run(QStringLiteral("SELECT p.id, p.name, b.id, b.name FROM customer p JOIN customer b ON "
                                       "b.id = p.boss ORDER BY p.id")))
            qFatal("the query did not run");
        return model;
    };
    const auto endOn = [&make](auto signal, const QVariant &value) {
        std::unique_ptr<WatchedQuery> model = make();
        QObject context;
        connect(model.get(), signal, &context, [&model] { model.reset(); });
        model->setData(model->index(0, 1), value);
        return QTest::qWaitFor([&model] { return !model; }, 10'000);
    };
    QVERIFY(endOn(&QueryModel::submitted, QStringLiteral("first")));
    QVERIFY(endOn(&QueryModel::dataChanged, QStringLiteral("second")));
    QVERIFY(endOn(&QueryModel::editRefused, QVariant()));
    // Another query while one is written: the write is not taken back, and its answer is nobody's.
    std::unique_ptr<WatchedQuery> model = make();
    QVERIFY(model->setData(model->index(0, 1), QStringLiteral("third")));
    QVERIFY(model->run(QStringLiteral("SELECT number, year, amount FROM orders ORDER BY year, number")));
    QTRY_COMPARE(onServer(schema, QStringLiteral("SELECT name FROM customer WHERE id = 2")),
                 QStringLiteral("third"));
    QVERIFY(model->setData(model->index(0, 2), 5));
    QTRY_COMPARE(model->state(0, 2), CellState::Clean);
    QCOMPARE(onServer(schema, QStringLiteral("SELECT amount FROM orders WHERE year = 2023 AND number = 1")),
             QStringLiteral("5.00"));
    model->setEditable(false);
    QCOMPARE(model->rowCount(), 4);
    model->clear();
    model->setEditable(true);
    QVERIFY(model->run(QStringLiteral("SELECT id, name FROM customer ORDER BY id")));
    QVERIFY(model->setData(model->index(0, 1), QStringLiteral("fourth")));
    model->clear();
    QTRY_COMPARE(onServer(schema, QStringLiteral("SELECT name FROM customer WHERE id = 1")),
                 QStringLiteral("fourth"));
}

QTEST_GUILESS_MAIN(tst_QueryEditing)
#include "tst_queryediting.moc"
