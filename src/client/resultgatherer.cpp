// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/resultgatherer.h"

#include "values/rowbatchbuilder.h"

namespace QAsyncMySql::Internal {

ResultGatherer::~ResultGatherer() = default;

void ResultGatherer::columns(QList<Column> &&columns, bool binary)
{
    m_hasResults = true;
    m_rows.begin(std::move(columns), binary ? RowFormat::Binary : RowFormat::Text);
}

bool ResultGatherer::takes(qsizetype size, bool &more)
{
    more = true;
    if (m_discard)
        return false;
    m_bytes += size + qint64(sizeof(quint32));
    if (m_bytes <= m_limit)
        return true;
    m_overLimit = true;
    more = false; // which ends the exchange with limitExceeded()
    return false;
}

bool ResultGatherer::row(QByteArrayView payload)
{
    bool more = false;
    if (takes(payload.size(), more))
        m_rows.append(payload);
    return more;
}

qsizetype ResultGatherer::rows(const QByteArrayView *payloads, qsizetype count, bool &more)
{
    qsizetype taken = 0;
    more = true;
    while (more && taken < count) {
        const QByteArrayView row = payloads[taken++];
        if (takes(row.size(), more))
            m_rows.append(row);
    }
    return taken;
}

bool ResultGatherer::largeRow(ByteBuffer &&payload)
{
    bool more = false;
    if (takes(qsizetype(payload.size()), more))
        m_rows.adopt(std::move(payload));
    return more;
}

QString ResultGatherer::limitExceeded() const
{
    if (!m_overLimit)
        return {};
    return QStringLiteral("The result takes more than %1 bytes of memory. Stream it with a Cursor, add a "
                          "LIMIT, or raise "
                          "ConnectOptions::setMaxBufferedResult().")
        .arg(m_limit);
}

ResultSetData *ResultGatherer::makeSummary(const Protocol::OkPacket &ok)
{
    auto *data = new ResultSetData;
    data->affectedRows = ok.affectedRows;
    data->lastInsertId = ok.lastInsertId;
    data->warningCount = ok.warnings;
    data->status = ok.status;
    data->info = ok.info;
    return data;
}

void ResultGatherer::end(const Protocol::OkPacket &ok, bool hasColumns)
{
    m_hasResults = true;
    ResultSetData *data = makeSummary(ok);
    if (hasColumns) {
        const qsizetype count = m_rows.rows();
        m_endedRows += count;
        data->rows = makeBatch(m_rows.columns(), m_rows.takeBlocks(), 0, count);
    }
    m_results.emplace_back(data);
}

void ResultGatherer::error(const Protocol::ErrPacket &error)
{
    m_error = error;
    m_failed = true;
}

void ResultGatherer::setWarnings(const QList<Warning> &warnings)
{
    if (!m_results.empty())
        m_results.back()->warnings = warnings;
}

ResultSet ResultGatherer::take()
{
    // The last result first: each holds the one behind it.
    ResultSet result;
    for (size_t i = m_results.size(); i-- > 0;) {
        ResultSetData *data = m_results[i].data();
        data->hasNext = i + 1 < m_results.size();
        data->next = result;
        result = ResultSet(data);
    }
    m_results.clear();
    return result;
}

} // namespace QAsyncMySql::Internal
