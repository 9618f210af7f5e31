// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/wrappedquery.h"
#include "unit/expressions/shop.h"

#include <QAsyncMySql/rowfilter.h>

#include <QtTest/QTest>

using namespace QAsyncMySql;

namespace {

Result<QString> wrapped(const QString &sql, const RowFilter &filter, int sortColumn, Qt::SortOrder order)
{
    const Result<SqlStatement> statement
        = Internal::wrappedQuery(SqlStatement(sql), filter, sortColumn, order);
    return statement ? Result<QString>(statement->text()) : Result<QString>(statement.error());
}

} // namespace

class tst_RowFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rendered_data();
    void rendered();
    void combined();
    void equality();
    void badInput();
    void wrapped();
    void wrappedOnlyWhatIsAQuery_data();
    void wrappedOnlyWhatIsAQuery();
    void typed();
};

Q_DECLARE_METATYPE(QAsyncMySql::RowFilter)

void tst_RowFilter::rendered_data()
{
    QTest::addColumn<RowFilter>("filter");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<int>("values");

    QTest::newRow("all") << RowFilter() << QString() << 0;
    QTest::newRow("equal") << RowFilter(u"a", RowFilter::Equal, 1) << QStringLiteral("`a` = ?") << 1;
    QTest::newRow("not equal") << RowFilter(u"a", RowFilter::NotEqual, 1) << QStringLiteral("NOT (`a` <=> ?)")
                               << 1;
    QTest::newRow("equal NULL") << RowFilter(u"a", RowFilter::Equal) << QStringLiteral("`a` IS NULL") << 0;
    QTest::newRow("not equal NULL") << RowFilter(u"a", RowFilter::NotEqual, nullptr)
                                    << QStringLiteral("`a` IS NOT NULL") << 0;
    QTest::newRow("odd name") << RowFilter(u"a`b", RowFilter::Less, 1) << QStringLiteral("`a``b` < ?") << 1;
    QTest::newRow("in") << RowFilter(u"a", RowFilter::In, InList(QList<int>{1, 2}))
                        << QStringLiteral("`a` IN (?)") << 1;
    QTest::newRow("like") << RowFilter(u"a", RowFilter::Like, u"x%")
                          << QStringLiteral("`a` LIKE ? ESCAPE '!'") << 1;
    QTest::newRow("and") << (RowFilter(u"a", RowFilter::Less, 1) && RowFilter(u"b", RowFilter::IsNull))
                         << QStringLiteral("(`a` < ?) AND (`b` IS NULL)") << 1;
    QTest::newRow("or, not") << (RowFilter(u"a", RowFilter::Less, 1)
                                 || !RowFilter(u"b", RowFilter::Greater, 2))
                             << QStringLiteral("(`a` < ?) OR (NOT COALESCE(`b` > ?, FALSE))") << 2;
    QTest::newRow("between") << RowFilter::between(u"a", 1, 2) << QStringLiteral("(`a` >= ?) AND (`a` <= ?)")
                             << 2;
    QTest::newRow("none") << !RowFilter() << QStringLiteral("FALSE") << 0;
}

void tst_RowFilter::rendered()
{
    QFETCH(RowFilter, filter);
    QFETCH(QString, sql);
    QFETCH(int, values);
    Parameters parameters;
    const Result<QString> text = filter.toSql(parameters);
    QVERIFY(text);
    QCOMPARE(*text, sql);
    QCOMPARE(parameters.size(), values);
    QCOMPARE(filter.isEmpty(), sql.isEmpty());
}

void tst_RowFilter::combined()
{
    const RowFilter a(u"a", RowFilter::Equal, 1);
    QCOMPARE(a && RowFilter(), a);
    QCOMPARE(RowFilter() && a, a);
    QVERIFY((a || RowFilter()).isEmpty());
    Parameters parameters;
    const Result<QString> text
        = RowFilter::search({QStringLiteral("x"), QStringLiteral("y")}, u"5%").toSql(parameters);
    QVERIFY(text);
    QCOMPARE(*text, QStringLiteral("(`x` LIKE ? ESCAPE '!') OR (`y` LIKE ? ESCAPE '!')"));
    QCOMPARE(parameters.at(0).bytes(), QByteArray("%5!%%"));
}

void tst_RowFilter::equality()
{
    QCOMPARE(RowFilter(), RowFilter());
    QVERIFY(RowFilter(u"a", RowFilter::Equal, 1) == RowFilter(u"a", RowFilter::Equal, 1));
    QVERIFY(!(RowFilter(u"a", RowFilter::Equal, 1) == RowFilter(u"a", RowFilter::Equal, 2)));
    QVERIFY(!(RowFilter(u"a", RowFilter::Equal, 1) == RowFilter()));
    const RowFilter negated = !RowFilter(u"a", RowFilter::Equal, 1);
    QVERIFY(!(negated == RowFilter(u"a", RowFilter::Equal, 1)));
}

void tst_RowFilter::badInput()
{
    Parameters parameters;
    QCOMPARE(RowFilter(u"", RowFilter::Equal, 1).toSql(parameters).error().kind(), Error::Kind::Usage);
    const Result<QString> value
        = RowFilter(u"a", RowFilter::Equal, Parameter::invalid(QStringLiteral("no such value")))
              .toSql(parameters);
    QCOMPARE(value.error().kind(), Error::Kind::Usage);
    QVERIFY(value.error().message().contains(QLatin1String("\"a\"")));
    QVERIFY(
        !(RowFilter(u"a", RowFilter::Equal, 1) && RowFilter(u" ", RowFilter::Equal, 1)).toSql(parameters));
}

void tst_RowFilter::wrapped()
{
    const QString sql = QStringLiteral("SELECT a -- all of it");
    QCOMPARE(*::wrapped(sql, {}, -1, Qt::AscendingOrder), sql);
    QCOMPARE(*::wrapped(sql, {}, 0, Qt::DescendingOrder),
             QStringLiteral("(\nSELECT a -- all of it\n) ORDER BY 1 DESC"));
    const Result<QString> filtered = ::wrapped(QStringLiteral("SELECT 1 AS a;"),
                                               RowFilter(u"a", RowFilter::Equal, 5), 1, Qt::AscendingOrder);
    QVERIFY(filtered);
    QCOMPARE(*filtered, QStringLiteral("SELECT * FROM (\nSELECT 1 AS a\n) AS q WHERE `a` = 5 ORDER BY 2"));
}

void tst_RowFilter::wrappedOnlyWhatIsAQuery_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<bool>("query");
    QTest::newRow("select") << QStringLiteral("  select 1") << true;
    QTest::newRow("comments") << QStringLiteral("-- x\n# y\n/* z */ SELECT 1") << true;
    QTest::newRow("parenthesis") << QStringLiteral("(SELECT 1)") << true;
    QTest::newRow("with") << QStringLiteral("WITH q AS (SELECT 1) SELECT * FROM q") << true;
    QTest::newRow("two") << QStringLiteral("SELECT 1; SELECT 2") << false;
    QTest::newRow("show") << QStringLiteral("SHOW TABLES") << false;
    QTest::newRow("delete") << QStringLiteral("DELETE FROM t") << false;
    QTest::newRow("executed comment") << QStringLiteral("/*! SELECT 1 */") << false;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("open comment") << QStringLiteral("/* SELECT 1") << false;
}

void tst_RowFilter::wrappedOnlyWhatIsAQuery()
{
    QFETCH(QString, sql);
    QFETCH(bool, query);
    const Result<QString> result = ::wrapped(sql, {}, 0, Qt::AscendingOrder);
    QCOMPARE(result.hasValue(), query);
    if (!query)
        QCOMPARE(result.error().kind(), Error::Kind::Usage);
}

void tst_RowFilter::typed()
{
    using namespace QAsyncMySql::Sql;
    using Shop::customers;
    const RowFilter named = customers.name.startsWith(u"A") || customers.born.isNull();
    QVERIFY(named.isTyped());
    QVERIFY(!named.isEmpty());
    Parameters values;
    QCOMPARE(named.toSql(values).value(),
             QStringLiteral("`customers`.`name` LIKE ? ESCAPE '!' OR `customers`.`born` IS NULL"));
    QCOMPARE(values, (Parameters{u"A%"}));

    // Beside those by name, in any place.
    const RowFilter both = !(RowFilter(u"id", RowFilter::Less, 5) && named);
    QVERIFY(both.isTyped());
    values.clear();
    QCOMPARE(both.toSql(values).value(),
             QStringLiteral("NOT COALESCE((`id` < ?) AND (`customers`.`name` LIKE ? ESCAPE '!' OR "
                            "`customers`.`born` IS NULL), FALSE)"));
    QCOMPARE(values, (Parameters{5, u"A%"}));

    const RowFilter byName(u"id", RowFilter::Less, 5);
    QCOMPARE(byName && customers.active, byName && RowFilter(customers.active));
    QCOMPARE(customers.active && byName, RowFilter(customers.active) && byName);
    QCOMPARE(byName || customers.id == 7, byName || RowFilter(customers.id == 7));
    QCOMPARE(customers.id == 7 || !byName, RowFilter(customers.id == 7) || !byName);
    Condition grown = customers.active;
    QCOMPARE(grown && RowFilter(), RowFilter(customers.active));

    QCOMPARE(RowFilter(customers.id == 5), RowFilter(customers.id == 5));
    QVERIFY(!(RowFilter(customers.id == 5) == RowFilter(customers.id == 6)));
    QVERIFY(!(RowFilter(customers.id == 5) == RowFilter(customers.active)));
    QVERIFY(RowFilter(Condition()).isEmpty()); // all rows pass
    QVERIFY(!RowFilter(u"id", RowFilter::Less, 5).isTyped());

    // What cannot be sent, and what depends on the server.
    const auto wrong = RowFilter(raw<bool>(u"id = ?")).toFragment();
    QCOMPARE(wrong.error().kind(), Error::Kind::Usage);
    const RowFilter json(customers.settings == cast<QJsonValue>(value(u"{}")));
    QCOMPARE(json.toSql(values).error().kind(), Error::Kind::Usage);
    QVERIFY(SqlStatement(json.toFragment().value()).dependsOnServer());

    // A typed query keeps what depends on the server.
    const SqlStatement locked = select(customers.id).from(customers).forShare().statement();
    const Result<SqlStatement> sorted
        = QAsyncMySql::Internal::wrappedQuery(locked, {}, 0, Qt::AscendingOrder);
    QVERIFY(sorted);
    QCOMPARE(sorted->forServer(Dialect::mariaDb(110806))->text(),
             QStringLiteral("(\nSELECT `customers`.`id` FROM `customers` LOCK IN SHARE MODE\n) ORDER BY 1"));
}

QTEST_GUILESS_MAIN(tst_RowFilter)
#include "tst_rowfilter.moc"
