// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/exchange.h"
#include "protocol/packets.h"
#include "protocol/rowshape.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>

namespace QAsyncMySql::Protocol {

//! Takes what a statement gives, in order: for each result either columns(), row()... and end(), or end()
//! alone; or error() at any point, which is the last.
class ResultSink
{
public:
    virtual ~ResultSink();
    //! A result with columns begins. \a binary tells how its rows are written.
    virtual void columns(QList<Column> &&columns, bool binary) = 0;
    /*! One row, checked: its cells fit the columns and fill it. Returns false to be paused: the row was
        taken, no more comes until Session::unpause(). Only then limitExceeded() is asked. */
    virtual bool row(QByteArrayView payload) = 0;
    //! A result is complete; \a hasColumns tells whether columns() began it. More follow if ok.moreResults().
    virtual void end(const OkPacket &ok, bool hasColumns) = 0;
    virtual void error(const ErrPacket &error) = 0;
    //! A limit of the sink's own was passed (a buffered result too large): the exchange then ends in a Fault
    //! of kind Limit with this text.
    virtual QString limitExceeded() const { return {}; }
};

/*!
    Reads the answer of COM_QUERY and COM_STMT_EXECUTE: any number of results, each with columns and
    rows or without.
*/
class ResultReader : public Exchange
{
public:
    Step feed(QByteArrayView packet, PacketWriter &out, SessionState &state) override;

protected:
    ResultReader(ResultSink &sink, bool binary) noexcept
        : m_sink(sink)
        , m_binary(binary)
    {
    }

private:
    enum class Phase : quint8
    {
        Header,
        Columns,
        ColumnsEof,
        Rows,
        Infile
    };

    Step header(QByteArrayView packet, PacketWriter &out, SessionState &state);
    Step refuseInfile(PacketWriter &out, const SessionState &state);
    Step column(QByteArrayView packet, SessionState &state);
    Step columnsEof(QByteArrayView packet, SessionState &state);
    Step beginRows();
    Step unaskedCursor();
    Step special(QByteArrayView packet, SessionState &state);
    Step finishResult(const OkPacket &ok, bool hasColumns, const SessionState &state);
    Step afterInfile(QByteArrayView packet, SessionState &state);
    Step error(QByteArrayView packet, const SessionState &state);

    ResultSink &m_sink;
    QList<Column> m_columns;
    RowShape m_shape;
    quint64 m_columnCount = 0;
    quint64 m_metadataBytes = 0;
    quint32 m_results = 0;
    quint16 m_keptStatus = 0;
    Phase m_phase = Phase::Header;
    bool m_binary = false;
};

//! COM_QUERY: one statement (or several, where the session allows it) in the text protocol.
class QueryExchange final : public ResultReader
{
public:
    QueryExchange(QByteArray sql, ResultSink &sink);
    void start(PacketWriter &out, SessionState &state) override;

private:
    QByteArray m_sql;
};

} // namespace QAsyncMySql::Protocol
