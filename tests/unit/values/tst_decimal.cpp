// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/decimal.h>

#include <QTest>
#include <QVariant>

#include <limits>

using namespace QAsyncMySql;

namespace {
Decimal number(const char *text)
{
    return Decimal::fromUtf8(text).value();
}
} // namespace

class tst_Decimal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_data();
    void text();
    void refuses_data();
    void refuses();
    void integers();
    void order();
    void digits();
    void variants();
};

void tst_Decimal::text_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("kept");
    const auto add = [](const char *given, const char *kept) {
        QTest::addRow("%s", given) << QString::fromLatin1(given) << QString::fromLatin1(kept);
    };
    add("0", "0");
    add("-0", "0");
    add("-0.00", "0.00");
    add("1.50", "1.50");
    add("+7", "7");
    add("-12", "-12");
    add(".5", "0.5");
    add("-.5", "-0.5");
    add("3.", "3");
    add("000123.4500", "123.4500");
    add("99999999999999999999999999999999999.999999999999999999999999999999",
        "99999999999999999999999999999999999.999999999999999999999999999999");
}

void tst_Decimal::text()
{
    QFETCH(const QString, given);
    QTEST(Decimal::fromString(given).value().toString(), "kept");
}

void tst_Decimal::refuses_data()
{
    QTest::addColumn<QByteArray>("given");
    for (const char *text :
         {"", ".", "-", "+", "-.", "1e5", "1,5", " 1", "1 ", "0x1", "nan", "1.2.3", "--1", "٣"})
        QTest::addRow("\"%s\"", text) << QByteArray(text);
    QTest::addRow("66 digits") << QByteArray(66, '9');
    QTest::addRow("66 digits with a point") << QByteArray(35, '9') + '.' + QByteArray(31, '9');
}

void tst_Decimal::refuses()
{
    QFETCH(const QByteArray, given);
    QVERIFY(!Decimal::fromUtf8(given));
    QVERIFY(!Decimal::fromString(QString::fromUtf8(given)));
}

void tst_Decimal::integers()
{
    constexpr auto least = std::numeric_limits<qint64>::min();
    constexpr auto most = std::numeric_limits<quint64>::max();
    QCOMPARE(Decimal(least).toString(), u"-9223372036854775808"_qs);
    QCOMPARE(Decimal(most).toString(), u"18446744073709551615"_qs);
    QCOMPARE(Decimal(least).toInt64(), std::optional(least));
    QCOMPARE(Decimal(most).toUInt64(), std::optional(most));
    QCOMPARE(Decimal(most).toInt64(), std::nullopt);
    QCOMPARE(Decimal(-1).toUInt64(), std::nullopt);
    QCOMPARE(number("5.000").toInt64(), std::optional(qint64(5)));
    QCOMPARE(number("-5.000").toInt64(), std::optional(qint64(-5)));
    QCOMPARE(number("5.001").toInt64(), std::nullopt);
    QCOMPARE(Decimal().toInt64(), std::optional(qint64(0)));
    QCOMPARE(number("-2.5").toDouble(), -2.5);
    QCOMPARE(Decimal().toDouble(), 0.0);
}

void tst_Decimal::order()
{
    const QList<Decimal> ascending{number("-100"), number("-99.5"), number("-99.25"), number("-1"),
                                   number("-0.1"), Decimal(),       number("0.0999"), number("0.1"),
                                   number("1"),    number("2"),     number("10"),     number("10.01"),
                                   number("99.9"), number("100")};
    for (qsizetype i = 0; i < ascending.size(); ++i) {
        for (qsizetype j = 0; j < ascending.size(); ++j) {
            QCOMPARE(ascending[i] < ascending[j], i < j);
            QCOMPARE(ascending[i] == ascending[j], i == j);
        }
    }
    QCOMPARE(number("1.50"), number("1.5"));
    QCOMPARE(number("0.00"), Decimal());
    QCOMPARE(qHash(number("1.50"), 7), qHash(number("1.5"), 7));
    QCOMPARE(qHash(number("0.0"), 7), qHash(Decimal(), 7));
}

void tst_Decimal::digits()
{
    QCOMPARE(number("1.50").scale(), 2);
    QCOMPARE(number("15").scale(), 0);
    QVERIFY(number("0.00").isZero());
    QVERIFY(!number("0.01").isZero());
    QVERIFY(number("-0.01").isNegative());
    QVERIFY(!number("-0.00").isNegative());
}

void tst_Decimal::variants()
{
    const QVariant value = QVariant::fromValue(number("1.50"));
    QCOMPARE(value.toString(), u"1.50"_qs);
    QCOMPARE(value.toDouble(), 1.5);
}

QTEST_GUILESS_MAIN(tst_Decimal)
#include "tst_decimal.moc"
