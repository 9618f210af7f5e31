// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/rolenames.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtTest/QTest>

using QAsyncMySql::Internal::columnRoleNames;

class tst_RoleNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data();
    void names();
    void manyOfOneNameTakeNoTime();
    void neverUnusable();
};

void tst_RoleNames::names_data()
{
    QTest::addColumn<QStringList>("columns");
    QTest::addColumn<QList<QByteArray>>("roles");

    const auto row = [](const char *tag, const QStringList &columns, const QList<QByteArray> &roles) {
        QTest::newRow(tag) << columns << roles;
    };
    row("none", {}, {});
    row("as it is", {QStringLiteral("name"), QStringLiteral("unit_price"), QStringLiteral("unitPrice")},
        {"name", "unit_price", "unitPrice"});
    row("id", {QStringLiteral("id")}, {"id"});
    row("capitals",
        {QStringLiteral("ID"), QStringLiteral("Name"), QStringLiteral("URLPath"), QStringLiteral("A1")},
        {"id", "name", "urlPath", "a1"});
    row("blanks and signs",
        {QStringLiteral("Customer Name"), QStringLiteral("a-b"), QStringLiteral("count(*)")},
        {"customer_Name", "a_b", "count___"});
    row("digits first", {QStringLiteral("1"), QStringLiteral("2nd")}, {"_1", "_2nd"});
    row("empty", {QString(), QStringLiteral("a"), QStringLiteral(" "), QStringLiteral("??")},
        {"column1", "a", "column3", "column4"});
    row("twice", {QStringLiteral("id"), QStringLiteral("id"), QStringLiteral("ID")}, {"id", "id_2", "id_3"});
    row("twice, with the second name taken",
        {QStringLiteral("a"), QStringLiteral("a_2"), QStringLiteral("a")}, {"a", "a_2", "a_3"});
    row("words of JavaScript",
        {QStringLiteral("class"), QStringLiteral("default"), QStringLiteral("Function")},
        {"class_", "default_", "function_"});
    row("every object's",
        {QStringLiteral("__proto__"), QStringLiteral("objectName"), QStringLiteral("toString")},
        {"__proto___", "objectName_", "toString_"});
    row("a delegate's", {QStringLiteral("model"), QStringLiteral("index"), QStringLiteral("modelData")},
        {"model_", "index_", "modelData_"});
    row("a model's",
        {QStringLiteral("display"), QStringLiteral("edit"), QStringLiteral("isNull"), QStringLiteral("raw")},
        {"display_", "edit_", "isNull_", "raw_"});
    row("other letters", {QStringLiteral("größe"), QStringLiteral("価格")}, {"größe", "価格"});
    row("beyond the basic plane", {QStringLiteral("a\U0001F600")}, {"a__"});
}

void tst_RoleNames::names()
{
    QFETCH(QStringList, columns);
    QFETCH(QList<QByteArray>, roles);
    QCOMPARE(columnRoleNames(columns), roles);
}

void tst_RoleNames::manyOfOneNameTakeNoTime()
{
    // As many columns as a result can have. Were each number tried for each, this would be eight million
    // steps.
    const QStringList columns(4096, QStringLiteral("c"));
    const QList<QByteArray> roles = columnRoleNames(columns);
    QCOMPARE(QSet<QByteArray>(roles.begin(), roles.end()).size(), 4096);
    QCOMPARE(roles.last(), QByteArray("c_4096"));
}

// GUI life 17: whatever a server calls its columns.
void tst_RoleNames::neverUnusable()
{
    // Names that a hostile server may send.
    const QStringList columns
        = {QString(10'000, QLatin1Char('x')), QStringLiteral("a\nb"), QString(QChar(0)),
           QStringLiteral("\"}; quit()"),     QStringLiteral("$"),    QStringLiteral("…"),
           QStringLiteral("import"),          QStringLiteral("٣"),    QString(QChar(0xD800))};
    const QRegularExpression identifier(QStringLiteral("^[\\p{Ll}\\p{Lo}\\p{Lm}_][\\p{L}\\p{N}_$]*$"),
                                        QRegularExpression::UseUnicodePropertiesOption);
    const QList<QByteArray> roles = columnRoleNames(columns);
    QCOMPARE(roles.size(), columns.size());
    for (const QByteArray &role : roles) {
        QVERIFY2(identifier.match(QString::fromUtf8(role)).hasMatch(), role.constData());
        QVERIFY(QString::fromUtf8(role).size() <= 66);
    }
}

QTEST_GUILESS_MAIN(tst_RoleNames)
#include "tst_rolenames.moc"
