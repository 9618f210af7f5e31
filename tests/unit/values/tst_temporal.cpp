// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "unit/values/rowbuilder.h"

#include <QAsyncMySql/sqltime.h>

#include <QDateTime>
#include <QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Test;
using namespace std::chrono;

//! Dates and times of rows, as all the types that can hold them.
class tst_Temporal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dates();
    void zeroAndPartialDates();
    void dateTimes();
    void brokenDates_data();
    void brokenDates();
    void times();
};

void tst_Temporal::dates()
{
    const ColumnSpec column = plain(ColumnType::Date);
    QCOMPARE(readText<QDate>(column, "2024-02-29").value(), QDate(2024, 2, 29));
    QCOMPARE(readBinary<QDate>(column, binaryDate(2024, 2, 29)).value(), QDate(2024, 2, 29));
    QCOMPARE(readText<QDate>(column, "9999-12-31").value(), QDate(9999, 12, 31));
    QCOMPARE(readText<QDate>(column, "0001-01-01").value(), QDate(1, 1, 1));
    QCOMPARE(readText<year_month_day>(column, "1000-01-01").value(), 1000y / 1 / 1);
    QCOMPARE(readBinary<year_month_day>(column, binaryDate(9999, 12, 31)).value(), 9999y / 12 / 31);
    QCOMPARE(readText<sys_days>(column, "1969-12-31").value(), sys_days(days(-1)));
    // A date as a time is midnight; a time's date is its date.
    QCOMPARE(readText<QDateTime>(column, "2024-02-29").value(),
             QDateTime(QDate(2024, 2, 29), QTime(0, 0), Qt::UTC));
    QCOMPARE(readText<QDate>(plain(ColumnType::DateTime), "2024-02-29 23:59:59").value(), QDate(2024, 2, 29));
    QCOMPARE(readText<QDate>(text(), "2024-02-29").value(), QDate(2024, 2, 29));
    QVERIFY(fails(readText<QDate>(plain(ColumnType::Long), "20240229")));
    QVERIFY(fails(readText<QDate>(column, "2023-02-29"))); // ALLOW_INVALID_DATES
    QVERIFY(fails(readText<QDate>(column, "0000-01-01"))); // QDate has no year 0
    QCOMPARE(readText<year_month_day>(column, "0000-01-01").value(), 0y / 1 / 1);
}

// Pitfall 26: zero dates come as nothing at all, or as zeros.
void tst_Temporal::zeroAndPartialDates()
{
    for (const ColumnType type : {ColumnType::Date, ColumnType::DateTime, ColumnType::Timestamp}) {
        const QByteArray zero = type == ColumnType::Date ? "0000-00-00" : "0000-00-00 00:00:00.000000";
        for (const Row &row : {makeCell(plain(type), RowFormat::Text, zero),
                               makeCell(plain(type), RowFormat::Binary, QByteArray("")),
                               makeCell(plain(type), RowFormat::Binary, binaryDate(0, 0, 0))}) {
            QVERIFY(!row.isNull(0));
            QVERIFY(row.cell(0).isZeroDate());
            QVERIFY(row.tryGet<QDate>(0).value().isNull());
            QVERIFY(row.tryGet<QDateTime>(0).value().isNull());
            QVERIFY(fails(row.tryGet<year_month_day>(0)));
            QVERIFY(fails(row.tryGet<sys_time<microseconds>>(0)));
        }
    }
    for (const char *partial : {"2024-00-00", "2024-01-00", "2024-00-05", "0000-05-00"}) {
        const Row row = makeCell(plain(ColumnType::Date), RowFormat::Text, QByteArray(partial));
        QVERIFY(!row.cell(0).isZeroDate());
        QVERIFY(fails(row.tryGet<QDate>(0)));
        QVERIFY(fails(row.tryGet<QDateTime>(0)));
        QVERIFY(fails(row.tryGet<year_month_day>(0)));
        QCOMPARE(row.tryGet<QString>(0).value(), QString::fromLatin1(partial));
    }
    QVERIFY(!makeCell(plain(ColumnType::Date), RowFormat::Text, std::nullopt).cell(0).isZeroDate());
}

void tst_Temporal::dateTimes()
{
    for (const ColumnType type : {ColumnType::DateTime, ColumnType::Timestamp}) {
        const ColumnSpec column = plain(type, {}, 6);
        const auto expected = sys_days(2024y / 2 / 29) + 23h + 59min + 58s + 123456us;
        const QByteArray written("2024-02-29 23:59:58.123456");
        const QByteArray packed = binaryDateTime(2024, 2, 29, 23, 59, 58, 123456);
        QCOMPARE(readText<sys_time<microseconds>>(column, written).value(), expected);
        QCOMPARE(readBinary<sys_time<microseconds>>(column, packed).value(), expected);
        QCOMPARE(readText<local_time<microseconds>>(column, written).value().time_since_epoch(),
                 expected.time_since_epoch());
        QCOMPARE(readBinary<sys_seconds>(column, packed).value(), floor<seconds>(expected));
        const QDateTime cut(QDate(2024, 2, 29), QTime(23, 59, 58, 123), Qt::UTC);
        QCOMPARE(readText<QDateTime>(column, written).value(), cut);
        QCOMPARE(readBinary<QDateTime>(column, packed).value(), cut);
        QCOMPARE(readText<QDateTime>(column, written).value().timeSpec(), Qt::UTC);
        QCOMPARE(readText<QTime>(column, written).value(), QTime(23, 59, 58, 123));
        QCOMPARE(readBinary<QDateTime>(column, binaryDate(2024, 2, 29)).value(),
                 QDateTime(QDate(2024, 2, 29), QTime(0, 0), Qt::UTC));
        // Fewer digits, and both ends of the range
        QCOMPARE(readText<sys_time<microseconds>>(column, "1970-01-01 00:00:00.5").value().time_since_epoch(),
                 500000us);
        QCOMPARE(
            readText<sys_time<microseconds>>(column, "1969-12-31 23:59:59.999999").value().time_since_epoch(),
            -1us);
        QCOMPARE(readText<sys_seconds>(column, "1969-12-31 23:59:59.5").value().time_since_epoch(), -1s);
        QCOMPARE(readText<sys_time<microseconds>>(column, "9999-12-31 23:59:59.999999").value(),
                 sys_days(9999y / 12 / 31) + 24h - 1us);
        QCOMPARE(readText<QDateTime>(column, "1000-01-01 00:00:00").value(),
                 QDateTime(QDate(1000, 1, 1), QTime(0, 0), Qt::UTC));
    }
}

void tst_Temporal::brokenDates_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("packed");
    const QByteArray good = binaryDateTime(2024, 1, 1, 1, 1, 1);
    QTest::addRow("cut") << QByteArray("2024-01-0") << good.first(3);
    QTest::addRow("one byte") << QByteArray("2") << good.first(1);
    QTest::addRow("month 13") << QByteArray("2024-13-01") << binaryDate(2024, 13, 1);
    QTest::addRow("day 32") << QByteArray("2024-01-32") << binaryDate(2024, 1, 32);
    QTest::addRow("31 April") << QByteArray("2024-04-31") << binaryDate(2024, 4, 31);
    QTest::addRow("hour 24") << QByteArray("2024-01-01 24:00:00") << binaryDateTime(2024, 1, 1, 24, 0, 0);
    QTest::addRow("minute 60") << QByteArray("2024-01-01 00:60:00") << binaryDateTime(2024, 1, 1, 0, 60, 0);
    QTest::addRow("second 60") << QByteArray("2024-01-01 00:00:60") << binaryDateTime(2024, 1, 1, 0, 0, 60);
    QTest::addRow("a million microseconds")
        << QByteArray("2024-01-01 00:00:00.1000000") << binaryDateTime(2024, 1, 1, 0, 0, 0, 1000000);
    QTest::addRow("no digits after the point") << QByteArray("2024-01-01 00:00:00.") << good + "\1";
    QTest::addRow("more after the end") << QByteArray("2024-01-01 00:00:00 ") << good + "\1\1\1\1\1";
    QTest::addRow("year 10000") << QByteArray("10000-01-01") << binaryDate(10000, 1, 1);
    QTest::addRow("letters") << QByteArray("2024-xx-01") << QByteArray("abc");
}

void tst_Temporal::brokenDates()
{
    QFETCH(const QByteArray, written);
    QFETCH(const QByteArray, packed);
    const ColumnSpec column = plain(ColumnType::DateTime);
    for (const Row &row :
         {makeCell(column, RowFormat::Text, written), makeCell(column, RowFormat::Binary, packed)}) {
        QVERIFY(fails(row.tryGet<QDate>(0)));
        QVERIFY(fails(row.tryGet<QDateTime>(0)));
        QVERIFY(fails(row.tryGet<sys_seconds>(0)));
        QVERIFY(!row.cell(0).isZeroDate());
    }
}

void tst_Temporal::times()
{
    const ColumnSpec column = plain(ColumnType::Time, {}, 6);
    const auto longest = 838h + 59min + 59s + 999999us;
    QCOMPARE(readText<microseconds>(column, "-838:59:59.999999").value(), -longest);
    QCOMPARE(readBinary<microseconds>(column, binaryTime(true, 34, 22, 59, 59, 999999)).value(), -longest);
    QCOMPARE(readText<SqlTime>(column, "838:59:59.999999").value(), SqlTime::max());
    QCOMPARE(readBinary<SqlTime>(column, binaryTime(true, 34, 22, 59, 59, 999999)).value(), SqlTime::min());
    QCOMPARE(readText<microseconds>(column, "-00:00:00.000001").value(), -1us);
    QCOMPARE(readText<seconds>(column, "01:00:00").value(), 3600s);
    QCOMPARE(readBinary<microseconds>(column, QByteArray("")).value(), 0us);
    QCOMPARE(readBinary<microseconds>(column, binaryTime(false, 1, 0, 0, 0)).value(), 24h);
    QCOMPARE(readText<QTime>(column, "23:59:59.999999").value(), QTime(23, 59, 59, 999));
    QCOMPARE(readBinary<QTime>(column, binaryTime(false, 0, 1, 2, 3, 4000)).value(), QTime(1, 2, 3, 4));
    QVERIFY(fails(readText<QTime>(column, "24:00:00")));
    QVERIFY(fails(readText<QTime>(column, "-00:00:01")));
    for (const char *bad :
         {"", "1", "1:2", "00:60:00", "00:00:60", "00:00:00.", "0000:00:00", "--01:00:00", "00:00:00x"})
        QVERIFY2(fails(readText<SqlTime>(column, bad)), bad);
    for (const QByteArray &bad :
         {QByteArray(1, '\0'), QByteArray(7, '\0'), QByteArray(9, '\0'), QByteArray(13, '\0'),
          binaryTime(false, 0xFFFFFFFF, 0, 0, 0), binaryTime(false, 0, 24, 0, 0),
          QByteArray(QByteArray("\x02") + binaryTime(false, 0, 1, 0, 0).sliced(1))})
        QVERIFY(fails(readBinary<SqlTime>(column, bad)));
    QVERIFY(fails(readText<SqlTime>(plain(ColumnType::DateTime), "2024-01-01 00:00:00")));
}

QTEST_GUILESS_MAIN(tst_Temporal)
#include "tst_temporal.moc"
