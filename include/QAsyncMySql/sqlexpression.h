// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/sql.h>
#include <QAsyncMySql/sqlfragment.h>
#include <QAsyncMySql/sqlname.h>
#include <QAsyncMySql/sqlvaluetype.h>

#include <ranges>

namespace QAsyncMySql::Sql {

template <class T> class Expr;
template <Name Alias, class T> class Named;
class Order;

//! A select, where it may stand in an expression. \since 1.0
template <class T>
concept AnyQuery = requires(const T &query)
{
    typename T::QueryType;
    query.subquery();
};

namespace Internal {

//! An expression as it is, anything else as a value to be bound.
template <class T> Operand operand(T &&value)
{
    if constexpr (AnyExpression<T>)
        return std::forward<T>(value).operand();
    else
        return Operand(Parameter(std::forward<T>(value)));
}

template <class T> Fragment fragment(T &&value)
{
    return operand(std::forward<T>(value)).begin(Precedence::List);
}

/*!
    What can be written behind a point: users.name.like(u"A%"). The base of all expressions.
*/
template <class Derived> class Operations : public ExpressionBase
{
public:
    auto isNull() const { return Expr<bool>(postfix(self(), " IS NULL")); }
    auto isNotNull() const { return Expr<bool>(postfix(self(), " IS NOT NULL")); }
    //! <=>: like ==, and true for two NULLs. \a value may be a std::optional.
    template <class B> auto is(B &&value) const
    {
        static_assert(Comparable<TypeOf<Derived>, TypeOf<B>> || CategoryOf<TypeOf<B>> == Category::Null,
                      "QAsyncMySql: is() of two types that do not compare");
        return Expr<bool>(binary(self(), " <=> ", Precedence::Comparison, operandOf(std::forward<B>(value))));
    }

    //! Among \a values; with none of them, FALSE.
    template <class... B>
    requires(sizeof...(B) > 1) auto in(B &&...values) const
    {
        return among<TypeOf<Derived>>(false, std::forward<B>(values)...);
    }
    template <class... B>
    requires(sizeof...(B) > 1) auto notIn(B &&...values) const
    {
        return among<TypeOf<Derived>>(true, std::forward<B>(values)...);
    }
    //! Among the values of a list, or the rows of a select with one column.
    template <class List> auto in(const List &list) const { return amongThose(false, list); }
    template <class List> auto notIn(const List &list) const { return amongThose(true, list); }

    template <class A, class B> auto between(A &&low, B &&high) const
    {
        return within<A, B>(" BETWEEN ", std::forward<A>(low), std::forward<B>(high));
    }
    template <class A, class B> auto notBetween(A &&low, B &&high) const
    {
        return within<A, B>(" NOT BETWEEN ", std::forward<A>(low), std::forward<B>(high));
    }

    //! LIKE with the wildcards % and _. A backslash escapes them, unless sql_mode has NO_BACKSLASH_ESCAPES.
    template <class B> auto like(B &&pattern) const { return textual(" LIKE ", std::forward<B>(pattern)); }
    template <class B> auto notLike(B &&pattern) const
    {
        return textual(" NOT LIKE ", std::forward<B>(pattern));
    }
    template <class B> auto regexp(B &&pattern) const
    {
        return textual(" REGEXP ", std::forward<B>(pattern));
    }
    //! \a text anywhere in it, as it is: nothing in \a text is a wildcard, in any sql_mode.
    auto contains(QAnyStringView text) const { return escaped(u"%", text, u"%"); }
    auto startsWith(QAnyStringView text) const { return escaped(u"", text, u"%"); }
    auto endsWith(QAnyStringView text) const { return escaped(u"%", text, u""); }

    //! The value at a JSON path, "$.a[0].b", as JSON (JSON_EXTRACT, which the operator -> stands for).
    auto extract(QAnyStringView path) const
    {
        static_assert(CategoryOf<TypeOf<Derived>> == Category::Json || IsText<TypeOf<Derived>>,
                      "QAsyncMySql: extract() is for JSON");
        return Expr<std::optional<QJsonValue>>(
            call("JSON_EXTRACT", {self(), Operand(Parameter(path.toString()))}));
    }
    //! The same as text, without the quotes of a string (the operator ->>).
    auto extractText(QAnyStringView path) const
    {
        const auto json = extract(path);
        return Expr<std::optional<QString>>(call("JSON_UNQUOTE", {json.operand()}));
    }

    //! With a name: for a column of a result, or to sort by.
    template <Name Alias> auto as() const
    {
        return Named<Alias, TypeOf<Derived>>(self().begin(Precedence::List));
    }
    Order asc() const;
    Order desc() const;

private:
    Operand self() const { return static_cast<const Derived &>(*this).operand(); }
    template <class B> static Operand operandOf(B &&value)
    {
        return Internal::operand(std::forward<B>(value));
    }

    template <class A, class... B> auto among(bool negated, const B &...values) const
    {
        static_assert((Comparable<A, TypeOf<B>> && ...),
                      "QAsyncMySql: in() with a value of a type that does not compare with the column");
        const Operand list[] = {operandOf(values)...};
        return Expr<NullableIf<bool, A, TypeOf<B>...>>(inList(self(), negated, list));
    }
    template <class List> auto amongThose(bool negated, const List &list) const
    {
        using A = TypeOf<Derived>;
        if constexpr (AnyQuery<List>) {
            static_assert(Comparable<A, typename List::QueryType>,
                          "QAsyncMySql: in() with a select of a type that does not compare with the column");
            return Expr<NullableIf<bool, A, typename List::QueryType>>(binary(
                self(), negated ? " NOT IN " : " IN ", Precedence::Comparison, Operand(list.subquery())));
        } else if constexpr (
            std::ranges::range<
                List> && !IsText<TypeOf<List>> && CategoryOf<TypeOf<List>> != Category::Bytes) {
            static_assert(Comparable<A, TypeOf<std::ranges::range_value_t<List>>>,
                          "QAsyncMySql: in() with a list of a type that does not compare with the column");
            Parameters values;
            for (const auto &value : list)
                values.append(Parameter(value));
            return Expr<NullableIf<bool, A>>(inValues(self(), negated, values));
        } else {
            return among<A>(negated, list);
        }
    }
    template <class A, class B> auto within(std::string_view name, A &&low, B &&high) const
    {
        using T = TypeOf<Derived>;
        static_assert(Comparable<T, TypeOf<A>> && Comparable<T, TypeOf<B>>,
                      "QAsyncMySql: between() with bounds that do not compare with the column");
        return Expr<NullableIf<bool, T, TypeOf<A>, TypeOf<B>>>(Internal::between(
            self(), name, operandOf(std::forward<A>(low)), operandOf(std::forward<B>(high))));
    }
    template <class B> auto textual(std::string_view name, B &&pattern) const
    {
        using T = TypeOf<Derived>;
        static_assert(IsText<T> && IsText<TypeOf<B>>,
                      "QAsyncMySql: like() and regexp() are for text; convert with cast<QString>()");
        return Expr<NullableIf<bool, T, TypeOf<B>>>(
            binary(self(), name, Precedence::Comparison, operandOf(std::forward<B>(pattern))));
    }
    auto escaped(QStringView before, QAnyStringView text, QStringView behind) const
    {
        using T = TypeOf<Derived>;
        static_assert(IsText<T>, "QAsyncMySql: contains(), startsWith() and endsWith() are for text");
        const Fragment pattern(QByteArrayLiteral("? ESCAPE '!'"),
                               {Parameter(QString(before % escapeLike(text) % behind))}, Precedence::Primary);
        return Expr<NullableIf<bool, T>>(binary(self(), " LIKE ", Precedence::Comparison, Operand(pattern)));
    }
};

} // namespace Internal

/*!
    An expression whose values are of type \a T: std::optional where it may be NULL.

    Made by the operators and functions of this namespace, from columns and values. Every value is bound
    as a parameter; none gets into the text.

    \since 1.0
*/
template <class T> class Expr : public Internal::Operations<Expr<T>>
{
public:
    using Type = T;

    explicit Expr(Fragment fragment) noexcept
        : m_fragment(std::move(fragment))
    {
    }
    //! An expression that is never NULL is one that might be.
    template <class U>
    requires(std::is_same_v<std::optional<U>, T>) Expr(Expr<U> other)
    noexcept
        : m_fragment(std::move(other).takeFragment())
    {
    }

    const Fragment &fragment() const noexcept { return m_fragment; }
    Fragment takeFragment() &&noexcept { return std::move(m_fragment); }
    Internal::Operand operand() const &noexcept { return Internal::Operand(m_fragment); }
    Internal::Operand operand() &&noexcept { return Internal::Operand(std::move(m_fragment)); }

private:
    Fragment m_fragment;
};

/*!
    An expression with a name, made by as(): \c{count().as<"n">()}. In the list of a select it is written in
   full, elsewhere (orderBy(), groupBy(), having()) by its name. A row gives its value for it.

    \since 1.0
*/
template <Name Alias, class T> class Named : public Internal::Operations<Named<Alias, T>>
{
public:
    using Type = T;
    static constexpr std::string_view name() noexcept { return Alias.view(); }

    explicit Named(Fragment fragment) noexcept
        : m_fragment(std::move(fragment))
    {
    }
    //! Without the name.
    const Fragment &definition() const noexcept { return m_fragment; }
    Internal::Operand operand() const noexcept
    {
        return Internal::Operand(Internal::QuotedName<Alias>::view());
    }

private:
    Fragment m_fragment;
};

/*!
    What to sort by, and which way: a column, an expression, or either with asc() or desc().

    \since 1.0
*/
class Order
{
public:
    template <AnyExpression T>
    Order(T &&expression)
        : m_fragment(Internal::fragment(std::forward<T>(expression)))
    {
    }
    explicit Order(Fragment fragment) noexcept
        : m_fragment(std::move(fragment))
    {
    }
    const Fragment &fragment() const noexcept { return m_fragment; }

private:
    Fragment m_fragment;
};

template <class Derived> Order Internal::Operations<Derived>::asc() const
{
    return Order(postfix(self(), " ASC"));
}
template <class Derived> Order Internal::Operations<Derived>::desc() const
{
    return Order(postfix(self(), " DESC"));
}

/*!
    What where(), having() and on() take: a boolean expression, or nothing. Filters put together at run time
   begin with nothing:

    \code
    Condition filter;
    if (!name.isEmpty())
        filter = filter && users.name.startsWith(name);
    \endcode

    \since 1.0
*/
class Condition : public Expr<std::optional<bool>>
{
public:
    //! No condition: all rows.
    Condition() noexcept
        : Expr(Fragment())
    {
    }
    template <AnyExpression T>
    requires(!std::is_base_of_v<Condition, std::remove_cvref_t<T>>) Condition(T &&expression)
        : Expr(Internal::fragment(std::forward<T>(expression)))
    {
        static_assert(Internal::IsNumber<Internal::TypeOf<T>>, "QAsyncMySql: a condition must be boolean");
    }
    bool isEmpty() const noexcept { return fragment().isEmpty(); }
};

//! \a value as an expression, bound as a parameter: where C++ would otherwise calculate. \since 1.0
template <class T> auto value(T &&value)
{
    return Expr<Internal::TypeOf<T>>(Internal::fragment(Parameter(std::forward<T>(value))));
}

/*!
    SQL of the program's own as an expression of type \a T, with a \c{?} for each of \a values: the door out
   of these types. The text must never hold what comes from outside. Where it has more or fewer placeholders
   than there are values, the statement is not sent.

    \since 1.0
*/
template <class T, class... Values> Expr<T> raw(QAnyStringView sql, Values &&...values)
{
    return Expr<T>(
        Internal::raw(sql, QAsyncMySql::Internal::makeParameters(std::forward<Values>(values)...)));
}

} // namespace QAsyncMySql::Sql
