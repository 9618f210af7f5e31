// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/sqlrows.h>
#include <QAsyncMySql/typedrows.h>

/*! \file
    The rows of typed selects as structs, tuples and gadgets: TypedBatch::to() and TypedRow::to().
*/

namespace QAsyncMySql::Sql {

namespace Internal {

//! True for types that can be read from any column, and decide for themselves what becomes of NULL.
template <class T>
inline constexpr bool TakesAnything
    = QAsyncMySql::Internal::HasValueDecoder<T> || std::is_same_v<T, QVariant>;

//! True if a value of type \a From can be read as a \a To, NULL and range apart. Everything has a text.
template <class To, class From>
inline constexpr bool Readable
    = Comparable<To, From> || CategoryOf<To> == Category::Text || CategoryOf<To> == Category::Bytes
    || CategoryOf<From> == Category::Other || CategoryOf<To> == Category::Other;

// A class for each pair, so that a compiler's message names the column along with the field's type.
template <class Field, class SelectedColumn> struct CheckField
{
    using Type = typename SelectedColumn::Type;
    static_assert(TakesAnything<Field> || Readable<Field, Type>,
                  "QAsyncMySql: this column's values cannot be read as the type of the field at its place");
    static_assert(TakesAnything<Field> || IsOptionalValue<Field> || !IsOptionalValue<Type>,
                  "QAsyncMySql: this column may be NULL; make the field a std::optional");
    static constexpr bool Value = true;
};

template <class Tuple, class... Fields, std::size_t... I>
consteval bool checkFields(std::index_sequence<I...>)
{
    static_assert(sizeof...(I) == sizeof...(Fields),
                  "QAsyncMySql: the struct has another number of fields than the statement selects");
    if constexpr (sizeof...(I) == sizeof...(Fields))
        return (CheckField<std::remove_cvref_t<std::tuple_element_t<I, Tuple>>, Fields>::Value && ...);
    else
        return false;
}

//! Does not compile where rows of \a Fields cannot be read as \a T.
template <class T, class... Fields> consteval bool fitsRow()
{
    using QAsyncMySql::Internal::CellValue;
    if constexpr (QAsyncMySql::Internal::Gadget<T>) {
        return true; // by name, which is looked at when it runs
    } else if constexpr (QAsyncMySql::Internal::IsTuple<T>) {
        return checkFields<T, Fields...>(std::make_index_sequence<std::tuple_size_v<T>>());
    } else if constexpr (CellValue<T>) {
        return checkFields<std::tuple<T>, Fields...>(std::make_index_sequence<1>());
    } else {
        using Tuple = decltype(QAsyncMySql::Internal::fieldsOf(std::declval<T &>()));
        return checkFields<Tuple, Fields...>(std::make_index_sequence<std::tuple_size_v<Tuple>>());
    }
}

} // namespace Internal

template <class... Fields> template <class T> Result<T> TypedRow<Fields...>::to() const
{
    static_assert(Internal::fitsRow<T, Fields...>());
    return QAsyncMySql::Internal::readRow<T>(m_row);
}

template <class... Fields> template <class T> Result<QList<T>> TypedBatch<Fields...>::to() const
{
    static_assert(Internal::fitsRow<T, Fields...>());
    return m_batch.template to<T>();
}

} // namespace QAsyncMySql::Sql
