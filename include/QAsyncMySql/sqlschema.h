// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

/*! \file
    Statements that define: tables, indexes, keys and checks. Values in them are literals, since servers take
   no placeholders there.
*/

#include <QAsyncMySql/sqldefinition.h>
#include <QAsyncMySql/sqlselect.h>

namespace QAsyncMySql::Sql {

//! What becomes of rows whose referenced row is deleted or changes its key. \since 1.0
enum class ReferenceAction : quint8
{
    Restrict,
    Cascade,
    SetNull,
    NoAction
};

namespace Internal {

//! `a`, `b` DESC
template <class... Columns> Fragment nameList(const Columns &...columns)
{
    Fragment list;
    const char *separator = "";
    ((list.append(separator).appendName(columns.name()), separator = ", "), ...);
    return list;
}
template <class... Columns> Fragment nameList(const std::tuple<Columns...> &columns)
{
    return std::apply([](const auto &...all) { return nameList(all...); }, columns);
}
QASYNCMYSQL_EXPORT Fragment indexPart(const Order &order);
template <class... Orders> Fragment indexParts(const Orders &...orders)
{
    Fragment list;
    const char *separator = "";
    ((list.append(separator).append(indexPart(Order(orders))), separator = ", "), ...);
    return list;
}

template <class A, class B> inline constexpr bool SameShape = false;
template <Name TA, Name NA, class A, Name TB, Name NB, class B>
inline constexpr bool SameShape<Column<TA, NA, A>, Column<TB, NB, B>> = std::is_same_v<Bare<A>, Bare<B>>;
template <class... A, class... B>
requires(sizeof...(A)
         == sizeof...(B)) inline constexpr bool SameShape<std::tuple<A...>,
                                                          std::tuple<B...>> = (SameShape<A, B> && ...);

template <class T> struct FirstOf
{
    using Type = T;
};
template <class T, class... Rest> struct FirstOf<std::tuple<T, Rest...>>
{
    using Type = T;
};

QASYNCMYSQL_EXPORT Fragment keyClause(std::string_view kind, std::string_view name, const Fragment &columns);
QASYNCMYSQL_EXPORT Fragment foreignKeyClause(std::string_view name, const Fragment &columns,
                                             std::string_view table, const Fragment &referenced,
                                             ReferenceAction onDelete, ReferenceAction onUpdate);
QASYNCMYSQL_EXPORT Fragment checkClause(std::string_view name, const Fragment &condition);

template <class A, class B>
Fragment foreignKey(std::string_view name, const A &columns, const B &referenced, ReferenceAction onDelete,
                    ReferenceAction onUpdate)
{
    static_assert(SameShape<A, B>,
                  "QAsyncMySql: a foreign key must have the types of the columns it refers to");
    return foreignKeyClause(name, nameList(columns), FirstOf<B>::Type::table(), nameList(referenced),
                            onDelete, onUpdate);
}

} // namespace Internal

/*!
    A CREATE TABLE, begun by createTable():

    \code
    createTable(orders)
        .columns(define(orders.id).autoIncrement(), define(orders.customerId), define(orders.total,
   SqlType::decimal(12, 2))) .primaryKey(orders.id) .foreignKey("orders_customer", orders.customerId,
   customers.id, ReferenceAction::Cascade) .check("orders_total", orders.total >= 0) \endcode

    \since 1.0
*/
class QASYNCMYSQL_EXPORT CreateTable
{
public:
    using ResultType = ResultSet;

    explicit CreateTable(const Fragment &table);

    CreateTable ifNotExists() const;
    CreateTable temporary() const;
    template <std::same_as<ColumnDefinition>... Definitions>
    CreateTable columns(const Definitions &...definitions) const
    {
        CreateTable copy(*this);
        (copy.add(definitions.fragment()), ...);
        return copy;
    }
    template <class... Columns> CreateTable primaryKey(const Columns &...columns) const
    {
        return with(Internal::keyClause("PRIMARY KEY", {}, Internal::nameList(columns...)));
    }
    template <class... Columns> CreateTable unique(std::string_view name, const Columns &...columns) const
    {
        return with(Internal::keyClause("UNIQUE KEY", name, Internal::indexParts(columns...)));
    }
    //! Columns, or columns with desc().
    template <class... Columns> CreateTable index(std::string_view name, const Columns &...columns) const
    {
        return with(Internal::keyClause("KEY", name, Internal::indexParts(columns...)));
    }
    //! A column refers to one of another table, or columns() to as many.
    template <class A, class B>
    CreateTable foreignKey(std::string_view name, const A &columns, const B &referenced,
                           ReferenceAction onDelete = ReferenceAction::Restrict,
                           ReferenceAction onUpdate = ReferenceAction::Restrict) const
    {
        return with(Internal::foreignKey(name, columns, referenced, onDelete, onUpdate));
    }
    CreateTable check(std::string_view name, const Condition &condition) const;
    //! What stands behind the parentheses, as text of your own: \c{ENGINE=InnoDB COMMENT='…'}.
    CreateTable options(QAnyStringView options) const;

    SqlStatement statement() const;

private:
    void add(const Fragment &item);
    CreateTable with(const Fragment &item) const;

    Fragment m_table;
    Fragment m_items;
    QByteArray m_options;
    bool m_ifNotExists = false;
    bool m_temporary = false;
};

/*!
    An ALTER TABLE, begun by alterTable().

    \since 1.0
*/
class QASYNCMYSQL_EXPORT AlterTable
{
public:
    using ResultType = ResultSet;

    explicit AlterTable(const Fragment &table);

    AlterTable addColumn(const ColumnDefinition &definition) const;
    AlterTable modifyColumn(const ColumnDefinition &definition) const;
    template <class C> AlterTable dropColumn(const C &column) const
    {
        return with("DROP COLUMN ", column.name());
    }
    template <class A, class B>
    AlterTable addForeignKey(std::string_view name, const A &columns, const B &referenced,
                             ReferenceAction onDelete = ReferenceAction::Restrict,
                             ReferenceAction onUpdate = ReferenceAction::Restrict) const
    {
        return with(Internal::foreignKey(name, columns, referenced, onDelete, onUpdate));
    }
    AlterTable dropForeignKey(std::string_view name) const { return with("DROP FOREIGN KEY ", name); }
    AlterTable addCheck(std::string_view name, const Condition &condition) const;
    AlterTable dropCheck(std::string_view name) const { return with("DROP CONSTRAINT ", name); }

    SqlStatement statement() const;

private:
    AlterTable with(std::string_view action, std::string_view name) const;
    AlterTable with(const Fragment &clause) const;

    Fragment m_table;
    Fragment m_actions;
};

/*!
    A statement that defines something and has nothing more to say: DROP TABLE, CREATE INDEX, DROP INDEX.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Definition
{
public:
    using ResultType = ResultSet;

    explicit Definition(Fragment fragment) noexcept
        : m_fragment(std::move(fragment))
    {
    }
    SqlStatement statement() const { return SqlStatement(m_fragment); }

private:
    Fragment m_fragment;
};

namespace Internal {
QASYNCMYSQL_EXPORT Fragment dropTable(const Fragment &table, bool ifExists);
QASYNCMYSQL_EXPORT Fragment createIndex(std::string_view name, std::string_view table, const Fragment &parts,
                                        bool unique, bool ifNotExists);
QASYNCMYSQL_EXPORT Fragment dropIndex(std::string_view name, const Fragment &table, bool ifExists);
} // namespace Internal

template <AnyTable T> CreateTable createTable(const T &table)
{
    return CreateTable(table.target());
}
template <AnyTable T> AlterTable alterTable(const T &table)
{
    return AlterTable(table.target());
}
template <AnyTable T> Definition dropTable(const T &table)
{
    return Definition(Internal::dropTable(table.target(), false));
}
template <AnyTable T> Definition dropTableIfExists(const T &table)
{
    return Definition(Internal::dropTable(table.target(), true));
}
//! An index on columns, which may have desc(), of one table.
template <class Column, class... More>
Definition createIndex(std::string_view name, const Column &column, const More &...more)
{
    return Definition(
        Internal::createIndex(name, column.table(), Internal::indexParts(column, more...), false, false));
}
template <class Column, class... More>
Definition createUniqueIndex(std::string_view name, const Column &column, const More &...more)
{
    return Definition(
        Internal::createIndex(name, column.table(), Internal::indexParts(column, more...), true, false));
}
//! MariaDB only; elsewhere the statement is not sent.
template <class Column, class... More>
Definition createIndexIfNotExists(std::string_view name, const Column &column, const More &...more)
{
    return Definition(
        Internal::createIndex(name, column.table(), Internal::indexParts(column, more...), false, true));
}
template <AnyTable T> Definition dropIndex(std::string_view name, const T &table)
{
    return Definition(Internal::dropIndex(name, table.target(), false));
}
//! MariaDB only; elsewhere the statement is not sent.
template <AnyTable T> Definition dropIndexIfExists(std::string_view name, const T &table)
{
    return Definition(Internal::dropIndex(name, table.target(), true));
}

} // namespace QAsyncMySql::Sql
