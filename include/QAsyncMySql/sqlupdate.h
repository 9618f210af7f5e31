// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/sqlinsert.h>

namespace QAsyncMySql::Sql {

namespace Internal {

class ChangeData;

//! What an UPDATE or a DELETE is made of.
class QASYNCMYSQL_EXPORT ChangeBuilder
{
public:
    enum class Verb : quint8
    {
        Update,
        Delete
    };

    ChangeBuilder(Verb verb, const Fragment &source, std::string_view alias);
    ChangeBuilder(const ChangeBuilder &other);
    ChangeBuilder(ChangeBuilder &&other) noexcept;
    ChangeBuilder &operator=(const ChangeBuilder &other);
    ChangeBuilder &operator=(ChangeBuilder &&other) noexcept;
    ~ChangeBuilder();

    void addJoin(SelectBuilder::Join kind, const Fragment &source, const Fragment &on);
    void addAssignment(std::string_view table, std::string_view column, const Operand &value);
    template <class... Assignments> void addAssignments(Assignments &&...assignments)
    {
        static_assert((IsAssignment<std::remove_cvref_t<Assignments>> && ...),
                      "QAsyncMySql: set() takes assignments: users.name = value");
        (addAssignment(assignments.table(), assignments.column(),
                       std::forward<Assignments>(assignments).operand()),
         ...);
    }
    void addWhere(Condition &&condition);
    void setEveryRow();
    void addOrder(const Order &order);
    template <class... Orders> void addOrders(const Orders &...orders) { (addOrder(Order(orders)), ...); }
    void setLimit(quint64 rows);
    void addReturning(const Operand &field, std::string_view alias);

    Fragment toFragment() const;

private:
    QSharedDataPointer<ChangeData> d;
};

// The clauses that both have.
#define QASYNCMYSQL_CHANGE_CLAUSES(Self)                                                                     \
    QASYNCMYSQL_CLAUSE(template <AnyTable T> Self join(const T &table, const Condition &on),                 \
                       addJoin(Internal::SelectBuilder::Join::Inner, table.source(), on.fragment()))         \
    QASYNCMYSQL_CLAUSE(template <AnyTable T> Self leftJoin(const T &table, const Condition &on),             \
                       addJoin(Internal::SelectBuilder::Join::Left, table.source(), on.fragment()))          \
    /*! Which rows; conditions add up. A statement with neither a condition nor everyRow() is not sent. */   \
    QASYNCMYSQL_CLAUSE(Self where(Condition condition), addWhere(std::move(condition)))                      \
    /*! Says that really every row is meant. */                                                              \
    QASYNCMYSQL_CLAUSE(Self everyRow(), setEveryRow())                                                       \
    /*! For a limit(); not with joins. */                                                                    \
    QASYNCMYSQL_CLAUSE(template <class... Orders> Self orderBy(const Orders &...orders),                     \
                       addOrders(orders...))                                                                 \
    /*! At most so many rows; not with joins. */                                                             \
    QASYNCMYSQL_CLAUSE(Self limit(quint64 rows), setLimit(rows))                                             \
    SqlStatement statement() const                                                                           \
    {                                                                                                        \
        return SqlStatement(m_builder.toFragment());                                                         \
    }

} // namespace Internal

/*!
    An UPDATE: \c{update(users).set(users.name = u"Ada").where(users.id == 5)}. A value; each clause gives
   another one.

    \since 1.0
*/
class Update
{
public:
    using ResultType = ResultSet;

    explicit Update(Internal::ChangeBuilder builder)
        : m_builder(std::move(builder))
    {
    }
    //! Assignments to columns of the table, and of joined ones.
    QASYNCMYSQL_CLAUSE(template <class... Assignments> Update set(Assignments &&...assignments),
                       addAssignments(std::forward<Assignments>(assignments)...))
    QASYNCMYSQL_CHANGE_CLAUSES(Update)

private:
    Internal::ChangeBuilder m_builder;
};

/*!
    A DELETE: \c{removeFrom(users).where(users.id == 5)}. With joins it deletes from the first table only.
   With returning(), which MariaDB has, it gives typed rows of \a Fields. A value; each clause gives another
   one.

    \since 1.0
*/
template <class... Fields> class Remove
{
public:
    using ResultType = std::conditional_t<sizeof...(Fields) == 0, ResultSet, TypedRows<Fields...>>;

    explicit Remove(Internal::ChangeBuilder builder)
        : m_builder(std::move(builder))
    {
    }
    QASYNCMYSQL_CHANGE_CLAUSES(Remove)
    //! RETURNING: the rows that were deleted. MariaDB only; elsewhere the statement is not sent.
    template <class... Returned> Remove<Returned...> returning(const Returned &...fields) const
    {
        Internal::ChangeBuilder builder(m_builder);
        (Internal::addReturning(builder, fields), ...);
        return Remove<Returned...>(std::move(builder));
    }

private:
    Internal::ChangeBuilder m_builder;
};

#undef QASYNCMYSQL_CHANGE_CLAUSES

//! Begins an UPDATE of \a table. \since 1.0
template <AnyTable T> Update update(const T &table)
{
    return Update(
        Internal::ChangeBuilder(Internal::ChangeBuilder::Verb::Update, table.source(), T::AliasName.view()));
}
//! Begins a DELETE of rows of \a table. \since 1.0
template <AnyTable T> Remove<> removeFrom(const T &table)
{
    return Remove<>(
        Internal::ChangeBuilder(Internal::ChangeBuilder::Verb::Delete, table.source(), T::AliasName.view()));
}

/*!
    A CALL of a stored procedure: \c{call("archive_orders", 30)}. For OUT parameters see Connection::call().

    \since 1.0
*/
class Call
{
public:
    using ResultType = ResultSet;

    explicit Call(Fragment fragment)
        : m_fragment(std::move(fragment))
    {
    }
    SqlStatement statement() const { return SqlStatement(m_fragment); }

private:
    Fragment m_fragment;
};

namespace Internal {
QASYNCMYSQL_EXPORT Fragment procedureCall(std::string_view procedure,
                                          std::initializer_list<Operand> arguments);
} // namespace Internal

//! CALL \a procedure; the name is quoted. \since 1.0
template <class... Arguments> Call call(std::string_view procedure, Arguments &&...arguments)
{
    return Call(
        Internal::procedureCall(procedure, {Internal::operand(std::forward<Arguments>(arguments))...}));
}

} // namespace QAsyncMySql::Sql
