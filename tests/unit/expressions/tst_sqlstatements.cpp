// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/expressions/textcache.h"
#include "unit/expressions/shop.h"

#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Sql;
using Shop::customers;
using Shop::orders;

namespace {

constexpr Dialect MySql9 = Dialect::mySql(90704);
constexpr Dialect MariaDb10 = Dialect::mariaDb(101115);
constexpr Dialect MariaDb11 = Dialect::mariaDb(110806);

//! The text for a server, or the error's message; with ' for `.
template <class T> QString text(const T &statement, Dialect dialect = MySql9)
{
    const Result<SqlStatement> forServer = statement.statement().forServer(dialect);
    QString text = forServer ? forServer->text() : forServer.error().message();
    return text.replace(u'`', u'\'');
}

//! Why a statement is not sent; empty if it is.
template <class T> QString fault(const T &statement)
{
    const Parameters parameters = statement.statement().parameters();
    for (const Parameter &parameter : parameters) {
        if (!parameter.isValid())
            return parameter.error().message();
    }
    return QString();
}

} // namespace

/*
    Statements as text, for each server where they differ.
*/
class tst_SqlStatements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void selects();
    void clausesInAnyOrder();
    void selectsDoNotChange();
    void whatIsKeptIsNotUsedUp();
    void joinsMakeColumnsOptional();
    void setOperations();
    void tables();
    void locks();
    void inserts();
    void insertsFromSelects();
    void returning();
    void updates();
    void removals();
    void everyRowMustBeMeant();
    void calls();
    void definesTables();
    void altersTables();
    void definesIndexes();
    void lacksAreErrorsBeforeSending();
    void textsAreShared();
};

void tst_SqlStatements::selects()
{
    QCOMPARE(
        text(select(customers.id, count().as<"n">())
                 .distinct()
                 .from(customers)
                 .join(orders, orders.customerId == customers.id)
                 .where(customers.active)
                 .where(orders.total > 5)
                 .groupBy(customers.id)
                 .having(count() > 2)
                 .orderBy(customers.id, count().desc())
                 .limit(10)
                 .offset(20)),
        QStringLiteral("SELECT DISTINCT 'customers'.'id', COUNT(*) AS 'n' FROM 'customers' JOIN 'orders' ON "
                       "'orders'.'customer_id' = 'customers'.'id' WHERE 'customers'.'active' AND "
                       "'orders'.'total' > ? GROUP BY 'customers'.'id' HAVING COUNT(*) > ? ORDER BY "
                       "'customers'.'id', COUNT(*) DESC LIMIT ? OFFSET ?"));
    QCOMPARE(text(select(value(1).as<"one">())), QStringLiteral("SELECT ? AS 'one'"));
    QCOMPARE(
        text(select(orders.all(), customers.name).from(orders).crossJoin(customers)),
        QStringLiteral("SELECT 'orders'.'id', 'orders'.'customer_id', 'orders'.'placed', 'orders'.'total', "
                       "'orders'.'note', 'customers'.'name' FROM 'orders' CROSS JOIN 'customers'"));
    const auto sums = sum(orders.total).as<"sum">();
    QCOMPARE(
        text(select(orders.customerId, sums)
                 .from(orders)
                 .groupBy(orders.customerId)
                 .withRollup()
                 .orderBy(sums)),
        QStringLiteral("SELECT 'orders'.'customer_id', SUM('orders'.'total') AS 'sum' FROM 'orders' GROUP BY "
                       "'orders'.'customer_id' WITH ROLLUP ORDER BY 'sum'"));
    QCOMPARE(text(select(orders.id).from(orders).hint(u"NO_INDEX_MERGE(orders)")),
             QStringLiteral("SELECT /*+ NO_INDEX_MERGE(orders) */ 'orders'.'id' FROM 'orders'"));

    QVERIFY(fault(select(orders.id).from(orders).hint(u"*/ evil")).contains(u"end of a comment"));
    QVERIFY(fault(select(orders.id).from(orders).offset(5)).contains(u"no limit()"));
    QVERIFY(fault(select(orders.id).from(orders).from(customers)).contains(u"two from()"));
    QVERIFY(fault(select(orders.id).join(customers, customers.id == orders.id)).contains(u"no from()"));
}

void tst_SqlStatements::clausesInAnyOrder()
{
    const auto inOrder = select(customers.id, (customers.id + 1).as<"next">())
                             .distinct()
                             .from(customers)
                             .join(orders, orders.customerId == customers.id && orders.total > 2)
                             .where(customers.id == 3 || customers.active)
                             .where(customers.id != 4)
                             .groupBy(customers.id)
                             .withRollup()
                             .having(count() > 5 || count() < 6)
                             .having(count() != 7)
                             .orderBy(customers.id + 8)
                             .limit(9)
                             .offset(10)
                             .forUpdate();
    const auto backwards = select(customers.id, (customers.id + 1).as<"next">())
                               .forShare()
                               .forUpdate()
                               .offset(10)
                               .limit(1)
                               .orderBy(customers.id + 8)
                               .having(count() > 5 || count() < 6)
                               .having(count() != 7)
                               .withRollup()
                               .limit(9)
                               .groupBy(customers.id)
                               .where(customers.id == 3 || customers.active)
                               .from(customers)
                               .join(orders, orders.customerId == customers.id && orders.total > 2)
                               .where(customers.id != 4)
                               .distinct();
    QCOMPARE(text(backwards), text(inOrder));
    QCOMPARE(backwards.statement().parameters(), inOrder.statement().parameters());
    QCOMPARE(inOrder.statement().parameters(), (Parameters{1, 2, 3, 4, 5, 6, 7, 8, quint64(9), quint64(10)}));
    QVERIFY(text(inOrder).contains(
        u"WHERE ('customers'.'id' = ? OR 'customers'.'active') AND 'customers'.'id' <> ? "
        "GROUP BY"));
    // Nothing adds nothing.
    QCOMPARE(text(select(orders.id).where(Condition()).from(orders).where(orders.id == 1).where(Condition())),
             QStringLiteral("SELECT 'orders'.'id' FROM 'orders' WHERE 'orders'.'id' = ?"));
    // What a union cannot have, it does not lose silently.
    const auto both = select(orders.id).from(orders).unionAll(select(customers.id).from(customers));
    QVERIFY(fault(both.groupBy(orders.id)).contains(u"groupBy() behind a UNION"));
    QVERIFY(fault(both.having(count() > 1)).contains(u"having() behind a UNION"));
    QVERIFY(fault(both.join(customers, customers.id == 1)).contains(u"join() behind a UNION"));
    QVERIFY(fault(both.distinct()).contains(u"distinct() behind a UNION"));
}

void tst_SqlStatements::selectsDoNotChange()
{
    const auto all = select(customers.id).from(customers);
    const auto some = all.where(customers.active);
    const auto few = some.where(customers.id < 5).limit(3);
    QCOMPARE(text(all), QStringLiteral("SELECT 'customers'.'id' FROM 'customers'"));
    QCOMPARE(text(some),
             QStringLiteral("SELECT 'customers'.'id' FROM 'customers' WHERE 'customers'.'active'"));
    QCOMPARE(text(few),
             QStringLiteral("SELECT 'customers'.'id' FROM 'customers' WHERE 'customers'.'active' AND "
                            "'customers'.'id' < ? LIMIT ?"));
}

// Temporaries give their memory away; conditions, assignments and statements with a name do not.
void tst_SqlStatements::whatIsKeptIsNotUsedUp()
{
    const auto large = orders.total > 5;
    const auto note = (orders.note = u"x");
    const auto computed = (orders.total = orders.total + 1);
    const auto changed = update(orders).set(note, computed);
    const auto added = insertInto(orders).set(note);
    const auto found = select(orders.id).from(orders).where(large && orders.id < 9);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(text(changed.where(large).limit(3)),
                 QStringLiteral("UPDATE 'orders' SET 'orders'.'note' = ?, 'orders'.'total' = "
                                "'orders'.'total' + ? WHERE 'orders'.'total' > ? LIMIT ?"));
        QCOMPARE(changed.where(large).limit(3).statement().parameters(), (Parameters{u"x", 1, 5, 3U}));
        QCOMPARE(
            text(insertInto(orders).set(note).onDuplicateKeyUpdate(note), MariaDb11),
            QStringLiteral("INSERT INTO 'orders' ('note') VALUES (?) ON DUPLICATE KEY UPDATE 'note' = ?"));
        QCOMPARE(insertInto(orders).set(note).onDuplicateKeyUpdate(note).statement().parameters(),
                 (Parameters{u"x", u"x"}));
        QCOMPARE(added.ignore().statement().parameters(), (Parameters{u"x"}));
        QCOMPARE(text(found.orderBy(orders.id).limit(1)),
                 QStringLiteral("SELECT 'orders'.'id' FROM 'orders' WHERE 'orders'.'total' > ? AND "
                                "'orders'.'id' < ? ORDER BY 'orders'.'id' LIMIT ?"));
        QCOMPARE(found.orderBy(orders.id).limit(1).statement().parameters(), (Parameters{5, 9, 1U}));
        QCOMPARE(
            text(found.leftJoin(customers, customers.id == orders.customerId && large)),
            QStringLiteral("SELECT 'orders'.'id' FROM 'orders' LEFT JOIN 'customers' ON 'customers'.'id' "
                           "= 'orders'.'customer_id' AND 'orders'.'total' > ? WHERE 'orders'.'total' > ? "
                           "AND 'orders'.'id' < ?"));
        QCOMPARE(found.statement().parameters(), (Parameters{5, 9}));
        const auto rows = insertInto(orders).columns(orders.total, orders.note);
        QCOMPARE(rows.row(1, u"a").statement().parameters(), (Parameters{1, u"a"}));
        const QList<int> list{1, 2};
        const auto several = rows.rows(list, [](int n, auto &&row) { row(n, nullptr); });
        QCOMPARE(several.statement().parameters(), (Parameters{1, nullptr, 2, nullptr}));
        QCOMPARE(
            rows.rows(list, [](int n, auto &&row) { row(n, u"b"); }).row(3, u"c").statement().parameters(),
            (Parameters{1, u"b", 2, u"b", 3, u"c"}));
    }
}

void tst_SqlStatements::joinsMakeColumnsOptional()
{
    const auto left = select(customers.id, orders.id, orders.note)
                          .from(customers)
                          .leftJoin(orders, orders.customerId == customers.id);
    using LeftRow = decltype(left)::ResultType::value_type;
    static_assert(std::is_same_v<decltype(std::declval<LeftRow>()[customers.id]), quint64>);
    static_assert(std::is_same_v<decltype(std::declval<LeftRow>()[orders.id]), std::optional<quint64>>);
    static_assert(std::is_same_v<decltype(std::declval<LeftRow>()[orders.note]), std::optional<QString>>);

    const auto right = select(customers.id, orders.id)
                           .from(customers)
                           .rightJoin(orders, orders.customerId == customers.id);
    using RightRow = decltype(right)::ResultType::value_type;
    static_assert(std::is_same_v<decltype(std::declval<RightRow>()[customers.id]), std::optional<quint64>>);
    static_assert(std::is_same_v<decltype(std::declval<RightRow>()[orders.id]), quint64>);
    QCOMPARE(text(right),
             QStringLiteral("SELECT 'customers'.'id', 'orders'.'id' FROM 'customers' RIGHT JOIN 'orders' ON "
                            "'orders'.'customer_id' = 'customers'.'id'"));

    constexpr auto boss = customers.as<"boss">();
    const auto self = select(customers.name, boss.name.as<"boss">())
                          .from(customers)
                          .leftJoin(boss, boss.id == customers.referrerId);
    QCOMPARE(text(self),
             QStringLiteral("SELECT 'customers'.'name', 'boss'.'name' AS 'boss' FROM 'customers' LEFT JOIN "
                            "'customers' AS 'boss' ON 'boss'.'id' = 'customers'.'referrer_id'"));
}

void tst_SqlStatements::setOperations()
{
    const auto a = select(customers.id).from(customers);
    const auto b = select(orders.customerId).from(orders);
    QCOMPARE(text(a.unionWith(b).unionAll(a).orderBy(customers.id.desc()).limit(3)),
             QStringLiteral(
                 "SELECT 'customers'.'id' FROM 'customers' UNION SELECT 'orders'.'customer_id' FROM "
                 "'orders' UNION ALL SELECT 'customers'.'id' FROM 'customers' ORDER BY 'id' DESC LIMIT ?"));
    QCOMPARE(
        text(a.unionWith(b).intersect(a)),
        QStringLiteral("(SELECT 'customers'.'id' FROM 'customers' UNION SELECT 'orders'.'customer_id' FROM "
                       "'orders') INTERSECT SELECT 'customers'.'id' FROM 'customers'"));
    QCOMPARE(text(a.limit(1).unionAll(b.orderBy(orders.id).limit(1))),
             QStringLiteral("(SELECT 'customers'.'id' FROM 'customers' LIMIT ?) UNION ALL (SELECT "
                            "'orders'.'customer_id' FROM 'orders' ORDER BY 'orders'.'id' LIMIT ?)"));
    QCOMPARE(
        text(a.except(b)),
        QStringLiteral("SELECT 'customers'.'id' FROM 'customers' EXCEPT SELECT 'orders'.'customer_id' FROM "
                       "'orders'"));
    QVERIFY(fault(a.unionAll(b).where(customers.id == 1)).contains(u"behind a UNION"));
}

void tst_SqlStatements::tables()
{
    const auto totals = select(orders.customerId, sum(orders.total).as<"total">())
                            .from(orders)
                            .groupBy(orders.customerId)
                            .as<"totals">();
    const auto query = select(customers.name, totals.column<"total">())
                           .from(customers)
                           .join(totals, totals.column<"customer_id">() == customers.id);
    QCOMPARE(
        text(query),
        QStringLiteral("SELECT 'customers'.'name', 'totals'.'total' FROM 'customers' JOIN (SELECT "
                       "'orders'.'customer_id', SUM('orders'.'total') AS 'total' FROM 'orders' GROUP BY "
                       "'orders'.'customer_id') AS 'totals' ON 'totals'.'customer_id' = 'customers'.'id'"));
    QCOMPARE(text(select(totals.column<"total">()).from(customers).crossJoin(totals.lateral())),
             QStringLiteral("SELECT 'totals'.'total' FROM 'customers' CROSS JOIN LATERAL (SELECT "
                            "'orders'.'customer_id', SUM('orders'.'total') AS 'total' FROM 'orders' GROUP BY "
                            "'orders'.'customer_id') AS 'totals'"));

    const auto tree = commonTable<"tree">(select(customers.id, value(0).as<"depth">())
                                              .from(customers)
                                              .where(customers.referrerId.isNull()))
                          .unionAll([](const auto &above) {
                              return select(customers.id, above.template column<"depth">() + 1)
                                  .from(customers)
                                  .join(above, above.template column<"id">() == customers.referrerId);
                          });
    QCOMPARE(text(select(tree.column<"depth">(), count().as<"n">())
                      .with(tree)
                      .from(tree)
                      .groupBy(tree.column<"depth">())),
             QStringLiteral(
                 "WITH RECURSIVE 'tree' AS (SELECT 'customers'.'id', ? AS 'depth' FROM 'customers' WHERE "
                 "'customers'.'referrer_id' IS NULL UNION ALL SELECT 'customers'.'id', 'tree'.'depth' + ? "
                 "FROM 'customers' JOIN 'tree' ON 'tree'.'id' = 'customers'.'referrer_id') SELECT "
                 "'tree'.'depth', COUNT(*) AS 'n' FROM 'tree' GROUP BY 'tree'.'depth'"));
}

void tst_SqlStatements::locks()
{
    const auto query = select(orders.id).from(orders);
    const QString plain = QStringLiteral("SELECT 'orders'.'id' FROM 'orders'");
    QCOMPARE(text(query.forUpdate()), QString(plain + u" FOR UPDATE"));
    QCOMPARE(text(query.forUpdate(LockWait::NoWait), MariaDb10), QString(plain + u" FOR UPDATE NOWAIT"));
    QCOMPARE(text(query.forUpdate(LockWait::SkipLocked), MariaDb10),
             QString(plain + u" FOR UPDATE SKIP LOCKED"));
    QCOMPARE(text(query.forShare(), MySql9), QString(plain + u" FOR SHARE"));
    QCOMPARE(text(query.forShare(), MariaDb11), QString(plain + u" LOCK IN SHARE MODE"));
    QCOMPARE(text(query.forUpdateOf(orders)), QString(plain + u" FOR UPDATE OF 'orders'"));
}

void tst_SqlStatements::inserts()
{
    const auto one = insertInto(customers).set(customers.name = u"Ada", customers.born = nullptr,
                                               customers.active = true);
    QCOMPARE(text(one),
             QStringLiteral("INSERT INTO 'customers' ('name', 'born', 'active') VALUES (?, ?, ?)"));
    QCOMPARE(one.statement().parameters(), (Parameters{u"Ada", nullptr, true}));
    QVERIFY(!one.statement().dependsOnServer());

    const auto more = insertInto(customers)
                          .ignore()
                          .columns(customers.name, customers.born)
                          .row(u"Ada", QDate(1815, 12, 10))
                          .row(customers.name, std::optional<QDate>())
                          .row(Default(), today());
    QCOMPARE(text(more),
             QStringLiteral(
                 "INSERT IGNORE INTO 'customers' ('name', 'born') VALUES (?, ?), ('customers'.'name', ?), "
                 "(DEFAULT, CURRENT_DATE())"));

    const QList<std::pair<QString, int>> people{{QStringLiteral("a"), 1}, {QStringLiteral("b"), 2}};
    const auto upsert
        = insertInto(customers)
              .columns(customers.name, customers.referrerId)
              .rows(people, [](const auto &person, auto row) { row(person.first, person.second); })
              .onDuplicateKeyUpdate(customers.referrerId = inserted(customers.referrerId),
                                    customers.active = true);
    QCOMPARE(
        text(upsert, MySql9),
        QStringLiteral("INSERT INTO 'customers' ('name', 'referrer_id') VALUES (?, ?), (?, ?) AS 'new' ON "
                       "DUPLICATE KEY UPDATE 'referrer_id' = 'new'.'referrer_id', 'active' = ?"));
    QCOMPARE(text(upsert, MariaDb10),
             QStringLiteral(
                 "INSERT INTO 'customers' ('name', 'referrer_id') VALUES (?, ?), (?, ?) ON DUPLICATE KEY "
                 "UPDATE 'referrer_id' = VALUES('referrer_id'), 'active' = ?"));
    QCOMPARE(upsert.statement().parameters(), (Parameters{u"a", 1, u"b", 2, true}));

    QCOMPARE(text(replaceInto(customers).set(customers.name = u"x")),
             QStringLiteral("REPLACE INTO 'customers' ('name') VALUES (?)"));
    QVERIFY(fault(insertInto(customers).columns(customers.name).end()).contains(u"no rows"));
}

void tst_SqlStatements::insertsFromSelects()
{
    const auto copy = insertInto(customers)
                          .columns(customers.name, customers.referrerId)
                          .from(select(concat(customers.name, u" II"), customers.id).from(customers))
                          .onDuplicateKeyUpdate(customers.referrerId = inserted(customers.referrerId));
    const QString expected
        = QStringLiteral("INSERT INTO 'customers' ('name', 'referrer_id') SELECT CONCAT('customers'.'name', "
                         "?), 'customers'.'id' FROM "
                         "'customers' ON DUPLICATE KEY UPDATE 'referrer_id' = VALUES('referrer_id')");
    QCOMPARE(text(copy, MySql9), expected);
    QCOMPARE(text(copy, MariaDb10), expected);
}

void tst_SqlStatements::returning()
{
    const auto insert = insertInto(customers)
                            .set(customers.name = u"x")
                            .returning(customers.id, concat(customers.name, u"!").as<"greeting">());
    QCOMPARE(text(insert, MariaDb10),
             QStringLiteral(
                 "INSERT INTO 'customers' ('name') VALUES (?) RETURNING 'id', CONCAT('customers'.'name', ?) "
                 "AS 'greeting'"));
    using Row = decltype(insert)::ResultType::value_type;
    static_assert(std::is_same_v<decltype(std::declval<Row>()[customers.id]), quint64>);
    const auto removal = removeFrom(customers).where(customers.id == 5).returning(customers.name);
    QCOMPARE(text(removal, MariaDb11),
             QStringLiteral("DELETE FROM 'customers' WHERE 'customers'.'id' = ? RETURNING 'name'"));
}

void tst_SqlStatements::updates()
{
    QCOMPARE(text(update(orders)
                      .set(orders.total = orders.total * 2, orders.note = std::nullopt)
                      .where(orders.id == 5)
                      .orderBy(orders.id)
                      .limit(1)),
             QStringLiteral(
                 "UPDATE 'orders' SET 'orders'.'total' = 'orders'.'total' * ?, 'orders'.'note' = ? WHERE "
                 "'orders'.'id' = ? ORDER BY 'orders'.'id' LIMIT ?"));
    QCOMPARE(
        text(update(orders)
                 .join(customers, customers.id == orders.customerId)
                 .set(orders.note = customers.name)
                 .where(customers.active)),
        QStringLiteral("UPDATE 'orders' JOIN 'customers' ON 'customers'.'id' = 'orders'.'customer_id' SET "
                       "'orders'.'note' = 'customers'.'name' WHERE 'customers'.'active'"));
    QVERIFY(
        fault(update(orders).join(customers, customers.active).set(orders.note = u"x").everyRow().limit(1))
            .contains(u"joins"));
    QVERIFY(fault(update(orders).everyRow()).contains(u"no set()"));
}

void tst_SqlStatements::removals()
{
    QCOMPARE(
        text(removeFrom(orders).where(orders.id < 5).orderBy(orders.placed).limit(10)),
        QStringLiteral("DELETE FROM 'orders' WHERE 'orders'.'id' < ? ORDER BY 'orders'.'placed' LIMIT ?"));
    QCOMPARE(text(removeFrom(orders)
                      .leftJoin(customers, customers.id == orders.customerId)
                      .where(customers.id.isNull())),
             QStringLiteral("DELETE 'orders' FROM 'orders' LEFT JOIN 'customers' ON 'customers'.'id' = "
                            "'orders'.'customer_id' WHERE 'customers'.'id' IS NULL"));
}

void tst_SqlStatements::everyRowMustBeMeant()
{
    QVERIFY(fault(removeFrom(orders)).contains(u"everyRow()"));
    QVERIFY(fault(removeFrom(orders).where(Condition())).contains(u"everyRow()"));
    QVERIFY(fault(update(orders).set(orders.note = u"x")).contains(u"everyRow()"));
    QCOMPARE(fault(removeFrom(orders).everyRow()), QString());
    QCOMPARE(text(removeFrom(orders).everyRow()), QStringLiteral("DELETE FROM 'orders'"));
}

void tst_SqlStatements::calls()
{
    const auto statement = Sql::call("archive`s", 5, u"x");
    QCOMPARE(statement.statement().text(), QStringLiteral("CALL `archive``s`(?, ?)"));
    QCOMPARE(statement.statement().parameters(), (Parameters{5, u"x"}));
}

void tst_SqlStatements::definesTables()
{
    const auto create
        = createTable(orders)
              .ifNotExists()
              .columns(
                  define(orders.id).autoIncrement(), define(orders.customerId),
                  define(orders.placed).defaultNow(6, true),
                  define(orders.total, SqlType::decimal(12, 2)).defaultValue(Decimal(0)).comment(u"it's net"),
                  define(orders.note, SqlType::varChar(200)).collation("utf8mb4_bin"))
              .primaryKey(orders.id)
              .unique("orders_once", orders.customerId, orders.placed.desc())
              .index("orders_note", orders.note)
              .foreignKey("orders_customer", orders.customerId, customers.id, ReferenceAction::Cascade)
              .check("orders_total", orders.total >= 0 && orders.note != u"`orders`.`x`")
              .options(u"ENGINE=InnoDB");
    QCOMPARE(text(create),
             QStringLiteral(
                 "CREATE TABLE IF NOT EXISTS 'orders' ('id' BIGINT UNSIGNED NOT NULL AUTO_INCREMENT, "
                 "'customer_id' BIGINT UNSIGNED NOT NULL, 'placed' DATETIME(6) NOT NULL DEFAULT "
                 "CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6), 'total' DECIMAL(12, 2) NOT NULL "
                 "DEFAULT 0 COMMENT 'it''s net', 'note' VARCHAR(200) COLLATE 'utf8mb4_bin' NULL, PRIMARY "
                 "KEY ('id'), UNIQUE KEY 'orders_once' ('customer_id', 'placed' DESC), KEY 'orders_note' "
                 "('note'), CONSTRAINT 'orders_customer' FOREIGN KEY ('customer_id') REFERENCES "
                 "'customers' ('id') ON DELETE CASCADE ON UPDATE RESTRICT, CONSTRAINT 'orders_total' CHECK "
                 "('total' >= 0 AND 'note' <> ''orders'.'x'')) ENGINE=InnoDB"));
    QVERIFY(create.statement().parameters().isEmpty());
    QCOMPARE(text(createTable(Shop::numbers)
                      .temporary()
                      .columns(define(Shop::numbers.id),
                               define(Shop::numbers.a).generated(Shop::numbers.id * 2, true),
                               define(Shop::numbers.b).defaultValue(Shop::numbers.id + 1))),
             QStringLiteral(
                 "CREATE TEMPORARY TABLE 'numbers' ('id' INT NOT NULL, 'a' BIGINT GENERATED ALWAYS AS ('id' "
                 "* 2) STORED, 'b' BIGINT NULL DEFAULT ('id' + 1))"));
    QCOMPARE(SqlType::enumeration({QStringLiteral("a"), QStringLiteral("b'c")}).sql(),
             QByteArray("ENUM('a','b''c')"));
}

void tst_SqlStatements::altersTables()
{
    QCOMPARE(text(alterTable(orders)
                      .addColumn(define(orders.note, SqlType::text()))
                      .dropColumn(orders.total)
                      .addForeignKey("fk", orders.customerId, customers.id)
                      .dropForeignKey("old")
                      .addCheck("c", orders.id > 5)
                      .dropCheck("d")),
             QStringLiteral(
                 "ALTER TABLE 'orders' ADD COLUMN 'note' TEXT NULL, DROP COLUMN 'total', ADD CONSTRAINT 'fk' "
                 "FOREIGN KEY ('customer_id') REFERENCES 'customers' ('id') ON DELETE RESTRICT ON UPDATE "
                 "RESTRICT, DROP FOREIGN KEY 'old', ADD CONSTRAINT 'c' CHECK ('id' > 5), DROP CONSTRAINT "
                 "'d'"));
    QVERIFY(fault(alterTable(orders)).contains(u"without anything to alter"));
    QCOMPARE(text(dropTableIfExists(orders)), QStringLiteral("DROP TABLE IF EXISTS 'orders'"));
}

void tst_SqlStatements::definesIndexes()
{
    QCOMPARE(text(createIndex("i", orders.customerId, orders.placed.desc())),
             QStringLiteral("CREATE INDEX 'i' ON 'orders' ('customer_id', 'placed' DESC)"));
    QCOMPARE(text(createUniqueIndex("u", orders.note)),
             QStringLiteral("CREATE UNIQUE INDEX 'u' ON 'orders' ('note')"));
    QCOMPARE(text(dropIndex("i", orders)), QStringLiteral("DROP INDEX 'i' ON 'orders'"));
    QCOMPARE(text(dropIndexIfExists("i", orders), MariaDb10),
             QStringLiteral("DROP INDEX IF EXISTS 'i' ON 'orders'"));
    QVERIFY(text(dropIndexIfExists("i", orders)).startsWith(u"DROP INDEX IF EXISTS needs MariaDB"));
}

void tst_SqlStatements::lacksAreErrorsBeforeSending()
{
    const auto insert = insertInto(customers).set(customers.name = u"x").returning(customers.id);
    const Result<SqlStatement> refused = insert.statement().forServer(MySql9);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::Usage);
    QCOMPARE(refused.error().outcome(), Error::Outcome::NotSent);
    QCOMPARE(refused.error().message(),
             QStringLiteral(
                 "INSERT ... RETURNING needs MariaDB 10.5.0, and the server is MySQL 9.7.4; read the row "
                 "with a select, by lastInsertId()."));
    const auto query = select(orders.id).from(orders);
    QVERIFY(text(query.forUpdateOf(orders), MariaDb11).startsWith(u"FOR UPDATE OF needs MySQL 8.0.1"));
    QVERIFY(text(query.forUpdate(LockWait::SkipLocked), Dialect::mariaDb(100500))
                .startsWith(u"SKIP LOCKED needs"));
    QVERIFY(text(query.intersect(query), Dialect::mySql(80000))
                .startsWith(u"INTERSECT needs MySQL 8.0.31 or MariaDB"));
}

void tst_SqlStatements::textsAreShared()
{
    const auto query
        = [](int id) { return select(orders.note).from(orders).where(orders.id == id).statement(); };
    const SqlStatement first = query(1);
    const qsizetype texts = Sql::Internal::cachedTexts();
    const SqlStatement second = query(2);
    QCOMPARE(Sql::Internal::cachedTexts(), texts);
    QVERIFY(first.text().constData() == second.text().constData());
    QVERIFY(first.parameters() != second.parameters());

    // As bounded as any cache: a program that makes new shapes for ever does not fill the memory.
    QList<int> ids;
    for (int i = 0; i < 2000; ++i) {
        ids.append(i);
        if (select(orders.note).from(orders).where(orders.id.in(ids)).statement().text().isEmpty())
            QFAIL("no text");
    }
    QVERIFY(Sql::Internal::cachedTexts() <= 512);
}

QTEST_APPLESS_MAIN(tst_SqlStatements)
#include "tst_sqlstatements.moc"
