// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/cursorcommand.h"

#include "client/resultgatherer.h"
#include "values/rowblock.h"

namespace QAsyncMySql::Internal {

CursorCommand::CursorCommand(StatementRequest request, std::shared_ptr<CursorCore> cursor)
    : StatementCommand(std::move(request))
    , m_cursor(std::move(cursor))
{
}

CursorCommand::~CursorCommand() = default;

void CursorCommand::columns(QList<Column> &&columns, bool binary)
{
    noteResult();
    if (m_discard)
        return;
    m_cursor->putColumns(std::move(columns), binary);
    m_news = true;
}

bool CursorCommand::row(QByteArrayView payload)
{
    if (m_discard)
        return true;
    m_news = true;
    return m_cursor->putRow(payload);
}

qsizetype CursorCommand::rows(const QByteArrayView *payloads, qsizetype count, bool &more)
{
    more = true;
    if (m_discard)
        return count;
    m_news = true;
    return m_cursor->putRows(payloads, count, more);
}

bool CursorCommand::largeRow(ByteBuffer &&payload)
{
    if (m_discard)
        return true;
    m_news = true;
    return m_cursor->putLargeRow(std::move(payload));
}

void CursorCommand::end(const Protocol::OkPacket &ok, bool)
{
    noteEnd(ok);
    if (m_discard)
        return;
    QExplicitlySharedDataPointer<ResultSetData> result(ResultGatherer::makeSummary(ok));
    if (options().warnings() && ok.warnings > 0 && !ok.moreResults()) {
        m_lastResult = result;
        return;
    }
    m_cursor->putEnd(ResultSet(result.data()), ok.moreResults());
    m_news = true;
}

void CursorCommand::warned(const QList<Warning> &warnings)
{
    if (m_discard || !m_lastResult)
        return;
    m_lastResult->warnings = warnings;
    m_cursor->putEnd(ResultSet(m_lastResult.data()), false);
    m_news = true;
}

void CursorCommand::sliceEnded()
{
    if (std::exchange(m_news, false))
        m_cursor->announce();
}

void CursorCommand::fail(const Error &error)
{
    m_error = decorated(error);
}

void CursorCommand::stopped(const Error &error)
{
    fail(
        error.withOutcome(!m_error || hasResults() ? Error::Outcome::Executed : Error::Outcome::NotExecuted));
}

void CursorCommand::deliver()
{
    m_cursor->finish(m_error);
}

} // namespace QAsyncMySql::Internal
