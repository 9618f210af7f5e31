// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/multirow.h"

#include <QtTest/QTest>

using namespace QAsyncMySql::Internal;

class tst_MultiRow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cut_data();
    void cut();
    void refused_data();
    void refused();
};

void tst_MultiRow::cut_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QByteArray>("tail");
    const auto add = [](const char *name, const char *head, const char *row, const char *tail) {
        QTest::newRow(name) << QByteArray(head) << QByteArray(row) << QByteArray(tail);
    };
    add("plain", "INSERT INTO t VALUES", " (?, ?)", "");
    add("columns", "insert into t (a, b) values", "(?, ?)", "");
    add("replace", "REPLACE LOW_PRIORITY t VALUE", " (?)", " ");
    add("names", "INSERT t VALUES", " (:a, :b)", "");
    add("expressions", "INSERT INTO t VALUES", " (CONCAT(?, ')', \"(\", `(`), NOW(), (1 + ?) * 2)", "");
    add("duplicates", "INSERT INTO t VALUES", " (?)", " ON DUPLICATE KEY UPDATE a = VALUES(a), b = b + 1");
    add("alias", "INSERT INTO t VALUES", " (?)", " AS new(x) ON DUPLICATE KEY UPDATE a = new.x");
    add("returning", "INSERT INTO t VALUES", " (?)", " RETURNING id");
    add("table called value", "INSERT INTO value VALUES", " (?)", "");
    add("table called value, columns", "INSERT INTO value (a) VALUES", " (?)", "");
    add("comments", "/* VALUES (?) */ INSERT INTO t -- x\nVALUES", "/**/(?)", " # the end");
    add("quoted name", "INSERT INTO `a VALUES (?)` VALUES", " (?)", "");
}

void tst_MultiRow::cut()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, row);
    QFETCH(QByteArray, tail);
    const auto result = multiRowTemplate(head + row + tail);
    QVERIFY(result);
    QCOMPARE(result->head, head);
    // What stands between VALUES and the row is of no interest.
    QVERIFY(row.endsWith(result->row));
    QVERIFY(result->row.startsWith('('));
    QCOMPARE(result->tail, tail);
}

void tst_MultiRow::refused_data()
{
    QTest::addColumn<QByteArray>("sql");
    for (const char *sql :
         {"", "UPDATE t SET a = ?", "SELECT 1", "INSERT INTO t SELECT ?", "INSERT INTO t SET a = ?",
          "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (?), (?)", "INSERT INTO t VALUES (?); SELECT 1",
          "INSERT INTO t VALUES (?) ON DUPLICATE KEY UPDATE a = ?", "INSERT INTO t VALUES (?",
          "INSERT INTO t PARTITION (?) VALUES (?)", "INSERT INTO t VALUES ('\\'', ?)",
          "INSERT /*!50000 IGNORE */ INTO t VALUES (?)", "INSERT INTO t VALUES ROW(?)"})
        QTest::newRow(sql) << QByteArray(sql);
}

void tst_MultiRow::refused()
{
    QFETCH(QByteArray, sql);
    QVERIFY(!multiRowTemplate(sql));
}

QTEST_APPLESS_MAIN(tst_MultiRow)

#include "tst_multirow.moc"
