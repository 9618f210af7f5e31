// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameters.h>
#include <QAsyncMySql/qasyncmysql_models_export.h>
#include <QAsyncMySql/result.h>
#include <QAsyncMySql/sqlexpression.h>

#include <QtCore/QSharedData>

namespace QAsyncMySql {

class RowFilter;
class RowFilterData;

namespace Internal {

//! A filter by column names beside a typed condition, in either order.
template <class A, class B>
concept FilterWithCondition = (std::same_as<std::remove_cvref_t<A>, RowFilter> && Sql::AnyExpression<B>)
    || (Sql::AnyExpression<A> && std::same_as<std::remove_cvref_t<B>, RowFilter>);

} // namespace Internal

/*!
    Which rows a model shows, as a condition on its columns with bound values, never as SQL text:

    \code
    model->setFilter(RowFilter(u"price", RowFilter::Greater, 100)
                     && !RowFilter::contains(u"name", edit->text()));
    model->setFilter(products.price > 100 && !products.name.contains(edit->text())); // a typed condition
    model->setFilter(RowFilter::search(columns, edit->text()) && products.price > 100); // of both
    \endcode

    A default-constructed filter lets all rows pass. A comparison with NULL lets none pass, as in SQL, but
    for Equal and NotEqual with a NULL value, which are IsNull and IsNotNull. An implicitly shared value.

    \since 1.0
*/
class QASYNCMYSQL_MODELS_EXPORT RowFilter
{
public:
    enum Operator : quint8
    {
        Equal,
        NotEqual, //!< NULL is not equal to any value, and passes
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
        Like, //!< the value is a pattern with % and _, and ! before what is to be taken as it is
        NotLike,
        In, //!< the value is an InList
        NotIn,
        IsNull, //!< takes no value
        IsNotNull,
    };

    //! Lets all rows pass.
    RowFilter() noexcept;
    //! Rows whose \a column compares with \a value as \a comparison says.
    RowFilter(QAnyStringView column, Operator comparison, const Parameter &value = {});
    /*! Rows that fulfil a typed condition (see Sql::Condition). Its columns are named with their tables: that
        of a TableModel, or those of the typed select of a QueryModel. */
    template <Sql::AnyExpression T>
    RowFilter(const T &condition)
        : RowFilter(conditionData(Sql::Condition(condition)))
    {
    }
    RowFilter(const RowFilter &other) noexcept;
    RowFilter(RowFilter &&other) noexcept;
    RowFilter &operator=(const RowFilter &other) noexcept;
    RowFilter &operator=(RowFilter &&other) noexcept;
    ~RowFilter();

    //! Rows whose \a column has \a text in it, begins or ends with it; by the column's collation.
    static RowFilter contains(QAnyStringView column, QAnyStringView text);
    static RowFilter startsWith(QAnyStringView column, QAnyStringView text);
    static RowFilter endsWith(QAnyStringView column, QAnyStringView text);
    static RowFilter between(QAnyStringView column, const Parameter &from, const Parameter &to);
    //! Rows that have \a text in at least one of \a columns; for a search field.
    static RowFilter search(const QStringList &columns, QAnyStringView text);

    //! True if all rows pass.
    bool isEmpty() const noexcept { return !d; }

    //! True if a typed condition is part of it.
    bool isTyped() const noexcept;

    /*! The condition as a piece of a typed statement, with its values; empty if all rows pass. An Error of
        kind Usage for a column name that cannot be one or a value that cannot be sent. */
    Result<Sql::Fragment> toFragment() const;
    /*! The same as SQL, with placeholders, whose values are appended to \a parameters. An Error of kind Usage
        also for a typed condition that servers write differently. */
    Result<QString> toSql(Parameters &parameters) const;

    friend QASYNCMYSQL_MODELS_EXPORT RowFilter operator&&(const RowFilter &a, const RowFilter &b);
    friend QASYNCMYSQL_MODELS_EXPORT RowFilter operator||(const RowFilter &a, const RowFilter &b);
    //! The rows that \a a does not let pass, those where it is unknown because of NULL among them.
    friend QASYNCMYSQL_MODELS_EXPORT RowFilter operator!(const RowFilter &a);
    friend QASYNCMYSQL_MODELS_EXPORT bool operator==(const RowFilter &a, const RowFilter &b);

private:
    explicit RowFilter(RowFilterData *data);
    static RowFilterData *conditionData(const Sql::Condition &condition);
    QExplicitlySharedDataPointer<RowFilterData> d;
};

// The operators of Sql take any value beside an expression. These ask for more, so that they win.
template <class A, class B>
requires Internal::FilterWithCondition<A, B> RowFilter operator&&(A &&a, B &&b)
{
    const RowFilter filters[] = {std::forward<A>(a), std::forward<B>(b)};
    return filters[0] && filters[1];
}
template <class A, class B>
requires Internal::FilterWithCondition<A, B> RowFilter operator||(A &&a, B &&b)
{
    const RowFilter filters[] = {std::forward<A>(a), std::forward<B>(b)};
    return filters[0] || filters[1];
}

} // namespace QAsyncMySql
