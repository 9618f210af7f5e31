// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/column.h>
#include <QAsyncMySql/result.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QVariant>

QT_BEGIN_NAMESPACE
class QJsonValue;
QT_END_NAMESPACE

namespace QAsyncMySql {

//! How the cells of a row are written.
enum class RowFormat : quint8
{
    Text, //!< the text protocol: every value as the server prints it
    Binary, //!< the binary protocol of prepared statements
};

/*!
    One value of a row, still as the server sent it: bytes and what they are.

    A view: valid while the Row it came from lives. \c{as<T>()} decodes it.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Cell
{
public:
    //! \a bytes stand in \a format; a null view is NULL. Both \a bytes and \a column must outlive the cell.
    Cell(QByteArrayView bytes, const Column &column, RowFormat format) noexcept
        : Cell(bytes, column, format, column.type(), column.flags())
    {
    }
    //! As above, for who knows the column's \a type and \a flags already.
    Cell(QByteArrayView bytes, const Column &column, RowFormat format, ColumnType type,
         ColumnFlags flags) noexcept
        : m_bytes(bytes)
        , m_column(&column)
        , m_flags(flags)
        , m_type(type)
        , m_format(format)
    {
    }

    bool isNull() const noexcept { return m_bytes.data() == nullptr; }
    //! The bytes of the value without their length prefix; null for NULL.
    QByteArrayView bytes() const noexcept { return m_bytes; }
    const Column &column() const noexcept { return *m_column; }
    RowFormat format() const noexcept { return m_format; }
    ColumnType type() const noexcept { return m_type; }
    bool isUnsigned() const noexcept { return m_flags.testFlag(ColumnFlag::Unsigned); }
    //! True for '0000-00-00', with or without a time: a date that is not NULL and is no date either.
    bool isZeroDate() const noexcept;

    //! The value as a T, or an Error of kind Conversion that names the column, the types and the reason.
    template <class T> Result<T> as() const;
    //! The value as the QVariant of the column's metaType(); NULL is a null QVariant of that type.
    QVariant toVariant() const;
    //! The value as a QVariant of \a type, or an Error as of as(): for every type that as() takes and
    //! QMetaType knows, enums, and what registerValueDecoder() was called for.
    Result<QVariant> toVariant(QMetaType type) const;
    /*! The value for JSON, without loss: integers that a double cannot hold, DECIMAL, dates, times and
        the text of JSON columns are strings; bytes are {"base64": "…"}; NULL is null. */
    QJsonValue toJson() const;
    //! The value as the server prints it, in UTF-8 (bytes as they are); null for NULL.
    QByteArray toText() const;

private:
    QByteArrayView m_bytes;
    const Column *m_column;
    ColumnFlags m_flags;
    ColumnType m_type;
    RowFormat m_format;
};

} // namespace QAsyncMySql
