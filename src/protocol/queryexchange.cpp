// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/queryexchange.h"

#include "protocol/framing.h"
#include "protocol/packetreader.h"
#include "protocol/packetwriter.h"
#include "protocol/sessionstate.h"
#include "values/binaryparameters.h"
#include "values/columndata.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

constexpr quint8 OkHeader = 0x00;
constexpr quint8 FileHeader = 0xFB;
constexpr quint8 EofHeader = 0xFE;
constexpr qsizetype EofMaxSize = 8; // a text row that begins with 0xFE has a length of eight bytes behind it

constexpr quint8 QueryCommand = 0x03;

constexpr size_t RowsAtOnce = 64; // handed over in one call

constexpr quint16 FileRefused = 2068; // CR_LOAD_DATA_LOCAL_INFILE_REJECTED, the code that C clients give
constexpr qsizetype FileNameShown = 200; // bytes of a name that a server sent, in a message

} // namespace

ResultSink::~ResultSink() = default;

qsizetype ResultSink::rows(const QByteArrayView *payloads, qsizetype count, bool &more)
{
    qsizetype taken = 0;
    more = true;
    while (more && taken < count)
        more = row(payloads[taken++]);
    return taken;
}

Step ResultReader::feed(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    if (packet.isEmpty()) [[unlikely]]
        return malformed(u"The server sent an empty packet within an answer."_s);
    if (m_phase == Phase::Rows) [[likely]] {
        if (quint8(packet.front()) >= EofHeader) [[unlikely]] {
            // Only what is long enough to hold a cell of 16 MiB is a row.
            const qsizetype longest = state.deprecateEof() ? MaxFramePayload - 1 : EofMaxSize;
            if (isErr(packet) || m_binary || packet.size() <= longest)
                return special(packet, state);
        }
        if (!m_shape.fits(packet)) [[unlikely]] {
            return malformed(u"The server sent a row that does not fit its " % QString::number(m_columnCount)
                             % u" columns.");
        }
        const bool more
            = state.joinedPacket ? m_sink.largeRow(std::move(*state.joinedPacket)) : m_sink.row(packet);
        return more ? Step::More : full();
    }
    switch (m_phase) {
    case Phase::Header:
        return header(packet, out, state);
    case Phase::Columns:
        return column(packet, state);
    case Phase::ColumnsEof:
        return columnsEof(packet, state);
    case Phase::RowsOrCursor:
        m_phase = Phase::Rows;
        if (packet.size() > 1 && quint8(packet.front()) == EofHeader) {
            OkPacket ok;
            if (!parseOk(packet, state, ok))
                return malformed(u"The server answered an execution with a malformed packet."_s);
            return ok.status & Status::CursorExists ? openCursor() : finishResult(ok, true, state);
        }
        return feed(packet, out, state);
    case Phase::File:
        return afterFile(packet, state);
    case Phase::Rows:
        break;
    }
    Q_UNREACHABLE();
    return Step::Fault;
}

// The sink wants no more for now, or no more at all.
Step ResultReader::full()
{
    const QString limit = m_sink.limitExceeded();
    return limit.isEmpty() ? Step::Pause : failWith(Fault::Kind::Limit, limit);
}

// Whatever is not a row beyond doubt is left to feed(): ends, errors, what is too long or does not fit.
Step ResultReader::feedRows(Frames &frames)
{
    if (m_phase != Phase::Rows)
        return Step::More;
    std::array<QByteArrayView, RowsAtOnce> rows;
    const auto *at = reinterpret_cast<const uchar *>(frames.bytes.data());
    const auto *const end = at + frames.bytes.size();
    quint8 sequence = frames.sequence;
    size_t count = 0;
    for (; count < rows.size() && end - at > FrameHeaderSize; ++count) {
        const auto size = qsizetype(at[0] | at[1] << 8 | at[2] << 16);
        const auto *const payload = at + FrameHeaderSize;
        if (size > end - payload || size == 0 || size == MaxFramePayload || *payload >= EofHeader
            || (at[3] != sequence && frames.numbered) || !m_shape.fits(QByteArrayView(payload, size)))
            break;
        rows[count] = QByteArrayView(payload, size);
        sequence = quint8(at[3] + 1);
        at = payload + size;
    }
    if (count == 0)
        return Step::More;
    bool more = true;
    const qsizetype taken = m_sink.rows(rows.data(), qsizetype(count), more);
    if (taken < qsizetype(count)) {
        more = false;
        const QByteArrayView &next = rows[size_t(taken)];
        at = reinterpret_cast<const uchar *>(next.data()) - FrameHeaderSize;
        sequence = at[3];
    }
    frames.bytes = QByteArrayView(at, end - at);
    frames.sequence = sequence;
    return more ? Step::More : full();
}

Step ResultReader::header(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    switch (quint8(packet.front())) {
    case OkHeader: {
        OkPacket ok;
        if (!parseOk(packet, state, ok))
            return malformed(u"The server sent a malformed OK packet."_s);
        return finishResult(ok, false, state);
    }
    case 0xFF:
        return error(packet, state);
    case FileHeader:
        return fileRequest(packet.sliced(1), out, state);
    default:
        break;
    }

    PacketReader reader(packet);
    m_columnCount = reader.lenenc();
    // MariaDB documentation, "Result Set Packets": whether the definitions follow, in each and every result.
    const bool says = state.mariadbCapabilities & MariaDbCapability::CacheMetadata;
    const bool follow = !says || reader.u8() != 0;
    if (!reader.finished() || m_columnCount == 0)
        return malformed(u"The server began an answer with a packet that is no header of a result."_s);
    if (m_columnCount > state.limits.columns) {
        return failWith(Fault::Kind::Limit,
                        u"The server announced a result of " % QString::number(m_columnCount)
                            % u" columns; the limit is " % QString::number(state.limits.columns) % u'.');
    }
    m_columns.clear();
    m_columns.reserve(qsizetype(std::min<quint64>(m_columnCount, 1024)));
    m_metadataBytes = 0;
    if (!follow)
        return knownColumns(state);
    m_phase = Phase::Columns;
    return Step::More;
}

Step ResultReader::knownColumns(const SessionState &state)
{
    if (!m_known || quint64(m_known->columns.size()) != m_columnCount) {
        return malformed(u"The server left out the definitions of " % QString::number(m_columnCount)
                         % u" columns that it had not told before.");
    }
    m_columns = m_known->columns;
    return endColumns(state);
}

/* Only what the program offered for this very statement is sent, whatever the server names. Without the
   capability an honest server does not ask; with it, an empty packet says "no data". */
Step ResultReader::fileRequest(QByteArrayView name, PacketWriter &out, const SessionState &state)
{
    if (m_binary || !state.has(Capability::LocalFiles)) {
        return failWith(Fault::Kind::Security,
                        u"The server asked for a local file although no statement had offered one."_s);
    }
    if (m_file == File::None) {
        return refuseFile(out,
                          ErrPacket{FileRefused, "HY000",
                                    "LOAD DATA LOCAL was refused: this statement offers no local file"});
    }
    if (m_file != File::Offered) {
        return refuseFile(out,
                          ErrPacket{FileRefused, "HY000",
                                    "LOAD DATA LOCAL was refused: the statement's one file has been sent"});
    }
    if (!m_fileName.isNull() && name != m_fileName) {
        return refuseFile(out,
                          ErrPacket{FileRefused, "HY000",
                                    "LOAD DATA LOCAL was refused: the server asked for the file \""
                                        + name.first(std::min(name.size(), FileNameShown)).toByteArray()
                                        + "\", and \"" + m_fileName + "\" was offered"});
    }
    m_file = File::Wanted;
    m_phase = Phase::File;
    return Step::Answer;
}

Step ResultReader::refuseFile(PacketWriter &out, const ErrPacket &why)
{
    out.packet({});
    m_refusal = why;
    m_refused = true;
    m_phase = Phase::File;
    return Step::More;
}

// Says the next part of the file; the empty packet is its end. Parts of 16 MiB and more are split.
Step ResultReader::resume(PacketWriter &out, SessionState &state)
{
    Q_UNUSED(state)
    if (m_phase != Phase::File || m_refused)
        return Step::More;
    if (!m_filePart.isEmpty())
        out.packet(std::exchange(m_filePart, {}));
    if (m_file == File::Ended && !m_fileEndSent) {
        m_fileEndSent = true;
        out.packet({});
    }
    return Step::More;
}

// An error may come before the file has been sent to its end: then the rest is kept back.
Step ResultReader::afterFile(QByteArrayView packet, SessionState &state)
{
    m_phase = Phase::Header;
    if (m_file == File::Wanted) {
        m_file = File::Ended;
        if (!isErr(packet))
            return failWith(Fault::Kind::Unexpected, u"The server answered a file before its end."_s);
    }
    if (isErr(packet))
        return error(packet, state);
    OkPacket ok;
    if (quint8(packet.front()) != OkHeader || !parseOk(packet, state, ok))
        return malformed(u"The server answered the end of a local file with neither OK nor an error."_s);
    if (!m_refused)
        return finishResult(ok, false, state);
    if (ok.moreResults())
        return Step::More; // those of other statements in the same text
    m_sink.error(m_refusal);
    return Step::Done;
}

Step ResultReader::column(QByteArrayView packet, SessionState &state)
{
    if (isErr(packet))
        return error(packet, state);
    m_metadataBytes += quint64(packet.size());
    if (m_metadataBytes > state.limits.metadata) {
        return failWith(Fault::Kind::Limit,
                        u"The column definitions of a result take more than "
                            % QString::number(state.limits.metadata) % u" bytes.");
    }
    state.columns.useFor(state.resultCharset);
    if (const Column *known = state.columns.find(packet)) {
        m_columns.append(*known);
    } else {
        auto *data = new ColumnData;
        const Column column(data);
        if (!parseColumnDefinition(packet, state, *data)) {
            return malformed(u"The definition of column " % QString::number(m_columns.size() + 1)
                             % u" is malformed.");
        }
        state.columns.insert(packet, column);
        m_columns.append(column);
    }
    if (quint64(m_columns.size()) < m_columnCount)
        return Step::More;
    if (m_known)
        *m_known = {m_columns, state.metadataGeneration};
    return endColumns(state);
}

Step ResultReader::endColumns(const SessionState &state)
{
    if (state.deprecateEof())
        return beginRows(m_cursorAsked);
    m_phase = Phase::ColumnsEof;
    return Step::More;
}

Step ResultReader::columnsEof(QByteArrayView packet, SessionState &state)
{
    if (isErr(packet))
        return error(packet, state);
    OkPacket eof;
    if (!parseEof(packet, state, eof))
        return malformed(u"The server did not end its column definitions with an EOF packet."_s);
    if (eof.status & Status::CursorExists) {
        if (m_cursorAsked)
            beginRows(false);
        return openCursor();
    }
    // MySQL flags a result of OUT parameters here only, although its last EOF packet is not the end of the
    // answer.
    m_keptStatus
        = eof.status & Status::OutParameters ? eof.status & (Status::OutParameters | Status::MoreResults) : 0;
    return beginRows(false);
}

Step ResultReader::beginRows(bool mayBeCursor)
{
    if (m_binary)
        m_shape.setBinary(m_columns);
    else
        m_shape.setText(m_columns.size());
    m_sink.columns(std::exchange(m_columns, {}), m_binary);
    m_phase = mayBeCursor ? Phase::RowsOrCursor : Phase::Rows;
    return Step::More;
}

// Rows of a cursor do not come by themselves: they have to be fetched.
Step ResultReader::openCursor()
{
    if (m_cursorAsked) {
        m_cursorOpened = true;
        return Step::Done;
    }
    return failWith(Fault::Kind::Unexpected, u"The server opened a cursor that nobody had asked for."_s);
}

// A packet among rows that is none.
Step ResultReader::special(QByteArrayView packet, SessionState &state)
{
    if (isErr(packet))
        return error(packet, state);
    OkPacket ok;
    const bool good = state.deprecateEof() ? packet.size() < MaxFramePayload && parseOk(packet, state, ok)
                                           : parseEof(packet, state, ok);
    if (!good)
        return malformed(u"The server ended the rows of a result with a malformed packet."_s);
    if (m_binary && (ok.status & Status::CursorExists)) {
        return failWith(Fault::Kind::Unexpected,
                        u"The server opened a cursor behind the rows that it was for."_s);
    }
    ok.status = quint16(ok.status | std::exchange(m_keptStatus, quint16(0)));
    return finishResult(ok, true, state);
}

Step ResultReader::finishResult(const OkPacket &ok, bool hasColumns, const SessionState &state)
{
    m_sink.end(ok, hasColumns);
    if (!ok.moreResults()) {
        if (m_refused)
            m_sink.error(m_refusal);
        return Step::Done;
    }
    if (++m_results >= state.limits.resultSets) {
        return failWith(Fault::Kind::Limit,
                        u"The server answered with more than " % QString::number(state.limits.resultSets)
                            % u" results.");
    }
    m_phase = Phase::Header;
    return Step::More;
}

Step ResultReader::error(QByteArrayView packet, const SessionState &state)
{
    ErrPacket err;
    if (!parseErr(packet, state, err))
        return malformed(u"The server sent an incomplete error packet."_s);
    m_sink.error(err);
    return Step::Done;
}

QueryExchange::QueryExchange(QByteArray sql, ResultSink &sink)
    : ResultReader(sink, false)
    , m_sql(std::move(sql))
{
}

void QueryExchange::start(PacketWriter &out, SessionState &state)
{
    out.reserve(m_sql.size() + 3 + FrameHeaderSize * (m_sql.size() / MaxFramePayload + 2));
    out.begin();
    out.u8(QueryCommand);
    // With the capability it is always there, even for no attributes.
    if (state.has(Capability::QueryAttributes)) {
        if (m_attributes.isEmpty())
            out.u16(0x0100); // none, in one set
        else
            out.bytes(Internal::encodeQueryAttributes(m_attributes));
    }
    out.bytes(m_sql);
    out.end();
    m_sql = QByteArray(); // may be large, and is not needed again
}

} // namespace QAsyncMySql::Protocol
