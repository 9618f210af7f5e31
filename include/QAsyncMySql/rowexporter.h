// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/cursor.h>
#include <QAsyncMySql/transferformat.h>

QT_BEGIN_NAMESPACE
class QAbstractItemModel;
class QIODevice;
QT_END_NAMESPACE

namespace QAsyncMySql {

//! What a RowExporter has written. \since 1.0
class ExportReport
{
public:
    ExportReport() noexcept { }

    qint64 rows = 0;
    qint64 bytes = 0;
};

/*!
    Writes rows to a device, as text: CSV, TSV or JSON lines.

    \code
    QFile file(u"orders.csv"_s);
    file.open(QIODevice::WriteOnly);
    const auto report = co_await RowExporter().run(pool.streamPrepared(u"SELECT * FROM orders"), &file);
    \endcode

    Rows are written as they come. Where a device takes them slowly (a socket, a process), no more are read,
   and the server waits: memory stays flat. Stream a prepared statement: in the text protocol servers print a
   FLOAT with six digits. The first result is written; others are read and dropped.

    The device is open for writing, stays the program's, and is not closed. It, the cursor or model, and the
    caller live in one thread. If the device fails, or it or the model is destroyed, the reply has an Error;
    what was written before stays. The reply's progress value counts rows; Reply::cancel() stops the
   statement, too.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT RowExporter
{
public:
    explicit RowExporter(const TransferFormat &format = {})
        : m_format(format)
    {
    }

    Reply<ExportReport> run(std::unique_ptr<Cursor> cursor, QIODevice *device) const;
    /*! The rows of a model: the values of Qt::EditRole below the horizontal headers. More rows are fetched as
       long as the model can, and rows are waited for whose role "loaded" is false (TableModel). If rows are
       moved or the model is reset meanwhile, the reply has an Error. */
    Reply<ExportReport> run(QAbstractItemModel *model, QIODevice *device) const;

private:
    TransferFormat m_format;
};

} // namespace QAsyncMySql
