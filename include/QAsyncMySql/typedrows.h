// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/aggregate.h>
#include <QAsyncMySql/resultset.h>
#include <QAsyncMySql/valuefamily.h>

#include <QtCore/QMetaProperty>

#include <array>
#include <tuple>
#include <vector>

/*! \file
    Rows as values of C++: tuples, structs, gadgets, or the one value of a row.
*/

namespace QAsyncMySql {

namespace Internal {

template <class T> inline constexpr bool IsTuple = false;
template <class... T> inline constexpr bool IsTuple<std::tuple<T...>> = true;

template <class T>
concept Gadget = requires
{
    {
        T::staticMetaObject
        } -> std::convertible_to<const QMetaObject &>;
}
&&!std::is_base_of_v<QObject, T>;

//! A value that stands in one column.
template <class T>
concept CellValue = HasValueDecoder<T> || std::is_same_v<T, QVariant> || IsOptional<T> || Decodable<T>;

//! Row \a error came from, counted from 1 as people do.
QASYNCMYSQL_EXPORT Error inRow(const Error &error, qsizetype row);

//! Reads rows into the fields of a tuple, by position.
template <class Tuple> class TupleReader
{
public:
    static constexpr std::size_t Size = std::tuple_size_v<Tuple>;

    static Error check(const QList<Column> &columns, const char *signature)
    {
        if (std::size_t(columns.size()) != Size)
            return wrongColumnCount(columns.size(), qsizetype(Size), signature);
        return checkAll(columns, std::make_index_sequence<Size>());
    }
    static Error read(const Row &row, Tuple &fields)
    {
        return readAll(row, fields, std::make_index_sequence<Size>());
    }

private:
    template <std::size_t I> using Field = std::remove_cvref_t<std::tuple_element_t<I, Tuple>>;

    template <std::size_t... I> static Error checkAll(const QList<Column> &columns, std::index_sequence<I...>)
    {
        Error error;
        static_cast<void>(
            ((error = checkColumn(columns.at(I), I, familyOf<Field<I>>(), signatureOf<Field<I>>()),
              !error.isError())
             && ...));
        return error;
    }
    template <std::size_t I> static Error readOne(const Row &row, Tuple &fields)
    {
        auto value = row.tryGet<Field<I>>(int(I));
        if (!value)
            return value.error();
        std::get<I>(fields) = *std::move(value);
        return {};
    }
    template <std::size_t... I> static Error readAll(const Row &row, Tuple &fields, std::index_sequence<I...>)
    {
        Error error;
        static_cast<void>(((error = readOne<I>(row, fields), !error.isError()) && ...));
        return error;
    }
};

//! Reads rows into the properties of a gadget, by name. \since 1.0
class QASYNCMYSQL_EXPORT GadgetReader
{
public:
    //! Finds the properties; an Error if a column has none, or one that its values do not fit.
    Error bind(const QMetaObject &type, const QList<Column> &columns);
    Error read(const Row &row, void *gadget) const;

private:
    std::vector<QMetaProperty> m_properties; // one for each column
};

//! Reads rows as values of \a T, whichever way it is made of columns.
template <class T> class RowReader
{
public:
    //! That the columns fit; an Error that names the one that does not. To be called first.
    Error bind(const QList<Column> &columns)
    {
        if constexpr (Gadget<T>) {
            return m_gadget.bind(T::staticMetaObject, columns);
        } else if constexpr (IsTuple<T>) {
            return TupleReader<T>::check(columns, signatureOf<T>());
        } else if constexpr (CellValue<T>) {
            return TupleReader<std::tuple<T>>::check(columns, signatureOf<T>());
        } else {
            static_assert(std::is_aggregate_v<T>,
                          "Neither a tuple, nor a struct without constructors, nor a "
                          "Q_GADGET, nor a type that a cell can be read as.");
            using Fields = decltype(fieldsOf(std::declval<T &>()));
            return TupleReader<Fields>::check(columns, signatureOf<T>());
        }
    }
    Error read(const Row &row, T &value) const
    {
        if constexpr (Gadget<T>) {
            return m_gadget.read(row, &value);
        } else if constexpr (IsTuple<T>) {
            return TupleReader<T>::read(row, value);
        } else if constexpr (CellValue<T>) {
            std::tuple<T &> field(value);
            return TupleReader<std::tuple<T &>>::read(row, field);
        } else {
            auto fields = fieldsOf(value);
            return TupleReader<decltype(fields)>::read(row, fields);
        }
    }

private:
    [[no_unique_address]] std::conditional_t<Gadget<T>, GadgetReader, std::tuple<>> m_gadget;
};

template <class T> Result<QList<T>> readRows(const RowBatch &rows)
{
    RowReader<T> reader;
    if (const Error error = reader.bind(rows.columns()))
        return error;
    QList<T> values;
    values.reserve(rows.size());
    for (const Row &row : rows) {
        T value{};
        const Error error = reader.read(row, value);
        if (Q_UNLIKELY(error.isError()))
            return inRow(error, values.size() + 1);
        values.append(std::move(value));
    }
    return values;
}

template <class T> Result<T> readRow(const Row &row)
{
    RowReader<T> reader;
    if (const Error error = reader.bind(row.columns()))
        return error;
    T value{};
    if (const Error error = reader.read(row, value))
        return error;
    return value;
}

} // namespace Internal

template <class T> Result<QList<T>> RowBatch::to() const
{
    return Internal::readRows<T>(*this);
}

template <class T> Result<QList<T>> ResultSet::to() const
{
    return Internal::readRows<T>(rows());
}

template <class First, class... More> Result<QList<std::tuple<First, More...>>> ResultSet::rows() const
{
    return Internal::readRows<std::tuple<First, More...>>(rows());
}

} // namespace QAsyncMySql
