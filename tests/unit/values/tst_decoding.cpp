// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "unit/values/rowbuilder.h"

#include <QAsyncMySql/decimal.h>
#include <QAsyncMySql/sqltime.h>

#include <QBitArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>
#include <QUuid>

#include <limits>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Test;
using namespace std::chrono;

namespace {

enum class Colour
{
    Red = 1,
    Green = 2
};
enum class Small : quint8
{
    Zero
};

struct Money
{
    qint64 cents = 0;
};

constexpr quint64 MaxU64 = std::numeric_limits<quint64>::max();
constexpr qint64 MinI64 = std::numeric_limits<qint64>::min();
constexpr qint64 MaxI64 = std::numeric_limits<qint64>::max();

const auto Unsigned = ColumnFlags(ColumnFlag::Unsigned);

} // namespace

template <> struct QAsyncMySql::ValueDecoder<Money>
{
    static Result<Money> decode(const Cell &cell)
    {
        if (cell.isNull())
            return Money{-1};
        const Result<Decimal> decimal = cell.as<Decimal>();
        if (!decimal)
            return decimal.error();
        return Money{qRound64(decimal->toDouble() * 100)};
    }
};

class tst_Decoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void integersOfText();
    void integersOfBinary();
    void integerRanges();
    void integersFromOtherTypes();
    void malformedNumbers_data();
    void malformedNumbers();
    void floatingPoint();
    void decimals();
    void bits();
    void booleans();
    void texts();
    void invalidUtf8();
    void views();
    void textOfBinaryNumbers();
    void sets();
    void enumerations();
    void vectors();
    void uuids();
    void json();
    void nulls();
    void optionals();
    void ownTypes();
    void getWarnsAndGivesDefault();
    void errorsNameColumnAndReason();
};

void tst_Decoding::integersOfText()
{
    const ColumnSpec big = plain(ColumnType::LongLong);
    const ColumnSpec unsignedBig = plain(ColumnType::LongLong, Unsigned);
    QCOMPARE(readText<qint64>(big, "0").value(), 0);
    QCOMPARE(readText<qint64>(big, "-1").value(), -1);
    QCOMPARE(readText<qint64>(big, "999999999999999999").value(), 999999999999999999);
    QCOMPARE(readText<qint64>(big, "9223372036854775807").value(), MaxI64);
    QCOMPARE(readText<qint64>(big, "-9223372036854775808").value(), MinI64);
    QCOMPARE(readText<quint64>(unsignedBig, "18446744073709551615").value(), MaxU64);
    QVERIFY(fails(readText<qint64>(unsignedBig, "9223372036854775808")));
    QVERIFY(fails(readText<quint64>(big, "-1")));
    QCOMPARE(readText<int>(plain(ColumnType::Long, ColumnFlag::ZeroFill), "0000000042").value(), 42);
    QCOMPARE(readText<quint32>(plain(ColumnType::Long, Unsigned), "4294967295").value(), 4294967295u);
    QCOMPARE(readText<int>(plain(ColumnType::Int24), "-8388608").value(), -8388608);
    QCOMPARE(readText<qint16>(plain(ColumnType::Short), "-32768").value(), qint16(-32768));
    QCOMPARE(readText<qint8>(plain(ColumnType::Tiny), "-128").value(), qint8(-128));
    QCOMPARE(readText<quint8>(plain(ColumnType::Tiny, Unsigned), "255").value(), quint8(255));
    QCOMPARE(readText<long>(big, "-77").value(), -77L);
    QCOMPARE(readText<unsigned long>(big, "77").value(), 77UL);
    QCOMPARE(readText<int>(plain(ColumnType::Year, Unsigned), "2155").value(), 2155);
    QCOMPARE(readText<int>(plain(ColumnType::Year, Unsigned), "0000").value(), 0);
}

void tst_Decoding::integersOfBinary()
{
    QCOMPARE(readBinary<int>(plain(ColumnType::Tiny), QByteArray("\x80", 1)).value(), -128);
    QCOMPARE(readBinary<int>(plain(ColumnType::Tiny, Unsigned), QByteArray("\x80", 1)).value(), 128);
    QCOMPARE(readBinary<int>(plain(ColumnType::Short), littleEndian(quint16(0x8000))).value(), -32768);
    QCOMPARE(readBinary<int>(plain(ColumnType::Short, Unsigned), littleEndian(quint16(0x8000))).value(),
             32768);
    QCOMPARE(readBinary<int>(plain(ColumnType::Int24), littleEndian(qint32(-8388608))).value(), -8388608);
    QCOMPARE(readBinary<int>(plain(ColumnType::Int24, Unsigned), littleEndian(quint32(16777215))).value(),
             16777215);
    QCOMPARE(readBinary<qint64>(plain(ColumnType::Long), littleEndian(qint32(-1))).value(), -1);
    QCOMPARE(readBinary<qint64>(plain(ColumnType::Long, Unsigned), littleEndian(quint32(-1))).value(),
             4294967295);
    QCOMPARE(readBinary<qint64>(plain(ColumnType::LongLong), littleEndian(MinI64)).value(), MinI64);
    QCOMPARE(readBinary<quint64>(plain(ColumnType::LongLong, Unsigned), littleEndian(MaxU64)).value(),
             MaxU64);
    QVERIFY(fails(readBinary<qint64>(plain(ColumnType::LongLong, Unsigned), littleEndian(MaxU64))));
    QVERIFY(fails(readBinary<quint64>(plain(ColumnType::LongLong), littleEndian(qint64(-1)))));
    // YEAR is an unsigned short whatever its flags say.
    QCOMPARE(readBinary<int>(plain(ColumnType::Year), littleEndian(quint16(2155))).value(), 2155);
}

void tst_Decoding::integerRanges()
{
    const ColumnSpec column = plain(ColumnType::LongLong);
    QCOMPARE(readText<qint8>(column, "127").value(), qint8(127));
    QVERIFY(fails(readText<qint8>(column, "128")));
    QVERIFY(fails(readText<qint8>(column, "-129")));
    QVERIFY(fails(readText<quint8>(column, "256")));
    QVERIFY(fails(readText<quint8>(column, "-1")));
    QVERIFY(fails(readText<int>(column, "2147483648")));
    QVERIFY(fails(readText<uint>(column, "4294967296")));
    QVERIFY(fails(readText<int>(column, "99999999999999999999")));
}

void tst_Decoding::integersFromOtherTypes()
{
    const ColumnSpec decimal = plain(ColumnType::NewDecimal, {}, 4);
    QCOMPARE(readText<qint64>(decimal, "9007199254740993.0000").value(), 9007199254740993); // not a double
    QCOMPARE(readText<quint64>(decimal, "18446744073709551615.0").value(), MaxU64);
    QCOMPARE(readBinary<qint64>(decimal, "-3.00").value(), -3);
    QVERIFY(fails(readText<qint64>(decimal, "1.0001")));
    QVERIFY(fails(readText<qint64>(decimal, "9223372036854775808.0")));
    QVERIFY(fails(readText<quint64>(decimal, "-1.0")));
    QCOMPARE(readText<int>(text(), "12").value(), 12);
    QVERIFY(fails(readText<int>(text(), "12 apples")));
    QCOMPARE(readText<int>(plain(ColumnType::Double), "1e3").value(), 1000);
    QVERIFY(fails(readText<int>(plain(ColumnType::Double), "0.5")));
    QVERIFY(fails(readText<qint64>(plain(ColumnType::Double), "1e19")));
    QCOMPARE(readText<quint64>(plain(ColumnType::Double), "1e19").value(), Q_UINT64_C(10000000000000000000));
    QCOMPARE(readBinary<int>(plain(ColumnType::Double), littleEndian(-2.0)).value(), -2);
    QVERIFY(fails(readBinary<int>(plain(ColumnType::Double), littleEndian(std::nan("")))));
    QVERIFY(fails(readText<int>(plain(ColumnType::DateTime), "2024-01-01 00:00:00")));
}

void tst_Decoding::malformedNumbers_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *value : {"", "-", "+", "--1", "1-", "1 ", " 1", "0x10", "1,5", "nan", "inf", "1e", "é"})
        QTest::addRow("\"%s\"", value) << QByteArray(value);
}

void tst_Decoding::malformedNumbers()
{
    QFETCH(const QByteArray, value);
    for (const ColumnType type :
         {ColumnType::Long, ColumnType::Double, ColumnType::NewDecimal, ColumnType::VarString}) {
        QVERIFY(fails(readText<int>(plain(type), value)));
        QVERIFY(fails(readText<quint64>(plain(type), value)));
        QVERIFY(fails(readText<double>(plain(type), value)));
        QVERIFY(fails(readText<bool>(plain(type), value)));
        QVERIFY(fails(readText<Decimal>(plain(type), value)));
    }
}

void tst_Decoding::floatingPoint()
{
    QCOMPARE(readText<double>(plain(ColumnType::Double), "-1.7976931348623157e308").value(),
             -std::numeric_limits<double>::max());
    QCOMPARE(readText<double>(plain(ColumnType::Double), "5e-324").value(),
             std::numeric_limits<double>::denorm_min());
    QCOMPARE(readText<double>(plain(ColumnType::Double), "0.1").value(), 0.1);
    QCOMPARE(readText<float>(plain(ColumnType::Float), "3.40282e38").value(), 3.40282e38f);
    QVERIFY(fails(readText<float>(plain(ColumnType::Double), "1e39")));
    QCOMPARE(readBinary<float>(plain(ColumnType::Float), littleEndian(0.1f)).value(), 0.1f);
    QCOMPARE(readBinary<double>(plain(ColumnType::Float), littleEndian(0.1f)).value(), double(0.1f));
    QCOMPARE(readBinary<double>(plain(ColumnType::Double), littleEndian(0.1)).value(), 0.1);
    QVERIFY(fails(readBinary<float>(plain(ColumnType::Double), littleEndian(1e39))));
    // Half way between two floats, told by the last digit only: rounding by way of a double goes wrong.
    QCOMPARE(readText<float>(plain(ColumnType::NewDecimal), "1.00000005960464477540").value(),
             1.00000011920929f);
    QCOMPARE(readText<double>(plain(ColumnType::LongLong), "-7").value(), -7.0);
    QCOMPARE(readBinary<double>(plain(ColumnType::LongLong, Unsigned), littleEndian(MaxU64)).value(),
             18446744073709551615.0);
    QCOMPARE(readText<double>(plain(ColumnType::Bit), QByteArray("1")).value(), 49.0);
}

void tst_Decoding::decimals()
{
    const ColumnSpec column = plain(ColumnType::NewDecimal, {}, 30);
    const QByteArray most("-99999999999999999999999999999999999.999999999999999999999999999999");
    for (const RowFormat format : {RowFormat::Text, RowFormat::Binary}) {
        QCOMPARE(read<Decimal>(column, format, most).value().toLatin1(), most);
        QCOMPARE(read<QString>(column, format, most).value(), QString::fromLatin1(most));
        QCOMPARE(read<double>(column, format, "1234567890.1234567891").value(), 1234567890.1234567891);
    }
    QCOMPARE(readText<Decimal>(plain(ColumnType::Decimal), "0.50").value().toString(),
             QStringLiteral("0.50"));
    QCOMPARE(
        readBinary<Decimal>(plain(ColumnType::LongLong, Unsigned), littleEndian(MaxU64)).value().toString(),
        QStringLiteral("18446744073709551615"));
    QCOMPARE(readBinary<Decimal>(plain(ColumnType::Float), littleEndian(0.1f)).value().toString(),
             QStringLiteral("0.1"));
    QCOMPARE(readText<Decimal>(plain(ColumnType::Double), "1e20").value().toString(),
             QStringLiteral("100000000000000000000"));
    QVERIFY(fails(readText<Decimal>(plain(ColumnType::Double), "1e300")));
}

void tst_Decoding::bits()
{
    ColumnSpec column = plain(ColumnType::Bit, Unsigned);
    column.length = 64;
    for (const RowFormat format : {RowFormat::Text, RowFormat::Binary}) {
        // Big-endian
        QCOMPARE(read<quint64>(column, format, QByteArray(8, char(0xFF))).value(), MaxU64);
        QCOMPARE(read<quint64>(column, format, QByteArray("\x80\0\0\0\0\0\0\x01", 8)).value(),
                 Q_UINT64_C(0x8000000000000001));
        QCOMPARE(read<int>(column, format, "1").value(), 49); // the byte, not the digit
        QCOMPARE(read<int>(column, format, QByteArray("\x01\x02", 2)).value(), 258);
        QCOMPARE(read<bool>(column, format, QByteArray("\0", 1)).value(), false);
        QCOMPARE(read<QString>(column, format, QByteArray("\x01\x02", 2)).value(), QStringLiteral("258"));
        QCOMPARE(read<QByteArray>(column, format, QByteArray("\x01\x02", 2)).value(),
                 QByteArray("\x01\x02", 2));
        QVERIFY(fails(read<quint64>(column, format, QByteArray(9, '\0'))));
        QVERIFY(fails(read<quint64>(column, format, QByteArray(""))));
        QVERIFY(fails(read<qint64>(column, format, QByteArray(8, char(0xFF)))));
    }
    column.length = 10;
    QBitArray expected(10);
    expected.setBit(0);
    expected.setBit(9);
    QCOMPARE(readText<QBitArray>(column, QByteArray("\x02\x01", 2)).value(), expected);
}

void tst_Decoding::booleans()
{
    QCOMPARE(readText<bool>(plain(ColumnType::Tiny), "1").value(), true);
    QCOMPARE(readText<bool>(plain(ColumnType::Tiny), "0").value(), false);
    QCOMPARE(readText<bool>(plain(ColumnType::Tiny), "-1").value(), true);
    QCOMPARE(readText<bool>(plain(ColumnType::NewDecimal), "0.00").value(), false);
    QCOMPARE(readText<bool>(plain(ColumnType::NewDecimal), "0.01").value(), true);
    QCOMPARE(readBinary<bool>(plain(ColumnType::Tiny), QByteArray("\x02", 1)).value(), true);
    QCOMPARE(readBinary<bool>(plain(ColumnType::Double), littleEndian(-0.0)).value(), false);
}

void tst_Decoding::texts()
{
    const QString unicode = QStringLiteral("Zürich, 東京 and 𝄞");
    for (const RowFormat format : {RowFormat::Text, RowFormat::Binary}) {
        for (const ColumnType type : {ColumnType::VarString, ColumnType::String, ColumnType::Blob}) {
            QCOMPARE(read<QString>(text(type), format, unicode.toUtf8()).value(), unicode);
            QCOMPARE(read<QString>(text(type), format, "").value(), QString());
            QCOMPARE(read<QByteArray>(text(type), format, unicode.toUtf8()).value(), unicode.toUtf8());
            QCOMPARE(read<std::string>(text(type), format, "a\0b").value(), std::string("a"));
        }
        const QByteArray zero("a\0b", 3);
        QCOMPARE(read<std::string>(text(), format, zero).value(), std::string("a\0b", 3));
        QCOMPARE(read<QString>(text(), format, zero).value().size(), 3);
        QCOMPARE(read<QByteArray>(bytes(), format, zero).value(), zero);
        QCOMPARE(read<QByteArray>(bytes(ColumnType::Geometry), format, zero).value(), zero);
    }
}

void tst_Decoding::invalidUtf8()
{
    const Row row = makeCell(text(), RowFormat::Text,
                             QByteArray("a\xFF"
                                        "b"));
    // get() shows what can be shown, tryGet() is strict.
    QCOMPARE(row.get<QString>(0),
             QString(QLatin1Char('a') + QChar(QChar::ReplacementCharacter) + QLatin1Char('b')));
    QVERIFY(fails(row.tryGet<QString>(0)));
    QCOMPARE(row.get<QByteArray>(0),
             QByteArray("a\xFF"
                        "b"));
    // A replacement character that was stored is no error.
    QCOMPARE(readText<QString>(text(), "\xEF\xBF\xBD").value(), QString(QChar(QChar::ReplacementCharacter)));
}

void tst_Decoding::views()
{
    const Row row = makeCell(text(), RowFormat::Binary, QByteArray("abc"));
    QCOMPARE(row.get<QByteArrayView>(0), QByteArrayView("abc"));
    QVERIFY(static_cast<const void *>(row.get<QByteArrayView>(0).data()) == row.raw(0).data()); // no copy
    QVERIFY(row.get<QUtf8StringView>(0) == QUtf8StringView("abc"));
    QVERIFY(fails(readBinary<QByteArrayView>(plain(ColumnType::Long), littleEndian(1))));
    QCOMPARE(makeCell(plain(ColumnType::Long), RowFormat::Text, QByteArray("12")).get<QByteArrayView>(0),
             QByteArrayView("12"));
    QCOMPARE(
        makeCell(plain(ColumnType::NewDecimal), RowFormat::Binary, QByteArray("1.5")).get<QByteArrayView>(0),
        QByteArrayView("1.5"));
}

void tst_Decoding::textOfBinaryNumbers()
{
    QCOMPARE(readBinary<QString>(plain(ColumnType::LongLong), littleEndian(MinI64)).value(),
             QStringLiteral("-9223372036854775808"));
    QCOMPARE(readBinary<QByteArray>(plain(ColumnType::Tiny, Unsigned), QByteArray("\xFF", 1)).value(),
             QByteArray("255"));
    QCOMPARE(readBinary<QString>(plain(ColumnType::Float), littleEndian(0.1f)).value(),
             QStringLiteral("0.1"));
    QCOMPARE(readBinary<QString>(plain(ColumnType::Double), littleEndian(0.1)).value(),
             QStringLiteral("0.1"));
    QCOMPARE(readBinary<std::string>(plain(ColumnType::Date), binaryDate(2024, 2, 9)).value(),
             std::string("2024-02-09"));
    QCOMPARE(readBinary<QString>(plain(ColumnType::DateTime, {}, 3), binaryDateTime(24, 2, 9, 1, 2, 3, 45000))
                 .value(),
             QStringLiteral("0024-02-09 01:02:03.045"));
    QCOMPARE(readBinary<QString>(plain(ColumnType::DateTime), QByteArray("")).value(),
             QStringLiteral("0000-00-00 00:00:00"));
    QCOMPARE(
        readBinary<QString>(plain(ColumnType::Time, {}, 6), binaryTime(true, 34, 22, 59, 59, 999999)).value(),
        QStringLiteral("-838:59:59.999999"));
    QCOMPARE(readBinary<QString>(plain(ColumnType::Time), QByteArray("")).value(),
             QStringLiteral("00:00:00"));
}

void tst_Decoding::sets()
{
    const ColumnSpec column = text(ColumnType::String, ColumnFlag::Set);
    QCOMPARE(readText<QStringList>(column, "a,b,c").value(), QStringList({u"a"_qs, u"b"_qs, u"c"_qs}));
    QCOMPARE(readText<QStringList>(column, "").value(), QStringList());
}

void tst_Decoding::enumerations()
{
    QCOMPARE(readText<Colour>(plain(ColumnType::Long), "2").value(), Colour::Green);
    QCOMPARE(readBinary<Small>(plain(ColumnType::Tiny), QByteArray("\0", 1)).value(), Small::Zero);
    QVERIFY(fails(readText<Small>(plain(ColumnType::Long), "256")));
    QVERIFY(fails(readText<Small>(plain(ColumnType::Long), "-1")));
}

void tst_Decoding::vectors()
{
    const QByteArray packed = littleEndian(1.5f) + littleEndian(-0.25f);
    for (const RowFormat format : {RowFormat::Text, RowFormat::Binary}) {
        QCOMPARE(read<QList<float>>(bytes(ColumnType::Vector), format, packed).value(),
                 QList<float>({1.5f, -0.25f}));
        QCOMPARE(read<QList<float>>(bytes(ColumnType::Blob), format, "").value(), QList<float>());
        QVERIFY(fails(read<QList<float>>(bytes(ColumnType::Vector), format, packed.first(7))));
    }
}

void tst_Decoding::uuids()
{
    const QUuid uuid(QStringLiteral("{67c8770b-44f1-410a-ab9a-f9b5446f13ee}"));
    QCOMPARE(readText<QUuid>(text(), "67c8770b-44f1-410a-ab9a-f9b5446f13ee").value(), uuid);
    QCOMPARE(readText<QUuid>(bytes(ColumnType::String), uuid.toRfc4122()).value(), uuid);
    QCOMPARE(readText<QUuid>(text(), "00000000-0000-0000-0000-000000000000").value(), QUuid());
    QVERIFY(fails(readText<QUuid>(text(), "no uuid at all")));
    QVERIFY(fails(readText<QUuid>(bytes(), "short")));
    ColumnSpec mariaDb = bytes(ColumnType::String);
    mariaDb.extendedType = "uuid";
    QCOMPARE(readText<QUuid>(mariaDb, uuid.toByteArray(QUuid::WithoutBraces)).value(), uuid);
}

void tst_Decoding::json()
{
    const ColumnSpec column{ColumnType::Json, ColumnFlag::Binary, Column::BinaryCharset};
    QCOMPARE(
        readText<QJsonObject>(column, R"({"a": [1, "ü"]})").value().value(u"a").toArray().at(1).toString(),
        u"ü"_qs);
    QCOMPARE(readText<QJsonArray>(column, "[1, 2]").value().size(), 2);
    QCOMPARE(readText<QJsonDocument>(column, "{}").value(), QJsonDocument(QJsonObject()));
    QCOMPARE(readText<QJsonValue>(column, "\"text\"").value(), QJsonValue(u"text"_qs));
    QCOMPARE(readText<QJsonValue>(column, "null").value(), QJsonValue(QJsonValue::Null));
    QCOMPARE(readText<QJsonValue>(column, "9007199254740993").value().toInteger(), 9007199254740993);
    QCOMPARE(readText<QString>(column, "{\"a\": 1}").value(), u"{\"a\": 1}"_qs);
    QVERIFY(fails(readText<QJsonObject>(column, "[]")));
    QVERIFY(fails(readText<QJsonArray>(column, "{}")));
    QVERIFY(fails(readText<QJsonDocument>(column, "1")));
    QVERIFY(fails(readText<QJsonValue>(column, "{")));
    QVERIFY(fails(readText<QJsonValue>(column, "1, 2")));
    QVERIFY(fails(readText<QJsonValue>(column, "")));
}

void tst_Decoding::nulls()
{
    const Row row = makeCell(plain(ColumnType::Long), RowFormat::Text, std::nullopt);
    QVERIFY(row.isNull(0));
    QVERIFY(row.raw(0).isNull());
    QCOMPARE(row.get<int>(0), 0);
    QVERIFY(fails(row.tryGet<int>(0)));
    QVERIFY(fails(row.tryGet<bool>(0)));
    QVERIFY(fails(row.tryGet<double>(0)));
    QVERIFY(fails(row.tryGet<Decimal>(0)));
    QVERIFY(fails(row.tryGet<SqlTime>(0)));
    QVERIFY(fails(row.tryGet<std::string>(0)));
    QVERIFY(row.tryGet<QString>(0).value().isNull());
    QVERIFY(row.tryGet<QByteArray>(0).value().isNull());
    QVERIFY(row.tryGet<QByteArrayView>(0).value().isNull());
    QVERIFY(row.tryGet<QDate>(0).value().isNull());
    QVERIFY(row.tryGet<QDateTime>(0).value().isNull());
    QVERIFY(row.tryGet<QJsonValue>(0).value().isNull());
    QVERIFY(row.tryGet<QVariant>(0).value().isNull());
}

void tst_Decoding::optionals()
{
    const Row row
        = makeRows({plain(ColumnType::Long), text()}, RowFormat::Text, {{std::nullopt, QByteArray("x")}})
              .first();
    QCOMPARE(row.get<std::optional<int>>(0), std::nullopt);
    QCOMPARE(row.tryGet<std::optional<int>>(0).value(), std::nullopt);
    QCOMPARE(row.get<std::optional<QString>>(1), std::optional(u"x"_qs));
    QVERIFY(fails(row.tryGet<std::optional<int>>(1)));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be read as int"_qs));
    QCOMPARE(row.get<std::optional<int>>(1), std::nullopt);
}

void tst_Decoding::ownTypes()
{
    const ColumnSpec column = plain(ColumnType::NewDecimal, {}, 2);
    const Row row = makeCell(column, RowFormat::Text, QByteArray("12.34"));
    QCOMPARE(row.get<Money>(0).cents, 1234);
    QCOMPARE(row.get<std::optional<Money>>(0)->cents, 1234);
    QCOMPARE(row.tryGet<Money>(0).value().cents, 1234);
    const Row null = makeCell(column, RowFormat::Text, std::nullopt);
    QCOMPARE(null.get<Money>(0).cents, -1); // NULL is the decoder's business
    QVERIFY(!null.get<std::optional<Money>>(0));
    const Row bad = makeCell(text(), RowFormat::Text, QByteArray("much"));
    QVERIFY(fails(bad.tryGet<Money>(0)));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"\"much\" cannot be read as .*Decimal"_qs));
    QCOMPARE(bad.get<Money>(0).cents, 0);
}

void tst_Decoding::getWarnsAndGivesDefault()
{
    ColumnSpec column = text();
    column.name = "title";
    const Row row = makeCell(column, RowFormat::Text, QByteArray("Emma"));
    QTest::ignoreMessage(
        QtWarningMsg,
        "Column \"title\" (VARCHAR): \"Emma\" cannot be read as int: it is not written like one.");
    QCOMPARE(row.get<int>(0), 0);
}

void tst_Decoding::errorsNameColumnAndReason()
{
    ColumnSpec column = plain(ColumnType::LongLong);
    column.name = "n";
    QCOMPARE(readText<qint8>(column, "300").error().message(),
             u"Column \"n\" (BIGINT): \"300\" cannot be read as signed char: it is out of range."_qs);
    QCOMPARE(makeCell(column, RowFormat::Text, std::nullopt).tryGet<int>(0).error().message(),
             u"Column \"n\" (BIGINT): NULL cannot be read as int: it is NULL; ask for a std::optional."_qs);
    column.type = ColumnType::Blob;
    QVERIFY(readText<int>(column, QByteArray(500, '\xFF')).error().message().contains(u"500 bytes"_qs));
    QCOMPARE(readText<int>(column, "x").error().outcome(), Error::Outcome::Executed);
}

QTEST_GUILESS_MAIN(tst_Decoding)
#include "tst_decoding.moc"
