// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/packets.h"

#include "protocol/packetreader.h"
#include "protocol/sessionstate.h"
#include "values/columndata.h"

#include <algorithm>

namespace QAsyncMySql::Protocol {

namespace {

constexpr quint64 FixedColumnFields = 0x0C; // bytes of the part of a column definition that holds numbers

bool isSqlState(QByteArrayView state) noexcept
{
    return std::all_of(state.begin(), state.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

// Cuts UTF-8 text to at most \a limit bytes, not inside of a character.
QByteArrayView cutText(QByteArrayView text, qsizetype limit) noexcept
{
    if (text.size() <= limit)
        return text;
    while (limit > 0 && (quint8(text[limit]) & 0xC0) == 0x80)
        --limit;
    return text.first(limit);
}

// MariaDB's EXTENDED_METADATA: pairs of a kind and a text.
bool parseExtendedMetadata(QByteArrayView block, ColumnData &column)
{
    PacketReader reader(block);
    while (!reader.atEnd()) {
        const quint8 kind = reader.u8();
        const QByteArrayView text = reader.lenencString();
        if (kind == 0)
            column.extendedType = text.toByteArray();
        else if (kind == 1)
            column.extendedFormat = text.toByteArray();
    }
    return reader.finished();
}

// What the server says of itself comes in the character set of results, too; we keep UTF-8. What cannot be
// read stays as it is.
QByteArray toUtf8(QByteArrayView text, const SessionState &state)
{
    QString decoded;
    if (!state.resultCharset
        || state.resultCharset->decode(text, decoded) == Internal::CharacterSet::Outcome::Unknown)
        return text.toByteArray();
    return decoded.toUtf8();
}

// The server's texts, most of them the same in all columns of a result, need no memory when they are empty.
QByteArray kept(QByteArrayView text, const SessionState &state)
{
    return text.isEmpty() ? QByteArray() : toUtf8(text, state);
}

} // namespace

bool parseErr(QByteArrayView payload, const SessionState &state, ErrPacket &err)
{
    PacketReader reader(payload);
    if (reader.u8() != 0xFF)
        return false;
    const quint16 code = reader.u16();
    if (reader.atEnd())
        return false; // not even a text: cut
    QByteArrayView sqlState = "HY000";
    if (reader.peek() == '#') { // missing from errors that come before the greeting
        reader.skip(1);
        const QByteArrayView sent = reader.bytes(5);
        if (reader.failed())
            return false;
        if (isSqlState(sent))
            sqlState = sent;
    }
    err.code = code;
    err.sqlState = sqlState.toByteArray();
    const QByteArray message = toUtf8(cutText(reader.rest(), qsizetype(state.limits.errorText)), state);
    err.message = cutText(message, qsizetype(state.limits.errorText)).toByteArray();
    return true;
}

// MariaDB documentation, "Progress Reporting".
bool parseProgress(QByteArrayView payload, SessionState &state)
{
    PacketReader reader(payload);
    reader.skip(3);
    reader.skip(1); // number of texts, always 1
    ProgressReport report;
    report.stage = reader.u8();
    report.stages = reader.u8();
    report.percent = reader.u24() / 1000.0;
    report.text = cutText(reader.lenencString(), qsizetype(state.limits.errorText)).toByteArray();
    if (reader.failed())
        return false;
    state.progress = report;
    return true;
}

bool parseColumnDefinition(QByteArrayView payload, const SessionState &state, ColumnData &column)
{
    PacketReader reader(payload);
    column.conversions = state.conversions.data();
    reader.lenencString(); // catalog, always "def"
    column.schema = kept(reader.lenencString(), state);
    column.table = kept(reader.lenencString(), state);
    column.originalTable = kept(reader.lenencString(), state);
    column.name = kept(reader.lenencString(), state);
    column.originalName = kept(reader.lenencString(), state);
    if (state.mariadbCapabilities & MariaDbCapability::ExtendedMetadata) {
        if (!parseExtendedMetadata(reader.lenencString(), column))
            return false;
    }
    if (reader.lenenc() != FixedColumnFields)
        return false;
    column.charset = reader.u16();
    if (const auto *set = Internal::CharacterSet::ofCollation(column.charset); set && !set->isUtf8())
        column.characterSet = set;
    column.length = reader.u32();
    column.type = ColumnType(reader.u8());
    if (column.type == ColumnType::Json) // called bytes, and sent as text
        column.characterSet = state.resultCharset;
    column.flags = reader.u16();
    column.decimals = reader.u8();
    reader.skip(2);
    return reader.finished();
}

} // namespace QAsyncMySql::Protocol
