// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/sqloperators.h>

#include <tuple>
#include <variant>

namespace QAsyncMySql::Sql {

/*!
    \c{column = value}, for insertInto() and update(). \a Table is the name of the column's table.

    \since 1.0
*/
template <Name Table> class Assignment
{
public:
    Assignment(std::string_view column, Fragment value)
        : m_column(column)
        , m_value(std::move(value))
    {
    }
    Assignment(std::string_view column, Parameter value)
        : m_column(column)
        , m_value(std::move(value))
    {
    }
    static constexpr std::string_view table() noexcept { return Table.view(); }
    std::string_view column() const noexcept { return m_column; }
    Internal::Operand operand() const &
    {
        const auto *value = std::get_if<Parameter>(&m_value);
        return value ? Internal::Operand(Parameter(*value)) : Internal::Operand(std::get<Fragment>(m_value));
    }
    Internal::Operand operand() &&
    {
        auto *value = std::get_if<Parameter>(&m_value);
        return value ? Internal::Operand(std::move(*value))
                     : Internal::Operand(std::move(std::get<Fragment>(m_value)));
    }

private:
    std::string_view m_column;
    std::variant<Fragment, Parameter> m_value;
};

//! DEFAULT, as a value to be assigned: \c{users.created = Default()}. \since 1.0
class Default
{
public:
    constexpr Default() noexcept { }
};

/*!
    A column: \a Table is the name that its table goes by in statements, \a ColumnName its own, and \a T the
   type of its values, a std::optional where they may be NULL.

    Columns have no state: they are types, and what they are is in the type, so that a mistake with them is
   the compiler's to find. They are members of a Table.

    \since 1.0
*/
template <Name Table, Name ColumnName, class T>
class Column : public Internal::Operations<Column<Table, ColumnName, T>>
{
public:
    using Type = T;
    static constexpr auto TableName = Table;
    static constexpr std::string_view table() noexcept { return Table.view(); }
    static constexpr std::string_view name() noexcept { return ColumnName.view(); }
    Internal::Operand operand() const noexcept
    {
        return Internal::Operand(Internal::QuotedName<Table, ColumnName>::view());
    }

    //! For insertInto() and update(): the value or expression to store.
    template <class V> Assignment<Table> operator=(V &&value) const
    {
        using Value = Internal::TypeOf<V>;
        if constexpr (std::is_same_v<Value, Default>) {
            return Assignment<Table>(name(), Fragment(QByteArrayLiteral("DEFAULT")));
        } else {
            static_assert(
                Internal::IsOptionalValue<
                    T> || AnyExpression<V> || (!Internal::IsOptionalValue<Value> && Internal::CategoryOf<Value> != Category::Null),
                "QAsyncMySql: NULL for a column that is NOT NULL");
            static_assert(
                Internal::CategoryOf<Value> == Category::Null || Internal::Storable<T, Value>,
                "QAsyncMySql: a value of a type that the column does not store; convert with cast<>()");
            if constexpr (AnyExpression<V>)
                return Assignment<Table>(name(), Internal::fragment(std::forward<V>(value)));
            else
                return Assignment<Table>(name(), Parameter(std::forward<V>(value)));
        }
    }
};

namespace Internal {
//! Where rows come from: a table, with the name it goes by.
QASYNCMYSQL_EXPORT Fragment tableSource(std::string_view schema, std::string_view table,
                                        std::string_view alias);
} // namespace Internal

/*!
    The base of a table's type, which is written by hand in a few lines, or by the tool \c qasyncmysql-schema:

    \code
    template <Sql::Name Alias = "users"> struct Users : Sql::Table<Users, "users", Alias>
    {
        Sql::Column<Alias, "id", quint64> id;
        Sql::Column<Alias, "name", QString> name;
        Sql::Column<Alias, "born", std::optional<QDate>> born; // may be NULL
    };
    inline constexpr Users<> users {};
    \endcode

    \c{users.as<"boss">()} is the same table under another name, for a second place in one statement. \a
   Schema is for tables outside of the connection's schema.

    \since 1.0
*/
template <template <Name> class Derived, Name TableName, Name Alias, Name Schema = ""> class Table
{
public:
    static constexpr auto AliasName = Alias;
    static constexpr std::string_view tableName() noexcept { return TableName.view(); }
    static constexpr std::string_view schema() noexcept { return Schema.view(); }

    template <Name Other> static constexpr Derived<Other> as() noexcept { return {}; }
    //! As FROM and JOIN have it.
    static const Fragment &source()
    {
        static const Fragment source // the same in each statement: made once
            = Internal::tableSource(Schema.view(), TableName.view(), Alias.view());
        return source;
    }
    //! As INSERT INTO and DDL have it.
    static const Fragment &target()
    {
        static const Fragment target
            = Internal::tableSource(Schema.view(), TableName.view(), TableName.view());
        return target;
    }
};

//! A table, a derived table, or a common table expression. \since 1.0
template <class T>
concept AnyTable = requires(const T &table)
{
    T::AliasName;
    table.source();
};

//! Columns as a tuple, which select() takes for each of them: what the member all() of generated tables
//! gives. \since 1.0
template <class... Columns> constexpr std::tuple<Columns...> columns(const Columns &...all)
{
    return std::tuple<Columns...>(all...);
}

} // namespace QAsyncMySql::Sql
