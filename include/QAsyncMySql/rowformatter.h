// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameters.h>
#include <QAsyncMySql/row.h>
#include <QAsyncMySql/transferformat.h>

#include <QtCore/QStringList>

namespace QAsyncMySql {

/*!
    Writes rows as text: the part of a RowExporter that knows the formats, for programs that have a way of
   their own to get rows and to write bytes.

    \code
    RowFormatter formatter(TransferFormat::Type::Csv);
    QByteArray text;
    formatter.begin(text, result.columns());
    for (const Row &row : result)
        formatter.appendRow(text, row);
    \endcode

    Rows of prepared statements give all digits of a FLOAT; in the text protocol servers print six of them.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT RowFormatter
{
public:
    explicit RowFormatter(const TransferFormat &format = {});

    //! Rows with these columns follow: appends the header to \a out, if the format has one.
    void begin(QByteArray &out, const QStringList &names);
    void begin(QByteArray &out, const QList<Column> &columns);
    //! Appends a row and the end of its line; a value for each of the columns.
    void appendRow(QByteArray &out, const Row &row) const;
    void appendRow(QByteArray &out, const Parameters &row) const;
    //! Appends one value as it stands in a row.
    void appendValue(QByteArray &out, const Cell &cell) const;
    void appendValue(QByteArray &out, const Parameter &value) const;

    //! The value as a text for people and for CSV before quotes: as the server prints it, bytes as 0x and
    //! hexadecimal digits; null for NULL.
    static QByteArray plainText(const Cell &cell);

private:
    enum class Value : quint8;
    void appendText(QByteArray &out, QByteArrayView text, Value kind) const;
    void appendNull(QByteArray &out) const;
    static Value kindOf(const Cell &cell);
    static QByteArrayView textOf(const Cell &cell, Value kind, QByteArray &storage);
    template <class Append> void appendLine(QByteArray &out, qsizetype count, Append append) const;

    TransferFormat m_format;
    QList<QByteArray> m_keys; // of JSON lines: what stands before each value, {"a": and ,"b":
};

} // namespace QAsyncMySql
