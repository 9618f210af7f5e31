// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/column.h>
#include <QAsyncMySql/error.h>
#include <QAsyncMySql/valuedecoder.h>

/*! \file
    Which columns can hold values of a type, told before the first row is looked at.
*/

namespace QAsyncMySql {

namespace Internal {

//! \a T without std::optional around it.
template <class T> struct WithoutOptional
{
    using Type = T;
};
template <class T> struct WithoutOptional<std::optional<T>>
{
    using Type = T;
};

template <class T> inline constexpr bool IsTimePoint = false;
template <class Clock, class Duration>
inline constexpr bool IsTimePoint<std::chrono::time_point<Clock, Duration>> = true;
template <class T> inline constexpr bool IsDuration = false;
template <class Rep, class Period>
inline constexpr bool IsDuration<std::chrono::duration<Rep, Period>> = true;

template <class T, class... Any> inline constexpr bool IsOneOf = (std::is_same_v<T, Any> || ...);

//! What a T is, as far as columns can be told from it. Types of the program's own fit every column.
template <class Optional> constexpr ValueFamily familyOf() noexcept
{
    using T = typename WithoutOptional<Optional>::Type;
    if constexpr (HasValueDecoder<T>)
        return ValueFamily::Any;
    else if constexpr (std::is_same_v<T, bool>)
        return ValueFamily::Boolean;
    else if constexpr (DecodableInteger<T> || std::is_enum_v<T>)
        return ValueFamily::Integer;
    else if constexpr (std::is_floating_point_v<T> || std::is_same_v<T, Decimal>)
        return ValueFamily::Number;
    else if constexpr (IsOneOf<T, QDate, QDateTime, std::chrono::year_month_day> || IsTimePoint<T>)
        return ValueFamily::Date;
    else if constexpr (std::is_same_v<T, QTime>)
        return ValueFamily::TimeOfDay;
    else if constexpr (std::is_same_v<T, SqlTime> || IsDuration<T>)
        return ValueFamily::Duration;
    else if constexpr (IsOneOf<T, QJsonDocument, QJsonObject, QJsonArray, QJsonValue>)
        return ValueFamily::Json;
    else if constexpr (IsOneOf<T, QUuid, QHostAddress>)
        return ValueFamily::TextOrBytes;
    else if constexpr (std::is_same_v<T, QList<float>>)
        return ValueFamily::Bytes;
    else if constexpr (std::is_same_v<T, QBitArray>)
        return ValueFamily::Boolean;
    else
        return ValueFamily::Any; // QString and the like: everything has a text
}

//! True if values of \a family may stand in \a column. Text columns hold anything but numbers and times.
QASYNCMYSQL_EXPORT bool fits(const Column &column, ValueFamily family) noexcept;
/*! An error of kind Conversion if they may not: it names the column (number \a index), its type and the type
   that was asked for (\a signature). */
QASYNCMYSQL_EXPORT Error checkColumn(const Column &column, qsizetype index, ValueFamily family,
                                     const char *signature);
QASYNCMYSQL_EXPORT Error wrongColumnCount(qsizetype columns, qsizetype fields, const char *signature);

} // namespace Internal

/*!
    Makes \c{ValueDecoder<T>} known at run time: T can then be a property of a gadget that rows are read into,
    and the target of Cell::toVariant(). Thread-safe; once in a program is enough.

    \since 1.0
*/
template <class T> void registerValueDecoder()
{
    static_assert(Internal::HasValueDecoder<T>, "Specialise QAsyncMySql::ValueDecoder first.");
    Internal::registerDecoder(QMetaType::fromType<T>(), [](const Cell &cell) -> Result<QVariant> {
        auto value = ValueDecoder<T>::decode(cell);
        if (!value)
            return value.error();
        return QVariant::fromValue(*std::move(value));
    });
}

} // namespace QAsyncMySql
