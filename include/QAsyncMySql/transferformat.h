// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/error.h>

namespace QAsyncMySql {

/*!
    How rows are written as text, by a RowExporter and a RowFormatter, and read by a RowImporter. A value.

    All are UTF-8. What is written is read back as it was, each byte of it.

    \list
    \li \c Csv: RFC 4180. Fields in quotes where they need them; lines end with CR LF (LF is read, too). NULL
   is nullText() without quotes (nothing, by default), so an empty text is \c{""}. Bytes are \c 0x and
        hexadecimal digits.
    \li \c Tsv: what LOAD DATA reads without options. Tab, line feed, carriage return, NUL and backslash are
        \c{\t \n \r \0 \\}, NULL is \c{\N}, bytes stand as they are.
    \li \c JsonLines: one object a line (RFC 8259). Integers that a double does not hold, DECIMAL and times
   are strings, bytes are \c{{"base64": "…"}}. Of columns with one name the second is called \c name_2.
    \endlist

    \since 1.0
*/
class QASYNCMYSQL_EXPORT TransferFormat
{
public:
    enum class Type : quint8
    {
        Csv,
        Tsv,
        JsonLines,
    };

    TransferFormat(Type type = Type::Csv) noexcept
        : m_type(type)
    {
    }

    Type type() const noexcept { return m_type; }
    //! Whether the first line has the names of the columns (CSV, TSV); true by default.
    bool hasHeader() const noexcept { return m_header; }
    TransferFormat &setHeader(bool on) noexcept
    {
        m_header = on;
        return *this;
    }
    //! What stands between the fields of CSV: an ASCII character, a comma by default.
    char separator() const noexcept { return m_separator; }
    TransferFormat &setSeparator(char separator) noexcept
    {
        m_separator = separator;
        return *this;
    }
    //! What stands for NULL in CSV, without quotes: nothing by default. \c{NULL} and \c{\N} are common.
    QByteArray nullText() const { return m_nullText; }
    TransferFormat &setNullText(const QByteArray &text)
    {
        m_nullText = text;
        return *this;
    }

    //! An Error of kind Usage if rows cannot be written so; else none.
    Error check() const;

private:
    QByteArray m_nullText;
    Type m_type;
    char m_separator = ',';
    bool m_header = true;
};

} // namespace QAsyncMySql
