// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/excerpt.h"

#include <QtTest/QtTest>

using QAsyncMySql::Internal::sqlExcerpt;
using namespace Qt::StringLiterals;

class tst_Excerpt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void excerpts_data();
    void excerpts();
    void tellsNoSecrets_data();
    void tellsNoSecrets();
    void longOnes();
};

void tst_Excerpt::excerpts_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("excerpt");
    QTest::newRow("empty") << u""_s << u""_s;
    QTest::newRow("plain") << u"SELECT 1"_s << u"SELECT 1"_s;
    QTest::newRow("blanks") << u"\n SELECT\t a,\n  b FROM t "_s << u"SELECT a, b FROM t"_s;
    QTest::newRow("text") << u"SELECT 'anna', \"otto\" FROM `my table`"_s
                          << u"SELECT '…', \"…\" FROM `my table`"_s;
    QTest::newRow("doubled quotes") << u"SELECT 'it''s', b"_s << u"SELECT '…', b"_s;
    QTest::newRow("comments") << u"SELECT /* of anna */ 1 -- otto\n+ 2 # karl"_s << u"SELECT 1 + 2"_s;
    QTest::newRow("hexadecimal") << u"SELECT 0xDEADBEEF, X'4142', 12"_s << u"SELECT 0x…, X'…', 12"_s;
    QTest::newRow("placeholders") << u"SELECT ? , :name"_s << u"SELECT ? , :name"_s;
    QTest::newRow("beyond ASCII") << u"SELECT größe FROM t"_s << u"SELECT größe FROM t"_s;
}

void tst_Excerpt::excerpts()
{
    QFETCH(QString, sql);
    QTEST(sqlExcerpt(sql, 500), "excerpt");
}

void tst_Excerpt::tellsNoSecrets_data()
{
    QTest::addColumn<QString>("sql");
    for (const QString &sql :
         {u"SET PASSWORD = 'geheim'"_s, u"CREATE USER a IDENTIFIED BY \"geheim\""_s,
          u"CREATE USER a IDENTIFIED BY 'it\\'s geheim'"_s, u"SELECT 'a\\' , geheim, '"_s,
          u"SELECT \"a\\\" geheim"_s, u"SELECT 'geheim"_s, u"SELECT 1 /* geheim"_s,
          u"SELECT /*! 'geheim' */"_s, u"SELECT $$ geheim $$"_s, u"SELECT $a$geheim$a$"_s,
          u"SELECT 1 -- geheim"_s, u"SELECT _utf8mb4'geheim'"_s})
        QTest::newRow(qPrintable(sql)) << sql;
}

void tst_Excerpt::tellsNoSecrets()
{
    QFETCH(QString, sql);
    const QString shown = sqlExcerpt(sql, 500);
    QVERIFY2(!shown.contains(u"geheim"), qPrintable(shown));
    QVERIFY(!shown.isEmpty());
}

void tst_Excerpt::longOnes()
{
    const QString many = u"SELECT "_s + QString(100'000, u'a') + u" FROM t";
    const QString shown = sqlExcerpt(many, 60);
    QCOMPARE(shown.size(), 61);
    QVERIFY(shown.endsWith(u'…'));
    // A value of a megabyte does not hide what the statement is.
    const QString insert = u"INSERT INTO t VALUES ('"_s + QString(1'000'000, u'x') + u"')";
    QVERIFY(sqlExcerpt(insert, 60).startsWith(u"INSERT INTO t VALUES ("));
    QVERIFY(!sqlExcerpt(insert, 60).contains(u"xx"));
    // A character of two units where the text is cut is left out whole.
    const QString wide = u"SELECT "_s + u"\U0001F600"_s.repeated(100);
    QCOMPARE(sqlExcerpt(wide, 60), u"SELECT "_s + u"\U0001F600"_s.repeated(26) + u'…');
}

QTEST_GUILESS_MAIN(tst_Excerpt)
#include "tst_excerpt.moc"
