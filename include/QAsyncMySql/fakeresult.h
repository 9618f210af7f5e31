// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/qasyncmysql_testing_export.h>
#include <QAsyncMySql/types.h>

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QVariant>

namespace QAsyncMySql {

/*!
    One result that a FakeServer answers with: columns and rows, or the count of a statement that has none.

    \code
    FakeResult people({"id", "name"});
    people.setType(0, ColumnType::LongLong).addRow(1, "Ada").addRow(2, QVariant());
    \endcode

    It is sent in the form that the client asked for, text for query() and binary for execute().

    \since 1.0
*/
class QASYNCMYSQL_TESTING_EXPORT FakeResult
{
public:
    //! A result without columns.
    FakeResult();
    //! Columns of text (VARCHAR in utf8mb4) with these names.
    explicit FakeResult(const QStringList &columns);

    //! Sets the type of the column at \a index; types other than text and BLOBs get the binary character set.
    FakeResult &setType(qsizetype index, ColumnType type, ColumnFlags flags = {});
    /*! Adds a row. A null QVariant is NULL. What is not text is written as QVariant::toString() writes it;
        dates and times as SQL does. There must be as many values as columns. */
    FakeResult &addRow(const QVariantList &cells);
    template <class... Cells> FakeResult &addRow(const Cells &...cells)
    {
        return addRow(QVariantList{QVariant(cells)...});
    }

    //! What a statement without columns reports.
    FakeResult &setAffectedRows(quint64 count);
    FakeResult &setLastInsertId(quint64 id);
    FakeResult &setWarningCount(quint16 count);
    FakeResult &setInfo(const QString &info);
    //! Another result of the same statement follows: the next answer of the script.
    FakeResult &setMoreResults(bool more = true);
    //! The status bits of the packet that ends the result, beside that for more results.
    FakeResult &setStatus(quint16 status);
    //! After the rows comes this error instead of the end.
    FakeResult &failAfterRows(quint16 code, const QString &message, const QByteArray &sqlState = "HY000");

    qsizetype columnCount() const { return m_columns.size(); }
    qsizetype rowCount() const { return m_rows.size(); }
    /*! The payloads of all its packets, for a client that agreed on \a capabilities; \a binary is the form of
        execute(). */
    QByteArrayList payloads(quint32 capabilities, bool binary) const;

private:
    struct ColumnEntry
    {
        QByteArray name;
        ColumnType type = ColumnType::VarString;
        ColumnFlags flags;
    };
    QByteArray row(const QVariantList &cells, bool binary) const;

    QList<ColumnEntry> m_columns;
    QList<QVariantList> m_rows;
    QByteArray m_info;
    QByteArray m_error; // the payload of the packet
    quint64 m_affectedRows = 0;
    quint64 m_lastInsertId = 0;
    quint16 m_warnings = 0;
    quint16 m_status = 2;
};

} // namespace QAsyncMySql
