// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/queryexchange.h"

namespace QAsyncMySql::Protocol {

//! A cursor that the server holds open for a prepared statement.
struct ServerCursor
{
    quint32 statementId = 0;
    RowShape shape;
    int emptyFetches = 0; // one after the other
    bool ended = false; // its last row has been sent, and the server has closed it
};

/*!
    COM_STMT_FETCH: the next rows of a cursor.

    Gives the sink row()..., then end() if those were the last, or error().
*/
class FetchExchange final : public Exchange
{
public:
    //! \a cursor and \a sink outlive the exchange. \a rows: how many at most.
    FetchExchange(ServerCursor &cursor, quint32 rows, ResultSink &sink);
    void start(PacketWriter &out, SessionState &state) override;
    Step feed(QByteArrayView packet, PacketWriter &out, SessionState &state) override;

private:
    Step end(QByteArrayView packet, SessionState &state);

    ServerCursor &m_cursor;
    ResultSink &m_sink;
    quint32 m_wanted = 0;
    quint32 m_rows = 0;
};

} // namespace QAsyncMySql::Protocol
