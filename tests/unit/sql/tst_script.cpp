// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/script.h>

#include <QByteArrayList>
#include <QTest>

using namespace QAsyncMySql;

class tst_Script : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data();
    void splits();
    void viewsPointIntoTheScript();
};

void tst_Script::splits_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArrayList>("statements");
    const auto add = [](const char *name, const char *script, const QByteArrayList &statements) {
        QTest::addRow("%s", name) << QByteArray(script) << statements;
    };
    add("empty", "", {});
    add("white space", " \n\t ", {});
    add("one", "select 1", {"select 1"});
    add("two", "select 1; select 2;\n", {"select 1", "select 2"});
    add("empty ones", ";;select 1;;;", {"select 1"});
    add("in quotes", "select ';', \";\", `;`; select 2", {"select ';', \";\", `;`", "select 2"});
    add("escaped", "select 'a\\';'; select 'b'';'", {"select 'a\\';'", "select 'b'';'"});
    add("in comments", "select 1 -- a; b\n, /* ; */ 2 # ;\n; select 3",
        {"select 1 -- a; b\n, /* ; */ 2 # ;", "select 3"});
    add("comments alone", "-- a\n/* b */;\n# c", {});
    add("comment before", "-- a\nselect 1;", {"-- a\nselect 1"});
    add("executed comment", "/*!40000 set names 'a;b' */; select 1",
        {"/*!40000 set names 'a;b' */", "select 1"});
    add("minus", "select 1--1; select 2", {"select 1--1", "select 2"});
    add("byte order mark", "\xEF\xBB\xBFselect 1;", {"select 1"});
    add("delimiter",
        "DELIMITER //\ncreate procedure p() begin select 1; select ';//'; end//\ndelimiter ;\nselect 2;",
        {"create procedure p() begin select 1; select ';//'; end", "select 2"});
    add("delimiter in words", "delimiter $$\nselect 1; end$$select 2$$\nDELIMITER ;\nselect 3",
        {"select 1; end", "select 2", "select 3"});
    add("two semicolons",
        "DELIMITER ;;\n/*!50003 create trigger t begin set @a=1; end */;;\nDELIMITER ;\nselect 1;",
        {"/*!50003 create trigger t begin set @a=1; end */", "select 1"});
    add("delimiter with rest", "delimiter // -- not this\nselect 1//", {"select 1"});
    add("carriage returns", "delimiter //\r\nselect 1//\r\ndelimiter ;\r\nselect 2;\r\n",
        {"select 1", "select 2"});
    add("delimiter without one", "delimiter\nselect 1;", {"delimiter\nselect 1"});
    add("a column of that name", "select delimiter from t;", {"select delimiter from t"});
    add("unterminated", "select 'a; select 2;", {"select 'a; select 2;"});
}

void tst_Script::splits()
{
    QFETCH(const QByteArray, script);
    QFETCH(const QByteArrayList, statements);
    QByteArrayList found;
    for (const QByteArrayView statement : splitStatements(script))
        found.append(statement.toByteArray());
    QCOMPARE(found, statements);
}

void tst_Script::viewsPointIntoTheScript()
{
    const QByteArray script("select 1;\nselect 2");
    const auto statements = splitStatements(script);
    QCOMPARE(statements.size(), 2);
    QCOMPARE(statements.at(1).data() - script.constData(), 10);
}

QTEST_GUILESS_MAIN(tst_Script)
#include "tst_script.moc"
