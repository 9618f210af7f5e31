// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

/*! \file
    Which C++ types go together in an expression. All of it is asked at compile time.
*/

#include <QAsyncMySql/parameter.h>

#include <QtCore/QAnyStringView>
#include <QtCore/QTime>

#include <optional>
#include <type_traits>

QT_BEGIN_NAMESPACE
class QHostAddress;
QT_END_NAMESPACE

namespace QAsyncMySql::Sql {

//! The families of SQL's types. Values of one family compare with each other. \since 1.0
enum class Category : quint8
{
    Number, //!< bool and enums too
    Text,
    Bytes,
    Date,
    DateTime,
    Time,
    Json,
    Uuid,
    Null, //!< nullptr and std::nullopt
    Other, //!< types of the program's own, which go with themselves only
};

//! Marks what is SQL, and no value: columns, expressions, subqueries. \since 1.0
class ExpressionBase
{
};

//! A column or another expression. \since 1.0
template <class T>
concept AnyExpression = std::is_base_of_v<ExpressionBase, std::remove_cvref_t<T>>;

namespace Internal {

template <class T> inline constexpr bool IsOptionalValue = false;
template <class T> inline constexpr bool IsOptionalValue<std::optional<T>> = true;

template <class T> struct WithoutOptional
{
    using Type = T;
};
template <class T> struct WithoutOptional<std::optional<T>>
{
    using Type = T;
};
template <class T> using Bare = typename WithoutOptional<T>::Type;
template <class T> using Nullable = std::optional<Bare<T>>;

template <class T> inline constexpr bool IsChrono = false;
template <class Rep, class Period> inline constexpr bool IsChrono<std::chrono::duration<Rep, Period>> = true;
template <class T> inline constexpr bool IsTimePoint = false;
template <class Clock, class Duration>
inline constexpr bool IsTimePoint<std::chrono::time_point<Clock, Duration>> = true;

// What a plain value is as an expression: its decayed type, and QString for all that is text.
template <class T> consteval Category categoryOf()
{
    if constexpr (std::is_same_v<T, std::nullptr_t> || std::is_same_v<T, std::nullopt_t>)
        return Category::Null;
    else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, Decimal>)
        return Category::Number;
    else if constexpr (std::is_same_v<T, QByteArray> || std::is_same_v<T, QByteArrayView>)
        return Category::Bytes;
    else if constexpr (std::is_same_v<T, QDate> || std::is_same_v<T, std::chrono::year_month_day>)
        return Category::Date;
    else if constexpr (std::is_same_v<T, QDateTime> || IsTimePoint<T>)
        return Category::DateTime;
    else if constexpr (std::is_same_v<T, SqlTime> || std::is_same_v<T, QTime> || IsChrono<T>)
        return Category::Time;
    else if constexpr (std::is_same_v<T, QUuid>)
        return Category::Uuid;
    else if constexpr (
        std::is_same_v<
            T,
            QJsonDocument> || std::is_same_v<T, QJsonObject> || std::is_same_v<T, QJsonArray> || std::is_same_v<T, QJsonValue> || std::is_same_v<T, Json>)
        return Category::Json;
    else if constexpr (std::is_convertible_v<const T &, QAnyStringView>)
        return Category::Text;
    else
        return Category::Other;
}

template <class T, bool IsSql> struct OperandType
{
    using Type = typename T::Type;
};
template <class T> struct OperandType<T, false>
{
    using Decayed = std::decay_t<T>;
    using Type = std::conditional_t<categoryOf<Decayed>() == Category::Text, QString, Decayed>;
};
//! The C++ type of an expression, or of a value that stands in one; a std::optional where it may be NULL.
template <class T> using TypeOf = typename OperandType<std::remove_cvref_t<T>, AnyExpression<T>>::Type;

template <class T> inline constexpr Category CategoryOf = categoryOf<Bare<T>>();
template <class... T>
inline constexpr bool AnyNullable = (IsOptionalValue<T> || ...) || ((CategoryOf<T> == Category::Null) || ...);

//! \a Result, or std::optional of it if one of \a Operands may be NULL.
template <class Result, class... Operands>
using NullableIf = std::conditional_t<AnyNullable<Operands...>, Nullable<Result>, Result>;

template <class A, class B> consteval bool comparable()
{
    constexpr Category a = CategoryOf<A>;
    constexpr Category b = CategoryOf<B>;
    if constexpr (a == Category::Null || b == Category::Null)
        return false;
    else if constexpr (a == b)
        return a != Category::Other || std::is_same_v<Bare<A>, Bare<B>>;
    else if constexpr (a == Category::Json || b == Category::Json)
        return a == Category::Number || b == Category::Number || a == Category::Text || b == Category::Text;
    else if constexpr (a == Category::Uuid || b == Category::Uuid)
        return a == Category::Text || b == Category::Text;
    else
        return (a == Category::Date && b == Category::DateTime)
            || (a == Category::DateTime && b == Category::Date);
}
template <class A, class B> inline constexpr bool Comparable = comparable<A, B>();

//! True if a \a Value may be stored in a column of type \a Column, NULL apart.
template <class Column, class Value>
inline constexpr bool Storable
    = Comparable<Column,
                 Value> || (CategoryOf<Column> == Category::Json && CategoryOf<Value> == Category::Text);

template <class T> inline constexpr bool IsNumber = CategoryOf<T> == Category::Number;
template <class T> inline constexpr bool IsText = CategoryOf<T> == Category::Text;
template <class T> inline constexpr bool IsReal = std::is_floating_point_v<Bare<T>>;
template <class T> inline constexpr bool IsDecimal = std::is_same_v<Bare<T>, Decimal>;
template <class T>
inline constexpr bool IsUnsignedInteger = std::is_unsigned_v<Bare<T>> && !std::is_same_v<Bare<T>, bool>;

//! The type of a + b, as the server has it (MySQL manual, "Arithmetic Operators").
template <class A, class B>
using Sum = NullableIf<
    std::conditional_t<IsReal<A> || IsReal<B>, double,
                       std::conditional_t<IsDecimal<A> || IsDecimal<B>, Decimal,
                                          std::conditional_t<IsUnsignedInteger<A> || IsUnsignedInteger<B>,
                                                             quint64, qint64>>>,
    A, B>;
//! The type of a / b: never an integer, and NULL where b is 0.
template <class A, class B>
using Quotient = std::optional<std::conditional_t<IsReal<A> || IsReal<B>, double, Decimal>>;

//! The type that holds an A as well as a B: of CASE, COALESCE, UNION.
template <class A, class B>
using Common = NullableIf<
    std::conditional_t<
        std::is_same_v<Bare<A>, Bare<B>>, Bare<A>,
        std::conditional_t<CategoryOf<A> == Category::Null, Bare<B>,
                           std::conditional_t<CategoryOf<B> == Category::Null, Bare<A>,
                                              std::conditional_t<IsNumber<A>, Bare<Sum<A, B>>, Bare<A>>>>>,
    A, B>;

} // namespace Internal

} // namespace QAsyncMySql::Sql
