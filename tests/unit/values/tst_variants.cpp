// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "unit/values/rowbuilder.h"

#include <QAsyncMySql/sqltime.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Test;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(QAsyncMySql::Test::ColumnSpec)

//! The QVariant and the JSON of a value in either format: both must be the same.
class tst_Variants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
};

void tst_Variants::values_data()
{
    QTest::addColumn<ColumnSpec>("spec");
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("packed");
    QTest::addColumn<QVariant>("variant");
    QTest::addColumn<QByteArray>("json");
    const ColumnFlags isUnsigned = ColumnFlag::Unsigned;

    QTest::addRow("TINYINT") << plain(ColumnType::Tiny) << QByteArray("-5") << QByteArray(1, char(-5))
                             << QVariant(-5) << QByteArray("-5");
    QTest::addRow("INT UNSIGNED") << plain(ColumnType::Long, isUnsigned) << QByteArray("4294967295")
                                  << littleEndian(quint32(-1)) << QVariant(4294967295u)
                                  << QByteArray("4294967295");
    QTest::addRow("BIGINT") << plain(ColumnType::LongLong) << QByteArray("9007199254740992")
                            << littleEndian(Q_INT64_C(9007199254740992))
                            << QVariant(qlonglong(9007199254740992)) << QByteArray("9007199254740992");
    QTest::addRow("BIGINT, over 2^53")
        << plain(ColumnType::LongLong) << QByteArray("-9007199254740993")
        << littleEndian(Q_INT64_C(-9007199254740993)) << QVariant(qlonglong(-9007199254740993))
        << QByteArray("\"-9007199254740993\"");
    QTest::addRow("BIGINT UNSIGNED") << plain(ColumnType::LongLong, isUnsigned)
                                     << QByteArray("18446744073709551615") << littleEndian(quint64(-1))
                                     << QVariant(qulonglong(-1)) << QByteArray("\"18446744073709551615\"");
    QTest::addRow("YEAR") << plain(ColumnType::Year, isUnsigned) << QByteArray("1999")
                          << littleEndian(quint16(1999)) << QVariant(1999) << QByteArray("1999");
    QTest::addRow("YEAR, 0") << plain(ColumnType::Year, isUnsigned) << QByteArray("0000")
                             << littleEndian(quint16(0)) << QVariant(0) << QByteArray("0");
    QTest::addRow("BIT") << plain(ColumnType::Bit, isUnsigned) << QByteArray("\x01\x00", 2)
                         << QByteArray("\x01\x00", 2) << QVariant(qulonglong(256)) << QByteArray("256");
    QTest::addRow("FLOAT") << plain(ColumnType::Float, {}, 31) << QByteArray("0.1") << littleEndian(0.1f)
                           << QVariant(0.1f) << QByteArray("0.1");
    QTest::addRow("DOUBLE") << plain(ColumnType::Double, {}, 31) << QByteArray("1e-7") << littleEndian(1e-7)
                            << QVariant(1e-7) << QByteArray("1e-07");
    QTest::addRow("DECIMAL") << plain(ColumnType::NewDecimal, {}, 10) << QByteArray("1234567890.1234567891")
                             << QByteArray("1234567890.1234567891") << QVariant(u"1234567890.1234567891"_qs)
                             << QByteArray("\"1234567890.1234567891\"");
    QTest::addRow("DATE") << plain(ColumnType::Date) << QByteArray("2024-02-29")
                          << QByteArray("\xE8\x07\x02\x1D", 4) << QVariant(QDate(2024, 2, 29))
                          << QByteArray("\"2024-02-29\"");
    QTest::addRow("DATE, zero") << plain(ColumnType::Date) << QByteArray("0000-00-00") << QByteArray("")
                                << QVariant(QDate()) << QByteArray("\"0000-00-00\"");
    QTest::addRow("DATE, partial") << plain(ColumnType::Date) << QByteArray("2024-05-00")
                                   << QByteArray("\xE8\x07\x05\x00", 4) << QVariant(u"2024-05-00"_qs)
                                   << QByteArray("\"2024-05-00\"");
    QTest::addRow("DATETIME") << plain(ColumnType::DateTime) << QByteArray("2024-02-29 01:02:03")
                              << QByteArray("\xE8\x07\x02\x1D\x01\x02\x03", 7)
                              << QVariant(QDateTime(QDate(2024, 2, 29), QTime(1, 2, 3), Qt::UTC))
                              << QByteArray("\"2024-02-29 01:02:03\"");
    QTest::addRow("TIMESTAMP(6)") << plain(ColumnType::Timestamp, {}, 6)
                                  << QByteArray("2024-02-29 01:02:03.004005")
                                  << QByteArray("\xE8\x07\x02\x1D\x01\x02\x03", 7)
            + littleEndian(quint32(4005))
                                  << QVariant(QDateTime(QDate(2024, 2, 29), QTime(1, 2, 3, 4), Qt::UTC))
                                  << QByteArray("\"2024-02-29 01:02:03.004005\"");
    QTest::addRow("TIME") << plain(ColumnType::Time) << QByteArray("23:59:59")
                          << QByteArray("\0\0\0\0\0\x17\x3B\x3B", 8) << QVariant(QTime(23, 59, 59))
                          << QByteArray("\"23:59:59\"");
    QTest::addRow("TIME, negative") << plain(ColumnType::Time) << QByteArray("-00:00:01")
                                    << QByteArray("\1\0\0\0\0\0\0\1", 8) << QVariant::fromValue(SqlTime(-1s))
                                    << QByteArray("\"-00:00:01\"");
    QTest::addRow("TIME, over 24 h") << plain(ColumnType::Time) << QByteArray("25:00:00")
                                     << QByteArray("\0\1\0\0\0\1\0\0", 8) << QVariant::fromValue(SqlTime(25h))
                                     << QByteArray("\"25:00:00\"");
    QTest::addRow("TIME, with microseconds")
        << plain(ColumnType::Time, {}, 6) << QByteArray("00:00:00.000001")
        << QByteArray(8, '\0') + littleEndian(quint32(1)) << QVariant::fromValue(SqlTime(1us))
        << QByteArray("\"00:00:00.000001\"");
    QTest::addRow("VARCHAR") << text() << QByteArray("ü\"") << QByteArray("ü\"") << QVariant(u"ü\""_qs)
                             << QByteArray("\"ü\\\"\"");
    QTest::addRow("BLOB") << bytes() << QByteArray("\0\xFF", 2) << QByteArray("\0\xFF", 2)
                          << QVariant(QByteArray("\0\xFF", 2)) << QByteArray(R"({"base64":"AP8="})");
    QTest::addRow("BLOB, empty") << bytes() << QByteArray("") << QByteArray("") << QVariant(QByteArray(""))
                                 << QByteArray(R"({"base64":""})");
    QTest::addRow("SET") << text(ColumnType::String, ColumnFlag::Set) << QByteArray("a,b")
                         << QByteArray("a,b") << QVariant(u"a,b"_qs) << QByteArray("\"a,b\"");
    QTest::addRow("JSON") << ColumnSpec{ColumnType::Json, {}, 63} << QByteArray("{\"a\":1}")
                          << QByteArray("{\"a\":1}") << QVariant(u"{\"a\":1}"_qs)
                          << QByteArray("\"{\\\"a\\\":1}\"");
}

void tst_Variants::values()
{
    QFETCH(const ColumnSpec, spec);
    QFETCH(const QByteArray, written);
    QFETCH(const QByteArray, packed);
    QFETCH(const QVariant, variant);
    QFETCH(const QByteArray, json);
    for (const Row &row :
         {makeCell(spec, RowFormat::Text, written), makeCell(spec, RowFormat::Binary, packed)}) {
        const QVariant value = row.value(0);
        QCOMPARE(value.metaType(), variant.metaType());
        QCOMPARE(value, variant);
        QVERIFY(value.metaType() == row.columns().first().metaType()
                || value.metaType() == QMetaType::fromType<SqlTime>() || variant == u"2024-05-00"_qs);
        const QByteArray array
            = QJsonDocument(QJsonArray{row.cell(0).toJson()}).toJson(QJsonDocument::Compact);
        QCOMPARE(array, '[' + json + ']');
        // And as the server prints it, but for bits, which it prints as bytes
        if (spec.type != ColumnType::Bit && spec.type != ColumnType::Double)
            QCOMPARE(row.cell(0).toText(), written);
        const Row null = makeCell(spec, row.cell(0).format(), std::nullopt);
        QCOMPARE(null.cell(0).toJson(), QJsonValue(QJsonValue::Null));
    }
}

QTEST_GUILESS_MAIN(tst_Variants)
#include "tst_variants.moc"
