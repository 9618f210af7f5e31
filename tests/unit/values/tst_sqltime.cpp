// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqltime.h>

#include <QDateTime>
#include <QTest>
#include <QVariant>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

class tst_SqlTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_data();
    void text();
    void refusesOtherTexts_data();
    void refusesOtherTexts();
    void range();
    void timesOfDay();
    void variants();
};

void tst_SqlTime::text_data()
{
    QTest::addColumn<qint64>("microseconds");
    QTest::addColumn<QString>("text");
    QTest::addRow("zero") << qint64(0) << u"00:00:00"_qs;
    QTest::addRow("a microsecond less") << qint64(-1) << u"-00:00:00.000001"_qs;
    QTest::addRow("half a second") << qint64(500'000) << u"00:00:00.5"_qs;
    QTest::addRow("day") << qint64(86'400'000'000) << u"24:00:00"_qs;
    QTest::addRow("hundred hours") << qint64(360'000'000'000) << u"100:00:00"_qs;
    QTest::addRow("longest") << qint64(SqlTime::max().duration().count()) << u"838:59:59.999999"_qs;
    QTest::addRow("shortest") << qint64(SqlTime::min().duration().count()) << u"-838:59:59.999999"_qs;
}

void tst_SqlTime::text()
{
    QFETCH(const qint64, microseconds);
    QFETCH(const QString, text);
    const SqlTime time{std::chrono::microseconds(microseconds)};
    QCOMPARE(time.toString(), text);
    QCOMPARE(SqlTime::fromString(text), std::optional(time));
    QVERIFY(time.isValid());
    QCOMPARE(time.isNegative(), microseconds < 0);
}

void tst_SqlTime::refusesOtherTexts_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "12", "1:2:3", "1:60", "1:00:60", "1:00:00.", "1:00:00.1234567", "abc",
                             "+1:00", "1::0", "00000000000000000000000001:00"})
        QTest::addRow("\"%s\"", text) << QString::fromLatin1(text);
}

void tst_SqlTime::refusesOtherTexts()
{
    QFETCH(const QString, text);
    QVERIFY(!SqlTime::fromString(text));
}

void tst_SqlTime::range()
{
    QCOMPARE(SqlTime::fromString(u"1:30"), std::optional(SqlTime(90min)));
    QVERIFY(!SqlTime(839h).isValid());
    QVERIFY(!SqlTime(-839h).isValid());
    QVERIFY(SqlTime(-1us) < SqlTime());
    QVERIFY(SqlTime(1h) > SqlTime(59min));
    QCOMPARE(qHash(SqlTime(60s)), qHash(SqlTime(1min)));
}

void tst_SqlTime::timesOfDay()
{
    QCOMPARE(SqlTime(23h + 59min + 1ms).toQTime(), QTime(23, 59, 0, 1));
    QVERIFY(SqlTime(23h).fitsQTime());
    QVERIFY(!SqlTime(24h).fitsQTime());
    QVERIFY(!SqlTime(1us).fitsQTime());
    QVERIFY(!SqlTime(-1s).fitsQTime());
    QVERIFY(SqlTime(24h).toQTime().isNull());
    QVERIFY(SqlTime(-1s).toQTime().isNull());
    QCOMPARE(SqlTime::fromQTime(QTime(1, 2, 3, 4)), SqlTime(1h + 2min + 3s + 4ms));
    QCOMPARE(SqlTime::fromQTime(QTime()), SqlTime());
}

void tst_SqlTime::variants()
{
    const QVariant value = QVariant::fromValue(SqlTime(-25h));
    QCOMPARE(value.toString(), u"-25:00:00"_qs);
    QCOMPARE(value.toLongLong(), -25 * 3600 * 1000);
    QVERIFY(!value.toTime().isValid());
    QCOMPARE(QVariant::fromValue(SqlTime(1h)).toTime(), QTime(1, 0));
}

QTEST_GUILESS_MAIN(tst_SqlTime)
#include "tst_sqltime.moc"
