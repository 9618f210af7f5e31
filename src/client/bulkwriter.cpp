// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/bulkwriter.h"

#include "client/statementcommand.h"
#include "protocol/statementexchange.h"
#include "sql/render.h"
#include "values/binaryparameters.h"

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

// Indicators of COM_STMT_BULK_EXECUTE.
constexpr char ValueFollows = 0;
constexpr char IsNull = 1;

constexpr qint64 CommandByte = 1;

} // namespace

BulkWriter::BulkWriter(const QByteArray &sql, RowSource rows, const BulkOptions &options)
    : m_sql(sql)
    , m_source(std::move(rows))
    , m_options(options)
{
}

const Parameters *BulkWriter::front()
{
    if (m_waiting.empty() && !m_sourceEnded) {
        if (std::optional<Parameters> row = m_source()) {
            m_waiting.push_back(*std::move(row));
        } else {
            m_sourceEnded = true;
            m_source = nullptr; // its rows may take much memory
        }
    }
    return m_waiting.empty() ? nullptr : &m_waiting.front();
}

void BulkWriter::pop()
{
    m_waiting.pop_front();
    ++m_nextRow;
}

bool BulkWriter::atEnd()
{
    return !front();
}

Error BulkWriter::peek(QByteArray &text)
{
    const Parameters *row = front();
    if (!row)
        return {};
    const Result<PreparedText> prepared = prepareStatement(m_sql, *row);
    if (!prepared)
        return prepared.error().withPhase(Error::Phase::Command).withOutcome(Error::Outcome::NotSent);
    if (const Error error = checkHeldParameters(prepared->parameters))
        return error.withPhase(Error::Phase::Command).withOutcome(Error::Outcome::NotSent);
    m_text = prepared->sql;
    text = m_text;
    return {};
}

void BulkWriter::useMultiRow(MultiRowTemplate rows)
{
    m_template = std::move(rows);
    m_rowText = StatementTemplate(m_template.row);
}

void BulkWriter::usePrepared(const StatementCache::Entry &statement, Way way)
{
    m_statement = statement;
    m_way = way;
}

BulkWriter::Command BulkWriter::next(Protocol::ResultSink &sink)
{
    m_sent.clear();
    switch (m_way) {
    case Way::MultiRow:
        return multiRow(sink);
    case Way::BulkExecute:
        return bulkExecute(sink);
    case Way::Single:
        break;
    }
    return single(sink);
}

void BulkWriter::takeBack()
{
    m_nextRow -= qint64(m_sent.size());
    m_waiting.insert(m_waiting.begin(), std::make_move_iterator(m_sent.begin()),
                     std::make_move_iterator(m_sent.end()));
    m_sent.clear();
}

bool BulkWriter::isFull(qint64 count) const
{
    return m_options.chunkRows() > 0 && count >= m_options.chunkRows();
}

Error BulkWriter::tooLong(qint64 size) const
{
    return Error(
        Error::Kind::Limit,
        QStringLiteral("Row %1 takes a command of %2 bytes; the server takes %3 (max_allowed_packet).")
            .arg(m_nextRow)
            .arg(size)
            .arg(m_maxPacket),
        Error::Outcome::NotSent, Error::Phase::Command);
}

//! \a count rows, and the one in front, are not sent: that one has a fault.
BulkWriter::Command BulkWriter::refused(const Error &error, qint64 count)
{
    Command command;
    command.error = Error(error.kind(), QStringLiteral("Row %1: %2").arg(m_nextRow).arg(error.message()),
                          Error::Outcome::NotSent, Error::Phase::Command);
    command.firstRow = m_nextRow - count;
    command.rowCount = count + 1;
    pop();
    return command;
}

BulkWriter::Command BulkWriter::multiRow(Protocol::ResultSink &sink)
{
    const qint64 most = std::min(m_options.chunkBytes(), m_maxPacket - CommandByte);
    QByteArray text;
    text.reserve(qsizetype(std::min<qint64>(most, m_lastText + m_lastText / 8)));
    text.append(m_template.head);
    qint64 count = 0;
    while (const Parameters *row = front()) {
        const qsizetype before = text.size();
        text.append(count > 0 ? ',' : ' ');
        const Error error = row->isEmpty() ? wrongParameterCount(1, 0) : m_rowText.appendTo(text, *row);
        if (error)
            return refused(error, count);
        const qint64 size = text.size() + m_template.tail.size();
        if (count > 0 && size > most) {
            text.truncate(before);
            break;
        }
        if (size + CommandByte > m_maxPacket)
            return refused(tooLong(size + CommandByte), 0);
        pop();
        if (isFull(++count))
            break;
    }
    text.append(m_template.tail);
    m_lastText = text.size();
    Command command;
    command.firstRow = m_nextRow - count;
    command.rowCount = count;
    command.exchange = std::make_unique<Protocol::QueryExchange>(std::move(text), sink);
    return command;
}

Result<Parameters> BulkWriter::bound(const Parameters &row) const
{
    const Result<PreparedText> prepared = prepareStatement(m_sql, row);
    if (!prepared)
        return prepared.error();
    if (const Error error = checkHeldParameters(prepared->parameters))
        return error;
    if (prepared->sql != m_text || prepared->parameters.size() != qsizetype(m_statement.parameterCount))
        return wrongParameterCount(m_statement.parameterCount, prepared->parameters.size());
    return prepared->parameters;
}

BulkWriter::Command BulkWriter::single(Protocol::ResultSink &sink)
{
    const Result<Parameters> parameters = bound(*front());
    if (!parameters)
        return refused(parameters.error(), 0);
    Command command;
    command.firstRow = m_nextRow;
    command.rowCount = 1;
    auto exchange = std::make_unique<Protocol::ExecuteExchange>(m_statement.id, *parameters, sink);
    exchange->useColumns(m_statement.columns);
    command.exchange = std::move(exchange);
    pop();
    return command;
}

// The types of a command's columns are one for all rows: a row whose values have others begins a new command.
BulkWriter::Command BulkWriter::bulkExecute(Protocol::ResultSink &sink)
{
    const qint64 most = std::min(m_options.chunkBytes(), m_maxPacket);
    const qsizetype columns = qsizetype(m_statement.parameterCount);
    std::vector<std::optional<quint16>> types(size_t(columns), std::nullopt);
    QByteArray rows;
    qint64 count = 0;
    while (const Parameters *row = front()) {
        const Result<Parameters> values = bound(*row);
        if (!values)
            return refused(values.error(), count);
        std::vector<std::optional<quint16>> now = types;
        QByteArray bytes;
        bool sameTypes = true;
        for (qsizetype i = 0; i < columns; ++i) {
            const Parameter &value = values->at(i);
            if (value.isNull()) {
                bytes.append(IsNull);
                continue;
            }
            const quint16 type = wireType(value);
            sameTypes = sameTypes && (!now[size_t(i)] || now[size_t(i)] == type);
            now[size_t(i)] = type;
            bytes.append(ValueFollows);
            appendBinaryValue(bytes, value);
        }
        const qint64 size
            = Protocol::BulkExecuteExchange::HeaderSize + 2 * columns + rows.size() + bytes.size();
        if (count > 0 && (!sameTypes || size > most))
            break;
        if (size > m_maxPacket)
            return refused(tooLong(size), 0);
        types = std::move(now);
        rows.append(bytes);
        m_sent.push_back(*row);
        pop();
        if (isFull(++count))
            break;
    }
    constexpr quint16 NullType = 0x06; // MYSQL_TYPE_NULL, where no row of the command has a value
    QByteArray typeBytes;
    for (const std::optional<quint16> &type : types) {
        const quint16 value = type.value_or(NullType);
        typeBytes.append(char(value & 0xFF)).append(char(value >> 8));
    }
    Command command;
    command.firstRow = m_nextRow - count;
    command.rowCount = count;
    auto exchange = std::make_unique<Protocol::BulkExecuteExchange>(m_statement.id, typeBytes, rows, sink);
    if (m_options.rowResults())
        exchange->askUnitResults();
    // Of its own, for what it answers with are not the columns of the statement.
    exchange->useColumns(std::make_shared<Protocol::KnownColumns>());
    command.exchange = std::move(exchange);
    return command;
}

} // namespace QAsyncMySql::Internal
