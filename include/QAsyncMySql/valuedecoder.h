// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

/*! \file
    How cells become values: what Row::get<T>() and Cell::as<T>() are made of.
*/

#include <QAsyncMySql/cell.h>

#include <QtCore/QUtf8StringView>
#include <QtCore/QtEndian>

#include <chrono>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>

QT_BEGIN_NAMESPACE
class QBitArray;
class QDate;
class QDateTime;
class QHostAddress;
class QJsonArray;
class QJsonDocument;
class QJsonObject;
class QTime;
class QUuid;
QT_END_NAMESPACE

namespace QAsyncMySql {

class Decimal;
class SqlTime;

/*!
    Specialise it to read cells as a type of your own:

    \code
    template<>
    struct QAsyncMySql::ValueDecoder<Money>
    {
        static Result<Money> decode(const Cell &cell);
    };
    \endcode

    NULL is passed on to decode() as well. Row::get<Money>(), Row::tryGet<std::optional<Money>>() and the
    others then work as with the types the library knows.

    \since 1.0
*/
template <class T> struct ValueDecoder;

namespace Internal {

//! How a decoding ended.
enum class DecodeStatus : quint8
{
    Ok,
    Lossy, //!< a value was made, but it is not all there was (text that is not what its character set allows)
    Null,
    WrongType, //!< values of the column's type are never such a value
    Malformed, //!< the bytes are no such value
    OutOfRange,
    Fraction, //!< a number with digits after the point, asked for as an integer
    ZeroDate, //!< '0000-00-00' or a date with a month or day of 0
    UnknownCharset, //!< text in a character set that cannot be read here
    NotUtf8, //!< a view of UTF-8 was asked for, of text in another character set
};

//! What kind of value a type is, as far as columns can be told from it (valuefamily.h).
enum class ValueFamily : quint8
{
    Any,
    Boolean,
    Integer,
    Number,
    Date,
    TimeOfDay,
    Duration,
    Json,
    Bytes,
    TextOrBytes,
};

using VariantDecoder = Result<QVariant> (*)(const Cell &);
QASYNCMYSQL_EXPORT void registerDecoder(QMetaType type, VariantDecoder decode);
QASYNCMYSQL_EXPORT ValueFamily familyOf(QMetaType type);
QASYNCMYSQL_EXPORT bool isReadable(QMetaType type);

// One per target; the value is untouched unless the status is Ok or Lossy. NULL is the caller's business.
QASYNCMYSQL_EXPORT DecodeStatus decodeInt64(const Cell &cell, qint64 &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeUInt64(const Cell &cell, quint64 &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, bool &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, float &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, double &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, Decimal &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QString &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QByteArray &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, std::string &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QList<QString> &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QList<float> &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QBitArray &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QUuid &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QHostAddress &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QDate &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QTime &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QDateTime &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, SqlTime &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, std::chrono::year_month_day &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QJsonDocument &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QJsonObject &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QJsonArray &value);
QASYNCMYSQL_EXPORT DecodeStatus decodeCell(const Cell &cell, QJsonValue &value);
//! TIME as microseconds; DATE, DATETIME and TIMESTAMP as microseconds since 1970-01-01 00:00.
QASYNCMYSQL_EXPORT DecodeStatus decodeDuration(const Cell &cell, qint64 &microseconds);
QASYNCMYSQL_EXPORT DecodeStatus decodeTimePoint(const Cell &cell, qint64 &microseconds);

//! \a signature names the type that was asked for, as Q_FUNC_INFO of a template does.
QASYNCMYSQL_EXPORT Error conversionError(const Cell &cell, DecodeStatus status, const char *signature);
QASYNCMYSQL_EXPORT void warnConversion(const Cell &cell, DecodeStatus status, const char *signature);
//! The type in a signature: "int".
QASYNCMYSQL_EXPORT QString typeNameOf(const char *signature);
QASYNCMYSQL_EXPORT void warnConversion(const Cell &cell, const Error &error);

template <class T> inline const char *signatureOf() noexcept
{
    return Q_FUNC_INFO;
}

template <class T>
concept HasValueDecoder = requires(const Cell &cell)
{
    {
        ValueDecoder<T>::decode(cell)
        } -> std::same_as<Result<T>>;
};

template <class T> inline constexpr bool IsOptional = false;
template <class T> inline constexpr bool IsOptional<std::optional<T>> = true;

template <class T>
inline constexpr bool IsCharacter
    = std::is_same_v<
          T,
          char> || std::is_same_v<T, wchar_t> || std::is_same_v<T, char8_t> || std::is_same_v<T, char16_t> || std::is_same_v<T, char32_t>;

template <class T>
concept DecodableInteger = std::integral<T> && !std::same_as<T, bool> && !IsCharacter<T> && sizeof(T) <= 8;

//! Types with a null of their own, which NULL becomes.
template <class T>
inline constexpr bool HasNull
    = std::
          is_same_v<
              T,
              QString> || std::is_same_v<T, QByteArray> || std::is_same_v<T, QByteArrayView> || std::is_same_v<T, QUtf8StringView> || std::is_same_v<T, QDate> || std::is_same_v<T, QTime> || std::is_same_v<T, QDateTime> || std::is_same_v<T, QUuid> || std::is_same_v<T, QJsonValue> || std::is_same_v<T, QJsonDocument> || std::is_same_v<T, QHostAddress>;

constexpr bool isIntegerType(ColumnType type) noexcept
{
    constexpr quint32 Mask = 1u << int(ColumnType::Tiny) | 1u << int(ColumnType::Short)
        | 1u << int(ColumnType::Long) | 1u << int(ColumnType::LongLong) | 1u << int(ColumnType::Int24)
        | 1u << int(ColumnType::Year);
    return quint8(type) < 32 && (Mask >> int(type) & 1) != 0;
}

//! Up to eight bytes at \a at, the last of them uppermost, zeros below.
inline quint64 lastOfEight(const char *at, qptrdiff size) noexcept
{
    quint64 bytes = 0;
    if (size >= 4) {
        bytes = quint64(qFromLittleEndian<quint32>(at))
            | quint64(qFromLittleEndian<quint32>(at + size - 4)) << (8 * (size - 4));
    } else {
        for (qptrdiff i = 0; i < size; ++i)
            bytes |= quint64(uchar(at[i])) << (8 * i);
    }
    return size > 0 ? bytes << (64 - 8 * size) : 0;
}

//! The number that up to eight digits make, without a loop over them: pairs, then fours, then all.
inline bool parseEightDigits(const char *at, qptrdiff size, qint64 &number) noexcept
{
    const quint64 zeros = size > 0 ? Q_UINT64_C(0x3030303030303030) << (64 - 8 * size) : 0;
    const quint64 digits = lastOfEight(at, size) ^ zeros;
    if ((((digits + Q_UINT64_C(0x7676767676767676)) | digits) & Q_UINT64_C(0x8080808080808080)) != 0)
        return false;
    const quint64 pairs = digits * 10 + (digits >> 8);
    constexpr quint64 Mask = Q_UINT64_C(0x000000FF000000FF);
    number = qint64(((pairs & Mask) * (100 + (Q_UINT64_C(1'000'000) << 32))
                     + (pairs >> 16 & Mask) * (1 + (Q_UINT64_C(10'000) << 32)))
                    >> 32);
    return true;
}

//! The digits of \a bytes (with a sign or without) as a number; false for anything that needs a closer look.
inline bool parseShortInteger(QByteArrayView bytes, qint64 &value) noexcept
{
    const char *at = bytes.data();
    qptrdiff size = bytes.size();
    const bool negative = size > 0 && *at == '-';
    at += negative;
    size -= negative;
    if (size <= 0 || size > 16) // so many always fit
        return false;
    qint64 upper = 0;
    qint64 lower = 0;
    const qptrdiff rest = size > 8 ? size - 8 : 0;
    if (!parseEightDigits(at + rest, size - rest, lower))
        return false;
    if (rest > 0) {
        if (!parseEightDigits(at, rest, upper))
            return false;
        lower += upper * 100'000'000;
    }
    value = negative ? -lower : lower;
    return true;
}

//! An integer of the binary protocol; false for anything that needs a closer look.
inline bool readBinaryInteger(const Cell &cell, qint64 &value) noexcept
{
    const char *const at = cell.bytes().data();
    const bool isUnsigned = cell.isUnsigned() || cell.type() == ColumnType::Year;
    switch (cell.bytes().size()) {
    case 1:
        value = isUnsigned ? qint64(qFromLittleEndian<quint8>(at)) : qint64(qFromLittleEndian<qint8>(at));
        return true;
    case 2:
        value = isUnsigned ? qint64(qFromLittleEndian<quint16>(at)) : qint64(qFromLittleEndian<qint16>(at));
        return true;
    case 4:
        value = isUnsigned ? qint64(qFromLittleEndian<quint32>(at)) : qint64(qFromLittleEndian<qint32>(at));
        return true;
    case 8:
        value = qFromLittleEndian<qint64>(at);
        return !isUnsigned || value >= 0;
    default:
        return false;
    }
}

//! Reads the integers that columns of integers hold; false for anything that needs a closer look.
inline bool readPlainInteger(const Cell &cell, qint64 &value) noexcept
{
    if (!isIntegerType(cell.type()))
        return false;
    return cell.format() == RowFormat::Text ? parseShortInteger(cell.bytes(), value)
                                            : readBinaryInteger(cell, value);
}

template <DecodableInteger T> inline DecodeStatus decodeCell(const Cell &cell, T &value)
{
    if constexpr (std::signed_integral<T>) {
        qint64 number = 0;
        if (!readPlainInteger(cell, number)) {
            if (const DecodeStatus status = decodeInt64(cell, number); status != DecodeStatus::Ok)
                return status;
        }
        if constexpr (sizeof(T) < 8) {
            if (number < std::numeric_limits<T>::min() || number > std::numeric_limits<T>::max())
                return DecodeStatus::OutOfRange;
        }
        value = static_cast<T>(number);
    } else {
        quint64 number = 0;
        qint64 small = 0;
        if (readPlainInteger(cell, small) && small >= 0) {
            number = quint64(small);
        } else if (const DecodeStatus status = decodeUInt64(cell, number); status != DecodeStatus::Ok) {
            return status;
        }
        if constexpr (sizeof(T) < 8) {
            if (number > std::numeric_limits<T>::max())
                return DecodeStatus::OutOfRange;
        }
        value = static_cast<T>(number);
    }
    return DecodeStatus::Ok;
}

template <class T>
requires std::is_enum_v<T>
inline DecodeStatus decodeCell(const Cell &cell, T &value)
{
    using Underlying = std::underlying_type_t<T>;
    // An enum over a character type is still a number.
    std::conditional_t<std::is_signed_v<Underlying>, qint64, quint64> number = 0;
    if (const DecodeStatus status = decodeCell(cell, number); status != DecodeStatus::Ok)
        return status;
    if (!std::in_range<std::conditional_t<IsCharacter<Underlying> || std::is_same_v<Underlying, bool>, quint8,
                                          Underlying>>(number))
        return DecodeStatus::OutOfRange;
    value = static_cast<T>(static_cast<Underlying>(number));
    return DecodeStatus::Ok;
}

//! True for values that are sent as text or bytes, which views can show as they are.
inline bool isSentAsText(const Cell &cell) noexcept
{
    const auto type = cell.type();
    return cell.format() == RowFormat::Text || type == ColumnType::Decimal
        || quint8(type) >= quint8(ColumnType::VarChar);
}

inline DecodeStatus decodeCell(const Cell &cell, QByteArrayView &value)
{
    if (Q_UNLIKELY(!isSentAsText(cell)))
        return DecodeStatus::WrongType;
    value = cell.bytes();
    return DecodeStatus::Ok;
}

inline DecodeStatus decodeCell(const Cell &cell, QUtf8StringView &value)
{
    if (Q_UNLIKELY(!isSentAsText(cell)))
        return DecodeStatus::WrongType;
    if (Q_UNLIKELY(!cell.column().isUtf8()))
        return DecodeStatus::NotUtf8;
    value = QUtf8StringView(cell.bytes().data(), cell.bytes().size());
    return DecodeStatus::Ok;
}

template <class Rep, class Period>
inline DecodeStatus decodeCell(const Cell &cell, std::chrono::duration<Rep, Period> &value)
{
    qint64 count = 0;
    const DecodeStatus status = decodeDuration(cell, count);
    if (status == DecodeStatus::Ok)
        value = std::chrono::duration_cast<std::chrono::duration<Rep, Period>>(
            std::chrono::microseconds(count));
    return status;
}

template <class Duration>
inline DecodeStatus decodeCell(const Cell &cell, std::chrono::sys_time<Duration> &value)
{
    qint64 count = 0;
    const DecodeStatus status = decodeTimePoint(cell, count);
    if (status == DecodeStatus::Ok)
        value = std::chrono::floor<Duration>(
            std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(count)));
    return status;
}

template <class Duration>
inline DecodeStatus decodeCell(const Cell &cell, std::chrono::local_time<Duration> &value)
{
    qint64 count = 0;
    const DecodeStatus status = decodeTimePoint(cell, count);
    if (status == DecodeStatus::Ok)
        value = std::chrono::floor<Duration>(
            std::chrono::local_time<std::chrono::microseconds>(std::chrono::microseconds(count)));
    return status;
}

template <class T>
concept Decodable = requires(const Cell &cell, T &value)
{
    {
        decodeCell(cell, value)
        } -> std::same_as<DecodeStatus>;
};

//! Row::get(): NULL and what cannot be decoded give T{}, the second with a warning.
template <class T> T decodeOrDefault(const Cell &cell)
{
    if constexpr (std::is_same_v<T, QVariant>) {
        return cell.toVariant();
    } else if constexpr (HasValueDecoder<T>) {
        Result<T> result = ValueDecoder<T>::decode(cell);
        if (Q_LIKELY(result.hasValue()))
            return *std::move(result);
        if (!cell.isNull())
            warnConversion(cell, result.error());
        return T{};
    } else if constexpr (IsOptional<T>) {
        if (cell.isNull())
            return std::nullopt;
        auto result = cell.template as<typename T::value_type>();
        if (Q_LIKELY(result.hasValue()))
            return T(*std::move(result));
        warnConversion(cell, result.error());
        return std::nullopt;
    } else {
        static_assert(Decodable<T>,
                      "No way to read a cell as this type; specialise QAsyncMySql::ValueDecoder.");
        T value{};
        if (cell.isNull())
            return value;
        const DecodeStatus status = decodeCell(cell, value);
        if (Q_UNLIKELY(status != DecodeStatus::Ok && status != DecodeStatus::Lossy))
            warnConversion(cell, status, signatureOf<T>());
        return value;
    }
}

} // namespace Internal

template <class T> Result<T> Cell::as() const
{
    if constexpr (std::is_same_v<T, QVariant>) {
        return toVariant();
    } else if constexpr (Internal::HasValueDecoder<T>) {
        return ValueDecoder<T>::decode(*this);
    } else if constexpr (Internal::IsOptional<T>) {
        if (isNull())
            return T();
        auto result = as<typename T::value_type>();
        if (!result)
            return result.error();
        return T(*std::move(result));
    } else {
        static_assert(Internal::Decodable<T>,
                      "No way to read a cell as this type; specialise QAsyncMySql::ValueDecoder.");
        T value{};
        Internal::DecodeStatus status = Internal::DecodeStatus::Null;
        if (!isNull())
            status = Internal::decodeCell(*this, value);
        else if (Internal::HasNull<T>)
            status = Internal::DecodeStatus::Ok;
        if (Q_LIKELY(status == Internal::DecodeStatus::Ok))
            return value;
        return Internal::conversionError(*this, status, Internal::signatureOf<T>());
    }
}

} // namespace QAsyncMySql
