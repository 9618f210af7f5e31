// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

/*! \file
    Functions, CASE and casts. What is not here is called by function<T>(), or written as raw<T>().
*/

#include <QAsyncMySql/sqloperators.h>

namespace QAsyncMySql::Sql {

namespace Internal {

template <class T, class... Arguments> Expr<T> callFunction(std::string_view name, Arguments &&...arguments)
{
    return Expr<T>(call(name, {operand(std::forward<Arguments>(arguments))...}));
}

//! The end of CAST(… AS \a T): a type name, or a token where servers differ.
QASYNCMYSQL_EXPORT Fragment castAs(const Operand &operand, std::string_view type);
QASYNCMYSQL_EXPORT Fragment castAsJson(const Operand &operand);
QASYNCMYSQL_EXPORT Fragment castAsDouble(const Operand &operand);

//! \a name with its parenthesis, \a value, and a literal number: where servers want one, or calculate
//! otherwise.
QASYNCMYSQL_EXPORT Fragment callWithNumber(std::string_view name, const Operand &value, int number);
//! DATE_ADD(a, INTERVAL b UNIT)
QASYNCMYSQL_EXPORT Fragment interval(std::string_view name, const Operand &date, const Operand &amount,
                                     std::string_view unit);
QASYNCMYSQL_EXPORT Fragment collated(const Operand &operand, std::string_view collation);
QASYNCMYSQL_EXPORT Fragment timestampDiff(std::string_view unit, const Operand &from, const Operand &to);

QASYNCMYSQL_EXPORT std::string_view castType(Category category, bool isUnsigned);

// The type of several values in one place, folded from the left.
template <class... T> struct CommonOf;
template <class T> struct CommonOf<T>
{
    using Type = T;
};
template <class A, class B, class... Rest> struct CommonOf<A, B, Rest...>
{
    using Type = typename CommonOf<Common<A, B>, Rest...>::Type;
};

template <class A, class B>
inline constexpr bool Alike
    = Comparable<A, B> || CategoryOf<A> == Category::Null || CategoryOf<B> == Category::Null;

} // namespace Internal

//! A function by its name, which is text of your own, with a result of type \a T:
//! \c{function<QString>("SOUNDEX", users.name)}. \since 1.0
template <class T, class... Arguments> Expr<T> function(std::string_view name, Arguments &&...arguments)
{
    return Internal::callFunction<T>(name, std::forward<Arguments>(arguments)...);
}

//! The first of the values that is not NULL; NULL only if the last may be.
template <class... A> auto coalesce(A &&...values)
{
    using T = typename Internal::CommonOf<Internal::TypeOf<A>...>::Type;
    static_assert((Internal::Alike<T, Internal::TypeOf<A>> && ...),
                  "QAsyncMySql: coalesce() of different types");
    constexpr bool Certain = ((!Internal::AnyNullable<Internal::TypeOf<A>>) || ...);
    return function<std::conditional_t<Certain, Internal::Bare<T>, Internal::Nullable<T>>>(
        "COALESCE", std::forward<A>(values)...);
}
//! NULL where \a a equals \a b, else \a a.
template <class A, class B> auto nullIf(A &&a, B &&b)
{
    static_assert(Internal::Comparable<Internal::TypeOf<A>, Internal::TypeOf<B>>,
                  "QAsyncMySql: nullIf() of different types");
    return function<Internal::Nullable<Internal::TypeOf<A>>>("NULLIF", std::forward<A>(a),
                                                             std::forward<B>(b));
}
//! IF(condition, a, b)
template <class C, class A, class B> auto iif(C &&condition, A &&a, B &&b)
{
    static_assert(Internal::Alike<Internal::TypeOf<A>, Internal::TypeOf<B>>,
                  "QAsyncMySql: iif() of different types");
    return function<Internal::Common<Internal::TypeOf<A>, Internal::TypeOf<B>>>(
        "IF", std::forward<C>(condition), std::forward<A>(a), std::forward<B>(b));
}

/*!
    CASE, begun by caseWhen(): \c{caseWhen(users.age < 18, u"child").when(users.age < 65,
   u"adult").otherwise(u"senior")}. Without otherwise(), end() gives NULL where no condition is true.

    \since 1.0
*/
template <class T> class Case
{
public:
    explicit Case(Fragment fragment)
        : m_fragment(std::move(fragment))
    {
    }
    template <class V> auto when(const Condition &condition, V &&value) const
    {
        static_assert(Internal::Alike<T, Internal::TypeOf<V>>,
                      "QAsyncMySql: CASE with values of different types");
        Fragment fragment(m_fragment);
        fragment.append(" WHEN ").append(condition.fragment()).append(" THEN ");
        Internal::operand(std::forward<V>(value)).appendTo(fragment);
        return Case<Internal::Common<T, Internal::TypeOf<V>>>(std::move(fragment));
    }
    template <class V> auto otherwise(V &&value) const
    {
        static_assert(Internal::Alike<T, Internal::TypeOf<V>>,
                      "QAsyncMySql: CASE with values of different types");
        Fragment fragment(m_fragment);
        fragment.append(" ELSE ");
        Internal::operand(std::forward<V>(value)).appendTo(fragment);
        return Expr<Internal::Common<T, Internal::TypeOf<V>>>(std::move(fragment.append(" END")));
    }
    auto end() const
    {
        Fragment fragment(m_fragment);
        return Expr<Internal::Nullable<T>>(std::move(fragment.append(" END")));
    }

private:
    Fragment m_fragment;
};

template <class V> auto caseWhen(const Condition &condition, V &&value)
{
    return Case<Internal::TypeOf<V>>(Fragment(QByteArrayLiteral("CASE")))
        .when(condition, std::forward<V>(value));
}

/*!
    CAST to what \a T is in SQL: SIGNED, UNSIGNED, CHAR, BINARY, DOUBLE, DATE, DATETIME(6), TIME(6), JSON. May
   be NULL, where the server cannot convert.

    \since 1.0
*/
template <class T, class A> auto cast(A &&value)
{
    constexpr Category To = Internal::CategoryOf<T>;
    static_assert(!Internal::IsDecimal<T>, "QAsyncMySql: castDecimal() takes the digits that a DECIMAL has");
    static_assert(To != Category::Other && To != Category::Null && To != Category::Uuid,
                  "QAsyncMySql: cast() to a type that CAST does not know");
    using Result = Internal::Nullable<T>;
    if constexpr (To == Category::Json)
        return Expr<Result>(Internal::castAsJson(Internal::operand(std::forward<A>(value))));
    else if constexpr (Internal::IsReal<T>)
        return Expr<Result>(Internal::castAsDouble(Internal::operand(std::forward<A>(value))));
    else
        return Expr<Result>(Internal::castAs(Internal::operand(std::forward<A>(value)),
                                             Internal::castType(To, Internal::IsUnsignedInteger<T>)));
}
//! CAST to DECIMAL with \a digits digits, \a scale of them behind the point.
template <class A> auto castDecimal(A &&value, int digits, int scale)
{
    const QByteArray type
        = QByteArray("DECIMAL(" + QByteArray::number(digits) + ", " + QByteArray::number(scale) + ')');
    return Expr<std::optional<Decimal>>(Internal::castAs(
        Internal::operand(std::forward<A>(value)), std::string_view(type.constData(), size_t(type.size()))));
}

// Functions of one kind: checked argument, result as the argument is or as named.
#define QASYNCMYSQL_FUNCTION(name, sql, check, message, Result)                                              \
    template <class A> auto name(A &&a)                                                                      \
    {                                                                                                        \
        using T = Internal::TypeOf<A>;                                                                       \
        static_assert(check, "QAsyncMySql: " #name "() takes " message);                                     \
        return function<Internal::NullableIf<Result, T>>(sql, std::forward<A>(a));                           \
    }
#define QASYNCMYSQL_OF_TEXT(name, sql, Result)                                                               \
    QASYNCMYSQL_FUNCTION(name, sql, Internal::IsText<T> || Internal::CategoryOf<T> == Category::Bytes,       \
                         "text", Result)
#define QASYNCMYSQL_OF_NUMBER(name, sql, Result)                                                             \
    QASYNCMYSQL_FUNCTION(name, sql, Internal::IsNumber<T>, "a number", Result)
#define QASYNCMYSQL_OF_DATE(name, sql, Result)                                                               \
    QASYNCMYSQL_FUNCTION(name, sql,                                                                          \
                         Internal::CategoryOf<T> == Category::Date                                           \
                             || Internal::CategoryOf<T> == Category::DateTime,                               \
                         "a date", Result)
QASYNCMYSQL_OF_TEXT(lower, "LOWER", QString)
QASYNCMYSQL_OF_TEXT(upper, "UPPER", QString)
QASYNCMYSQL_OF_TEXT(trim, "TRIM", QString)
QASYNCMYSQL_OF_TEXT(reverse, "REVERSE", QString)
QASYNCMYSQL_OF_TEXT(charLength, "CHAR_LENGTH", qint64)
QASYNCMYSQL_OF_TEXT(byteLength, "OCTET_LENGTH", qint64)
QASYNCMYSQL_OF_TEXT(hex, "HEX", QString)
QASYNCMYSQL_OF_NUMBER(abs, "ABS", T)
QASYNCMYSQL_OF_NUMBER(sign, "SIGN", qint64)
QASYNCMYSQL_OF_NUMBER(ceiling, "CEILING", T)
QASYNCMYSQL_OF_NUMBER(floor, "FLOOR", T)
QASYNCMYSQL_OF_NUMBER(sqrt, "SQRT", std::optional<double>)
QASYNCMYSQL_OF_NUMBER(exp, "EXP", double)
QASYNCMYSQL_OF_NUMBER(ln, "LN", std::optional<double>)
QASYNCMYSQL_OF_DATE(year, "YEAR", std::optional<int>)
QASYNCMYSQL_OF_DATE(month, "MONTH", std::optional<int>)
QASYNCMYSQL_OF_DATE(dayOfMonth, "DAYOFMONTH", std::optional<int>)
//! 1 is Sunday.
QASYNCMYSQL_OF_DATE(dayOfWeek, "DAYOFWEEK", std::optional<int>)
QASYNCMYSQL_OF_DATE(dayOfYear, "DAYOFYEAR", std::optional<int>)
QASYNCMYSQL_OF_DATE(quarter, "QUARTER", std::optional<int>)
QASYNCMYSQL_OF_DATE(datePart, "DATE", std::optional<QDate>)
QASYNCMYSQL_OF_DATE(lastDay, "LAST_DAY", std::optional<QDate>)
#undef QASYNCMYSQL_OF_DATE
#undef QASYNCMYSQL_OF_NUMBER
#undef QASYNCMYSQL_OF_TEXT
#undef QASYNCMYSQL_FUNCTION

template <class A> auto round(A &&a, int digits = 0)
{
    static_assert(Internal::IsNumber<Internal::TypeOf<A>>, "QAsyncMySql: round() takes a number");
    return Expr<Internal::TypeOf<A>>(
        Internal::callWithNumber("ROUND(", Internal::operand(std::forward<A>(a)), digits));
}
template <class A, class B> auto power(A &&a, B &&b)
{
    return function<Internal::NullableIf<double, Internal::TypeOf<A>, Internal::TypeOf<B>>>(
        "POW", std::forward<A>(a), std::forward<B>(b));
}
template <class... A> auto greatest(A &&...values)
{
    return function<typename Internal::CommonOf<Internal::TypeOf<A>...>::Type>("GREATEST",
                                                                               std::forward<A>(values)...);
}
template <class... A> auto least(A &&...values)
{
    return function<typename Internal::CommonOf<Internal::TypeOf<A>...>::Type>("LEAST",
                                                                               std::forward<A>(values)...);
}

//! The SHA-256 digest, in hexadecimal digits.
template <class A> auto sha256(A &&text)
{
    return Expr<Internal::NullableIf<QString, Internal::TypeOf<A>>>(
        Internal::callWithNumber("SHA2(", Internal::operand(std::forward<A>(text)), 256));
}
//! The values behind each other; NULL if one is.
template <class... A> auto concat(A &&...values)
{
    return function<Internal::NullableIf<QString, Internal::TypeOf<A>...>>("CONCAT",
                                                                           std::forward<A>(values)...);
}
//! The values that are not NULL, with \a separator between them.
template <class... A> auto concatWith(const QString &separator, A &&...values)
{
    return function<QString>("CONCAT_WS", separator, std::forward<A>(values)...);
}
//! From character \a from (1 is the first) on, at most \a count.
template <class A> auto substring(A &&text, int from, int count)
{
    return function<Internal::NullableIf<QString, Internal::TypeOf<A>>>("SUBSTRING", std::forward<A>(text),
                                                                        from, count);
}
template <class A, class B, class C> auto replace(A &&text, B &&what, C &&by)
{
    return function<
        Internal::NullableIf<QString, Internal::TypeOf<A>, Internal::TypeOf<B>, Internal::TypeOf<C>>>(
        "REPLACE", std::forward<A>(text), std::forward<B>(what), std::forward<C>(by));
}
//! Where \a what is in \a text, from 1 on; 0 where it is not.
template <class A, class B> auto locate(A &&what, B &&text)
{
    return function<Internal::NullableIf<qint64, Internal::TypeOf<A>, Internal::TypeOf<B>>>(
        "LOCATE", std::forward<A>(what), std::forward<B>(text));
}
//! With \a collation for this comparison, such as \c utf8mb4_bin: text of your own.
template <class A> auto collate(A &&text, std::string_view collation)
{
    return Expr<Internal::TypeOf<A>>(Internal::collated(Internal::operand(std::forward<A>(text)), collation));
}

//! The time of the statement's beginning, in the session's time zone, with microseconds.
inline auto now()
{
    return Expr<QDateTime>(Fragment(QByteArrayLiteral("CURRENT_TIMESTAMP(6)")));
}
inline auto utcNow()
{
    return Expr<QDateTime>(Fragment(QByteArrayLiteral("UTC_TIMESTAMP(6)")));
}
inline auto today()
{
    return Expr<QDate>(Fragment(QByteArrayLiteral("CURRENT_DATE()")));
}
inline auto lastInsertId()
{
    return Expr<quint64>(Fragment(QByteArrayLiteral("LAST_INSERT_ID()")));
}

//! Units of dateAdd() and timestampDiff().
enum class Unit : quint8
{
    Microsecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year
};

namespace Internal {
QASYNCMYSQL_EXPORT std::string_view unitName(Unit unit);
template <class T, Unit U>
using Shifted
    = Nullable<std::conditional_t<CategoryOf<T> == Category::Date && (U < Unit::Day), QDateTime, T>>;
} // namespace Internal

//! \a date and \a amount units: \c{dateAdd<Unit::Day>(orders.placed, 14)}.
template <Unit U, class A, class B> auto dateAdd(A &&date, B &&amount)
{
    using T = Internal::TypeOf<A>;
    static_assert(Internal::CategoryOf<T> == Category::Date || Internal::CategoryOf<T> == Category::DateTime,
                  "QAsyncMySql: dateAdd() takes a date");
    return Expr<Internal::Shifted<T, U>>(
        Internal::interval("DATE_ADD(", Internal::operand(std::forward<A>(date)),
                           Internal::operand(std::forward<B>(amount)), Internal::unitName(U)));
}
template <Unit U, class A, class B> auto dateSubtract(A &&date, B &&amount)
{
    using T = Internal::TypeOf<A>;
    static_assert(Internal::CategoryOf<T> == Category::Date || Internal::CategoryOf<T> == Category::DateTime,
                  "QAsyncMySql: dateSubtract() takes a date");
    return Expr<Internal::Shifted<T, U>>(
        Internal::interval("DATE_SUB(", Internal::operand(std::forward<A>(date)),
                           Internal::operand(std::forward<B>(amount)), Internal::unitName(U)));
}
//! Whole units from \a from to \a to.
template <Unit U, class A, class B> auto timestampDiff(A &&from, B &&to)
{
    return Expr<std::optional<qint64>>(Internal::timestampDiff(Internal::unitName(U),
                                                               Internal::operand(std::forward<A>(from)),
                                                               Internal::operand(std::forward<B>(to))));
}
//! Days from \a from to \a to.
template <class A, class B> auto dateDiff(A &&to, B &&from)
{
    return function<std::optional<qint64>>("DATEDIFF", std::forward<A>(to), std::forward<B>(from));
}
//! \a format as DATE_FORMAT() has it: "%Y-%m".
template <class A> auto dateFormat(A &&date, const QString &format)
{
    return function<std::optional<QString>>("DATE_FORMAT", std::forward<A>(date), format);
}

//! True if the JSON document \a document holds \a part (JSON_CONTAINS).
template <class A, class B> auto jsonContains(A &&document, B &&part)
{
    return function<std::optional<bool>>("JSON_CONTAINS", std::forward<A>(document), std::forward<B>(part));
}
template <class A, class V> auto jsonSet(A &&document, const QString &path, V &&value)
{
    return function<std::optional<QJsonValue>>("JSON_SET", std::forward<A>(document), path,
                                               std::forward<V>(value));
}
template <class A> auto jsonRemove(A &&document, const QString &path)
{
    return function<std::optional<QJsonValue>>("JSON_REMOVE", std::forward<A>(document), path);
}
template <class A> auto jsonLength(A &&document)
{
    return function<std::optional<qint64>>("JSON_LENGTH", std::forward<A>(document));
}
//! Names and values in turn: \c{jsonObject(u"id", users.id, u"name", users.name)}.
template <class... A> auto jsonObject(A &&...namesAndValues)
{
    static_assert(sizeof...(A) % 2 == 0, "QAsyncMySql: jsonObject() takes names and values in turn");
    return function<QJsonValue>("JSON_OBJECT", std::forward<A>(namesAndValues)...);
}
template <class... A> auto jsonArray(A &&...values)
{
    return function<QJsonValue>("JSON_ARRAY", std::forward<A>(values)...);
}

} // namespace QAsyncMySql::Sql
