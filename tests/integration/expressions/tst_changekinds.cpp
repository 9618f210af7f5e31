// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "integration/expressions/kinds.h"

#include <QtCore/QJsonObject>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Sql;
using namespace Kinds;
using Shop::customers;
using Shop::numbers;
using Shop::orders;

/*
    Each kind of statement that changes rows or tables, run on the servers, against SQL written by hand.
*/
class tst_ChangeKinds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writes_data() { ServerMatrix::addRows(); }
    void writes();
    void returning_data() { ServerMatrix::addRows(); }
    void returning();
    void definitions_data() { ServerMatrix::addRows(); }
    void definitions();

private:
    void compareChange(LiveSchema &schema, const SqlStatement &typed, const QString &byHand);
    QString dump(LiveSchema &schema);
};

QString tst_ChangeKinds::dump(LiveSchema &schema)
{
    return text(run(schema, SqlStatement(u"select * from customers order by id", {})))
        + text(run(schema, SqlStatement(u"select * from orders order by id", {})));
}

void tst_ChangeKinds::compareChange(LiveSchema &schema, const SqlStatement &typed, const QString &byHand)
{
    const QString before = dump(schema);
    const auto changed = [&](const SqlStatement &statement, bool prepared) {
        run(schema, SqlStatement(u"start transaction", {}), false);
        const quint64 rows = run(schema, statement, prepared).affectedRows();
        const QString after = dump(schema);
        run(schema, SqlStatement(u"rollback", {}), false);
        return QString(QString::number(rows) % u" rows\n" % after);
    };
    for (const bool prepared : {true, false}) {
        const QString actual = changed(typed, prepared);
        const QString expected = changed(SqlStatement(byHand), prepared);
        QVERIFY2(!expected.endsWith(before), qPrintable(byHand)); // it has changed something
        QVERIFY2(actual == expected,
                 qPrintable(QString(typed.text() % u'\n' % actual % byHand % u'\n' % expected)));
    }
}

void tst_ChangeKinds::writes()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("writes"));
    QVERIFY2(setUp(schema), qPrintable(schema.error()));
    const auto check = [&](const auto &change, const char *byHand) {
        compareChange(schema, change.statement(), QString::fromUtf8(byHand));
    };
    check(insertInto(customers).set(customers.id = 10, customers.name = u"O'Brien\\",
                                    customers.born = QDate(1990, 1, 2)),
          "insert into customers (id, name, born) values (10, concat('O''Brien', char(92)), '1990-01-02')");
    check(insertInto(customers)
              .columns(customers.id, customers.name, customers.active, customers.settings)
              .row(10, u"a", false, QJsonObject{{QStringLiteral("k"), 1}})
              .row(11, u"b", Default(), nullptr)
              .row(12, concat(u"c", u"d"), true, std::nullopt),
          "insert into customers (id, name, active, settings) values (10, 'a', 0, '{\"k\":1}'), (11, 'b', "
          "default, null), "
          "(12, concat('c', 'd'), 1, null)");
    check(
        insertInto(customers).ignore().columns(customers.id, customers.name).row(1, u"again").row(10, u"new"),
        "insert ignore into customers (id, name) values (1, 'again'), (10, 'new')");
    check(insertInto(customers)
              .columns(customers.id, customers.name)
              .row(1, u"Ada II")
              .row(10, u"new")
              .onDuplicateKeyUpdate(customers.name = concat(inserted(customers.name), u"!"),
                                    customers.active = false),
          "insert into customers (id, name) values (1, 'Ada II'), (10, 'new') on duplicate key update "
          "name = concat(values(name), '!'), active = 0");
    check(insertInto(customers)
              .columns(customers.id, customers.name)
              .from(select(orders.id + 20, concat(u"of ", orders.note))
                        .from(orders)
                        .where(orders.note.isNotNull())),
          "insert into customers (id, name) select id + 20, concat('of ', note) from orders where note is "
          "not null");
    check(
        insertInto(customers)
            .columns(customers.id, customers.name)
            .from(select(orders.id, concat(u"of ", orders.note)).from(orders).where(orders.note.isNotNull()))
            .onDuplicateKeyUpdate(customers.name = inserted(customers.name)),
        "insert into customers (id, name) select id, concat('of ', note) from orders where note is not null "
        "on duplicate "
        "key update name = values(name)");
    check(replaceInto(customers).set(customers.id = 1, customers.name = u"new"),
          "replace into customers (id, name) values (1, 'new')");
    check(
        update(orders).set(orders.total = orders.total * 2, orders.note = nullptr).where(orders.id.in(1, 2)),
        "update orders set total = total * 2, note = null where id in (1, 2)");
    check(update(orders).set(orders.note = Default()).everyRow(), "update orders set note = default");
    check(update(orders).set(orders.note = u"first").everyRow().orderBy(orders.placed).limit(2),
          "update orders set note = 'first' order by placed limit 2");
    check(update(orders)
              .join(customers, customers.id == orders.customerId)
              .set(orders.note = customers.name, customers.active = false)
              .where(customers.active),
          "update orders join customers on customers.id = customer_id set note = name, active = 0 where "
          "active");
    constexpr auto o = orders.as<"o">();
    check(update(o).set(o.note = u"x").where(o.id == 1), "update orders set note = 'x' where id = 1");
    check(removeFrom(orders).where(orders.total < 10), "delete from orders where total < 10");
    check(removeFrom(orders).everyRow().orderBy(orders.placed).limit(1),
          "delete from orders order by placed limit 1");
    check(removeFrom(orders)
              .leftJoin(customers, customers.id == orders.customerId)
              .where(customers.id.isNull()),
          "delete orders from orders left join customers on customers.id = customer_id where customers.id is "
          "null");
    check(removeFrom(o).where(o.id == 1), "delete from orders where id = 1");

    QVERIFY2(schema.setUp({QStringLiteral("create procedure `odd name`(in a int, in b varchar(20)) "
                                          "begin select a + 1 as n, concat(b, '!') as t; end")}),
             qPrintable(schema.error()));
    QCOMPARE(text(run(schema, Sql::call("odd name", 5, u"x").statement())),
             text(run(schema, SqlStatement(u"select 6 as n, 'x!' as t", {}))));
}

void tst_ChangeKinds::returning()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("returning"));
    QVERIFY2(setUp(schema), qPrintable(schema.error()));
    const auto insert = insertInto(customers)
                            .columns(customers.name)
                            .row(u"x")
                            .row(u"y")
                            .returning(customers.id, upper(customers.name).as<"big">(), customers.active);
    const auto removal = removeFrom(customers).where(customers.name.in(u"x", u"y")).returning(customers.name);
    if (live.isMySql()) {
        const auto refused = insert.statement().forServer(schema.dialect());
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind(), Error::Kind::Usage);
        QVERIFY2(refused.error().message().contains(u"RETURNING needs MariaDB"),
                 qPrintable(refused.error().message()));
        return;
    }
    const decltype(insert)::ResultType rows(run(schema, insert.statement()));
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0][customers.id], 6u);
    QCOMPARE(rows[1].get<"big">(), QStringLiteral("Y"));
    QCOMPARE(rows[1][customers.active], true);
    const decltype(removal)::ResultType removed(run(schema, removal.statement()));
    QCOMPARE(removed.size(), 2);
    QCOMPARE(removed[0][customers.name], QStringLiteral("x"));
}

void tst_ChangeKinds::definitions()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("definitions"));
    QVERIFY2(schema.error().isEmpty(), qPrintable(schema.error()));
    const auto shown = [&](const char *table) {
        return run(schema, SqlStatement(QString(u"show create table " % QLatin1StringView(table))))
            .at(0)
            .get<QString>(1);
    };
    // Made by hand, shown, dropped; made by types, shown: the same.
    QVERIFY2(schema.setUp({QStringLiteral(
                 "create table customers (id bigint unsigned not null auto_increment, name varchar(80) not "
                 "null default "
                 "'o''x' comment 'it''s a name', born date null, active boolean not null default true, "
                 "referrer_id bigint "
                 "unsigned null, settings json null, primary key (id), unique key customers_name (name), key "
                 "customers_born (born desc, name), constraint customers_referrer foreign key (referrer_id) "
                 "references "
                 "customers (id) on delete set null on update restrict, constraint customers_check check "
                 "(active < 2 and name "
                 "<> '`x`.`y`')) engine=InnoDB")}),
             qPrintable(schema.error()));
    const QString byHand = shown("customers");
    run(schema, dropTable(customers).statement());
    run(schema,
        createTable(customers)
            .columns(
                define(customers.id).autoIncrement(),
                define(customers.name, SqlType::varChar(80)).defaultValue(u"o'x").comment(u"it's a name"),
                define(customers.born), define(customers.active).defaultValue(true),
                define(customers.referrerId), define(customers.settings))
            .primaryKey(customers.id)
            .unique("customers_name", customers.name)
            .index("customers_born", customers.born.desc(), customers.name)
            .foreignKey("customers_referrer", customers.referrerId, customers.id, ReferenceAction::SetNull)
            .check("customers_check", customers.active < 2 && customers.name != u"`x`.`y`")
            .options(u"engine=InnoDB")
            .statement());
    QCOMPARE(shown("customers"), byHand);

    run(schema,
        createTable(orders)
            .columns(define(orders.id).autoIncrement(), define(orders.customerId),
                     define(orders.placed).defaultNow(6, true),
                     define(orders.total, SqlType::decimal(12, 2)).defaultValue(Decimal(0)),
                     define(orders.note, SqlType::enumeration({QStringLiteral("a"), QStringLiteral("b'c")})))
            .primaryKey(orders.id)
            .statement());
    const QString plain = shown("orders");
    QVERIFY(plain.contains(u"enum('a','b''c')"));
    run(schema, createTable(orders).ifNotExists().columns(define(orders.id)).statement());
    run(schema,
        alterTable(orders)
            .addForeignKey("orders_customer", orders.customerId, customers.id, ReferenceAction::Cascade)
            .addCheck("orders_total", orders.total >= Decimal(0))
            .modifyColumn(define(orders.note, SqlType::varChar(20)))
            .statement());
    run(schema, createIndex("orders_placed", orders.placed, orders.total.desc()).statement());
    run(schema, createUniqueIndex("orders_note", orders.note).statement());
    const QString full = shown("orders");
    QVERIFY2(full.contains(
                 u"CONSTRAINT `orders_customer` FOREIGN KEY (`customer_id`) REFERENCES `customers` (`id`) ON "
                 "DELETE CASCADE"),
             qPrintable(full));
    QVERIFY2(full.contains(u"orders_total"), qPrintable(full));
    QVERIFY2(full.contains(u"UNIQUE KEY `orders_note` (`note`)"), qPrintable(full));
    run(schema, dropIndex("orders_placed", orders).statement());
    run(schema, dropIndex("orders_note", orders).statement());
    run(schema, alterTable(orders).dropForeignKey("orders_customer").dropCheck("orders_total").statement());
    run(schema, alterTable(orders).dropColumn(orders.note).statement());
    QVERIFY(!shown("orders").contains(u"note"));
    run(schema, alterTable(orders).addColumn(define(orders.note, SqlType::text())).statement());
    QVERIFY(shown("orders").contains(u"`note` text"));
    if (live.isMariaDb()) {
        run(schema, createIndexIfNotExists("i", orders.placed).statement());
        run(schema, createIndexIfNotExists("i", orders.placed).statement());
        run(schema, dropIndexIfExists("i", orders).statement());
        run(schema, dropIndexIfExists("i", orders).statement());
    }
    run(schema, dropTableIfExists(orders).statement());
    run(schema, dropTableIfExists(orders).statement());
    run(schema,
        createTable(numbers)
            .temporary()
            .columns(define(numbers.id), define(numbers.a).generated(numbers.id * 2, true),
                     define(numbers.b).defaultValue(value(5) + 1), define(numbers.d).defaultValue(0.5))
            .statement());
    run(schema, insertInto(numbers).set(numbers.id = 21).statement());
    QCOMPARE(text(run(schema, select(numbers.a, numbers.b, numbers.d).from(numbers).statement())),
             QStringLiteral("42 6 0.5 \n"));
}

QTEST_GUILESS_MAIN(tst_ChangeKinds)
#include "tst_changekinds.moc"
