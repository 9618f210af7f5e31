// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/statementexchange.h"

#include "protocol/packetreader.h"
#include "protocol/packetwriter.h"
#include "protocol/sessionstate.h"
#include "values/binaryparameters.h"
#include "values/columndata.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

enum Command : quint8
{
    Prepare = 0x16,
    Execute = 0x17,
    SendLongData = 0x18,
    CloseStatement = 0x19,
    BulkExecute = 0xFA
};

constexpr quint8 NoCursor = 0x00;
constexpr quint8 ReadOnlyCursor = 0x01;
constexpr quint8 CountFollows = 0x08; // PARAMETER_COUNT_AVAILABLE
constexpr quint16 BulkUnitResults = 64;
constexpr quint16 BulkTypesFollow = 128;

} // namespace

PrepareExchange::PrepareExchange(QByteArray sql)
    : m_sql(std::move(sql))
{
}

void PrepareExchange::start(PacketWriter &out, SessionState &state)
{
    Q_UNUSED(state)
    out.reserve(m_sql.size() + 1 + FrameHeaderSize * (m_sql.size() / MaxFramePayload + 2));
    out.begin();
    out.u8(Command::Prepare);
    out.bytes(m_sql);
    out.end();
    m_sql = QByteArray();
}

Step PrepareExchange::feed(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    Q_UNUSED(out)
    if (isErr(packet)) {
        if (m_phase == Phase::Header)
            ++state.highestStatementId; // MariaDB has used one up
        return takeError(packet, state);
    }
    switch (m_phase) {
    case Phase::Header: {
        const Step step = header(packet, state);
        return step == Step::More ? enter(Phase::Parameters, state) : step;
    }
    case Phase::Parameters:
    case Phase::Columns:
        return definition(packet, state);
    case Phase::ParametersEof:
    case Phase::ColumnsEof:
        return endOfDefinitions(packet, state);
    }
    Q_UNREACHABLE();
    return Step::Fault;
}

// MySQL source documentation, "COM_STMT_PREPARE_OK".
Step PrepareExchange::header(QByteArrayView packet, SessionState &state)
{
    PacketReader reader(packet);
    const quint8 status = reader.u8();
    m_statement.metadataGeneration = state.metadataGeneration;
    m_statement.id = reader.u32();
    m_columnCount = reader.u16();
    m_parameterCount = reader.u16();
    reader.skip(1);
    m_statement.warnings = reader.u16();
    if (!reader.finished() || status != 0x00)
        return malformed(u"The server answered the preparing of a statement with a malformed packet."_s);
    if (m_statement.id == 0)
        return failWith(Fault::Kind::Unexpected, u"The server gave a prepared statement the number 0."_s);
    if (m_statement.id <= state.highestStatementId)
        state.statementIdsAscend = false;
    else
        state.highestStatementId = m_statement.id;
    return Step::More;
}

// Goes to the first phase from \a phase on in which there is something to read.
Step PrepareExchange::enter(Phase phase, const SessionState &state)
{
    const bool eof = !state.deprecateEof();
    if (phase == Phase::Parameters && m_parameterCount == 0)
        phase = Phase::Columns;
    if (phase == Phase::ParametersEof && !eof)
        phase = Phase::Columns;
    if (phase == Phase::Columns && m_columnCount == 0)
        return Step::Done;
    if (phase == Phase::ColumnsEof && !eof)
        return Step::Done;
    m_phase = phase;
    return Step::More;
}

Step PrepareExchange::definition(QByteArrayView packet, const SessionState &state)
{
    m_metadataBytes += quint64(packet.size());
    if (m_metadataBytes > state.limits.metadata) {
        return failWith(Fault::Kind::Limit,
                        u"The definitions of a prepared statement take more than "
                            % QString::number(state.limits.metadata) % u" bytes.");
    }
    auto *data = new ColumnData;
    const Column column(data);
    const bool isParameter = m_phase == Phase::Parameters;
    QList<Column> &list = isParameter ? m_statement.parameters : m_statement.columns;
    if (!parseColumnDefinition(packet, state, *data)) {
        return malformed((isParameter ? u"The definition of parameter " : u"The definition of column ")
                         % QString::number(list.size() + 1) % u" of a prepared statement is malformed.");
    }
    list.append(column);
    if (list.size() < qsizetype(isParameter ? m_parameterCount : m_columnCount))
        return Step::More;
    return enter(isParameter ? Phase::ParametersEof : Phase::ColumnsEof, state);
}

Step PrepareExchange::endOfDefinitions(QByteArrayView packet, SessionState &state)
{
    OkPacket eof;
    if (!parseEof(packet, state, eof))
        return malformed(u"The server did not end the definitions of a statement with an EOF packet."_s);
    return m_phase == Phase::ParametersEof ? enter(Phase::Columns, state) : Step::Done;
}

ExecuteExchange::ExecuteExchange(quint32 statementId, const Parameters &parameters, ResultSink &sink)
    : ResultReader(sink, true)
    , m_parameters(parameters)
    , m_id(statementId)
{
}

ExecuteExchange::ExecuteExchange(quint32 statementId, quint32 parameterCount, QByteArray parameterBytes,
                                 ResultSink &sink)
    : ResultReader(sink, true)
    , m_encoded(std::move(parameterBytes))
    , m_id(statementId)
{
    Q_ASSERT((parameterCount == 0) == m_encoded.isEmpty());
}

void ExecuteExchange::start(PacketWriter &out, SessionState &state)
{
    const bool named = state.has(Capability::QueryAttributes);
    if (m_encoded.isEmpty()) {
        m_encoded = named ? Internal::encodeNamedParameters(m_parameters, m_attributes)
                          : Internal::encodeExecuteParameters(m_parameters);
    }
    m_parameters.clear();
    quint8 flags = isCursorAsked() ? ReadOnlyCursor : NoCursor;
    if (named && !m_encoded.isEmpty())
        flags |= CountFollows;
    out.reserve(m_encoded.size() + 10 + FrameHeaderSize * (m_encoded.size() / MaxFramePayload + 2));
    out.begin();
    out.u8(Command::Execute);
    out.u32(m_id);
    out.u8(flags);
    out.u32(1); // iteration count, always 1
    out.bytes(m_encoded);
    out.end();
    m_encoded = QByteArray();
}

BulkExecuteExchange::BulkExecuteExchange(quint32 statementId, QByteArray types, QByteArray rows,
                                         ResultSink &sink)
    : ResultReader(sink, true)
    , m_types(std::move(types))
    , m_rows(std::move(rows))
    , m_id(statementId)
{
}

void BulkExecuteExchange::start(PacketWriter &out, SessionState &state)
{
    Q_UNUSED(state)
    const qsizetype size = HeaderSize + m_types.size() + m_rows.size();
    out.reserve(size + FrameHeaderSize * (size / MaxFramePayload + 2));
    out.begin();
    out.u8(Command::BulkExecute);
    out.u32(m_id);
    out.u16(m_unitResults ? BulkTypesFollow | BulkUnitResults : BulkTypesFollow);
    out.bytes(m_types);
    out.bytes(m_rows);
    out.end();
    m_rows = QByteArray();
}

LongDataExchange::LongDataExchange(quint32 statementId, quint16 parameter, QByteArrayView part)
    : m_part(part)
    , m_id(statementId)
    , m_parameter(parameter)
{
}

void LongDataExchange::start(PacketWriter &out, SessionState &state)
{
    Q_UNUSED(state)
    out.begin();
    out.u8(Command::SendLongData);
    out.u32(m_id);
    out.u16(m_parameter);
    out.bytes(m_part);
    out.end();
}

CloseStatementExchange::CloseStatementExchange(quint32 statementId)
    : m_id(statementId)
{
}

void CloseStatementExchange::start(PacketWriter &out, SessionState &state)
{
    Q_UNUSED(state)
    out.begin();
    out.u8(Command::CloseStatement);
    out.u32(m_id);
    out.end();
}

} // namespace QAsyncMySql::Protocol
