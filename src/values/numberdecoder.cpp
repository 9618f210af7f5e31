// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/decimal.h>
#include <QAsyncMySql/valuedecoder.h>

#include "values/number.h"

#include <QtCore/QtEndian>

#include <charconv>
#include <cmath>

namespace QAsyncMySql::Internal {

namespace {

// Fields of fixed size that the binary protocol sends. A cell of another size was made by hand.
template <class T> bool littleEndian(QByteArrayView bytes, T &value) noexcept
{
    if (bytes.size() != qsizetype(sizeof(T)))
        return false;
    value = qFromLittleEndian<T>(bytes.data());
    return true;
}

template <class Signed> bool readInteger(QByteArrayView bytes, bool isUnsigned, Number &number) noexcept
{
    Signed value = 0;
    if (!littleEndian(bytes, value))
        return false;
    if (isUnsigned)
        number = Number::of(quint64(std::make_unsigned_t<Signed>(value)));
    else
        number = Number::of(qint64(value));
    return true;
}

bool readBit(QByteArrayView bytes, Number &number) noexcept
{
    if (bytes.isEmpty() || bytes.size() > 8)
        return false;
    quint64 value = 0;
    for (const char byte : bytes)
        value = value << 8 | uchar(byte);
    number = Number::of(value);
    return true;
}

// "12", "-3": as an integer where it fits one; "1.5", "1e20" and huge ones: as a double and a text.
bool readText(QByteArrayView text, Number &number) noexcept
{
    const char *const begin = text.data();
    const char *const end = begin + text.size();
    if (begin == end)
        return false;
    qint64 integer = 0;
    if (const auto [at, error] = std::from_chars(begin, end, integer); at == end && error == std::errc()) {
        number = Number::of(integer);
        return true;
    }
    quint64 natural = 0;
    if (const auto [at, error] = std::from_chars(begin, end, natural); at == end && error == std::errc()) {
        number = Number::of(natural);
        return true;
    }
    double real = 0;
    const auto [at, error] = std::from_chars(begin, end, real);
    if (at != end || (error != std::errc() && error != std::errc::result_out_of_range)
        || !std::isfinite(real))
        return false;
    number = Number::of(real);
    number.text = text;
    return true;
}

} // namespace

DecodeStatus readNumber(const Cell &cell, Number &number) noexcept
{
    const QByteArrayView bytes = cell.bytes();
    const bool binary = cell.format() == RowFormat::Binary;
    bool ok = false;
    switch (cell.type()) {
    case ColumnType::Bit:
        ok = readBit(bytes, number);
        break;
    case ColumnType::Tiny:
        ok = binary ? readInteger<qint8>(bytes, cell.isUnsigned(), number) : readText(bytes, number);
        break;
    case ColumnType::Short:
        ok = binary ? readInteger<qint16>(bytes, cell.isUnsigned(), number) : readText(bytes, number);
        break;
    case ColumnType::Year:
        ok = binary ? readInteger<qint16>(bytes, true, number) : readText(bytes, number);
        break;
    case ColumnType::Int24:
    case ColumnType::Long:
        ok = binary ? readInteger<qint32>(bytes, cell.isUnsigned(), number) : readText(bytes, number);
        break;
    case ColumnType::LongLong:
        ok = binary ? readInteger<qint64>(bytes, cell.isUnsigned(), number) : readText(bytes, number);
        break;
    case ColumnType::Float:
        if (binary) {
            float value = 0;
            ok = littleEndian(bytes, value);
            number = Number::of(double(value));
            number.single = true;
        } else {
            ok = readText(bytes, number);
        }
        break;
    case ColumnType::Double:
        if (binary) {
            double value = 0;
            ok = littleEndian(bytes, value);
            number = Number::of(value);
        } else {
            ok = readText(bytes, number);
        }
        break;
    case ColumnType::Date:
    case ColumnType::NewDate:
    case ColumnType::Time:
    case ColumnType::DateTime:
    case ColumnType::Timestamp:
    case ColumnType::Geometry:
    case ColumnType::Vector:
        return DecodeStatus::WrongType;
    default:
        ok = readText(bytes, number);
    }
    return ok ? DecodeStatus::Ok : DecodeStatus::Malformed;
}

namespace {

// 2^63 and 2^64 as doubles: the first values that do not fit.
constexpr double SignedLimit = 9223372036854775808.0;
constexpr double UnsignedLimit = 18446744073709551616.0;

// A number with a point in its text is an integer if its digits say so; a double would round.
template <class T> DecodeStatus exactInteger(const Number &number, T &value)
{
    if (number.text.isNull())
        return DecodeStatus::WrongType;
    const std::optional<Decimal> decimal = Decimal::fromUtf8(number.text);
    if (!decimal)
        return DecodeStatus::WrongType;
    std::optional<T> integer;
    if constexpr (std::is_signed_v<T>)
        integer = decimal->toInt64();
    else
        integer = decimal->toUInt64();
    if (!integer)
        return number.real == std::floor(number.real) ? DecodeStatus::OutOfRange : DecodeStatus::Fraction;
    value = *integer;
    return DecodeStatus::Ok;
}

} // namespace

DecodeStatus decodeInt64(const Cell &cell, qint64 &value)
{
    Number number;
    if (const DecodeStatus status = readNumber(cell, number); status != DecodeStatus::Ok)
        return status;
    switch (number.kind) {
    case Number::Kind::Signed:
        value = number.integer;
        return DecodeStatus::Ok;
    case Number::Kind::Unsigned:
        if (number.natural > quint64(std::numeric_limits<qint64>::max()))
            return DecodeStatus::OutOfRange;
        value = qint64(number.natural);
        return DecodeStatus::Ok;
    case Number::Kind::Real:
        break;
    }
    if (const DecodeStatus status = exactInteger(number, value); status != DecodeStatus::WrongType)
        return status;
    if (number.real != std::floor(number.real))
        return DecodeStatus::Fraction;
    if (!(number.real >= -SignedLimit && number.real < SignedLimit))
        return DecodeStatus::OutOfRange;
    value = qint64(number.real);
    return DecodeStatus::Ok;
}

DecodeStatus decodeUInt64(const Cell &cell, quint64 &value)
{
    Number number;
    if (const DecodeStatus status = readNumber(cell, number); status != DecodeStatus::Ok)
        return status;
    switch (number.kind) {
    case Number::Kind::Signed:
        if (number.integer < 0)
            return DecodeStatus::OutOfRange;
        value = quint64(number.integer);
        return DecodeStatus::Ok;
    case Number::Kind::Unsigned:
        value = number.natural;
        return DecodeStatus::Ok;
    case Number::Kind::Real:
        break;
    }
    if (const DecodeStatus status = exactInteger(number, value); status != DecodeStatus::WrongType)
        return status;
    if (number.real != std::floor(number.real))
        return DecodeStatus::Fraction;
    if (!(number.real >= 0 && number.real < UnsignedLimit))
        return DecodeStatus::OutOfRange;
    value = quint64(number.real);
    return DecodeStatus::Ok;
}

DecodeStatus decodeCell(const Cell &cell, bool &value)
{
    Number number;
    const DecodeStatus status = readNumber(cell, number);
    if (status == DecodeStatus::Ok)
        value = number.kind == Number::Kind::Real ? number.real != 0 : number.natural != 0;
    return status;
}

DecodeStatus decodeCell(const Cell &cell, double &value)
{
    if (cell.format() == RowFormat::Binary && cell.type() == ColumnType::Double)
        return littleEndian(cell.bytes(), value) ? DecodeStatus::Ok : DecodeStatus::Malformed;
    // Most often a column of numbers in text, which one look tells.
    if (cell.format() == RowFormat::Text && cell.type() != ColumnType::Bit && quint8(cell.type()) <= 5) {
        const QByteArrayView bytes = cell.bytes();
        double real = 0;
        const auto [at, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), real);
        if (error == std::errc() && at == bytes.data() + bytes.size() && std::isfinite(real)) {
            value = real;
            return DecodeStatus::Ok;
        }
    }
    Number number;
    const DecodeStatus status = readNumber(cell, number);
    if (status == DecodeStatus::Ok)
        value = number.toDouble();
    return status;
}

DecodeStatus decodeCell(const Cell &cell, float &value)
{
    Number number;
    if (const DecodeStatus status = readNumber(cell, number); status != DecodeStatus::Ok)
        return status;
    if (!number.text.isNull()) {
        // Rounding by way of a double would round twice.
        float single = 0;
        const auto [at, error]
            = std::from_chars(number.text.data(), number.text.data() + number.text.size(), single);
        if (error == std::errc()) {
            value = single;
            return DecodeStatus::Ok;
        }
    }
    const double real = number.toDouble();
    if (std::isfinite(real) && std::abs(real) > double(std::numeric_limits<float>::max()))
        return DecodeStatus::OutOfRange;
    value = float(real);
    return DecodeStatus::Ok;
}

DecodeStatus decodeCell(const Cell &cell, Decimal &value)
{
    Number number;
    const bool isText = cell.type() == ColumnType::NewDecimal || cell.type() == ColumnType::Decimal;
    if (!isText) {
        if (const DecodeStatus status = readNumber(cell, number); status != DecodeStatus::Ok)
            return status;
        if (number.kind == Number::Kind::Signed)
            value = Decimal(number.integer);
        else if (number.kind == Number::Kind::Unsigned)
            value = Decimal(number.natural);
        if (number.kind != Number::Kind::Real)
            return DecodeStatus::Ok;
    }
    std::optional<Decimal> decimal = Decimal::fromUtf8(isText ? cell.bytes() : number.text);
    if (!decimal && !isText && std::isfinite(number.real)) {
        // A float: its shortest digits, without an exponent. They may be too many.
        char buffer[400];
        const auto [end, error] = number.single
            ? std::to_chars(buffer, buffer + sizeof buffer, float(number.real), std::chars_format::fixed)
            : std::to_chars(buffer, buffer + sizeof buffer, number.real, std::chars_format::fixed);
        if (error == std::errc())
            decimal = Decimal::fromUtf8(QByteArrayView(buffer, end - buffer));
        if (!decimal)
            return DecodeStatus::OutOfRange;
    }
    if (!decimal)
        return DecodeStatus::Malformed;
    value = *std::move(decimal);
    return DecodeStatus::Ok;
}

} // namespace QAsyncMySql::Internal
