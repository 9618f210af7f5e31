// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/bufferedcommand.h"

#include "values/rowbatchbuilder.h"

namespace QAsyncMySql::Internal {

BufferedCommand::BufferedCommand(StatementRequest request, qint64 limit,
                                 std::unique_ptr<Completion<ResultSet>> completion)
    : StatementCommand(std::move(request))
    , m_completion(std::move(completion))
    , m_result(Error(Error::Kind::Cancelled, QStringLiteral("The statement was not run.")))
    , m_limit(limit)
{
}

BufferedCommand::~BufferedCommand() = default;

void BufferedCommand::columns(QList<Column> &&columns, bool binary)
{
    noteResult();
    m_rows.begin(std::move(columns), binary ? RowFormat::Binary : RowFormat::Text);
}

bool BufferedCommand::row(QByteArrayView payload)
{
    if (m_discard)
        return true;
    m_bytes += payload.size() + qint64(sizeof(quint32));
    if (m_bytes > m_limit) {
        m_overLimit = true; // false then ends the exchange with limitExceeded()
        return false;
    }
    m_rows.append(payload);
    return true;
}

QString BufferedCommand::limitExceeded() const
{
    if (!m_overLimit)
        return {};
    return QStringLiteral("The result takes more than %1 bytes of memory. Stream it with a Cursor, add a "
                          "LIMIT, or raise "
                          "ConnectOptions::setMaxBufferedResult().")
        .arg(m_limit);
}

void BufferedCommand::end(const Protocol::OkPacket &ok, bool hasColumns)
{
    noteResult();
    ResultSetData *data = makeSummary(ok);
    if (hasColumns) {
        const qsizetype count = m_rows.rows();
        data->rows = makeBatch(m_rows.columns(), m_rows.takeBlocks(), 0, count);
    }
    m_results.emplace_back(data);
}

void BufferedCommand::succeed()
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
    m_result = result;
}

void BufferedCommand::fail(const Error &error)
{
    m_result = decorated(error);
}

void BufferedCommand::stopped(const Error &error)
{
    const bool succeeded = m_result.hasValue();
    fail(error.withOutcome(succeeded || hasResults() ? Error::Outcome::Executed
                                                     : Error::Outcome::NotExecuted));
}

void BufferedCommand::stopRequested()
{
    m_discard = true;
}

void BufferedCommand::deliver()
{
    m_completion->complete(m_result);
}

} // namespace QAsyncMySql::Internal
