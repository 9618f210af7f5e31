// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/ResultInfo>

#include <QtTest/QTest>

using namespace QAsyncMySql;
using Number = std::optional<quint64>;

class tst_ResultInfo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void known();
    void unknown_data();
    void unknown();
};

void tst_ResultInfo::known()
{
    const ResultInfo update = ResultInfo::fromText(u"Rows matched: 3  Changed: 2  Warnings: 1");
    QCOMPARE(update.matched, Number(3));
    QCOMPARE(update.changed, Number(2));
    QCOMPARE(update.warnings, Number(1));
    QVERIFY(!update.records && !update.duplicates && !update.deleted && !update.skipped);
    const ResultInfo load
        = ResultInfo::fromText(u"Records: 18446744073709551615  Deleted: 1  Skipped: 0  Warnings: 0");
    QCOMPARE(load.records, Number(std::numeric_limits<quint64>::max()));
    QCOMPARE(load.deleted, Number(1));
    QCOMPARE(load.skipped, Number(0));
    const ResultInfo insert = ResultInfo::fromText(u"Records: 2  Duplicates: 1  Warnings: 0");
    QCOMPARE(insert.duplicates, Number(1));
}

void tst_ResultInfo::unknown_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << QString();
    QTest::newRow("another language") << QStringLiteral("Datensätze: 3  Duplikate: 0  Warnungen: 0");
    QTest::newRow("no number") << QStringLiteral("Records: many  Warnings:");
    QTest::newRow("no colon") << QStringLiteral("Records 3");
    QTest::newRow("only colons") << QStringLiteral("::::");
    QTest::newRow("too long") << QStringLiteral("Records: 99999999999999999999999999");
}

void tst_ResultInfo::unknown()
{
    QFETCH(QString, text);
    const ResultInfo info = ResultInfo::fromText(text);
    QVERIFY(!info.matched && !info.changed && !info.warnings && !info.records && !info.duplicates
            && !info.deleted && !info.skipped);
}

QTEST_APPLESS_MAIN(tst_ResultInfo)
#include "tst_resultinfo.moc"
