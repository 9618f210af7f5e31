// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/cursor.h>

#include "client/cursorcore.h"

namespace QAsyncMySql {

Cursor::Cursor(std::shared_ptr<Internal::CursorCore> core)
    : m_core(std::move(core))
{
    m_core->attach(this);
}

Cursor::~Cursor()
{
    m_core->abandon();
}

const QList<Column> &Cursor::columns() const noexcept
{
    return m_core->columns();
}

Reply<RowBatch> Cursor::nextBatch(int maxRows)
{
    return m_core->nextBatch(maxRows);
}

RowBatch Cursor::takeBatch(qsizetype maxRows)
{
    return m_core->take(maxRows);
}

qsizetype Cursor::availableRows() const noexcept
{
    return m_core->availableRows();
}

qint64 Cursor::availableBytes() const noexcept
{
    return m_core->availableBytes();
}

void Cursor::setWindow(qsizetype rows, qint64 bytes)
{
    m_core->setWindow(rows, bytes);
}

qsizetype Cursor::windowRows() const noexcept
{
    return m_core->windowRows;
}

qint64 Cursor::windowBytes() const noexcept
{
    return m_core->windowBytes;
}

void Cursor::pause()
{
    m_core->setPaused(true);
}

void Cursor::resume()
{
    m_core->setPaused(false);
}

bool Cursor::isPaused() const noexcept
{
    return m_core->paused;
}

void Cursor::cancel()
{
    m_core->cancel();
}

bool Cursor::isFinished() const noexcept
{
    return m_core->finished;
}

Error Cursor::error() const
{
    return m_core->error;
}

qint64 Cursor::receivedRows() const noexcept
{
    return m_core->receivedRows;
}

qint64 Cursor::receivedBytes() const noexcept
{
    return m_core->receivedBytes;
}

ResultSet Cursor::summary() const
{
    return m_core->summary();
}

bool Cursor::hasNextResult() const noexcept
{
    return m_core->hasNextResult();
}

bool Cursor::nextResult()
{
    return m_core->nextResult();
}

} // namespace QAsyncMySql
