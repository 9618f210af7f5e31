// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "unit/expressions/shop.h"
#include "watchedtable.h"

#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Sql;
using Shop::customers;
using Shop::orders;

/*
    Typed selects and typed conditions where models take queries and filters.
*/
class tst_TypedModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void queries_data() { ServerMatrix::addRows(); }
    void queries();
    void queriesThatDependOnTheServer_data() { ServerMatrix::addRows(); }
    void queriesThatDependOnTheServer();
    void filteredQueries_data() { ServerMatrix::addRows(); }
    void filteredQueries();
    void tables_data() { ServerMatrix::addRows(); }
    void tables();
    void tablesByOddNames_data() { ServerMatrix::addRows(); }
    void tablesByOddNames();

private:
    static void fill(ScratchSchema &schema);
};

void tst_TypedModels::fill(ScratchSchema &schema)
{
    schema.must(QString::fromLatin1(Shop::Customers<>::definition));
    schema.must(QString::fromLatin1(Shop::Orders<>::definition));
    schema.fill(
        QStringLiteral("customers"), QStringLiteral("id, name, born, active, settings"),
        QStringLiteral("n + 1, CONCAT('name ', n), IF(n % 10 = 0, NULL, '2000-01-01' + INTERVAL n DAY), "
                       "n % 2, IF(n % 100 = 0, '{\"a\": 1}', NULL)"),
        3000);
    schema.fill(QStringLiteral("orders"), QStringLiteral("id, customer_id, placed, total"),
                QStringLiteral("n + 1, n % 500 + 1, '2024-05-06 07:08:09', n / 4"), 2000);
}

namespace {

//! Whether \a model has loaded all rows; else it says why not.
bool load(QueryModel &model)
{
    model.load();
    if (QTest::qWaitFor(
            [&model] {
                return model.status() == QueryModel::Status::Ready
                    || model.status() == QueryModel::Status::Failed;
            },
            20'000)
        && model.status() == QueryModel::Status::Ready)
        return true;
    qWarning() << model.error();
    return false;
}

} // namespace

void tst_TypedModels::queries()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    fill(schema);
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setPool(&schema.pool);
    model.setFetchPolicy(QueryModel::FetchPolicy::All);
    model.setQuery(select(customers.name, sum(orders.total).as<"total">())
                       .from(customers)
                       .join(orders, orders.customerId == customers.id)
                       .where(customers.id <= 300 && customers.name.contains(u"name"))
                       .groupBy(customers.id, customers.name)
                       .orderBy(customers.id));
    QVERIFY(model.query().startsWith(u"SELECT `customers`.`name`"));
    QVERIFY(load(model));
    QCOMPARE(model.rowCount(), 300);
    QCOMPARE(model.index(7, 0).data().toString(), QStringLiteral("name 7"));
    // The server sorts it, and filters its result.
    model.sort(1, Qt::DescendingOrder);
    QVERIFY(load(model));
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("name 299"));
    model.setFilter(RowFilter(u"total", RowFilter::Less, 760) && RowFilter::endsWith(u"name", u"5"));
    QVERIFY(load(model));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("name 5"));
    // A text again, and back.
    model.setFilter(RowFilter());
    model.sort(-1);
    model.setQuery(QStringLiteral("SELECT 7 AS seven"));
    QVERIFY(load(model));
    QCOMPARE(model.index(0, 0).data().toInt(), 7);
    model.setFilter(customers.id == 5);
    model.load();
    QTRY_COMPARE(model.status(), QueryModel::Status::Failed);
    QCOMPARE(model.error().kind(), Error::Kind::Usage);
    QVERIFY2(model.errorString().contains(u"the query is text"), qPrintable(model.errorString()));
    model.setQuery(select(customers.id).from(customers));
    QVERIFY(load(model));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, 0).data(Qt::EditRole).toULongLong(), quint64(5));
}

void tst_TypedModels::queriesThatDependOnTheServer()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    fill(schema);
    QueryModel model;
    model.setPool(&schema.pool);
    model.setFetchPolicy(QueryModel::FetchPolicy::All);
    const auto even = select(customers.id).from(customers).where(customers.id % 2 == 0);
    const auto few = select(customers.id).from(customers).where(customers.id <= 10);
    model.setQuery(even.intersect(few));
    QVERIFY(model.query().isEmpty()); // not known before the server is
    model.sort(0, Qt::DescendingOrder);
    QVERIFY(load(model));
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(model.index(0, 0).data().toInt(), 10);
    model.sort(-1);
    model.setQuery(select(orders.id).from(orders).crossJoin(few.as<"few">().lateral()));
    model.load();
    if (live.isMySql()) {
        QTRY_COMPARE_WITH_TIMEOUT(model.status(), QueryModel::Status::Ready, 20'000);
        QCOMPARE(model.rowCount(), 20'000);
    } else {
        QTRY_COMPARE_WITH_TIMEOUT(model.status(), QueryModel::Status::Failed, 20'000);
        QCOMPARE(model.error().kind(), Error::Kind::Usage);
        QVERIFY2(model.errorString().contains(u"LATERAL needs MySQL"), qPrintable(model.errorString()));
    }
}

void tst_TypedModels::filteredQueries()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    fill(schema);
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setPool(&schema.pool);
    model.setFetchPolicy(QueryModel::FetchPolicy::All);
    // By columns that are not even selected; beside the condition of the query.
    model.setQuery(select(customers.name).from(customers).where(customers.id <= 100).orderBy(customers.id));
    model.setFilter(customers.active || customers.born.isNull());
    QVERIFY(load(model));
    QCOMPARE(model.rowCount(), 60);
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("name 0"));
    model.sort(0, Qt::DescendingOrder);
    QVERIFY(load(model));
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("name 99"));
    model.setFilter(RowFilter(customers.active) && !RowFilter(customers.name.endsWith(u"9")));
    QVERIFY(load(model));
    QCOMPARE(model.rowCount(), 40);
    model.setFilter(customers.id.in(select(orders.customerId).from(orders).where(orders.total < 1)));
    QVERIFY(load(model));
    QCOMPARE(model.rowCount(), 4);
    model.setFilter(RowFilter());
    model.sort(-1);
    model.setQuery(select(customers.id).from(customers).unionAll(select(orders.id).from(orders)));
    model.setFilter(customers.id == 1);
    model.load();
    QTRY_COMPARE(model.status(), QueryModel::Status::Failed);
    QVERIFY2(model.errorString().contains(u"as<>()"), qPrintable(model.errorString()));
}

void tst_TypedModels::tables()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    fill(schema);
    WatchedTable model(schema);
    model.setTable(customers);
    QCOMPARE(model.table(), QStringLiteral("customers"));
    model.setFilter(customers.id > 1000 && customers.id <= 3000);
    QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2000, 10'000);
    QCOMPARE(model.cell(1999, 0), QStringLiteral("3000"));
    QCOMPARE(model.cell(700, 0), QStringLiteral("1701"));
    // With those by name, the search, and sorted by a column of its own and by another one.
    model.setFilter(RowFilter(customers.active && customers.name.like(u"%7"))
                    && RowFilter(u"id", RowFilter::Less, 500));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 50, 10'000);
    QCOMPARE(model.cell(0, 1), QStringLiteral("name 7"));
    model.sort(1, Qt::DescendingOrder);
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, 1).data().toString(), QStringLiteral("name 97"), 10'000);
    model.setSearchText(QStringLiteral("name 3"));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 11, 10'000);
    model.setSearchText(QString());
    model.sort(-1);
    // A condition that servers write differently, and one with a subquery.
    model.setFilter(cast<double>(customers.id) > 2990.5);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 10, 10'000);
    model.setFilter(exists(select(orders.id).from(orders).where(orders.customerId == customers.id)));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 500, 10'000);
    QCOMPARE(model.cell(499, 0), QStringLiteral("500"));
    // A search among those shown.
    QSignalSpy found(&model, &TableModel::found);
    model.find(customers.name == u"name 321", -1);
    QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, 10'000);
    QCOMPARE(found.at(0).at(0).toInt(), 321);
    // Written rows are read again.
    QVERIFY(model.setData(model.index(321, 1), QStringLiteral("another")));
    model.submit();
    QTRY_COMPARE_WITH_TIMEOUT(
        schema.must(QStringLiteral("SELECT name FROM customers WHERE id = 322")).scalar<QString>().value(),
        QStringLiteral("another"), 10'000);
    // Of another table: the server says which column it does not know.
    model.setFilter(orders.id == 5);
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), TableModel::Status::Failed, 10'000);
    QCOMPARE(model.error().code(), 1054);
    QVERIFY2(model.errorString().contains(u"orders.id"), qPrintable(model.errorString()));
    model.setFilter(raw<bool>(u"id = ?"));
    QTRY_COMPARE_WITH_TIMEOUT(model.error().kind(), Error::Kind::Usage, 10'000);
}

// Tables are called by their own names in the model's statements: what else has a name there gives way.
void tst_TypedModels::tablesByOddNames()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    for (const QString &name :
         {QStringLiteral("w"), QStringLiteral("odd `name`"), QStringLiteral("select")}) {
        const QString quoted = *quoteIdentifier(name);
        schema.must(QStringLiteral("CREATE TABLE %1 (id INT PRIMARY KEY, v INT, KEY (v))").arg(quoted));
        schema.fill(quoted, QStringLiteral("id, v"), QStringLiteral("n, 5000 - n"), 5000);
        WatchedTable model(schema);
        model.setTable(name);
        model.sort(1);
        QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 5000, 10'000);
        for (const int row : {4999, 0, 3000, 1500, 3500})
            QCOMPARE(model.cell(row, 0), QString::number(4999 - row));
    }
}

QTEST_GUILESS_MAIN(tst_TypedModels)
#include "tst_typedmodels.moc"
