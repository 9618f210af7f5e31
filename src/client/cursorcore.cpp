// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/cursorcore.h"

#include "values/rowbatchbuilder.h"

#include <QtCore/QMetaMethod>

#include <algorithm>

namespace QAsyncMySql::Internal {

CursorCore::CursorCore(std::shared_ptr<EventPort> port)
    : m_port(std::move(port))
{
}

CursorCore::~CursorCore()
{
    // A waiter that is dropped would leave its future unfinished.
    for (Waiter &waiter : m_waiters) {
        waiter.completion->complete(Error(Error::Kind::Cancelled, QStringLiteral("The cursor was destroyed."),
                                          Error::Outcome::Unknown));
    }
}

std::shared_ptr<CursorCore> CursorCore::refused(const Error &error)
{
    auto cursor = std::make_shared<CursorCore>(EventPort::create({}));
    cursor->finish(error);
    return cursor;
}

void CursorCore::putColumns(QList<Column> &&columns, bool binary)
{
    Part &part = m_parts.emplace_back();
    part.collector.begin(std::move(columns), binary ? RowFormat::Binary : RowFormat::Text);
    part.collector.reuseRoom();
}

bool CursorCore::countRow(qsizetype size)
{
    ++receivedRows;
    receivedBytes += size;
    ++m_heldRows;
    m_heldBytes += size + qint64(sizeof(quint32));
    m_wasFull = m_heldRows >= windowRows || m_heldBytes >= windowBytes;
    return !m_wasFull;
}

bool CursorCore::putRow(QByteArrayView row)
{
    m_parts.back().collector.append(row);
    return countRow(row.size());
}

qsizetype CursorCore::putRows(const QByteArrayView *rows, qsizetype count, bool &more)
{
    RowCollector &collector = m_parts.back().collector;
    qsizetype taken = 0;
    more = true;
    while (more && taken < count) {
        const QByteArrayView row = rows[taken++];
        collector.append(row);
        more = countRow(row.size());
    }
    return taken;
}

bool CursorCore::putLargeRow(ByteBuffer &&row)
{
    const auto size = qsizetype(row.size());
    m_parts.back().collector.adopt(std::move(row));
    return countRow(size);
}

void CursorCore::putEnd(const ResultSet &result, bool more)
{
    // A statement without columns is a result too: it has a summary and no rows.
    if (m_parts.empty() || m_parts.back().ended)
        m_parts.emplace_back();
    Part &part = m_parts.back();
    part.collector.end();
    part.summary = result;
    part.ended = true;
    part.more = more;
}

void CursorCore::endRows()
{
    for (Part &part : m_parts)
        part.collector.end();
}

void CursorCore::finish(const Error &cause)
{
    if (finished)
        return;
    finished = true;
    endRows();
    error = cause;
    onRoom = nullptr;
    onCancel = nullptr;
    if (const auto ended = std::exchange(onEnded, nullptr))
        ended();
    announce();
}

void CursorCore::announce()
{
    if (m_dispatchPending || m_abandoned)
        return;
    m_dispatchPending = true;
    // Weak: a port of its own may never run this, in a thread whose event loop has ended.
    m_port->call([weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
            self->m_dispatchPending = false;
            self->dispatch();
        }
    });
}

// The one place from which the program hears of rows. Everything may change under each call out.
void CursorCore::dispatch()
{
    serveWaiters();
    if (!m_cursor)
        return;
    if (!m_parts.empty() && m_parts.front().collector.columns() && !m_parts.front().columnsAnnounced) {
        m_parts.front().columnsAnnounced = true;
        Q_EMIT m_cursor->columnsReady(columns());
    }
    static const QMetaMethod batchReady = QMetaMethod::fromSignal(&Cursor::batchReady);
    while (m_cursor && !paused && availableRows() > 0 && m_cursor->isSignalConnected(batchReady))
        Q_EMIT m_cursor->batchReady(take(std::numeric_limits<qsizetype>::max()));
    if (m_cursor && !m_rowsAnnounced && availableRows() > 0) {
        m_rowsAnnounced = true;
        Q_EMIT m_cursor->rowsAvailable();
    }
    if (m_cursor && resultExhausted() && hasNextResult() && m_cursor->isSignalConnected(batchReady)
        && !paused) {
        // Pushed rows go on into the next result by themselves.
        nextResult();
        announce();
        return;
    }
    if (m_cursor && hasNextResult() && !m_parts.front().endAnnounced) {
        m_parts.front().endAnnounced = true;
        Q_EMIT m_cursor->resultFinished();
    }
    if (m_cursor && finished && !m_endAnnounced
        && (error.isError() || (resultExhausted() && !hasNextResult()))) {
        m_endAnnounced = true;
        if (error.isError())
            Q_EMIT m_cursor->errorOccurred(error);
        if (m_cursor)
            Q_EMIT m_cursor->finished();
    }
}

//! Answers those who wait in nextBatch().
void CursorCore::serveWaiters()
{
    while (m_cursor && !m_waiters.empty()) {
        const bool ended = resultExhausted();
        if (availableRows() == 0 && !ended && !finished)
            break;
        Waiter waiter = std::move(m_waiters.front());
        m_waiters.pop_front();
        if (availableRows() == 0 && error.isError())
            waiter.completion->complete(error);
        else
            giveBatch(*waiter.completion, waiter.maxRows);
    }
}

//! The future's progress value tells how many rows of the statement have come.
void CursorCore::giveBatch(Completion<RowBatch> &completion, int maxRows)
{
    completion.progress(receivedRows, 0);
    completion.complete(take(maxRows));
}

void CursorCore::abandon()
{
    m_abandoned = true;
    m_cursor = nullptr;
    const std::shared_ptr<CursorCore> self = shared_from_this();
    cancel();
    endRows();
    m_parts.clear();
    m_heldRows = 0;
    m_heldBytes = 0;
    for (std::deque<Waiter> waiters = std::exchange(m_waiters, {}); !waiters.empty(); waiters.pop_front()) {
        waiters.front().completion->complete(Error(
            Error::Kind::Cancelled, QStringLiteral("The cursor was destroyed."), Error::Outcome::Unknown));
    }
}

const QList<Column> &CursorCore::columns() const noexcept
{
    static const QList<Column> none;
    return m_parts.empty() || !m_parts.front().collector.columns()
        ? none
        : m_parts.front().collector.columns()->columns;
}

Reply<RowBatch> CursorCore::nextBatch(int maxRows)
{
    if (maxRows < 1) {
        return Reply<RowBatch>::fromError(
            Error(Error::Kind::Usage,
                  QStringLiteral("nextBatch() was asked for %1 rows; it gives at least one.").arg(maxRows)));
    }
    auto completion = std::make_unique<PromiseCompletion<RowBatch>>();
    const Reply<RowBatch> reply = completion->reply();
    if (m_waiters.empty()) {
        // What is there is given at once; only waiting costs a turn of the event loop.
        if (availableRows() > 0 || (resultExhausted() && !error.isError())) {
            giveBatch(*completion, maxRows);
            return reply;
        }
        if (finished)
            return Reply<RowBatch>::fromError(error);
    }
    completion->onCancel([weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->cancel();
    });
    m_waiters.push_back({std::move(completion), maxRows});
    return reply;
}

RowBatch CursorCore::take(qsizetype maxRows)
{
    if (m_parts.empty())
        return {};
    m_rowsAnnounced = false;
    RowBatch batch = takeFrom(m_parts.front(), maxRows);
    checkRoom();
    if ((finished && availableRows() == 0) || hasNextResult())
        announce();
    return batch;
}

void CursorCore::closeBlocks(Part &part)
{
    if (part.collector.rows() == 0)
        return;
    part.rows += part.collector.rows();
    for (RowBlockPointer &block : part.collector.takeBlocks())
        part.blocks.push_back(std::move(block));
}

RowBatch CursorCore::takeFrom(Part &part, qsizetype maxRows)
{
    if (!part.collector.columns())
        return {};
    closeBlocks(part);
    const qsizetype count = std::min(maxRows, part.rows);
    // The blocks that the batch needs; the last of them may be shared with the next batch.
    std::vector<RowBlockPointer> blocks;
    qsizetype covered = -part.firstRow;
    size_t used = 0;
    while (covered < count)
        covered += part.blocks[used++]->rowCount();
    blocks.assign(part.blocks.begin(), part.blocks.begin() + qsizetype(used));
    RowBatch batch = makeBatch(part.collector.columns(), std::move(blocks), part.firstRow, count);

    const bool lastIsUsedUp = covered == count;
    if (used > 0) {
        part.firstRow = lastIsUsedUp ? 0 : part.blocks[used - 1]->rowCount() - (covered - count);
        part.blocks.erase(part.blocks.begin(),
                          part.blocks.begin() + qsizetype(lastIsUsedUp ? used : used - 1));
    }
    part.rows -= count;
    m_heldRows -= count;
    // A block that is partly taken still lies in memory whole.
    m_heldBytes = 0;
    for (const Part &held : m_parts) {
        m_heldBytes += held.collector.bytes();
        for (const RowBlockPointer &block : held.blocks)
            m_heldBytes += qint64(block->bytes.size() + block->ends.size() * sizeof(quint32));
    }
    return batch;
}

qsizetype CursorCore::availableRows() const noexcept
{
    return m_parts.empty() ? 0 : m_parts.front().rows + m_parts.front().collector.rows();
}

qint64 CursorCore::availableBytes() const noexcept
{
    return m_heldBytes;
}

bool CursorCore::resultExhausted() const noexcept
{
    return !m_parts.empty() && m_parts.front().ended && availableRows() == 0;
}

bool CursorCore::hasNextResult() const noexcept
{
    return resultExhausted() && m_parts.front().more;
}

bool CursorCore::nextResult()
{
    if (!hasNextResult())
        return false;
    m_lastSummary = m_parts.front().summary;
    // The next one may not have come yet; then an empty part stands for it.
    m_parts.pop_front();
    m_rowsAnnounced = false;
    checkRoom();
    announce();
    return true;
}

ResultSet CursorCore::summary() const
{
    return !m_parts.empty() && m_parts.front().ended ? m_parts.front().summary : m_lastSummary;
}

void CursorCore::setWindow(qsizetype rows, qint64 bytes)
{
    windowRows = std::max<qsizetype>(rows, 1);
    windowBytes = std::max<qint64>(bytes, 1);
    checkRoom();
}

bool CursorCore::hasRoom() noexcept
{
    m_wasFull = m_wasFull || m_heldRows * 2 > windowRows || m_heldBytes * 2 > windowBytes;
    return !m_wasFull;
}

void CursorCore::checkRoom()
{
    // Half empty before reading on: else each row taken would wake the socket.
    if (!m_wasFull || m_heldRows * 2 > windowRows || m_heldBytes * 2 > windowBytes)
        return;
    m_wasFull = false;
    if (onRoom)
        onRoom();
}

void CursorCore::setPaused(bool on)
{
    paused = on;
    if (!on)
        announce();
}

void CursorCore::cancel()
{
    if (finished)
        return;
    if (const auto cancelCommand = onCancel)
        cancelCommand();
}

} // namespace QAsyncMySql::Internal
