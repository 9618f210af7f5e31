// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/checkedexchange.h"
#include "protocol/queryexchange.h"

namespace QAsyncMySql::Protocol {

//! What COM_STMT_PREPARE gave.
struct PreparedStatement
{
    quint32 id = 0;
    QList<Column> parameters;
    QList<Column> columns;
    quint16 warnings = 0;
    quint32 metadataGeneration = 0; // of the session when the columns were told
};

//! COM_STMT_PREPARE. Afterwards either error() or statement() holds the answer.
class PrepareExchange final : public CheckedExchange
{
public:
    explicit PrepareExchange(QByteArray sql);
    void start(PacketWriter &out, SessionState &state) override;
    Step feed(QByteArrayView packet, PacketWriter &out, SessionState &state) override;

    const PreparedStatement &statement() const noexcept { return m_statement; }

private:
    enum class Phase : quint8
    {
        Header,
        Parameters,
        ParametersEof,
        Columns,
        ColumnsEof
    };

    Step header(QByteArrayView packet, SessionState &state);
    Step definition(QByteArrayView packet, const SessionState &state);
    Step endOfDefinitions(QByteArrayView packet, SessionState &state);
    Step enter(Phase phase, const SessionState &state);

    QByteArray m_sql;
    PreparedStatement m_statement;
    quint64 m_metadataBytes = 0;
    quint32 m_parameterCount = 0;
    quint32 m_columnCount = 0;
    Phase m_phase = Phase::Header;
};

//! COM_STMT_EXECUTE.
class ExecuteExchange final : public ResultReader
{
public:
    ExecuteExchange(quint32 statementId, const Parameters &parameters, ResultSink &sink);
    //! \a parameterBytes: everything from the null bitmap on, as it is without Capability::QueryAttributes;
    //! empty where there are no parameters.
    ExecuteExchange(quint32 statementId, quint32 parameterCount, QByteArray parameterBytes, ResultSink &sink);
    //! Sends them along, if both sides agreed on Capability::QueryAttributes.
    void setAttributes(const Parameters &attributes) { m_attributes = attributes; }
    //! Asks for a cursor that can be read only; the server may send the rows instead (see cursorOpened()).
    using ResultReader::askCursor;
    using ResultReader::useColumns;
    void start(PacketWriter &out, SessionState &state) override;

private:
    QByteArray m_encoded; // by the caller
    Parameters m_parameters;
    Parameters m_attributes;
    quint32 m_id = 0;
};

/*!
    COM_STMT_BULK_EXECUTE (MariaDB documentation, "COM_STMT_BULK_EXECUTE"): one statement for many rows of
    parameters, answered by one result.
*/
class BulkExecuteExchange final : public ResultReader
{
public:
    //! \a types: two bytes for each parameter. \a rows: for each value of each row an indicator byte and,
    //! unless it says NULL, the value.
    BulkExecuteExchange(quint32 statementId, QByteArray types, QByteArray rows, ResultSink &sink);
    //! Has the server answer with a result of one row for each: the id it was given, and how many rows it has
    //! changed. Only with MariaDbCapability::BulkUnitResults.
    void askUnitResults() noexcept { m_unitResults = true; }
    void start(PacketWriter &out, SessionState &state) override;
    using ResultReader::useColumns;

    //! Bytes of the command that are neither types nor rows.
    static constexpr qsizetype HeaderSize = 7;

private:
    QByteArray m_types;
    QByteArray m_rows;
    quint32 m_id = 0;
    bool m_unitResults = false;
};

//! COM_STMT_SEND_LONG_DATA: a part of a parameter, ahead of the execution. No answer: what is wrong with it
//! is told by that.
class LongDataExchange final : public UnansweredExchange
{
public:
    //! \a part is to be there while the exchange is started, and may be empty. \a parameter: from 0.
    LongDataExchange(quint32 statementId, quint16 parameter, QByteArrayView part);
    void start(PacketWriter &out, SessionState &state) override;

private:
    QByteArrayView m_part;
    quint32 m_id = 0;
    quint16 m_parameter = 0;
};

//! COM_STMT_CLOSE: no answer.
class CloseStatementExchange final : public UnansweredExchange
{
public:
    explicit CloseStatementExchange(quint32 statementId);
    void start(PacketWriter &out, SessionState &state) override;

private:
    quint32 m_id = 0;
};

} // namespace QAsyncMySql::Protocol
