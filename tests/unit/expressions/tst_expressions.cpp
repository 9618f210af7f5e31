// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "unit/expressions/shop.h"

#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Sql;
using Shop::customers;
using Shop::orders;

/*
    Expressions as text: what they look like, which values they bind, where they put parentheses.
*/
class tst_Expressions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void renders_data();
    void renders();
    void bindsValuesInOrder();
    void types();
    void emptyListsAreDecidedHere();
    void conditionsGrow();
    void temporariesAreNotShared();
    void rawTextCountsItsPlaceholders();
    void namesAreQuoted();
    void windows();
};

namespace {

template <class T> QString text(const T &expression)
{
    return SqlStatement(Sql::Internal::fragment(expression)).text();
}

} // namespace

void tst_Expressions::renders_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("expected");
    const auto add = [](const char *name, const QString &expression, const char *expected) {
        QTest::addRow("%s", name) << expression << QString::fromUtf8(expected).replace(u'\'', u'`');
    };
    const auto &id = customers.id;
    const auto &name = customers.name;
    const auto &born = customers.born;

    add("equal", text(id == 5), "'customers'.'id' = ?");
    add("value first", text(5 == id), "? = 'customers'.'id'");
    add("not equal", text(name != u"x"), "'customers'.'name' <> ?");
    add("order", text(id < 5 || id >= 7), "'customers'.'id' < ? OR 'customers'.'id' >= ?");
    add("and in or", text((id == 1 && id == 2) || id == 3),
        "'customers'.'id' = ? AND 'customers'.'id' = ? OR 'customers'.'id' = ?");
    add("or in and", text(id == 3 && (id == 1 || id == 2)),
        "'customers'.'id' = ? AND ('customers'.'id' = ? OR 'customers'.'id' = ?)");
    add("or in and, first", text((id == 1 || id == 2) && id == 3),
        "('customers'.'id' = ? OR 'customers'.'id' = ?) AND 'customers'.'id' = ?");
    add("chains", text(id == 1 && (id == 2 && id == 3)),
        "'customers'.'id' = ? AND 'customers'.'id' = ? AND 'customers'.'id' = ?");
    add("xor", text(logicalXor(id == 1, customers.active)), "'customers'.'id' = ? XOR 'customers'.'active'");
    add("not", text(!(id == 1)), "NOT ('customers'.'id' = ?)");
    add("not a column", text(!customers.active), "NOT 'customers'.'active'");
    add("not inside", text(!customers.active == true), "(NOT 'customers'.'active') = ?");
    add("null", text(born.isNull()), "'customers'.'born' IS NULL");
    add("not null", text((born.isNotNull())), "'customers'.'born' IS NOT NULL");
    add("null of a comparison", text((id == 1).isNull()), "('customers'.'id' = ?) IS NULL");
    add("null-safe", text(born.is(std::optional<QDate>())), "'customers'.'born' <=> ?");
    add("comparison of comparisons", text((id == 1) == (id == 2)),
        "('customers'.'id' = ?) = ('customers'.'id' = ?)");
    add("sum in product", text((id + 1) * 2), "('customers'.'id' + ?) * ?");
    add("product in sum", text(id * 2 + 1), "'customers'.'id' * ? + ?");
    add("from the left", text(id - 1 - 2), "'customers'.'id' - ? - ?");
    add("from the right", text(id - (id - 2)), "'customers'.'id' - ('customers'.'id' - ?)");
    add("division", text(id / 2 % 3), "'customers'.'id' / ? % ?");
    add("integer division", text(intDiv(id, 2)), "'customers'.'id' DIV ?");
    add("bits", text((id & 3) << 2 | 1), "('customers'.'id' & ?) << ? | ?");
    // It binds tighter than a product there, and looser in C++.
    add("xor of bits", text((id ^ 3) * 2), "'customers'.'id' ^ ? * ?");
    add("negative", text(-(-id)), "-(-'customers'.'id')");
    add("negative sum", text(-(id + 1)), "-('customers'.'id' + ?)");
    add("inverted", text(~id), "~'customers'.'id'");
    add("in", text(id.in(1, 2, 3)), "'customers'.'id' IN (?, ?, ?)");
    add("in one", text(id.in(1)), "'customers'.'id' IN (?)");
    add("in a list", text(id.notIn(QList<int>{1, 2})), "'customers'.'id' NOT IN (?, ?)");
    add("in columns", text(id.in(customers.referrerId, 5)),
        "'customers'.'id' IN ('customers'.'referrer_id', ?)");
    add("in a text", text(name.in(u"a")), "'customers'.'name' IN (?)");
    add("in a select", text(id.in(select(orders.customerId).from(orders))),
        "'customers'.'id' IN (SELECT 'orders'.'customer_id' FROM 'orders')");
    add("between", text(id.between(1, customers.referrerId + 1)),
        "'customers'.'id' BETWEEN ? AND 'customers'.'referrer_id' + ?");
    add("between conditions", text((id == 1).notBetween(id == 2, false)),
        "('customers'.'id' = ?) NOT BETWEEN ('customers'.'id' = ?) AND ?");
    add("like", text(name.like(u"A%")), "'customers'.'name' LIKE ?");
    add("like an expression", text(!name.notLike(concat(name, u"%"))),
        "NOT ('customers'.'name' NOT LIKE CONCAT('customers'.'name', ?))");
    add("json", text(customers.settings.extract(u"$.a")), "JSON_EXTRACT('customers'.'settings', ?)");
    add("json text", text(customers.settings.extractText(u"$.a") == u"x"),
        "JSON_UNQUOTE(JSON_EXTRACT('customers'.'settings', ?)) = ?");
    add("function", text(lower(name) == u"x"), "LOWER('customers'.'name') = ?");
    add("function by name", text(function<QString>("SOUNDEX", name)), "SOUNDEX('customers'.'name')");
    add("coalesce", text(coalesce(customers.referrerId, 0)), "COALESCE('customers'.'referrer_id', ?)");
    add("condition as an argument", text(iif(id == 1, u"a", u"b")), "IF('customers'.'id' = ?, ?, ?)");
    add("case", text(caseWhen(id < 5, u"a").when(id < 9, u"b").otherwise(u"c")),
        "CASE WHEN 'customers'.'id' < ? THEN ? WHEN 'customers'.'id' < ? THEN ? ELSE ? END");
    add("case without else", text(caseWhen(id < 5, 1).end()), "CASE WHEN 'customers'.'id' < ? THEN ? END");
    add("cast", text(cast<QString>(id)), "CAST('customers'.'id' AS CHAR)");
    add("cast to unsigned", text(cast<quint64>(name)), "CAST('customers'.'name' AS UNSIGNED)");
    add("cast to decimal", text(castDecimal(name, 10, 2)), "CAST('customers'.'name' AS DECIMAL(10, 2))");
    add("date", text(dateAdd<Unit::Day>(born, 5)), "DATE_ADD('customers'.'born', INTERVAL ? DAY)");
    add("date, calculated", text(dateSubtract<Unit::Month>(born, id + 1)),
        "DATE_SUB('customers'.'born', INTERVAL ('customers'.'id' + ?) MONTH)");
    add("difference", text(timestampDiff<Unit::Hour>(orders.placed, now())),
        "TIMESTAMPDIFF(HOUR, 'orders'.'placed', CURRENT_TIMESTAMP(6))");
    add("raw", text(raw<int>(u"abs(?)", 5) + 1), "(abs(?)) + ?");
    add("collation", text(collate(name, "utf8mb4_bin") == u"x"),
        "'customers'.'name' COLLATE 'utf8mb4_bin' = ?");
    add("value", text(value(5) + 6), "? + ?");
    add("name", text((id + 1).as<"n">() > 5), "'n' > ?");
    add("descending", text(raw<int>(u"1") == 2), "(1) = ?");
    add("count", text(count()), "COUNT(*)");
    add("distinct", text(countDistinct(id, name)), "COUNT(DISTINCT 'customers'.'id', 'customers'.'name')");
    add("joined text", text(groupConcat(name, QStringLiteral("; "), name.desc())),
        "GROUP_CONCAT('customers'.'name' ORDER BY 'customers'.'name' DESC SEPARATOR 0x3b20)");
    add("exists", text(!exists(select(orders.id).from(orders))),
        "NOT EXISTS (SELECT 'orders'.'id' FROM 'orders')");
    add("scalar", text(scalar(select(max(orders.total)).from(orders)) > 5),
        "(SELECT MAX('orders'.'total') FROM 'orders') > ?");
    add("all", text(id > all(select(orders.id).from(orders))),
        "'customers'.'id' > ALL (SELECT 'orders'.'id' FROM 'orders')");
}

void tst_Expressions::renders()
{
    QFETCH(QString, expression);
    QFETCH(QString, expected);
    QCOMPARE(expression, expected);
}

void tst_Expressions::bindsValuesInOrder()
{
    const auto expression = (customers.id == 1 || customers.name.in(u"b", u"c"))
        && customers.born > QDate(2000, 1, 2) && !(customers.name.contains(u"50%_!"));
    const SqlStatement statement(expression.fragment());
    const Parameters expected{1, u"b", u"c", QDate(2000, 1, 2), u"%50!%!_!!%"};
    QCOMPARE(statement.parameters(), expected);
    QVERIFY(statement.text().endsWith(u"LIKE ? ESCAPE '!')"));
}

void tst_Expressions::types()
{
    static_assert(std::is_same_v<decltype(customers.id == 5)::Type, bool>);
    static_assert(std::is_same_v<decltype(customers.born == QDate())::Type, std::optional<bool>>);
    static_assert(std::is_same_v<decltype(customers.id + 5)::Type, quint64>);
    static_assert(std::is_same_v<decltype(Shop::numbers.a + 5)::Type, qint64>);
    static_assert(std::is_same_v<decltype(Shop::numbers.a * Shop::numbers.d)::Type, double>);
    static_assert(std::is_same_v<decltype(Shop::numbers.a + Shop::numbers.b)::Type, std::optional<qint64>>);
    static_assert(std::is_same_v<decltype(orders.total * 2)::Type, Decimal>);
    static_assert(std::is_same_v<decltype(Shop::numbers.a / 2)::Type, std::optional<Decimal>>);
    static_assert(std::is_same_v<decltype(Shop::numbers.a % 2)::Type, std::optional<qint64>>);
    static_assert(std::is_same_v<decltype(coalesce(customers.referrerId, 0))::Type, quint64>);
    static_assert(std::is_same_v<decltype(coalesce(customers.born, nullptr))::Type, std::optional<QDate>>);
    static_assert(std::is_same_v<decltype(sum(Shop::numbers.a))::Type, std::optional<Decimal>>);
    static_assert(std::is_same_v<decltype(sum(Shop::numbers.d))::Type, std::optional<double>>);
    static_assert(std::is_same_v<decltype(caseWhen(customers.active, u"a").otherwise(u"b"))::Type, QString>);
    static_assert(std::is_same_v<decltype(caseWhen(customers.active, 5).end())::Type, std::optional<int>>);
    static_assert(
        std::is_same_v<decltype(dateAdd<Unit::Day>(customers.born, 1))::Type, std::optional<QDate>>);
    static_assert(
        std::is_same_v<decltype(dateAdd<Unit::Hour>(customers.born, 1))::Type, std::optional<QDateTime>>);
    static_assert(std::is_same_v<decltype(customers.name.as<"n">())::Type, QString>);
    // A value that is not certain is no value that is.
    static_assert(std::is_convertible_v<Expr<int>, Expr<std::optional<int>>>);
    static_assert(!std::is_convertible_v<Expr<std::optional<int>>, Expr<int>>);
}

void tst_Expressions::emptyListsAreDecidedHere()
{
    QCOMPARE(text(customers.id.in(QList<int>())), QStringLiteral("FALSE"));
    QCOMPARE(text(customers.id.notIn(QList<int>())), QStringLiteral("TRUE"));
}

void tst_Expressions::conditionsGrow()
{
    Condition filter;
    QVERIFY(filter.isEmpty());
    filter = filter && customers.id == 5;
    QCOMPARE(text(filter), QStringLiteral("`customers`.`id` = ?"));
    filter = filter && (customers.name == u"x" || customers.active);
    QCOMPARE(text(filter),
             QStringLiteral("`customers`.`id` = ? AND (`customers`.`name` = ? OR `customers`.`active`)"));
    QCOMPARE(text(Condition() || filter), text(filter));
    QCOMPARE(select(customers.id).from(customers).where(Condition()).statement().text(),
             QStringLiteral("SELECT `customers`.`id` FROM `customers`"));
}

void tst_Expressions::temporariesAreNotShared()
{
    // What is kept stays as it is, though longer expressions are made of it.
    const auto kept = customers.id == 1;
    const auto longer = kept && customers.id == 2;
    const auto other = kept || customers.id == 3;
    QCOMPARE(text(kept), QStringLiteral("`customers`.`id` = ?"));
    QCOMPARE(text(longer), QStringLiteral("`customers`.`id` = ? AND `customers`.`id` = ?"));
    QCOMPARE(text(other), QStringLiteral("`customers`.`id` = ? OR `customers`.`id` = ?"));
    QCOMPARE(SqlStatement(kept.fragment()).parameters(), Parameters{1});
}

void tst_Expressions::rawTextCountsItsPlaceholders()
{
    const auto good = raw<bool>(u"name = '?' and id = ?", 5);
    QCOMPARE(good.fragment().parameters(), Parameters{5});
    const auto bad = raw<bool>(u"id = ? or id = ?", 5);
    const Parameters parameters = bad.fragment().parameters();
    QVERIFY(!parameters.last().isValid());
    QVERIFY2(parameters.last().error().message().contains(u"has 2 placeholders, and 1 values"),
             qPrintable(parameters.last().error().message()));
}

void tst_Expressions::namesAreQuoted()
{
    Fragment fragment;
    fragment.appendName("a`b");
    QCOMPARE(fragment.code(), QByteArray("`a``b`"));
}

void tst_Expressions::windows()
{
    QCOMPARE(text(rowNumber().over(
                 Window().partitionBy(orders.customerId).orderBy(orders.placed.desc(), orders.id))),
             QStringLiteral(
                 "ROW_NUMBER() OVER (PARTITION BY `orders`.`customer_id` ORDER BY `orders`.`placed` DESC, "
                 "`orders`.`id`)"));
    QCOMPARE(text(sum(orders.total).over(Window().orderBy(orders.id).rows(-1, 0))),
             QStringLiteral(
                 "SUM(`orders`.`total`) OVER (ORDER BY `orders`.`id` ROWS BETWEEN UNBOUNDED PRECEDING AND "
                 "CURRENT ROW)"));
    QCOMPARE(text(avg(orders.total).over(Window().rows(2, 2))),
             QStringLiteral("AVG(`orders`.`total`) OVER (ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING)"));
    QCOMPARE(text(lag(orders.total, 2).over(Window().orderBy(orders.id))),
             QStringLiteral("LAG(`orders`.`total`, 2) OVER (ORDER BY `orders`.`id`)"));
    QCOMPARE(text(ntile(4).over(Window())), QStringLiteral("NTILE(4) OVER ()"));
}

QTEST_APPLESS_MAIN(tst_Expressions)
#include "tst_expressions.moc"
