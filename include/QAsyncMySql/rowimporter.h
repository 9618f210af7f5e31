// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/reply.h>
#include <QAsyncMySql/transferformat.h>

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QStringList>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace QAsyncMySql {

class Connection;
class Pool;
class Transaction;

//! A row of a file that was not imported, and why. \since 1.0
class FailedRow
{
public:
    FailedRow() noexcept { }
    FailedRow(qint64 number, const QByteArray &beginning, const Error &why)
        : line(number)
        , text(beginning)
        , error(why)
    {
    }

    qint64 line = 0; //!< where it begins in the file, from 1
    QByteArray text; //!< as it stands there, cut to 200 bytes
    Error error; //!< of kind Conversion, or the server's
};

//! What a RowImporter has done. \since 1.0
class ImportReport
{
public:
    ImportReport() noexcept { }

    //! True if the file was read to its end, whether or not rows were skipped.
    bool isComplete() const noexcept { return !error.isError(); }

    //! Rows that are in the table: none, if all was taken back.
    qint64 importedRows = 0;
    QList<FailedRow> failedRows;
    //! Warnings of the server, such as values that it cut because its sql_mode is not strict.
    qint64 warningCount = 0;
    //! Why it ended before the end of the file; else none.
    Error error;
};

/*!
    Reads rows from a device, as text (CSV, TSV or JSON lines), and inserts them into a table.

    \code
    RowImporter importer(u"orders"_s, TransferFormat::Type::Csv);
    importer.setErrorPolicy(RowImporter::ErrorPolicy::Skip);
    const auto report = co_await importer.run(pool, &file);
    \endcode

    The names in the header (or of the members) say which columns the fields are for; case does not matter.
   Values are converted to the types of the columns. Generated columns are left to the server. A JSON line
   without one of the members that the first line has, has NULL for it.

    Rows are read and sent as the server takes them, so that memory stays flat. The device is open for
   reading, stays the program's, and is read from where it stands; one that gives its bytes bit by bit (a
   socket, a process) is waited for. It, the pool or connection, and the caller live in one thread.

    An Error instead of a report says that nothing was inserted, since it could not begin: no such table, a
    name in the header that the table does not have. The reply's progress value counts bytes; Reply::cancel()
   ends it after the rows on their way.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT RowImporter
{
public:
    //! What a row that cannot be imported does.
    enum class ErrorPolicy : quint8
    {
        Stop, //!< ends the import
        Skip, //!< is left out, and listed in the report
    };
    //! What stays of an import that ends early.
    enum class Atomicity : quint8
    {
        Whole, //!< nothing: all is one transaction (or a savepoint in yours). Needs tables that have them
               //!< (InnoDB)
        Batches, //!< what was inserted before
    };

    explicit RowImporter(const QString &table = {}, const TransferFormat &format = {})
        : m_table(table)
        , m_format(format)
    {
    }

    //! The table; \a schema if it is not that of the connection.
    RowImporter &setTable(const QString &table, const QString &schema = {});
    RowImporter &setFormat(const TransferFormat &format);
    /*! The table's columns for the fields, in their order; an empty name leaves a field out. Without it the
       header decides, and where there is none, the fields are for all columns of the table (but generated
       ones). With it the header is skipped. For JSON lines: the members that are taken; others are left out.
     */
    RowImporter &setColumns(const QStringList &columns);
    //! The field that the header calls \a name is for \a column; an empty one leaves it out.
    RowImporter &setColumnFor(const QString &name, const QString &column);
    RowImporter &setErrorPolicy(ErrorPolicy policy);
    //! With Skip: more failed rows than this (1,000 by default) end the import.
    RowImporter &setMaximumFailedRows(qsizetype count);
    RowImporter &setAtomicity(Atomicity atomicity);
    //! Rows that are sent together; 1,000 by default.
    RowImporter &setBatchRows(qsizetype rows);

    Reply<ImportReport> run(Pool &pool, QIODevice *device) const;
    Reply<ImportReport> run(Connection &connection, QIODevice *device) const;
    Reply<ImportReport> run(const Transaction &transaction, QIODevice *device) const;

    QString table() const { return m_table; }
    QString schema() const { return m_schema; }
    TransferFormat format() const { return m_format; }
    QStringList columns() const { return m_columns; }
    QHash<QString, QString> columnNames() const { return m_columnNames; }
    ErrorPolicy errorPolicy() const noexcept { return m_policy; }
    qsizetype maximumFailedRows() const noexcept { return m_maximumFailedRows; }
    Atomicity atomicity() const noexcept { return m_atomicity; }
    qsizetype batchRows() const noexcept { return m_batchRows; }

private:
    QString m_table;
    QString m_schema;
    QStringList m_columns;
    QHash<QString, QString> m_columnNames;
    TransferFormat m_format;
    qsizetype m_maximumFailedRows = 1000;
    qsizetype m_batchRows = 1000;
    ErrorPolicy m_policy = ErrorPolicy::Stop;
    Atomicity m_atomicity = Atomicity::Whole;
};

} // namespace QAsyncMySql
