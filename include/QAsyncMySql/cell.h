// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/column.h>
#include <QAsyncMySql/result.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QVariant>

namespace QAsyncMySql {

//! How the cells of a row are written.
enum class RowFormat : quint8 {
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
    Cell(QByteArrayView bytes, const Column &column, RowFormat format) noexcept
        : m_bytes(bytes)
        , m_column(&column)
        , m_format(format)
    {
    }

    bool isNull() const noexcept { return m_bytes.data() == nullptr; }
    //! The bytes of the value without their length prefix; null for NULL.
    QByteArrayView bytes() const noexcept { return m_bytes; }
    const Column &column() const noexcept { return *m_column; }
    RowFormat format() const noexcept { return m_format; }

    //! The value as a T, or an Error of kind Conversion that names the column, the types and the reason.
    template<class T>
    Result<T> as() const;
    //! The value as the QVariant of the column's metaType(); NULL is a null QVariant of that type.
    QVariant toVariant() const;

private:
    QByteArrayView m_bytes;
    const Column *m_column;
    RowFormat m_format;
};

} // namespace QAsyncMySql
