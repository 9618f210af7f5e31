// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/reply.h>
#include <QAsyncMySql/resultset.h>

#include <QtCore/QObject>

#include <memory>

namespace QAsyncMySql {

namespace Internal {
class CursorCore;
}

/*!
    The rows of a statement as they come.

    The statement is queued when the cursor is made. Rows are read ahead up to the window and no
    further: then the socket is not read, and the server waits. Rows are taken in one of two ways:
    \list
    \li pulled, by nextBatch() or takeBatch();
    \li pushed, by the signal batchReady(): connect to it before returning to the event loop.
    \endlist
    A statement with several results gives them one after the other; see nextResult(). Destroying a
    cursor that has not ended cancels the statement. Use it in its connection's thread.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Cursor : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool finished READ isFinished NOTIFY finished FINAL)
    Q_PROPERTY(qint64 receivedRows READ receivedRows FINAL)

public:
    explicit Cursor(std::shared_ptr<Internal::CursorCore> core);
    ~Cursor() override;

    //! The columns, once columnsReady() was emitted or the first batch is there; empty before.
    const QList<Column> &columns() const noexcept;
    /*! Up to \a maxRows rows (at least one), as soon as there are any. An empty batch says that the
        result has ended. Calls are answered in order. The reply's progress value is receivedRows(). */
    Reply<RowBatch> nextBatch(int maxRows = 1000);
    //! Up to \a maxRows of the rows that have arrived; empty if there are none. Never waits.
    RowBatch takeBatch(qsizetype maxRows = std::numeric_limits<qsizetype>::max());
    //! Rows that have arrived and were not taken.
    qsizetype availableRows() const noexcept;
    qint64 availableBytes() const noexcept;

    //! At most about \a rows rows and \a bytes bytes are read ahead (10,000 rows and 4 MiB by default; at
    //! least one row).
    void setWindow(qsizetype rows, qint64 bytes);
    qsizetype windowRows() const noexcept;
    qint64 windowBytes() const noexcept;

    //! Emits no more batches until resume(); reading goes on until the window is full.
    void pause();
    void resume();
    bool isPaused() const noexcept;
    //! Stops the statement on the server and ends with an Error of kind Cancelled. Rows that have arrived can
    //! still be taken.
    void cancel();

    //! All results have been received, or the cursor has failed. Rows may be left to take.
    bool isFinished() const noexcept;
    //! The error it ended with, or none.
    Error error() const;
    //! Rows received so far, and their bytes.
    qint64 receivedRows() const noexcept;
    qint64 receivedBytes() const noexcept;
    //! Counts, warnings and info of the result that ended last; no rows.
    ResultSet summary() const;
    /*! True if the rows of this result were all taken and another result follows; the next rows
        taken are then of that, after moving to it with nextResult(). */
    bool hasNextResult() const noexcept;
    bool nextResult();

Q_SIGNALS:
    void columnsReady(const QList<QAsyncMySql::Column> &columns);
    //! Rows to take by takeBatch() or nextBatch(). Not emitted again until some were taken.
    void rowsAvailable();
    //! Rows, taken by being emitted.
    void batchReady(const QAsyncMySql::RowBatch &rows);
    //! All rows of this result were taken and another result follows: nextResult() moves to it.
    void resultFinished();
    //! The last row was taken and all went well, or errorOccurred() was emitted.
    void finished();
    void errorOccurred(const QAsyncMySql::Error &error);

private:
    friend class Internal::CursorCore;
    std::shared_ptr<Internal::CursorCore> m_core;
};

} // namespace QAsyncMySql
