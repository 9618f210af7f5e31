// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/querysources.h"

#include <QtTest/QTest>

using QAsyncMySql::Internal::QuerySources;

//! Which tables a query names, and which queries have rows of tables at all.
class tst_QuerySources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTables_data();
    void findsTables();
    void refuses_data();
    void refuses();
    void tellsTablesApart();
};

void tst_QuerySources::findsTables_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("tables");
    QTest::addColumn<bool>("join");
    const auto row = [](const char *sql, const char *tables, bool join) {
        QTest::newRow(sql) << QByteArray(sql) << QString::fromLatin1(tables) << join;
    };
    row("SELECT 1", "", false);
    row("SELECT * FROM t", "t=t", false);
    row("select * from `t` as x where x.a in (select b from u) order by 1 limit 3;", "x=t", false);
    row("SELECT * FROM s.t", "t=s.t", false);
    row("SELECT * FROM s.t AS `a``b`", "a`b=s.t", false);
    row("SELECT a, (SELECT b FROM u LIMIT 1) FROM t, v w", "t=t w=v", true);
    row("SELECT a FROM t JOIN u USING (id) LEFT OUTER JOIN v x ON x.id = t.id", "t=t u=u x=v", true);
    row("SELECT a FROM t NATURAL JOIN u CROSS JOIN v STRAIGHT_JOIN w", "t=t u=u v=v w=w", true);
    row("SELECT a FROM (t JOIN (u, v AS x) ON t.a = u.a) WHERE 1", "t=t u=u x=v", true);
    row("SELECT a FROM t PARTITION (p0, p1) x USE INDEX FOR JOIN (i) WHERE 1", "x=t", false);
    row("SELECT a FROM t /* , u */ -- , v\n, w # , y", "t=t w=w", true);
    row("SELECT COUNT(DISTINCT a), EXTRACT(YEAR FROM b) FROM t", "t=t", false);
    row("SELECT ' FROM u', t.from, t.group FROM t", "t=t", false);
    row("(SELECT a FROM t) ORDER BY 1 DESC", "t=t", false);
    row("(\nSELECT a FROM t JOIN u\n) ORDER BY 2", "t=t u=u", true);
    // Derived tables and functions have names, which are those of no table.
    row("SELECT * FROM (SELECT id, v AS name FROM o) AS c", "", false);
    row("SELECT * FROM t JOIN (SELECT id FROM u UNION SELECT 1) c ON (t.id = c.id), v", "t=t v=v", true);
    row("SELECT * FROM t, LATERAL (SELECT t.a) c", "t=t", true);
    row("SELECT * FROM (VALUES (1, 2)) v, t", "t=t", true);
    row("SELECT * FROM ((SELECT 1) UNION (SELECT 2)) c", "", false);
    row("SELECT * FROM JSON_TABLE('[1]', '$[*]' COLUMNS (c INT PATH '$')) AS j, t", "t=t", true);
    row("SELECT a FROM t FOR UPDATE", "t=t", false);
    row("SELECT a FROM t WHERE a = ? AND b = :name", "t=t", false);
    row("SELECT a FROM t WHERE ", "t=t", false);
    row("SELECT a FROM (t", "t=t", false);
    row("SELECT a FROM", "", false);
    row("SELECT a FROM t.", "=t.", false);
}

void tst_QuerySources::findsTables()
{
    QFETCH(QByteArray, sql);
    QFETCH(QString, tables);
    const QuerySources sources = QuerySources::read(sql);
    QCOMPARE(sources.reason(), QString());
    QStringList found;
    for (const QuerySources::Source &source : sources.sources()) {
        const bool named = !source.schema.isEmpty();
        found.append(source.alias + QLatin1Char('=')
                     + (named ? source.schema + QLatin1Char('.') + source.table : source.table));
    }
    QCOMPARE(found.join(QLatin1Char(' ')), tables);
    QTEST(sources.isJoin(), "join");
}

void tst_QuerySources::refuses_data()
{
    QTest::addColumn<QByteArray>("sql");
    for (const char *sql : {"",
                            "SHOW TABLES",
                            "CALL p()",
                            "UPDATE t SET a = 1",
                            "TABLE t",
                            "VALUES ROW(1)",
                            "WITH t AS (SELECT 1 AS a) SELECT * FROM t",
                            "SELECT 1; SELECT 2",
                            "SELECT DISTINCT a FROM t",
                            "SELECT SQL_BUFFER_RESULT DISTINCT a FROM t",
                            "SELECT a FROM t GROUP BY a",
                            "SELECT a FROM t WHERE (1) GROUP /* x */ BY a WITH ROLLUP",
                            "SELECT a FROM t UNION SELECT a FROM u",
                            "(SELECT a FROM t) UNION ALL (SELECT a FROM u)",
                            "SELECT a FROM t EXCEPT SELECT a FROM u",
                            "SELECT 1 UNION SELECT a FROM t",
                            "SELECT a FROM t INTERSECT SELECT a FROM u",
                            "SELECT a FROM t FOR SYSTEM_TIME AS OF NOW() x",
                            "SELECT a FROM t /*! GROUP BY a */",
                            "SELECT a FROM t WHERE b = 'x\\' GROUP BY a -- '"})
        QTest::newRow(sql) << QByteArray(sql);
}

void tst_QuerySources::refuses()
{
    QFETCH(QByteArray, sql);
    const QuerySources sources = QuerySources::read(sql);
    QVERIFY(!sources.reason().isEmpty());
}

void tst_QuerySources::tellsTablesApart()
{
    const QuerySources sources = QuerySources::read("SELECT * FROM a.t, b.t, t AS x, u AS x, v, V");
    const auto has = [&sources](const char16_t *alias, const char16_t *table, const char16_t *schema) {
        return sources.has(QString::fromUtf16(alias), QString::fromUtf16(table), QString::fromUtf16(schema));
    };
    QVERIFY(has(u"t", u"t", u"a"));
    QVERIFY(has(u"T", u"t", u"B"));
    QVERIFY(!has(u"t", u"t", u"c"));
    QVERIFY(!has(u"t", u"u", u"a"));
    QVERIFY(!has(u"x", u"t", u"a")); // which x?
    QVERIFY(!has(u"v", u"v", u"a")); // servers differ
    QVERIFY(!has(u"w", u"w", u"a"));
}

QTEST_APPLESS_MAIN(tst_QuerySources)
#include "tst_querysources.moc"
