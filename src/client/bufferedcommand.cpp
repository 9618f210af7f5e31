// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/bufferedcommand.h"

namespace QAsyncMySql::Internal {

namespace {

constexpr qint64 LargestAnswer = 1 << 20; // bytes, of a question of our own
constexpr qint64 RowsBetweenReports = 1000; // small results are not worth telling

} // namespace

BufferedCommand::BufferedCommand(StatementRequest request, qint64 limit,
                                 std::unique_ptr<Completion<ResultSet>> completion)
    : StatementCommand(std::move(request))
    , m_completion(std::move(completion))
    , m_gatherer(limit)
    , m_result(Error(Error::Kind::Cancelled, QStringLiteral("The statement was not run.")))
{
}

BufferedCommand::~BufferedCommand() = default;

std::unique_ptr<BufferedCommand>
BufferedCommand::question(const QString &sql, std::function<void(const Result<ResultSet> &)> answered,
                          const StatementOptions &options)
{
    return std::make_unique<BufferedCommand>(
        StatementRequest(StatementProtocol::Text, SqlStatement(sql), options), LargestAnswer,
        std::make_unique<InternalCompletion<ResultSet>>(std::move(answered)));
}

void BufferedCommand::columns(QList<Column> &&columns, bool binary)
{
    noteResult();
    m_gatherer.columns(std::move(columns), binary);
}

void BufferedCommand::end(const Protocol::OkPacket &ok, bool hasColumns)
{
    noteEnd(ok);
    m_gatherer.end(ok, hasColumns);
}

void BufferedCommand::sliceEnded()
{
    const qint64 rows = m_gatherer.receivedRows();
    if (rows - m_toldRows < (m_toldRows > 0 && m_result ? 1 : RowsBetweenReports))
        return;
    m_toldRows = rows;
    m_completion->progress(rows, 0);
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

} // namespace QAsyncMySql::Internal
