// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

/*! \file
    Aggregates and window functions.
*/

#include <QAsyncMySql/sqlfunctions.h>

#include <array>

namespace QAsyncMySql::Sql {

/*!
    What a window function looks at: \c{Window().partitionBy(orders.userId).orderBy(orders.placed)}.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Window
{
public:
    Window();

    template <class... A> Window partitionBy(const A &...expressions) const
    {
        Window window(*this);
        (window.addPartition(Internal::fragment(expressions)), ...);
        return window;
    }
    template <class... A> Window orderBy(const A &...orders) const
    {
        Window window(*this);
        (window.addOrder(Order(orders).fragment()), ...);
        return window;
    }
    //! ROWS BETWEEN: from \a from rows before this one to \a to rows behind it; negative is without bounds.
    Window rows(qint64 from, qint64 to) const;
    //! In parentheses, as OVER has it.
    Fragment fragment() const;

private:
    void addPartition(const Fragment &expression);
    void addOrder(const Fragment &order);

    Fragment m_partition;
    Fragment m_order;
    QByteArray m_frame;
};

/*!
    A function over several rows: an aggregate, or with over() a window function.

    \since 1.0
*/
template <class T> class Aggregate : public Expr<T>
{
public:
    using Expr<T>::Expr;
    Expr<T> over(const Window &window) const
    {
        Fragment fragment(this->fragment());
        return Expr<T>(std::move(fragment.append(" OVER ").append(window.fragment())));
    }
};

/*!
    A function that needs a window: rowNumber().over(…).

    \since 1.0
*/
template <class T> class WindowFunction
{
public:
    explicit WindowFunction(Fragment fragment)
        : m_aggregate(std::move(fragment))
    {
    }
    Expr<T> over(const Window &window) const { return m_aggregate.over(window); }

private:
    Aggregate<T> m_aggregate;
};

namespace Internal {
//! The type of SUM and AVG: exact for exact numbers, NULL without rows.
template <class T> using Total = std::optional<std::conditional_t<IsReal<T>, double, Decimal>>;
QASYNCMYSQL_EXPORT Fragment distinctCall(std::string_view name, std::initializer_list<Operand> arguments);
QASYNCMYSQL_EXPORT Fragment groupConcat(const Operand &value, bool distinct, std::span<const Fragment> order,
                                        QAnyStringView separator);
} // namespace Internal

//! COUNT(*)
inline Aggregate<qint64> count()
{
    return Aggregate<qint64>(Fragment(QByteArrayLiteral("COUNT(*)")));
}
//! How many of the values are not NULL.
template <class A> Aggregate<qint64> count(const A &value)
{
    return Aggregate<qint64>(Internal::call("COUNT", {Internal::operand(value)}));
}
template <class... A> Aggregate<qint64> countDistinct(const A &...values)
{
    return Aggregate<qint64>(Internal::distinctCall("COUNT", {Internal::operand(values)...}));
}

#define QASYNCMYSQL_AGGREGATE(name, sql, Result, numbersOnly)                                                \
    template <class A> auto name(const A &value)                                                             \
    {                                                                                                        \
        using T = Internal::TypeOf<A>;                                                                       \
        static_assert(!numbersOnly || Internal::IsNumber<T>, "QAsyncMySql: " #name "() takes a number");     \
        return Aggregate<Result>(Internal::call(sql, {Internal::operand(value)}));                           \
    }
QASYNCMYSQL_AGGREGATE(sum, "SUM", Internal::Total<T>, true)
QASYNCMYSQL_AGGREGATE(avg, "AVG", Internal::Total<T>, true)
QASYNCMYSQL_AGGREGATE(stddev, "STDDEV_SAMP", std::optional<double>, true)
QASYNCMYSQL_AGGREGATE(variance, "VAR_SAMP", std::optional<double>, true)
QASYNCMYSQL_AGGREGATE(bitAnd, "BIT_AND", quint64, true)
QASYNCMYSQL_AGGREGATE(bitOr, "BIT_OR", quint64, true)
QASYNCMYSQL_AGGREGATE(min, "MIN", Internal::Nullable<T>, false)
QASYNCMYSQL_AGGREGATE(max, "MAX", Internal::Nullable<T>, false)
QASYNCMYSQL_AGGREGATE(jsonArrayAggregate, "JSON_ARRAYAGG", std::optional<QJsonValue>, false)
#undef QASYNCMYSQL_AGGREGATE

//! The values in one text, in order and with \a separator between them. Cut at group_concat_max_len bytes.
template <class A, class... Orders>
Expr<std::optional<QString>> groupConcat(const A &value, const QString &separator, const Orders &...orders)
{
    const std::array<Fragment, sizeof...(Orders)> order = {Order(orders).fragment()...};
    return Expr<std::optional<QString>>(
        Internal::groupConcat(Internal::operand(value), false, order, separator));
}

#define QASYNCMYSQL_WINDOW(name, sql, Result)                                                                \
    inline auto name()                                                                                       \
    {                                                                                                        \
        return WindowFunction<Result>(Fragment(QByteArrayLiteral(sql "()")));                                \
    }
QASYNCMYSQL_WINDOW(rowNumber, "ROW_NUMBER", qint64)
QASYNCMYSQL_WINDOW(rank, "RANK", qint64)
QASYNCMYSQL_WINDOW(denseRank, "DENSE_RANK", qint64)
QASYNCMYSQL_WINDOW(percentRank, "PERCENT_RANK", double)
QASYNCMYSQL_WINDOW(cumulativeDistribution, "CUME_DIST", double)
#undef QASYNCMYSQL_WINDOW

//! The rows of a partition in \a buckets parts; the number of the part, from 1 on.
QASYNCMYSQL_EXPORT WindowFunction<qint64> ntile(int buckets);
//! The value \a offset rows before or behind, or NULL.
template <class A> auto lag(const A &value, int offset = 1)
{
    return WindowFunction<Internal::Nullable<Internal::TypeOf<A>>>(
        Internal::callWithNumber("LAG(", Internal::operand(value), offset));
}
template <class A> auto lead(const A &value, int offset = 1)
{
    return WindowFunction<Internal::Nullable<Internal::TypeOf<A>>>(
        Internal::callWithNumber("LEAD(", Internal::operand(value), offset));
}
template <class A> auto nthValue(const A &value, int number)
{
    return WindowFunction<Internal::Nullable<Internal::TypeOf<A>>>(
        Internal::callWithNumber("NTH_VALUE(", Internal::operand(value), number));
}
template <class A> auto firstValue(const A &value)
{
    return WindowFunction<Internal::Nullable<Internal::TypeOf<A>>>(
        Internal::call("FIRST_VALUE", {Internal::operand(value)}));
}
template <class A> auto lastValue(const A &value)
{
    return WindowFunction<Internal::Nullable<Internal::TypeOf<A>>>(
        Internal::call("LAST_VALUE", {Internal::operand(value)}));
}

} // namespace QAsyncMySql::Sql
