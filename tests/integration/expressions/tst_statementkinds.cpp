// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "integration/expressions/kinds.h"

using namespace QAsyncMySql;
using namespace QAsyncMySql::Sql;
using namespace Kinds;
using Shop::customers;
using Shop::numbers;
using Shop::orders;

/*
    Each kind of expression and of select, run on the servers, against SQL written by hand.
*/
class tst_StatementKinds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expressions_data() { ServerMatrix::addRows(); }
    void expressions();
    void functions_data() { ServerMatrix::addRows(); }
    void functions();
    void selects_data() { ServerMatrix::addRows(); }
    void selects();
    void sqlModes_data() { ServerMatrix::addRows(); }
    void sqlModes();

private:
    void compare(LiveSchema &schema, const SqlStatement &typed, const QString &byHand);
    template <class E> void compareValue(LiveSchema &schema, const E &expression, const QString &byHand);
};

void tst_StatementKinds::compare(LiveSchema &schema, const SqlStatement &typed, const QString &byHand)
{
    for (const bool prepared : {true, false}) {
        const ResultSet actual = run(schema, typed, prepared);
        const ResultSet expected = run(schema, SqlStatement(byHand), prepared);
        QVERIFY2(!expected.isEmpty(), qPrintable(byHand));
        QVERIFY2(text(actual) == text(expected),
                 qPrintable(QString(typed.text() % u"\n" % text(actual) % byHand % u"\n" % text(expected))));
    }
}

template <class E>
void tst_StatementKinds::compareValue(LiveSchema &schema, const E &expression, const QString &byHand)
{
    compare(schema, select(expression.template as<"v">()).from(customers).orderBy(customers.id).statement(),
            QString(u"select " % byHand % u" as v from customers order by id"));
}

void tst_StatementKinds::expressions()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("kinds"));
    QVERIFY2(setUp(schema), qPrintable(schema.error()));
    const auto &id = customers.id;
    const auto &name = customers.name;
    const auto &born = customers.born;
    const auto check = [&](const auto &expression, const char *byHand) {
        compareValue(schema, expression, QString::fromUtf8(byHand));
    };
    check(id == 2, "id = 2");
    check(id != 2, "id <> 2");
    check(id < 2 || id >= 4, "id < 2 or id >= 4");
    check(name == u"Zoë", "name = 'Zoë'");
    check(name > u"B" && customers.active, "name > 'B' and active");
    check(logicalXor(id > 2, customers.active), "id > 2 xor active");
    check(!(customers.referrerId == 1), "not (referrer_id = 1)");
    check(born.isNull(), "born is null");
    check(born.isNotNull(), "born is not null");
    check(born.is(std::optional<QDate>()), "born <=> null");
    check(born.is(QDate(2000, 2, 29)), "born <=> '2000-02-29'");
    check(born < QDate(1900, 1, 1), "born < '1900-01-01'");
    check(id.in(1, 3), "id in (1, 3)");
    check(customers.referrerId.notIn(QList<quint64>{1}), "referrer_id not in (1)");
    check(id.in(QList<int>()), "id is null"); // nothing is in an empty list
    check(id.notIn(QList<int>()), "id is not null");
    check(id.in(select(orders.customerId).from(orders)), "id in (select customer_id from orders)");
    check(id.between(2, 4), "id between 2 and 4");
    check(id.notBetween(2, customers.referrerId + 1), "id not between 2 and referrer_id + 1");
    check(name.like(u"%a%"), "name like '%a%'");
    check(name.notLike(u"_d_"), "name not like '_d_'");
    check(name.regexp(u"^[AG]"), "name regexp '^[AG]'");
    check(name.contains(u"_b%"), "locate('_b%', name) > 0");
    check(name.startsWith(u"a_b"), "left(name, 3) = 'a_b'");
    check(name.endsWith(u"c!"), "right(name, 2) = 'c!'");
    check((id + 1) * 2 - 3, "(id + 1) * 2 - 3");
    check(id / 2, "id / 2");
    check(id % 2, "id % 2");
    check(intDiv(id, 2), "id div 2");
    check(intDiv(id, 0), "id div 0");
    check((id & 1) | 4, "(id & 1) | 4");
    check((id ^ 3) << 2, "(id ^ 3) << 2");
    check(~id >> 60, "~id >> 60");
    check(-id + 5, "-id + 5");
    check(caseWhen(id < 2, u"a").when(id < 4, u"b").otherwise(u"c"),
          "case when id < 2 then 'a' when id < 4 then 'b' else 'c' end");
    check(caseWhen(born.isNull(), 1).end(), "case when born is null then 1 end");
    check(coalesce(customers.referrerId, 0), "coalesce(referrer_id, 0)");
    check(nullIf(id, 3), "nullif(id, 3)");
    check(iif(customers.active, u"yes", u"no"), "if(active, 'yes', 'no')");
    check(cast<QString>(id), "cast(id as char)");
    check(cast<qint64>(name), "cast(name as signed)");
    check(cast<double>(id), "cast(id as double)");
    check(cast<QDate>(value(u"2024-05-06")), "cast('2024-05-06' as date)");
    check(cast<QByteArray>(name), "cast(name as binary)");
    check(castDecimal(id, 10, 3), "cast(id as decimal(10, 3))");
    check(customers.settings.extract(u"$.theme"), "json_extract(settings, '$.theme')");
    check(customers.settings.extractText(u"$.theme"), "json_unquote(json_extract(settings, '$.theme'))");
    check(exists(select(orders.id).from(orders).where(orders.customerId == id)),
          "exists (select id from orders where customer_id = customers.id)");
    check(scalar(select(max(orders.total)).from(orders).where(orders.customerId == id)),
          "(select max(total) from orders where customer_id = customers.id)");
    check(id >= all(select(orders.customerId).from(orders).where(orders.customerId < 4)),
          "id >= all (select customer_id from orders where customer_id < 4)");
    check(id == any(select(orders.customerId).from(orders)), "id = any (select customer_id from orders)");
    check(raw<int>(u"ascii(name) + ?", 5) * 2, "(ascii(name) + 5) * 2");
    check(collate(name, "utf8mb4_bin") == u"ada", "name collate utf8mb4_bin = 'ada'");
    check(function<QString>("SOUNDEX", name), "soundex(name)");
}

void tst_StatementKinds::functions()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("functions"));
    QVERIFY2(setUp(schema), qPrintable(schema.error()));
    const auto &id = customers.id;
    const auto &name = customers.name;
    const auto &born = customers.born;
    const auto check = [&](const auto &expression, const char *byHand) {
        compareValue(schema, expression, QString::fromUtf8(byHand));
    };
    check(lower(name), "lower(name)");
    check(upper(name), "upper(name)");
    check(trim(concat(u"  ", name, u" ")), "trim(concat('  ', name, ' '))");
    check(reverse(name), "reverse(name)");
    check(charLength(name), "char_length(name)");
    check(byteLength(name), "octet_length(name)");
    check(hex(name), "hex(name)");
    check(sha256(name), "sha2(name, 256)");
    check(Sql::abs(cast<qint64>(id) - 3 + value(0.5)), "abs(cast(id as signed) - 3 + 5e-1)");
    check(sign(cast<qint64>(id) - 3), "sign(cast(id as signed) - 3)");
    check(ceiling(id / 2), "ceiling(id / 2)");
    check(Sql::floor(id / 2), "floor(id / 2)");
    check(Sql::round(id / 3, 2), "round(id / 3, 2)");
    check(Sql::sqrt(id), "sqrt(id)");
    check(Sql::exp(id), "exp(id)");
    check(ln(id), "ln(id)");
    check(power(id, 2), "pow(id, 2)");
    check(greatest(id, 3), "greatest(id, 3)");
    check(least(id, 3), "least(id, 3)");
    check(concatWith(QStringLiteral(", "), name, born), "concat_ws(', ', name, born)");
    check(substring(name, 2, 2), "substring(name, 2, 2)");
    check(Sql::replace(name, u"a", u"ä"), "replace(name, 'a', 'ä')");
    check(locate(u"a", name), "locate('a', name)");
    check(year(born), "year(born)");
    check(month(born), "month(born)");
    check(dayOfMonth(born), "dayofmonth(born)");
    check(dayOfWeek(born), "dayofweek(born)");
    check(dayOfYear(born), "dayofyear(born)");
    check(quarter(born), "quarter(born)");
    check(datePart(born), "date(born)");
    check(lastDay(born), "last_day(born)");
    check(dateAdd<Unit::Day>(born, 5), "date_add(born, interval 5 day)");
    check(dateSubtract<Unit::Month>(born, id), "date_sub(born, interval id month)");
    check(dateAdd<Unit::Hour>(born, 5), "date_add(born, interval 5 hour)");
    check(timestampDiff<Unit::Year>(born, QDate(2024, 1, 1)), "timestampdiff(year, born, '2024-01-01')");
    check(dateDiff(QDate(2024, 1, 1), born), "datediff('2024-01-01', born)");
    check(dateFormat(born, QStringLiteral("%Y/%m")), "date_format(born, '%Y/%m')");
    check(jsonContains(customers.settings, u"{\"theme\": \"dark\"}"),
          "json_contains(settings, '{\"theme\": \"dark\"}')");
    check(jsonSet(customers.settings, QStringLiteral("$.n"), id), "json_set(settings, '$.n', id)");
    check(jsonRemove(customers.settings, QStringLiteral("$.theme")), "json_remove(settings, '$.theme')");
    check(jsonLength(customers.settings), "json_length(settings)");
    check(jsonObject(u"id", id, u"name", name), "json_object('id', id, 'name', name)");
    check(jsonArray(id, name), "json_array(id, name)");
    check(jsonLength(cast<QJsonValue>(value(u"[1, 2, 3]"))), "json_length('[1, 2, 3]')");
    // These give what they gave when the statement began, so that both must be in one.
    check(now() == now(), "1");
    check(today() >= QDate(2024, 1, 1) && utcNow() > QDateTime(QDate(2024, 1, 1), QTime(), Qt::UTC), "1");
    check(lastInsertId() * 0, "0");
}

void tst_StatementKinds::selects()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("selects"));
    QVERIFY2(setUp(schema), qPrintable(schema.error()));
    const auto check = [&](const auto &query, const char *byHand) {
        compare(schema, query.statement(), QString::fromUtf8(byHand));
    };
    check(select(orders.all()).from(orders).orderBy(orders.placed.desc()).limit(2).offset(1),
          "select id, customer_id, placed, total, note from orders order by placed desc limit 2 offset 1");
    check(select(customers.active).distinct().from(customers).orderBy(customers.active),
          "select distinct active from customers order by active");
    check(select(value(1).as<"one">(), value(u"x").as<"x">()), "select 1 as one, 'x' as x");
    check(select(customers.name, orders.total)
              .from(customers)
              .join(orders, orders.customerId == customers.id)
              .orderBy(orders.id),
          "select name, total from customers join orders on customer_id = customers.id order by orders.id");
    check(select(customers.name, orders.total)
              .from(customers)
              .leftJoin(orders, orders.customerId == customers.id)
              .orderBy(customers.id, orders.id),
          "select name, total from customers left join orders on customer_id = customers.id "
          "order by customers.id, orders.id");
    check(select(customers.name, orders.total)
              .from(customers)
              .rightJoin(orders, orders.customerId == customers.id)
              .orderBy(orders.id),
          "select name, total from customers right join orders on customer_id = customers.id order by "
          "orders.id");
    check(select(count().as<"n">()).from(customers).crossJoin(orders),
          "select count(*) n from customers, orders");
    constexpr auto boss = customers.as<"boss">();
    check(
        select(customers.name, boss.name.as<"boss">())
            .from(customers)
            .join(boss, boss.id == customers.referrerId)
            .orderBy(customers.id),
        "select c.name, b.name boss from customers c join customers b on b.id = c.referrer_id order by c.id");

    const auto total = sum(orders.total).as<"total">();
    check(select(orders.customerId, total, count().as<"n">(), avg(orders.total).as<"mean">(),
                 min(orders.placed).as<"first">(), max(orders.note).as<"last">(),
                 countDistinct(orders.note).as<"notes">(), count(orders.note).as<"noted">())
              .from(orders)
              .groupBy(orders.customerId)
              .having(count() >= 1 && total > 1)
              .orderBy(total.desc()),
          "select customer_id, sum(total) total, count(*) n, avg(total) mean, min(placed) first, max(note) "
          "last, "
          "count(distinct note) notes, count(note) noted from orders group by customer_id having count(*) >= "
          "1 and total > 1 "
          "order by total desc");
    check(select(orders.customerId, total).from(orders).groupBy(orders.customerId).withRollup(),
          "select customer_id, sum(total) total from orders group by customer_id with rollup");
    check(select(stddev(numbers.d).as<"s">(), variance(numbers.d).as<"v">(), bitAnd(numbers.id).as<"a">(),
                 bitOr(numbers.id).as<"o">(), sum(numbers.a).as<"t">(), sum(numbers.d).as<"u">())
              .from(numbers),
          "select stddev_samp(d) s, var_samp(d) v, bit_and(id) a, bit_or(id) o, sum(a) t, sum(d) u from "
          "numbers");
    check(
        select(groupConcat(customers.name, QStringLiteral("; ä"), customers.id.desc()).as<"names">(),
               groupConcat(customers.id, QString()).as<"ids">())
            .from(customers),
        "select group_concat(name order by id desc separator '; ä') names, group_concat(id separator '') ids "
        "from customers");

    const auto window = Window().partitionBy(orders.customerId).orderBy(orders.id);
    check(
        select(orders.id, rowNumber().over(window).as<"r">(),
               sum(orders.total).over(window.rows(-1, 0)).as<"s">(), lag(orders.total).over(window).as<"l">(),
               lead(orders.total, 1).over(window).as<"m">(),
               rank().over(Window().orderBy(orders.customerId)).as<"k">(),
               denseRank().over(Window().orderBy(orders.customerId)).as<"d">(),
               percentRank().over(Window().orderBy(orders.total)).as<"p">(),
               cumulativeDistribution().over(Window().orderBy(orders.total)).as<"c">(),
               ntile(2).over(Window().orderBy(orders.id)).as<"t">(),
               firstValue(orders.note).over(window).as<"f">(), lastValue(orders.note).over(window).as<"g">(),
               nthValue(orders.total, 2).over(window).as<"h">())
            .from(orders)
            .orderBy(orders.id),
        "select id, row_number() over w r, sum(total) over (partition by customer_id order by id rows "
        "between unbounded "
        "preceding and current row) s, lag(total) over w l, lead(total, 1) over w m, rank() over (order by "
        "customer_id) "
        "k, dense_rank() over (order by customer_id) d, percent_rank() over (order by total) p, cume_dist() "
        "over (order "
        "by total) c, ntile(2) over (order by id) t, first_value(note) over w f, last_value(note) over w g, "
        "nth_value(total, 2) over w h from orders window w as (partition by customer_id order by id) order "
        "by id");

    const auto ids = select(customers.id).from(customers);
    const auto used = select(orders.customerId).from(orders);
    check(ids.unionWith(used).orderBy(customers.id.desc()).limit(4),
          "select id from customers union select customer_id from orders order by id desc limit 4");
    check(ids.unionAll(used).orderBy(customers.id),
          "select id from customers union all select customer_id from orders order by id");
    check(ids.intersect(used).orderBy(customers.id),
          "select id from customers intersect select customer_id from orders order by id");
    check(ids.except(used).orderBy(customers.id),
          "select id from customers except select customer_id from orders order by id");
    check(ids.orderBy(customers.id)
              .limit(1)
              .unionAll(used.orderBy(orders.id.desc()).limit(1))
              .orderBy(customers.id),
          "(select id from customers order by id limit 1) union all (select customer_id from orders order by "
          "id desc limit "
          "1) order by id");

    const auto totals
        = select(orders.customerId, total).from(orders).groupBy(orders.customerId).as<"totals">();
    check(select(customers.name, totals.column<"total">())
              .from(customers)
              .join(totals, totals.column<"customer_id">() == customers.id)
              .orderBy(customers.id),
          "select name, total from customers join (select customer_id, sum(total) total from orders group by "
          "customer_id) t "
          "on t.customer_id = id order by id");
    const auto big
        = commonTable<"big">(select(orders.customerId, orders.total).from(orders).where(orders.total > 1));
    check(select(big.column<"total">()).with(big).from(big).orderBy(big.column<"total">()),
          "with big as (select customer_id, total from orders where total > 1) select total from big order "
          "by total");
    const auto tree = commonTable<"tree">(select(customers.id, value(0).as<"depth">())
                                              .from(customers)
                                              .where(customers.referrerId.isNull()))
                          .unionAll([](const auto &above) {
                              return select(customers.id, above.template column<"depth">() + 1)
                                  .from(customers)
                                  .join(above, above.template column<"id">() == customers.referrerId);
                          });
    check(select(tree.column<"id">(), tree.column<"depth">())
              .with(tree)
              .from(tree)
              .orderBy(tree.column<"id">()),
          "with recursive tree as (select id, 0 as depth from customers where referrer_id is null union all "
          "select "
          "customers.id, tree.depth + 1 from customers join tree on tree.id = referrer_id) select id, depth "
          "from tree order "
          "by id");
    check(select(orders.id).from(orders).where(orders.id < 3).forUpdate(),
          "select id from orders where id < 3 for update");
    check(select(orders.id).from(orders).where(orders.id < 3).forShare(LockWait::NoWait),
          "select id from orders where id < 3 lock in share mode");
    check(select(orders.id).from(orders).where(orders.id < 3).forUpdate(LockWait::SkipLocked),
          "select id from orders where id < 3 for update skip locked");
    check(select(customers.id).from(customers).hint(u"MAX_EXECUTION_TIME(10000)").orderBy(customers.id),
          "select id from customers order by id");
    if (live.isMySql()) {
        check(select(customers.id, totals.column<"total">())
                  .from(customers)
                  .crossJoin(totals.lateral())
                  .orderBy(customers.id, totals.column<"total">()),
              "select c.id, t.total from customers c, (select customer_id, sum(total) total from orders "
              "group by "
              "customer_id) t order by c.id, t.total");
        check(select(orders.id).from(orders).where(orders.id < 3).forUpdateOf(orders),
              "select id from orders where id < 3 for update");
    }
}

void tst_StatementKinds::sqlModes()
{
    MATRIX_SERVER(live);
    LiveSchema schema(live, QStringLiteral("sqlmodes"));
    QVERIFY2(setUp(schema), qPrintable(schema.error()));
    const auto query = select(customers.id)
                           .from(customers)
                           .where(!(customers.name.contains(u"_b%c!") == false) && customers.name != u"'\"\\")
                           .orderBy(customers.id);
    for (const QString &mode : {QStringLiteral("ansi_quotes"), QStringLiteral("no_backslash_escapes"),
                                QStringLiteral("high_not_precedence"),
                                QStringLiteral("pipes_as_concat,ignore_space"), QStringLiteral("ansi")}) {
        QVERIFY2(schema.setUp({QString(u"set sql_mode = '" % mode % u'\'')}), qPrintable(schema.error()));
        for (const bool prepared : {true, false}) {
            const ResultSet result = run(schema, query.statement(), prepared);
            QCOMPARE(result.size(), 1);
            QCOMPARE(result.at(0).get<int>(0), 4);
        }
    }
}

QTEST_GUILESS_MAIN(tst_StatementKinds)
#include "tst_statementkinds.moc"
