// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/eventport.h"
#include "client/rowcollector.h"

#include <QAsyncMySql/cursor.h>

#include <QtCore/QPointer>

#include <deque>
#include <functional>
#include <memory>

namespace QAsyncMySql::Internal {

/*!
    What a Cursor and the command behind it share: the rows that have come and were not taken, and
    who waits for them. Filled by the command (put...), emptied by the program (take).
*/
class CursorCore final : public std::enable_shared_from_this<CursorCore>
{
public:
    explicit CursorCore(std::shared_ptr<EventPort> port);
    ~CursorCore();
    //! One that has failed before it began. It belongs to the thread that asks, whosever the connection is.
    static std::shared_ptr<CursorCore> refused(const Error &error);

    // For the command. None of these runs user code.
    void putColumns(QList<Column> &&columns, bool binary);
    //! False if the window is full with this row.
    bool putRow(QByteArrayView row);
    //! As many of several as the window takes; \a more says whether it is full then.
    qsizetype putRows(const QByteArrayView *rows, qsizetype count, bool &more);
    bool putLargeRow(ByteBuffer &&row);
    void putEnd(const ResultSet &summary, bool more);
    void finish(const Error &error);
    //! Tells the program, from the event loop, what has come.
    void announce();
    bool isAbandoned() const noexcept { return m_abandoned; }
    //! False while more than half of the window is full; onRoom is then called when that is over.
    bool hasRoom() noexcept;

    //! Called when rows were taken and there is room again.
    std::function<void()> onRoom;
    //! Called to cancel the command.
    std::function<void()> onCancel;
    //! Called once the command has ended (a pool takes its connection back).
    std::function<void()> onEnded;

    // For the Cursor.
    void attach(Cursor *cursor) { m_cursor = cursor; }
    void abandon();
    const QList<Column> &columns() const noexcept;
    Reply<RowBatch> nextBatch(int maxRows);
    RowBatch take(qsizetype maxRows);
    qsizetype availableRows() const noexcept;
    qint64 availableBytes() const noexcept;
    void setWindow(qsizetype rows, qint64 bytes);
    void setPaused(bool paused);
    void cancel();
    bool hasNextResult() const noexcept;
    bool nextResult();
    ResultSet summary() const;

    qsizetype windowRows = 10'000;
    qint64 windowBytes = 4 << 20;
    qint64 receivedRows = 0;
    qint64 receivedBytes = 0;
    Error error;
    bool finished = false;
    bool paused = false;

private:
    //! One result of the statement: what has come of it and was not taken.
    struct Part
    {
        RowCollector collector; // the rows not yet cut into a closed run
        std::vector<RowBlockPointer> blocks; // closed blocks; rows before firstRow of the first were taken
        qsizetype firstRow = 0;
        qsizetype rows = 0; // in blocks, from firstRow on
        ResultSet summary;
        bool ended = false;
        bool more = false;
        bool columnsAnnounced = false;
        bool endAnnounced = false;
    };
    struct Waiter
    {
        std::unique_ptr<Completion<RowBatch>> completion;
        int maxRows;
    };

    bool countRow(qsizetype size);
    void endRows();
    void closeBlocks(Part &part);
    RowBatch takeFrom(Part &part, qsizetype maxRows);
    bool resultExhausted() const noexcept;
    void checkRoom();
    void dispatch();
    void serveWaiters();
    void giveBatch(Completion<RowBatch> &completion, int maxRows);

    std::shared_ptr<EventPort> m_port;
    QPointer<Cursor> m_cursor;
    std::deque<Part> m_parts; // the front is the result being taken
    std::deque<Waiter> m_waiters;
    ResultSet m_lastSummary;
    qsizetype m_heldRows = 0; // of all parts
    qint64 m_heldBytes = 0;
    bool m_wasFull = false;
    bool m_dispatchPending = false;
    bool m_rowsAnnounced = false;
    bool m_endAnnounced = false;
    bool m_abandoned = false;
};

} // namespace QAsyncMySql::Internal
