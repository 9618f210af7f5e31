// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/bulk.h>

#include <algorithm>

namespace QAsyncMySql {

BulkOptions &BulkOptions::setChunkBytes(qint64 bytes) noexcept
{
    m_chunkBytes = std::max<qint64>(bytes, 1);
    return *this;
}

BulkOptions &BulkOptions::setChunkRows(qsizetype rows) noexcept
{
    m_chunkRows = std::max<qsizetype>(rows, 0);
    return *this;
}

BulkResult::BulkResult(QList<BulkChunk> chunks, const Error &error)
    : m_chunks(std::move(chunks))
    , m_error(error)
{
}

qint64 BulkResult::acceptedRows() const noexcept
{
    qint64 sum = 0;
    for (const BulkChunk &chunk : m_chunks)
        sum += chunk.error.isError() ? 0 : chunk.rowCount;
    return sum;
}

quint64 BulkResult::affectedRows() const noexcept
{
    quint64 sum = 0;
    for (const BulkChunk &chunk : m_chunks)
        sum += chunk.affectedRows;
    return sum;
}

qint64 BulkResult::warningCount() const noexcept
{
    qint64 sum = 0;
    for (const BulkChunk &chunk : m_chunks)
        sum += chunk.warningCount;
    return sum;
}

} // namespace QAsyncMySql
