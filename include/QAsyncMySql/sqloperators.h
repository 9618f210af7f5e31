// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

/*! \file
    The operators between expressions, and between an expression and a value.

    Comparisons with NULL are never true, so that optional values and nullptr do not compile there: use
    isNull(), or is().
*/

#include <QAsyncMySql/sqlexpression.h>

namespace QAsyncMySql::Sql {

namespace Internal {

template <class A, class B>
concept Operands = AnyExpression<A> || AnyExpression<B>;

//! True for std::optional values: not for expressions that may be NULL.
template <class T>
inline constexpr bool IsOptionalOperand = !AnyExpression<T> && IsOptionalValue<std::remove_cvref_t<T>>;

template <class A, class B> auto compare(A &&a, std::string_view name, B &&b)
{
    return Expr<NullableIf<bool, TypeOf<A>, TypeOf<B>>>(
        binary(operand(std::forward<A>(a)), name, Precedence::Comparison, operand(std::forward<B>(b))));
}
template <class A, class B> auto combine(A &&a, std::string_view name, Precedence precedence, B &&b)
{
    return Expr<NullableIf<bool, TypeOf<A>, TypeOf<B>>>(
        binary(operand(std::forward<A>(a)), name, precedence, operand(std::forward<B>(b))));
}
template <class Result, class A, class B>
Expr<Result> calculate(A &&a, std::string_view name, Precedence precedence, B &&b)
{
    return Expr<Result>(binary(operand(std::forward<A>(a)), name, precedence, operand(std::forward<B>(b))));
}

} // namespace Internal

// Each names both of its operands in its own signature, so that a compiler's message does: column, table and
// type.

#define QASYNCMYSQL_COMPARISON(op, text)                                                                             \
    template <class A, class B>                                                                                      \
    requires Internal::Operands<A, B>                                                                                \
    auto operator op(A &&a, B &&b)                                                                                   \
    {                                                                                                                \
        static_assert(                                                                                               \
            !Internal::IsOptionalOperand<                                                                            \
                A> && !Internal::IsOptionalOperand<B> && Internal::CategoryOf<Internal::TypeOf<A>> != Category::Null \
                && Internal::CategoryOf<Internal::TypeOf<B>> != Category::Null,                                      \
            "QAsyncMySql: a comparison with NULL is never true; use isNull() or is()");                              \
        static_assert(                                                                                               \
            Internal::IsOptionalOperand<                                                                             \
                A> || Internal::IsOptionalOperand<B> || Internal::CategoryOf<Internal::TypeOf<A>> == Category::Null  \
                || Internal::CategoryOf<Internal::TypeOf<B>> == Category::Null                                       \
                || Internal::Comparable<Internal::TypeOf<A>, Internal::TypeOf<B>>,                                   \
            "QAsyncMySql: these types do not compare; convert one with cast<>()");                                   \
        return Internal::compare(std::forward<A>(a), text, std::forward<B>(b));                                      \
    }
QASYNCMYSQL_COMPARISON(==, " = ")
QASYNCMYSQL_COMPARISON(!=, " <> ")
QASYNCMYSQL_COMPARISON(<, " < ")
QASYNCMYSQL_COMPARISON(<=, " <= ")
QASYNCMYSQL_COMPARISON(>, " > ")
QASYNCMYSQL_COMPARISON(>=, " >= ")
#undef QASYNCMYSQL_COMPARISON

#define QASYNCMYSQL_LOGIC(name, text, precedence)                                                            \
    template <class A, class B>                                                                              \
    requires Internal::Operands<A, B>                                                                        \
    auto name(A &&a, B &&b)                                                                                  \
    {                                                                                                        \
        static_assert(Internal::IsNumber<Internal::TypeOf<A>> && Internal::IsNumber<Internal::TypeOf<B>>,    \
                      "QAsyncMySql: AND, OR and XOR take conditions");                                       \
        return Internal::combine(std::forward<A>(a), text, precedence, std::forward<B>(b));                  \
    }
QASYNCMYSQL_LOGIC(operator&&, " AND ", Precedence::And)
QASYNCMYSQL_LOGIC(operator||, " OR ", Precedence::Or)
QASYNCMYSQL_LOGIC(logicalXor, " XOR ", Precedence::Xor)
#undef QASYNCMYSQL_LOGIC

template <AnyExpression A> auto operator!(A &&a)
{
    static_assert(Internal::IsNumber<Internal::TypeOf<A>>, "QAsyncMySql: NOT takes a condition");
    return Expr<Internal::NullableIf<bool, Internal::TypeOf<A>>>(
        Internal::prefix("NOT ", Precedence::Not, Internal::operand(std::forward<A>(a))));
}

#define QASYNCMYSQL_ARITHMETIC(op, text, precedence, result)                                                 \
    template <class A, class B>                                                                              \
    requires Internal::Operands<A, B>                                                                        \
    auto operator op(A &&a, B &&b)                                                                           \
    {                                                                                                        \
        static_assert(Internal::IsNumber<Internal::TypeOf<A>> && Internal::IsNumber<Internal::TypeOf<B>>,    \
                      "QAsyncMySql: arithmetic takes numbers; see dateAdd() and concat() for others");       \
        return Internal::calculate<result>(std::forward<A>(a), text, precedence, std::forward<B>(b));        \
    }
#define QASYNCMYSQL_SUM Internal::Sum<Internal::TypeOf<A>, Internal::TypeOf<B>>
#define QASYNCMYSQL_BITS Internal::NullableIf<quint64, Internal::TypeOf<A>, Internal::TypeOf<B>>
QASYNCMYSQL_ARITHMETIC(+, " + ", Precedence::Sum, QASYNCMYSQL_SUM)
QASYNCMYSQL_ARITHMETIC(-, " - ", Precedence::Sum, QASYNCMYSQL_SUM)
QASYNCMYSQL_ARITHMETIC(*, " * ", Precedence::Product, QASYNCMYSQL_SUM)
QASYNCMYSQL_ARITHMETIC(%, " % ", Precedence::Product, Internal::Nullable<QASYNCMYSQL_SUM>)
#define QASYNCMYSQL_QUOTIENT Internal::Quotient<Internal::TypeOf<A>, Internal::TypeOf<B>>
QASYNCMYSQL_ARITHMETIC(/, " / ", Precedence::Product, QASYNCMYSQL_QUOTIENT)
QASYNCMYSQL_ARITHMETIC(&, " & ", Precedence::BitAnd, QASYNCMYSQL_BITS)
QASYNCMYSQL_ARITHMETIC(|, " | ", Precedence::BitOr, QASYNCMYSQL_BITS)
QASYNCMYSQL_ARITHMETIC(^, " ^ ", Precedence::BitXor, QASYNCMYSQL_BITS)
QASYNCMYSQL_ARITHMETIC(<<, " << ", Precedence::Shift, QASYNCMYSQL_BITS)
QASYNCMYSQL_ARITHMETIC(>>, " >> ", Precedence::Shift, QASYNCMYSQL_BITS)
#undef QASYNCMYSQL_QUOTIENT
#undef QASYNCMYSQL_BITS
#undef QASYNCMYSQL_SUM
#undef QASYNCMYSQL_ARITHMETIC

template <AnyExpression A> auto operator-(A &&a)
{
    using T = Internal::TypeOf<A>;
    static_assert(Internal::IsNumber<T>, "QAsyncMySql: arithmetic takes numbers");
    using Result = std::conditional_t<Internal::IsReal<T>, double,
                                      std::conditional_t<Internal::IsDecimal<T>, Decimal, qint64>>;
    return Expr<Internal::NullableIf<Result, T>>(
        Internal::prefix("-", Precedence::Unary, Internal::operand(std::forward<A>(a))));
}
template <AnyExpression A> auto operator~(A &&a)
{
    using T = Internal::TypeOf<A>;
    static_assert(Internal::IsNumber<T>, "QAsyncMySql: arithmetic takes numbers");
    return Expr<Internal::NullableIf<quint64, T>>(
        Internal::prefix("~", Precedence::Unary, Internal::operand(std::forward<A>(a))));
}
//! a DIV b: the quotient without its fraction; NULL where \a b is 0. \since 1.0
template <class A, class B>
requires Internal::Operands<A, B>
auto intDiv(A &&a, B &&b)
{
    using Result = Internal::Nullable<std::conditional_t<
        Internal::IsUnsignedInteger<Internal::TypeOf<A>> || Internal::IsUnsignedInteger<Internal::TypeOf<B>>,
        quint64, qint64>>;
    static_assert(Internal::IsNumber<Internal::TypeOf<A>> && Internal::IsNumber<Internal::TypeOf<B>>,
                  "QAsyncMySql: arithmetic takes numbers");
    return Internal::calculate<Result>(std::forward<A>(a), " DIV ", Precedence::Product, std::forward<B>(b));
}

} // namespace QAsyncMySql::Sql
