// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/result.h>
#include <QAsyncMySql/types.h>

#include <QtCore/QMetaType>
#include <QtCore/QSharedDataPointer>
#include <QtCore/QString>

#include <functional>

namespace QAsyncMySql {

class Cell;
class Column;
class ValueConversionsData;

/*!
    What the values of a connection become as QVariant (Row::value(), models, QML), where that differs from
   the library's defaults; and what dates are that are none. Set by ConnectOptions::setValueConversions().

    Row::get<T>() and tryGet<T>() are told the type by the program, and only zeroDates() matters for them.

    An implicitly shared value. \since 1.0
*/
class QASYNCMYSQL_EXPORT ValueConversions
{
public:
    //! What becomes of '0000-00-00', and as QVariant of dates with a month or day of 0.
    enum class ZeroDates : quint8
    {
        Null, //!< a null QDate or QDateTime; incomplete dates are a QString as QVariant (the default)
        Text, //!< as Null, and as QVariant a QString with what the server has
        Error, //!< no date: tryGet() gives an Error; as QVariant null, with a warning
    };
    //! Makes the QVariant of a cell that is not NULL; an Error gives a null QVariant and a warning.
    using Converter = std::function<Result<QVariant>(const Cell &)>;

    ValueConversions();
    ValueConversions(const ValueConversions &other) noexcept;
    ValueConversions(ValueConversions &&other) noexcept;
    ValueConversions &operator=(const ValueConversions &other) noexcept;
    ValueConversions &operator=(ValueConversions &&other) noexcept;
    ~ValueConversions();

    ZeroDates zeroDates() const noexcept;
    ValueConversions &setZeroDates(ZeroDates policy);
    //! TINYINT(1), as BOOLEAN is declared, becomes a bool (any value but 0 is true). Off by default.
    bool tinyIntAsBool() const noexcept;
    ValueConversions &setTinyIntAsBool(bool on);
    //! DECIMAL becomes a double, which holds some 15 digits. Off by default.
    bool decimalAsDouble() const noexcept;
    ValueConversions &setDecimalAsDouble(bool on);
    //! MariaDB's UUID becomes a QUuid instead of a QString. Off by default.
    bool uuidAsQUuid() const noexcept;
    ValueConversions &setUuidAsQUuid(bool on);
    //! MariaDB's INET4 and INET6 become a QHostAddress instead of a QString. Off by default.
    bool inetAsHostAddress() const noexcept;
    ValueConversions &setInetAsHostAddress(bool on);

    /*! All columns of \a type become values of \a metaType, made by \a converter; it comes before the options
        above. CHAR, VARCHAR, TEXT and the like: what Column::type() says. An empty function ends that. */
    ValueConversions &setConverter(ColumnType type, QMetaType metaType, Converter converter);
    //! The same by the name of the type as Column::typeName() gives it ("INET6", "VARBINARY", "JSON"); comes
    //! first of all.
    ValueConversions &setConverter(const QString &typeName, QMetaType metaType, Converter converter);
    //! By the ValueDecoder of T (or what the library itself knows): setConverter<Money>(u"DECIMAL"_s).
    template <class T, class Key> ValueConversions &setConverter(const Key &key);

    //! True if all is as by default.
    bool isDefault() const noexcept { return !d; }
    //! For the library's own use.
    const QSharedDataPointer<ValueConversionsData> &data() const noexcept { return d; }

    //! Converters are equal if they come from one and the same call.
    friend QASYNCMYSQL_EXPORT bool operator==(const ValueConversions &a, const ValueConversions &b) noexcept;

private:
    QSharedDataPointer<ValueConversionsData> d;
};

} // namespace QAsyncMySql

// Needs Cell::as(), which needs us.
#include <QAsyncMySql/valuedecoder.h>

namespace QAsyncMySql {

template <class T, class Key> ValueConversions &ValueConversions::setConverter(const Key &key)
{
    return setConverter(key, QMetaType::fromType<T>(), [](const Cell &cell) -> Result<QVariant> {
        auto value = cell.as<T>();
        if (!value)
            return value.error();
        return QVariant::fromValue(*std::move(value));
    });
}

} // namespace QAsyncMySql
