// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/bulkwriter.h"

#include "client/statementcommand.h"
#include "protocol/statementexchange.h"
#include "sql/render.h"
#include "values/binaryparameters.h"

#include <algorithm>
#include <utility>

namespace QAsyncMySql::Internal {

namespace {

constexpr qint64 CommandByte = 1;

} // namespace

BulkWriter::BulkWriter(const QByteArray &sql, RowSource rows, const BulkOptions &options)
    : m_sql(sql)
    , m_source(std::move(rows))
    , m_options(options)
{
}

bool BulkWriter::readRow()
{
    if (!m_waiting.empty()) {
        m_row = std::move(m_waiting.front());
        m_waiting.pop_front();
        return m_hasRow = true;
    }
    if (!m_sourceEnded && m_source(m_row))
        return m_hasRow = true;
    m_sourceEnded = true;
    m_source = nullptr; // its rows may take much memory
    return false;
}

void BulkWriter::pop()
{
    m_hasRow = false;
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
    m_rowText = StatementTemplate(m_template->row);
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
    Q_ASSERT(m_keepsRows);
    m_nextRow -= qint64(m_sent.size());
    if (std::exchange(m_hasRow, false))
        m_waiting.push_front(std::move(m_row));
    m_waiting.insert(m_waiting.begin(), std::make_move_iterator(m_sent.begin()),
                     std::make_move_iterator(m_sent.end()));
    m_sent.clear();
}

void BulkWriter::keepNoRows()
{
    m_keepsRows = false;
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
    text.append(m_template->head);
    qint64 count = 0;
    while (const Parameters *row = front()) {
        const qsizetype before = text.size();
        text.append(count > 0 ? ',' : ' ');
        const Error error = row->isEmpty() ? wrongParameterCount(1, 0) : m_rowText.appendTo(text, *row);
        if (error)
            return refused(error, count);
        const qint64 size = text.size() + m_template->tail.size();
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
    text.append(m_template->tail);
    m_lastText = text.size();
    Command command;
    command.firstRow = m_nextRow - count;
    command.rowCount = count;
    command.way = Way::MultiRow;
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

//! True if \a row has a value for each placeholder of the prepared statement, in order, and all can be sent.
bool BulkWriter::isPlain(const Parameters &row) const
{
    const auto isPlainValue = [](const Parameter &value) {
        switch (value.kind()) {
        case Parameter::Kind::List:
        case Parameter::Kind::Device:
        case Parameter::Kind::Invalid:
            return false;
        default:
            return value.name().isEmpty();
        }
    };
    return row.size() == qsizetype(m_statement.parameterCount)
        && std::all_of(row.begin(), row.end(), isPlainValue);
}

//! True if \a row may need another statement than the one that is prepared, and can be had as text.
bool BulkWriter::suitsText(const Parameters &row) const
{
    return m_template && std::any_of(row.begin(), row.end(), [](const Parameter &value) {
               return value.kind() == Parameter::Kind::List;
           });
}

// The types of a command's columns are one for all rows: a row whose values have others begins a new command.
// Where rows can be had as text, that is better than many commands of few rows.
BulkWriter::Command BulkWriter::bulkExecute(Protocol::ResultSink &sink)
{
    const qint64 most = std::min(m_options.chunkBytes(), m_maxPacket);
    std::vector<quint16> types(m_statement.parameterCount, quint16(ColumnType::Null));
    const qsizetype headerSize = Protocol::BulkExecuteExchange::HeaderSize + 2 * qsizetype(types.size());
    QByteArray rows;
    rows.reserve(qsizetype(std::min<qint64>(most, m_lastText + m_lastText / 8)));
    qint64 count = 0;
    while (const Parameters *row = front()) {
        if (suitsText(*row)) {
            m_way = Way::MultiRow;
            if (count == 0)
                return multiRow(sink);
            break;
        }
        std::optional<Parameters> others;
        if (!isPlain(*row)) {
            const Result<Parameters> values = bound(*row);
            if (!values)
                return refused(values.error(), count);
            others = *values;
        }
        const qsizetype before = rows.size();
        if (!appendBulkRow(rows, others ? *others : *row, types)) {
            if (m_template)
                m_way = Way::MultiRow;
            break;
        }
        const qint64 size = headerSize + rows.size();
        if (count > 0 && size > most) {
            rows.truncate(before);
            break;
        }
        if (size > m_maxPacket)
            return refused(tooLong(size), 0);
        if (m_keepsRows)
            m_sent.push_back(*row);
        pop();
        if (isFull(++count))
            break;
    }
    m_lastText = rows.size();
    QByteArray typeBytes;
    for (const quint16 type : types)
        typeBytes.append(char(type & 0xFF)).append(char(type >> 8));
    Command command;
    command.firstRow = m_nextRow - count;
    command.rowCount = count;
    command.way = Way::BulkExecute;
    auto exchange = std::make_unique<Protocol::BulkExecuteExchange>(m_statement.id, std::move(typeBytes),
                                                                    std::move(rows), sink);
    if (m_options.rowResults())
        exchange->askUnitResults();
    // Of its own, for what it answers with are not the columns of the statement.
    exchange->useColumns(std::make_shared<Protocol::KnownColumns>());
    command.exchange = std::move(exchange);
    return command;
}

} // namespace QAsyncMySql::Internal
