// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/sqlselect.h>

namespace QAsyncMySql::Sql {

namespace Internal {

class InsertData;

template <class T> inline constexpr bool IsAssignment = false;
template <Name Table> inline constexpr bool IsAssignment<Assignment<Table>> = true;
//! An assignment to a column of a certain table.
template <class T, Name Table>
inline constexpr bool IsAssignmentTo = std::is_same_v<std::remove_cvref_t<T>, Assignment<Table>>;

//! What an INSERT or REPLACE is made of.
class QASYNCMYSQL_EXPORT InsertBuilder
{
public:
    enum class Verb : quint8
    {
        Insert,
        Replace
    };

    InsertBuilder(Verb verb, const Fragment &table);
    InsertBuilder(const InsertBuilder &other);
    InsertBuilder(InsertBuilder &&other) noexcept;
    InsertBuilder &operator=(const InsertBuilder &other);
    InsertBuilder &operator=(InsertBuilder &&other) noexcept;
    ~InsertBuilder();

    void setIgnore();
    //! Makes room for as many, as they mostly are.
    void reserve(qsizetype columns);
    void addColumn(std::string_view column);
    void beginRow();
    void addValue(const Operand &value);
    void setSource(const Fragment &select);
    void addUpdate(std::string_view column, const Operand &value);
    //! The columns and the one row of assignments to \a Table.
    template <Name Table, class... Assignments> void setRow(Assignments &&...assignments)
    {
        static_assert((IsAssignmentTo<Assignments, Table> && ...),
                      "QAsyncMySql: set() takes assignments to columns of the table: users.name = value");
        reserve(qsizetype(sizeof...(assignments)));
        (addColumn(assignments.column()), ...);
        beginRow();
        (addValue(std::forward<Assignments>(assignments).operand()), ...);
    }
    template <Name Table, class... Assignments> void addUpdates(Assignments &&...assignments)
    {
        static_assert((IsAssignmentTo<Assignments, Table> && ...),
                      "QAsyncMySql: onDuplicateKeyUpdate() takes assignments to columns of the table");
        (addUpdate(assignments.column(), std::forward<Assignments>(assignments).operand()), ...);
    }
    void addReturning(const Operand &field, std::string_view alias);

    Fragment toFragment() const;

private:
    QSharedDataPointer<InsertData> d;
};

QASYNCMYSQL_EXPORT Fragment insertedValue(std::string_view column);

template <Name Table, class Field> inline constexpr bool IsColumnOf = false;
template <Name Table, Name ColumnName, class T>
inline constexpr bool IsColumnOf<Table, Column<Table, ColumnName, T>> = true;

template <class Builder, class Field> void addReturning(Builder &builder, const Field &field)
{
    if constexpr (requires { field.definition(); })
        builder.addReturning(Operand(field.definition()), Field::name());
    else if constexpr (NamedField<Field>)
        builder.addReturning(Operand(Fragment().appendName(Field::name())), {});
    else
        builder.addReturning(operand(field), {});
}

} // namespace Internal

/*!
    An INSERT, or REPLACE, into the table called \a Table. With returning(), which MariaDB has, it gives typed
   rows of \a Fields.

    \code
    insertInto(users).set(users.name = u"Ada", users.born = QDate(1815, 12, 10))
    insertInto(users).columns(users.name, users.born).row(u"Ada", born).row(u"Bob", nullptr)
        .onDuplicateKeyUpdate(users.born = inserted(users.born))
    insertInto(archive).columns(archive.id).from(select(users.id).from(users))
    \endcode

    A value; each clause gives another insert.

    \since 1.0
*/
template <Name Table, class... Fields> class Insert
{
public:
    using ResultType = std::conditional_t<sizeof...(Fields) == 0, ResultSet, TypedRows<Fields...>>;

    explicit Insert(Internal::InsertBuilder builder)
        : m_builder(std::move(builder))
    {
    }

    //! One row, by assignments to columns of the table.
    QASYNCMYSQL_CLAUSE(template <class... Assignments> Insert set(Assignments &&...assignments),
                       template setRow<Table>(std::forward<Assignments>(assignments)...))

    /*!
        An insert of rows with these columns.

        \since 1.0
    */
    template <class... Columns> class WithColumns
    {
    public:
        explicit WithColumns(Internal::InsertBuilder builder)
            : m_builder(std::move(builder))
        {
        }
        //! One row: a value, an expression or Default() for each of the columns.
        template <class... Values> WithColumns row(Values &&...values) const &
        {
            return WithColumns(*this).row(std::forward<Values>(values)...);
        }
        template <class... Values> WithColumns &&row(Values &&...values) &&
        {
            addRow(std::forward<Values>(values)...);
            return std::move(*this);
        }
        //! A row for each item of \a list: \a project(item, row) calls \c{row(values…)}.
        template <class List, class Project> WithColumns rows(const List &list, Project &&project) const &
        {
            return WithColumns(*this).rows(list, std::forward<Project>(project));
        }
        template <class List, class Project> WithColumns rows(const List &list, Project &&project) &&
        {
            for (const auto &item : list)
                project(item,
                        [this](auto &&...values) { addRow(std::forward<decltype(values)>(values)...); });
            return std::move(*this);
        }
        //! The rows of a select with as many columns.
        template <class... Selected> Insert from(const Select<Selected...> &select) const
        {
            static_assert(sizeof...(Selected) == sizeof...(Columns),
                          "QAsyncMySql: the select has another number of columns than the insert");
            static_assert(
                (Internal::Storable<typename Columns::Type, typename Selected::Type> && ...),
                "QAsyncMySql: the select has a column of a type that the table's column does not store");
            Internal::InsertBuilder builder(m_builder);
            builder.setSource(select.builder().toFragment());
            return Insert(std::move(builder));
        }
        Insert end() const & { return Insert(m_builder); }
        Insert end() && { return Insert(std::move(m_builder)); }
        operator Insert() const & { return end(); }
        operator Insert() && { return std::move(*this).end(); }
        template <class... A> auto onDuplicateKeyUpdate(A &&...assignments) const
        {
            return end().onDuplicateKeyUpdate(std::forward<A>(assignments)...);
        }
        template <class... F> auto returning(const F &...fields) const { return end().returning(fields...); }
        using ResultType = typename Insert::ResultType;
        SqlStatement statement() const { return end().statement(); }

    private:
        template <class... Values> void addRow(Values &&...values)
        {
            static_assert(sizeof...(Values) == sizeof...(Columns),
                          "QAsyncMySql: the row has another number of values than the insert has columns");
            m_builder.beginRow();
            (addValue(assign(Columns(), std::forward<Values>(values))), ...);
        }
        // By a const column: the type's own assignment would take a column of the same type.
        template <class C, class V> static auto assign(const C &column, V &&value)
        {
            return column = std::forward<V>(value);
        }
        void addValue(Assignment<Table> &&assignment) { m_builder.addValue(std::move(assignment).operand()); }
        Internal::InsertBuilder m_builder;
    };
    template <class... Columns> WithColumns<Columns...> columns(const Columns &...columns) const
    {
        static_assert((Internal::IsColumnOf<Table, Columns> && ...),
                      "QAsyncMySql: columns() of another table");
        Internal::InsertBuilder builder(m_builder);
        builder.reserve(qsizetype(sizeof...(columns)));
        (builder.addColumn(columns.name()), ...);
        return WithColumns<Columns...>(std::move(builder));
    }

    //! INSERT IGNORE: rows that violate a key or do not fit are left out or changed, with warnings.
    QASYNCMYSQL_CLAUSE(Insert ignore(), setIgnore())
    //! For rows whose key is there already. inserted() is what would have been inserted.
    QASYNCMYSQL_CLAUSE(template <class... Assignments>
                       Insert onDuplicateKeyUpdate(Assignments &&...assignments),
                       template addUpdates<Table>(std::forward<Assignments>(assignments)...))
    //! RETURNING: rows of what was inserted. MariaDB only; elsewhere the statement is not sent.
    template <class... Returned> Insert<Table, Returned...> returning(const Returned &...fields) const
    {
        Internal::InsertBuilder builder(m_builder);
        (Internal::addReturning(builder, fields), ...);
        return Insert<Table, Returned...>(std::move(builder));
    }

    SqlStatement statement() const { return SqlStatement(m_builder.toFragment()); }

private:
    Internal::InsertBuilder m_builder;
};

//! Begins an INSERT into \a table. \since 1.0
template <template <Name> class Derived, Name TableName, Name Alias, Name Schema>
Insert<Alias> insertInto(const Table<Derived, TableName, Alias, Schema> &table)
{
    static_assert(TableName == Alias, "QAsyncMySql: INSERT has no name for its table but the table's own");
    return Insert<Alias>(Internal::InsertBuilder(Internal::InsertBuilder::Verb::Insert, table.target()));
}
//! Begins a REPLACE: an insert that first deletes the rows with the same key. \since 1.0
template <template <Name> class Derived, Name TableName, Name Alias, Name Schema>
Insert<Alias> replaceInto(const Table<Derived, TableName, Alias, Schema> &table)
{
    static_assert(TableName == Alias, "QAsyncMySql: REPLACE has no name for its table but the table's own");
    return Insert<Alias>(Internal::InsertBuilder(Internal::InsertBuilder::Verb::Replace, table.target()));
}

//! In onDuplicateKeyUpdate(): what would have been inserted into \a column. \since 1.0
template <Name Table, Name ColumnName, class T> Expr<T> inserted(const Column<Table, ColumnName, T> &)
{
    return Expr<T>(Internal::insertedValue(ColumnName.view()));
}

} // namespace QAsyncMySql::Sql
