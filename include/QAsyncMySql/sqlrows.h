// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/resultset.h>
#include <QAsyncMySql/sqltable.h>

namespace QAsyncMySql::Sql {

/*!
    A column of a table that an outer join may leave without a row: its values may be NULL, whatever the
    column says. leftJoin() and rightJoin() make them; a row gives its value for the plain column.

    \since 1.0
*/
template <class Column> class Outer : public Column
{
public:
    using Type = Internal::Nullable<typename Column::Type>;
};

namespace Internal {

template <class Field> struct KeyOf
{
    using Type = Field;
};
template <class Column> struct KeyOf<Outer<Column>>
{
    using Type = Column;
};

template <class Field, class Key>
inline constexpr bool IsField = std::is_same_v<typename KeyOf<Field>::Type, Key>;
template <class Field>
concept NamedField = requires
{
    Field::name();
};

template <class Field> consteval std::string_view fieldName()
{
    if constexpr (NamedField<Field>)
        return Field::name();
    else
        return {};
}

//! Where \a Key stands among \a Fields; it must stand there once.
template <class Key, class... Fields> consteval int indexOfField()
{
    static_assert((IsField<Fields, Key> || ...),
                  "QAsyncMySql: this column is not among those that the statement selects");
    static_assert((int(IsField<Fields, Key>) + ... + 0) <= 1,
                  "QAsyncMySql: this column is selected twice; give one of them a name with as<>()");
    int index = 0;
    int at = 0;
    ((IsField<Fields, Key> ? void(at = index++) : void(++index)), ...);
    return at;
}
template <Name Alias, class... Fields> consteval int indexOfName()
{
    static_assert(((fieldName<Fields>() == Alias.view()) || ...),
                  "QAsyncMySql: no column of this name is among those that the statement selects");
    static_assert((int(fieldName<Fields>() == Alias.view()) + ... + 0) <= 1,
                  "QAsyncMySql: the name is ambiguous: two of the selected columns have it");
    int index = 0;
    int at = 0;
    (((fieldName<Fields>() == Alias.view()) ? void(at = index++) : void(++index)), ...);
    return at;
}

[[nodiscard]] QASYNCMYSQL_EXPORT Error wrongRowCount(qsizetype rows, bool atLeast);

} // namespace Internal

/*!
    A row of a typed select. Values are had by column, by name, by place, or all at once:

    \code
    const QString name = row[users.name];
    const qint64 orders = row.get<"orders">();
    const auto &[id, name, orders] = row;
    \endcode

    What the statement did not select, or selected twice, does not compile. Nullable columns give a
   std::optional.

    \since 1.0
*/
template <class... Fields> class TypedRow
{
public:
    explicit TypedRow(Row row) noexcept
        : m_row(std::move(row))
    {
    }

    template <class Field> auto operator[](const Field &) const
    {
        return get<Internal::indexOfField<Field, Fields...>()>();
    }
    template <Name Alias> auto get() const { return get<Internal::indexOfName<Alias, Fields...>()>(); }
    template <int Index> auto get() const
    {
        static_assert(Index >= 0 && Index < int(sizeof...(Fields)), "QAsyncMySql: there is no such column");
        return m_row.template get<typename std::tuple_element_t<size_t(Index), std::tuple<Fields...>>::Type>(
            Index);
    }
    template <std::size_t Index> friend auto get(const TypedRow &row)
    {
        return row.template get<int(Index)>();
    }
    //! The value, or an Error of kind Conversion: a NULL where none was promised, a number out of range.
    template <class Field> auto tryGet(const Field &) const
    {
        constexpr int Index = Internal::indexOfField<Field, Fields...>();
        return m_row
            .template tryGet<typename std::tuple_element_t<size_t(Index), std::tuple<Fields...>>::Type>(
                Index);
    }

    //! The row as a \a T; see TypedBatch::to().
    template <class T> Result<T> to() const;

    //! The same row, without the types.
    const Row &row() const noexcept { return m_row; }

private:
    Row m_row;
};

/*!
    A run of rows whose columns are known: what a TypedCursor hands out, and the rows of a TypedRows. A value;
   copies share their rows.

    \since 1.0
*/
template <class... Fields> class TypedBatch
{
public:
    using value_type = TypedRow<Fields...>;

    TypedBatch() { }
    explicit TypedBatch(RowBatch batch)
        : m_batch(std::move(batch))
    {
    }

    qsizetype size() const noexcept { return m_batch.size(); }
    bool isEmpty() const noexcept { return m_batch.isEmpty(); }
    value_type at(qsizetype index) const { return value_type(m_batch.at(index)); }
    value_type operator[](qsizetype index) const { return at(index); }

    //! Walks the rows; each is a value of its own.
    class const_iterator
    {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = TypedRow<Fields...>;
        using difference_type = qptrdiff;
        using pointer = void;
        using reference = value_type;

        const_iterator() = default;
        explicit const_iterator(RowBatch::const_iterator at)
            : m_at(std::move(at))
        {
        }
        value_type operator*() const { return value_type(*m_at); }
        const_iterator &operator++()
        {
            ++m_at;
            return *this;
        }
        void operator++(int) { ++m_at; }
        friend bool operator==(const const_iterator &a, const const_iterator &b) { return a.m_at == b.m_at; }

    private:
        RowBatch::const_iterator m_at;
    };
    const_iterator begin() const { return const_iterator(m_batch.begin()); }
    const_iterator end() const { return const_iterator(m_batch.end()); }

    /*! All rows as values of \a T, in a list: a struct without constructors or a tuple, with a field for each
        column in order; or a Q_GADGET, by the names of its properties.

        A struct with more or fewer fields does not compile, nor does a field that a column's values do not
       fit, or one without std::optional for what may be NULL. What is left is checked before the first row:
       an Error of kind Conversion names the column. */
    template <class T> Result<QList<T>> to() const;

    //! The same rows, without the types.
    const RowBatch &batch() const noexcept { return m_batch; }

private:
    RowBatch m_batch;
};

/*!
    The result of a typed select: its rows, all of them. A value; copies share their rows.

    \since 1.0
*/
template <class... Fields> class TypedRows : public TypedBatch<Fields...>
{
public:
    using value_type = TypedRow<Fields...>;

    TypedRows() { }
    explicit TypedRows(ResultSet result)
        : TypedBatch<Fields...>(result.rows())
        , m_result(std::move(result))
    {
    }

    //! The first row, or std::nullopt.
    std::optional<value_type> first() const
    {
        return this->isEmpty() ? std::nullopt : std::optional<value_type>(this->at(0));
    }
    //! The only row; an Error of kind Usage if there is none, or more than one.
    Result<value_type> one() const
    {
        if (this->size() != 1)
            return Internal::wrongRowCount(this->size(), false);
        return this->at(0);
    }
    //! The first value of the first row; an Error of kind Usage if there is no row.
    auto scalar() const
    {
        using T = typename std::tuple_element_t<0, std::tuple<Fields...>>::Type;
        return this->isEmpty() ? Result<T>(Internal::wrongRowCount(0, true))
                               : m_result.at(0).template tryGet<T>(0);
    }

    //! The same result, without the types.
    const ResultSet &result() const noexcept { return m_result; }

private:
    ResultSet m_result;
};

template <class... Fields> class TypedCursor;

} // namespace QAsyncMySql::Sql

template <class... Fields>
struct std::tuple_size<QAsyncMySql::Sql::TypedRow<Fields...>>
    : std::integral_constant<std::size_t, sizeof...(Fields)>
{
};
template <std::size_t Index, class... Fields>
struct std::tuple_element<Index, QAsyncMySql::Sql::TypedRow<Fields...>>
{
    using type = typename std::tuple_element_t<Index, std::tuple<Fields...>>::Type;
};
