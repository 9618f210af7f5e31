// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/fetchexchange.h"

#include "protocol/packetwriter.h"
#include "protocol/sessionstate.h"

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

constexpr quint8 Fetch = 0x1C;
constexpr quint8 EofHeader = 0xFE;
constexpr int MaxEmptyFetches = 3; // a cursor that has rows gives some

} // namespace

FetchExchange::FetchExchange(ServerCursor &cursor, quint32 rows, ResultSink &sink)
    : m_cursor(cursor)
    , m_sink(sink)
    , m_wanted(rows)
{
}

void FetchExchange::start(PacketWriter &out, SessionState &state)
{
    Q_UNUSED(state)
    out.begin();
    out.u8(Fetch);
    out.u32(m_cursor.statementId);
    out.u32(m_wanted);
    out.end();
}

Step FetchExchange::feed(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    Q_UNUSED(out)
    if (packet.isEmpty())
        return malformed(u"The server sent an empty packet within an answer."_s);
    if (isErr(packet)) {
        ErrPacket err;
        if (!parseErr(packet, state, err))
            return malformed(u"The server sent an incomplete error packet."_s);
        m_sink.error(err);
        return Step::Done;
    }
    if (quint8(packet.front()) == EofHeader)
        return end(packet, state);
    if (m_rows == m_wanted) {
        return failWith(Fault::Kind::Limit,
                        u"The server sent more rows of a cursor than the " % QString::number(m_wanted)
                            % u" that it was asked for.");
    }
    if (!m_cursor.shape.fits(packet))
        return malformed(u"The server sent a row that does not fit the columns of its cursor."_s);
    ++m_rows;
    if (m_sink.row(packet))
        return Step::More;
    const QString limit = m_sink.limitExceeded();
    return limit.isEmpty() ? Step::Pause : failWith(Fault::Kind::Limit, limit);
}

Step FetchExchange::end(QByteArrayView packet, SessionState &state)
{
    OkPacket eof;
    if (!(state.deprecateEof() ? parseOk(packet, state, eof) : parseEof(packet, state, eof)))
        return malformed(u"The server ended the rows of a cursor with a malformed packet."_s);
    m_cursor.emptyFetches = m_rows == 0 ? m_cursor.emptyFetches + 1 : 0;
    if (eof.status & Status::LastRowSent) {
        m_cursor.ended = true;
        eof.status = quint16(eof.status & ~(Status::MoreResults | Status::CursorExists));
        m_sink.end(eof, true);
    } else if (m_cursor.emptyFetches >= MaxEmptyFetches) {
        return failWith(Fault::Kind::Unexpected,
                        u"The server sent no row of a cursor, and did not end it either, "
                            % QString::number(MaxEmptyFetches) % u" times one after the other.");
    }
    return Step::Done;
}

} // namespace QAsyncMySql::Protocol
