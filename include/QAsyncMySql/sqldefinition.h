// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/sqltable.h>

#include <QtCore/QStringList>

namespace QAsyncMySql::Sql {

/*!
    The SQL type of a column, for createTable(): \c{SqlType::varChar(80)}. Those of C++ types that say it all
   need none.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT SqlType
{
public:
    //! A type as text of your own: \c{raw(u"GEOMETRY")}.
    static SqlType raw(QAnyStringView type);
    //! So many characters.
    static SqlType character(int length);
    static SqlType varChar(int length);
    static SqlType text();
    static SqlType mediumText();
    static SqlType longText();
    //! So many bytes.
    static SqlType binary(int length);
    static SqlType varBinary(int length);
    static SqlType blob();
    static SqlType longBlob();
    //! \a scale of \a digits digits stand behind the point.
    static SqlType decimal(int digits, int scale);
    //! With \a digits digits of a second's fraction, 0 to 6.
    static SqlType dateTime(int digits);
    static SqlType timestamp(int digits);
    static SqlType time(int digits);
    static SqlType year();
    static SqlType json();
    static SqlType enumeration(const QStringList &values);
    static SqlType set(const QStringList &values);

    const QByteArray &sql() const noexcept { return m_sql; }

private:
    explicit SqlType(QByteArray sql) noexcept
        : m_sql(std::move(sql))
    {
    }
    QByteArray m_sql;
};

namespace Internal {

template <class T> consteval std::string_view defaultType()
{
    if constexpr (std::is_same_v<T, bool>)
        return "BOOLEAN";
    else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
        constexpr bool Unsigned = std::is_unsigned_v<T>;
        if constexpr (sizeof(T) == 1)
            return Unsigned ? "TINYINT UNSIGNED" : "TINYINT";
        else if constexpr (sizeof(T) == 2)
            return Unsigned ? "SMALLINT UNSIGNED" : "SMALLINT";
        else if constexpr (sizeof(T) == 4)
            return Unsigned ? "INT UNSIGNED" : "INT";
        else
            return Unsigned ? "BIGINT UNSIGNED" : "BIGINT";
    } else if constexpr (std::is_same_v<T, float>)
        return "FLOAT";
    else if constexpr (std::is_same_v<T, double>)
        return "DOUBLE";
    else if constexpr (categoryOf<T>() == Category::Date)
        return "DATE";
    else if constexpr (categoryOf<T>() == Category::DateTime)
        return "DATETIME(6)";
    else if constexpr (categoryOf<T>() == Category::Time)
        return "TIME(6)";
    else if constexpr (categoryOf<T>() == Category::Json)
        return "JSON";
    else
        return {};
}

//! An expression as definitions must have it: values as literals, and columns without the name of their
//! table.
QASYNCMYSQL_EXPORT Fragment forDefinition(const Fragment &expression);

} // namespace Internal

/*!
    A column of a new table, made by define(): its type, its default, and what else there is to say.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT ColumnDefinition
{
public:
    ColumnDefinition(std::string_view name, std::string_view type, bool nullable);

    ColumnDefinition autoIncrement() const { return with(" AUTO_INCREMENT"); }
    //! A value, or an expression in parentheses.
    template <class V> ColumnDefinition defaultValue(V &&value) const
    {
        if constexpr (AnyExpression<V>)
            return withExpression(" DEFAULT (", Internal::fragment(std::forward<V>(value)), ")");
        else
            return withExpression(" DEFAULT ", Internal::fragment(std::forward<V>(value)), "");
    }
    //! DEFAULT CURRENT_TIMESTAMP, of so many digits, and the same ON UPDATE.
    ColumnDefinition defaultNow(int digits, bool onUpdate = false) const;
    //! Calculated from other columns; \a stored in the table, or when it is read.
    template <AnyExpression V> ColumnDefinition generated(const V &expression, bool stored = false) const
    {
        return withExpression(" GENERATED ALWAYS AS (", Internal::fragment(expression),
                              stored ? ") STORED" : ") VIRTUAL");
    }
    ColumnDefinition collation(std::string_view name) const;
    ColumnDefinition comment(QAnyStringView text) const;

    Fragment fragment() const;

private:
    ColumnDefinition with(std::string_view attribute) const;
    ColumnDefinition withExpression(std::string_view before, const Fragment &expression,
                                    std::string_view behind) const;

    Fragment m_type; // the name and the type
    Fragment m_attributes;
    bool m_nullable;
    bool m_generated = false;
};

//! A column whose SQL type follows from its C++ type. \since 1.0
template <Name Table, Name ColumnName, class T> ColumnDefinition define(const Column<Table, ColumnName, T> &)
{
    constexpr std::string_view Type = Internal::defaultType<Internal::Bare<T>>();
    static_assert(!Type.empty(),
                  "QAsyncMySql: the SQL type of this column must be named: define(column, SqlType::…)");
    return ColumnDefinition(ColumnName.view(), Type, Internal::IsOptionalValue<T>);
}
//! A column of this \a type. \since 1.0
template <Name Table, Name ColumnName, class T>
ColumnDefinition define(const Column<Table, ColumnName, T> &, const SqlType &type)
{
    return ColumnDefinition(ColumnName.view(), {type.sql().constData(), size_t(type.sql().size())},
                            Internal::IsOptionalValue<T>);
}

} // namespace QAsyncMySql::Sql
