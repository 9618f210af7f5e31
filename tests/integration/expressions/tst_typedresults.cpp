// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "integration/expressions/kinds.h"
#include "support/task.h"

#include <QAsyncMySql/pool.h>
#include <QAsyncMySql/runtransaction.h>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Sql;
using Shop::customers;
using Shop::orders;

namespace {

//! As a program may have it: fields in the order of the columns.
struct Person
{
    quint64 id = 0;
    QString name;
    std::optional<QDate> born;
    QString total; // everything has a text
};

//! By the names of its properties.
class Entry
{
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(quint64 id MEMBER id)
    Q_PROPERTY(qint64 orderCount MEMBER orderCount)

public:
    QString name;
    quint64 id = 0;
    qint64 orderCount = 0;
};

//! Walks a typed cursor to its end: the number of rows, or -1.
template <class Cursor> qsizetype walk(Cursor &cursor)
{
    qsizetype count = 0;
    quint64 last = 0;
    for (;;) {
        const auto batch = await(cursor.nextBatch(30));
        if (!batch)
            return -1;
        if (batch->isEmpty())
            return count;
        for (const auto &row : cursor.rows(*batch)) {
            if (row[customers.id] < last || row.template get<"name">().isEmpty())
                return -1;
            last = row[customers.id];
            ++count;
        }
    }
}

} // namespace

/*
    Typed statements where a statement's text goes, and their typed results.
*/
class tst_TypedResults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rows_data() { ServerMatrix::addRows(); }
    void rows();
    void oneFirstScalar_data() { ServerMatrix::addRows(); }
    void oneFirstScalar();
    void pools_data() { ServerMatrix::addRows(); }
    void pools();
    void callbacks_data() { ServerMatrix::addRows(); }
    void callbacks();
    void coroutines_data() { ServerMatrix::addRows(); }
    void coroutines();
    void mapped_data() { ServerMatrix::addRows(); }
    void mapped();
    void transactions_data() { ServerMatrix::addRows(); }
    void transactions();
    void repeatedTransactions_data() { ServerMatrix::addRows(); }
    void repeatedTransactions();
    void cursors_data() { ServerMatrix::addRows(); }
    void cursors();
    void errors_data() { ServerMatrix::addRows(); }
    void errors();
    void cancelling_data() { ServerMatrix::addRows(); }
    void cancelling();
};

void tst_TypedResults::rows()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("typedrows"));
    QVERIFY2(Kinds::setUp(schema), qPrintable(schema.error()));
    const auto query
        = select(customers.id, customers.name, customers.born, orders.total, count().over(Window()).as<"n">())
              .from(customers)
              .leftJoin(orders, orders.customerId == customers.id)
              .where(customers.id >= 2)
              .orderBy(customers.id);
    const auto executed = await(schema.connection.execute(query));
    VERIFY_OK(executed);
    const auto queried = await(schema.connection.query(query));
    VERIFY_OK(queried);
    for (const auto &result : {*executed, *queried}) {
        QCOMPARE(result.size(), 4);
        const auto first = result[0];
        QCOMPARE(first[customers.id], quint64(2));
        QCOMPARE(first[customers.name], QStringLiteral("Grace"));
        QCOMPARE(first[customers.born], std::optional<QDate>(QDate(1906, 12, 9)));
        QCOMPARE(first[orders.total], Decimal::fromString(u"0.01"));
        QCOMPARE(first.get<"n">(), qint64(4));
        // Who has no order has no total, though the column is NOT NULL.
        QCOMPARE(result[2][orders.total], std::optional<Decimal>());
        qsizetype walked = 0;
        quint64 ids = 0;
        for (const auto &row : result) {
            const auto &[id, name, born, total, n] = row;
            static_assert(std::is_same_v<decltype(id), const quint64>);
            static_assert(std::is_same_v<decltype(total), const std::optional<Decimal>>);
            ids += id;
            QVERIFY(!name.isEmpty());
            QCOMPARE(n, 4);
            Q_UNUSED(born)
            ++walked;
        }
        QCOMPARE(walked, result.size());
        QCOMPARE(ids, quint64(2 + 3 + 4 + 5));
        QCOMPARE(result.result().columns().at(1).name(), QStringLiteral("name"));
    }

    const auto changed = await(schema.connection.execute(
        update(customers).set(customers.active = false).where(customers.id.in(1, 2))));
    VERIFY_OK(changed);
    QCOMPARE(changed->affectedRows(), quint64(2));
}

void tst_TypedResults::oneFirstScalar()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("typedone"));
    QVERIFY2(Kinds::setUp(schema), qPrintable(schema.error()));
    const auto names = select(customers.name).from(customers).orderBy(customers.id);
    const auto all = await(schema.connection.execute(names));
    const auto none = await(schema.connection.execute(names.where(customers.id == 99)));
    const auto one = await(schema.connection.execute(names.where(customers.id == 1)));
    VERIFY_OK(all);
    VERIFY_OK(none);
    VERIFY_OK(one);

    QCOMPARE(all->first()->get<0>(), QStringLiteral("Ada"));
    QVERIFY(!none->first());
    QCOMPARE(one->one()->get<0>(), QStringLiteral("Ada"));
    QCOMPARE(one->scalar().value(), QStringLiteral("Ada"));
    QCOMPARE(all->one().error().kind(), Error::Kind::Usage);
    QVERIFY(all->one().error().message().contains(u"gave 5 rows"));
    QVERIFY(none->one().error().message().contains(u"gave no row"));
    QVERIFY(none->scalar().error().message().contains(u"gave no row"));

    // A NULL where none was promised is an error for who asks, and not a value made up.
    const auto lie = await(
        schema.connection.execute(select(raw<int>(u"null").as<"n">(), raw<quint8>(u"300").as<"big">())));
    VERIFY_OK(lie);
    QCOMPARE(lie->scalar().error().kind(), Error::Kind::Conversion);
    QCOMPARE(lie->at(0).row().tryGet<quint8>(1).error().kind(), Error::Kind::Conversion);
}

void tst_TypedResults::pools()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("typedpool"));
    QVERIFY2(Kinds::setUp(schema), qPrintable(schema.error()));
    Pool pool(schema.options());
    // The pool has no connection yet, and so knows no server: what depends on it is decided when there is
    // one.
    const auto locked = select(customers.name).from(customers).where(customers.id == 3).forShare();
    QVERIFY(locked.statement().dependsOnServer());
    const auto result = await(pool.execute(locked));
    VERIFY_OK(result);
    QCOMPARE(result->one()->get<"name">(), QStringLiteral("Linus"));
    const auto upsert = insertInto(customers)
                            .columns(customers.id, customers.name)
                            .row(3, u"Linus T.")
                            .onDuplicateKeyUpdate(customers.name = inserted(customers.name));
    VERIFY_OK(await(pool.execute(upsert)));
    const auto changed = await(pool.query(locked));
    VERIFY_OK(changed);
    QCOMPARE(changed->scalar().value(), QStringLiteral("Linus T."));
    VERIFY_OK(await(pool.close()));
}

void tst_TypedResults::callbacks()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("typedcallback"));
    QVERIFY2(Kinds::setUp(schema), qPrintable(schema.error()));
    const auto query = select(orders.id, orders.total).from(orders).where(orders.id == 2);
    std::optional<Decimal> total;
    schema.connection.execute(
        this,
        [&](const Result<decltype(query)::ResultType> &result) {
            if (result)
                total = result->first().value()[orders.total];
        },
        query);
    QTRY_COMPARE(total, Decimal::fromString(u"99.99"));
}

void tst_TypedResults::coroutines()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("typedcoroutine"));
    QVERIFY2(Kinds::setUp(schema), qPrintable(schema.error()));
    bool done = false;
    QString name;
    quint64 affected = 0;
    [](Connection &connection, bool &ended, QString &found, quint64 &rows) -> Task {
        const auto result
            = co_await connection.execute(select(customers.id, customers.name)
                                              .from(customers)
                                              .where(customers.id == 1 && customers.name.in(u"Ada", u"x")));
        if (result && !result->isEmpty())
            found = result->at(0)[customers.name];
        const auto removed = co_await connection.execute(removeFrom(orders).where(orders.id > 3));
        if (removed)
            rows = removed->affectedRows();
        ended = true;
    }(schema.connection, done, name, affected);
    QTRY_VERIFY(done);
    QCOMPARE(name, QStringLiteral("Ada"));
    QCOMPARE(affected, quint64(2));
}

void tst_TypedResults::mapped()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("typedmapped"));
    QVERIFY2(Kinds::setUp(schema), qPrintable(schema.error()));
    const auto query = select(customers.id, customers.name, customers.born, orders.total)
                           .from(customers)
                           .join(orders, orders.customerId == customers.id)
                           .orderBy(orders.id);
    for (const auto &reply : {schema.connection.execute(query), schema.connection.query(query)}) {
        const auto rows = await(reply);
        VERIFY_OK(rows);
        const auto people = rows->to<Person>();
        VERIFY_OK(people);
        QCOMPARE(people->size(), 4);
        QCOMPARE(people->at(0).name, QStringLiteral("Ada"));
        QCOMPARE(people->at(0).total, QStringLiteral("10.50"));
        QCOMPARE(people->at(3).name, QStringLiteral("Linus"));
        QVERIFY(!people->at(3).born);
        const auto tuples = rows->to<std::tuple<qint64, QString, std::optional<QDate>, Decimal>>();
        VERIFY_OK(tuples);
        QCOMPARE(std::get<3>(tuples->at(1)), *Decimal::fromString(u"99.99"));
        const auto first = rows->one();
        QVERIFY(!first);
        const Result<Person> person = rows->first()->to<Person>();
        VERIFY_OK(person);
        QCOMPARE(person->born, std::optional<QDate>(QDate(1815, 12, 10)));
    }
    // By name, whatever the order.
    const auto counted
        = await(schema.connection.execute(select(count().as<"ordercount">(), customers.name, customers.id)
                                              .from(customers)
                                              .join(orders, orders.customerId == customers.id)
                                              .groupBy(customers.name, customers.id)
                                              .orderBy(customers.id)));
    VERIFY_OK(counted);
    const auto entries = counted->to<Entry>();
    VERIFY_OK(entries);
    QCOMPARE(entries->size(), 3);
    QCOMPARE(entries->at(0).orderCount, qint64(2));
    QCOMPARE(entries->at(1).name, QStringLiteral("Grace"));
    // What a type of C++ does not tell is told before the first row, with the column.
    const auto unknown = await(schema.connection.execute(select(customers.active).from(customers)));
    VERIFY_OK(unknown);
    const auto noProperty = unknown->to<Entry>();
    QCOMPARE(noProperty.error().kind(), Error::Kind::Conversion);
    QVERIFY2(noProperty.error().message().contains(u"\"active\""), qPrintable(noProperty.error().message()));
    const auto lie = await(schema.connection.execute(select(raw<QDate>(u"'2024-01-01' + 5").as<"day">())));
    VERIFY_OK(lie);
    const auto noDate = lie->to<std::tuple<QDate>>();
    QCOMPARE(noDate.error().kind(), Error::Kind::Conversion);
    QVERIFY2(noDate.error().message().contains(u"Column 1, \"day\""), qPrintable(noDate.error().message()));
    const auto names = await(schema.connection.execute(select(customers.name).from(customers)));
    VERIFY_OK(names);
    QCOMPARE(names->to<QString>()->size(), 5);
    const auto cursor = schema.connection.stream(query);
    const auto batch = await(cursor->nextBatch());
    VERIFY_OK(batch);
    QCOMPARE(cursor->rows(*batch).to<Person>()->size(), batch->size());
}

void tst_TypedResults::transactions()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("typedtransactions"));
    QVERIFY2(Kinds::setUp(schema), qPrintable(schema.error()));
    const auto all = select(count()).from(customers);
    Pool pool(schema.options());
    const auto begun = await(pool.begin());
    VERIFY_OK(begun);
    Transaction transaction = *begun;
    // With what servers write differently, in both protocols, and by callback.
    const auto upsert = insertInto(customers)
                            .columns(customers.id, customers.name)
                            .row(3, u"Linus T.")
                            .row(10, u"Margaret")
                            .onDuplicateKeyUpdate(customers.name = inserted(customers.name));
    VERIFY_OK(await(transaction.execute(upsert)));
    const auto locked = await(transaction.query(
        select(customers.id, customers.name).from(customers).where(customers.id == 3).forShare()));
    VERIFY_OK(locked);
    QCOMPARE(locked->one()->get<"name">(), QStringLiteral("Linus T."));
    qint64 inside = 0;
    transaction.execute(
        this,
        [&](const Result<decltype(all)::ResultType> &result) {
            inside = result ? result->scalar().valueOr(-1) : -1;
        },
        all);
    QTRY_COMPARE(inside, qint64(6));
    const auto inner = await(transaction.savepoint());
    VERIFY_OK(inner);
    Transaction savepoint = *inner;
    VERIFY_OK(await(savepoint.execute(removeFrom(customers).everyRow())));
    QCOMPARE(await(savepoint.execute(all))->scalar().value(), qint64(0));
    VERIFY_OK(await(savepoint.rollback()));
    QCOMPARE(await(transaction.execute(all))->scalar().value(), qint64(6));
    QCOMPARE(await(schema.connection.execute(all))->scalar().value(), qint64(5)); // nobody else sees it
    VERIFY_OK(await(transaction.commit()));
    QCOMPARE(await(schema.connection.execute(all))->scalar().value(), qint64(6));
    // A statement that is refused before it is sent leaves the transaction as it is.
    const auto again = await(schema.connection.begin());
    VERIFY_OK(again);
    Transaction second = *again;
    QCOMPARE(await(second.execute(removeFrom(customers))).error().kind(), Error::Kind::Usage);
    QVERIFY(second.isActive());
    VERIFY_OK(await(second.rollback()));
    QCOMPARE(await(second.execute(all)).error().kind(), Error::Kind::Usage);
    VERIFY_OK(await(pool.close()));
}

void tst_TypedResults::repeatedTransactions()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("typedrepeated"));
    QVERIFY2(Kinds::setUp(schema), qPrintable(schema.error()));
    const auto raise = update(orders).set(orders.total = orders.total * 2).where(orders.id == 2);
    const auto done = await(runTransaction(
        schema.connection, [&](Transaction &transaction) { return transaction.execute(raise); }));
    VERIFY_OK(done);
    QCOMPARE(done->affectedRows(), quint64(1));
    const auto refused = await(runTransaction(schema.connection, [&](Transaction &transaction) {
        static_cast<void>(transaction.execute(raise));
        return transaction.execute(select(orders.id).from(customers));
    }));
    QCOMPARE(refused.error().code(), 1054);
    const auto total
        = await(schema.connection.execute(select(orders.total).from(orders).where(orders.id == 2)));
    VERIFY_OK(total);
    QCOMPARE(total->scalar().value(), *Decimal::fromString(u"199.98"));
}

void tst_TypedResults::cursors()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("typedcursor"));
    QVERIFY2(Kinds::setUp(schema), qPrintable(schema.error()));
    constexpr auto other = customers.as<"other">();
    constexpr auto third = customers.as<"third">();
    const auto query = select(customers.id, other.name)
                           .from(customers)
                           .crossJoin(other)
                           .crossJoin(third)
                           .orderBy(customers.id);
    const auto cursor = schema.connection.stream(query);
    QCOMPARE(walk(*cursor), qsizetype(5 * 5 * 5));
    QVERIFY(!cursor->cursor().error().isError());

    // The same wherever statements run. What depends on the server is known once there is a connection.
    Pool pool(schema.options());
    QCOMPARE(walk(*pool.stream(query.forShare())), qsizetype(5 * 5 * 5));
    const auto begun = await(pool.begin());
    VERIFY_OK(begun);
    Transaction transaction = *begun;
    VERIFY_OK(await(transaction.execute(insertInto(customers).set(customers.name = u"Anita"))));
    QCOMPARE(walk(*transaction.stream(query.forShare())), qsizetype(6 * 6 * 6));
    const auto inner = await(transaction.savepoint());
    VERIFY_OK(inner);
    Transaction savepoint = *inner;
    QCOMPARE(walk(*savepoint.stream(query)), qsizetype(6 * 6 * 6));
    VERIFY_OK(await(transaction.rollback()));
    QCOMPARE(walk(*transaction.stream(query)), qsizetype(-1)); // it has ended
    const auto wrong = schema.connection.stream(select(orders.id, customers.name).from(customers));
    const auto none = await(wrong->nextBatch());
    QCOMPARE(none.error().code(), 1054);
    VERIFY_OK(await(pool.close()));
}

void tst_TypedResults::errors()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("typederrors"));
    QVERIFY2(Kinds::setUp(schema), qPrintable(schema.error()));
    // Of the server, with the statement's text.
    const auto missing = await(schema.connection.execute(select(orders.id).from(customers)));
    QCOMPARE(missing.error().kind(), Error::Kind::Server);
    QCOMPARE(missing.error().code(), 1054);
    QCOMPARE(missing.error().statement(), QStringLiteral("SELECT `orders`.`id` FROM `customers`"));
    // Before anything is sent: what would change every row, what cannot be bound, what the server lacks.
    for (const auto &refused : {removeFrom(customers), removeFrom(customers).where(raw<bool>(u"id = ?"))}) {
        const auto result = await(schema.connection.execute(refused));
        QCOMPARE(result.error().kind(), Error::Kind::Usage);
        QCOMPARE(result.error().outcome(), Error::Outcome::NotSent);
        QVERIFY2(result.error().message().startsWith(u"The statement cannot be sent: "),
                 qPrintable(result.error().message()));
    }
    if (live.isMySql()) {
        const auto lacking = await(schema.connection.execute(
            insertInto(customers).set(customers.name = u"x").returning(customers.id)));
        QCOMPARE(lacking.error().kind(), Error::Kind::Usage);
        QCOMPARE(lacking.error().outcome(), Error::Outcome::NotSent);
        QVERIFY(lacking.error().message().contains(u"RETURNING needs MariaDB"));
    }
    const auto count = await(schema.connection.execute(select(Sql::count()).from(customers)));
    VERIFY_OK(count);
    QCOMPARE(count->scalar().value(), 5);
}

void tst_TypedResults::cancelling()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("typedcancel"));
    QVERIFY2(schema.error().isEmpty(), qPrintable(schema.error()));
    auto reply = schema.connection.execute(select(function<int>("SLEEP", 60).as<"slept">()));
    QTRY_COMPARE(schema.connection.state(), Connection::State::Busy);
    reply.cancel();
    const auto result = await(reply);
    QCOMPARE(result.error().kind(), Error::Kind::Cancelled);
    const auto next = await(schema.connection.execute(select(value(7).as<"seven">())));
    VERIFY_OK(next);
    QCOMPARE(next->scalar().value(), 7);
}

QTEST_GUILESS_MAIN(tst_TypedResults)
#include "tst_typedresults.moc"
