// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/packetreader.h"
#include "protocol/packets.h"
#include "protocol/sessionstate.h"

#include <optional>

namespace QAsyncMySql::Protocol {

namespace {

constexpr int MaxTrackedEntries = 10'000; // more than there are variables to track

// What one OK packet tells of the session; applied only when the whole packet was good.
struct Tracked
{
    std::optional<QByteArray> schema;
    std::optional<QByteArray> characterSetClient;
};

// MySQL sends one name and value per entry, MariaDB may send several.
bool parseVariables(QByteArrayView data, Tracked &tracked)
{
    PacketReader reader(data);
    do {
        const QByteArrayView name = reader.lenencString();
        const QByteArrayView value = reader.lenencStringOrNull();
        if (name == QByteArrayView("character_set_client"))
            tracked.characterSetClient = value.toByteArray();
    } while (!reader.atEnd());
    return reader.finished();
}

// MySQL source documentation, "OK_Packet", "Session State Information".
bool parseTracking(QByteArrayView block, Tracked &tracked)
{
    enum Type : quint8
    {
        SystemVariables = 0,
        Schema = 1
    };

    PacketReader reader(block);
    for (int entries = 0; !reader.atEnd(); ++entries) {
        const quint8 type = reader.u8();
        const QByteArrayView data = reader.lenencString();
        if (reader.failed() || entries == MaxTrackedEntries)
            return false;
        if (type == SystemVariables) {
            if (!parseVariables(data, tracked))
                return false;
        } else if (type == Schema) {
            PacketReader inner(data);
            tracked.schema = inner.lenencString().toByteArray();
            if (!inner.finished())
                return false;
        }
    }
    return reader.finished();
}

void apply(const Tracked &tracked, SessionState &state)
{
    if (tracked.schema && *tracked.schema != state.schema) {
        state.schema = *tracked.schema;
        ++state.schemaGeneration;
    }
    if (tracked.characterSetClient) {
        state.characterSetClient = *tracked.characterSetClient;
        state.charsetTouched = state.characterSetClient != "utf8mb4";
    }
}

// Without session tracking the text is said to fill the packet, yet servers put its length before it.
QByteArrayView plainInfo(QByteArrayView rest)
{
    PacketReader reader(rest);
    const QByteArrayView counted = reader.lenencString();
    return reader.finished() ? counted : rest;
}

} // namespace

bool parseOk(QByteArrayView payload, SessionState &state, OkPacket &ok)
{
    PacketReader reader(payload);
    const quint8 header = reader.u8();
    if (header != 0x00 && header != 0xFE)
        return false;
    OkPacket result;
    result.affectedRows = reader.lenenc();
    result.lastInsertId = reader.lenenc();
    result.status = reader.u16();
    result.warnings = reader.u16();
    if (reader.failed())
        return false;

    Tracked tracked;
    if (state.has(Capability::SessionTrack)) {
        const bool changed = result.status & Status::SessionStateChanged;
        // The text may be left out altogether, but not when something follows it.
        if (changed || !reader.atEnd())
            result.info = reader.lenencString().toByteArray();
        if (changed && !parseTracking(reader.lenencString(), tracked))
            return false;
        if (!reader.finished())
            return false;
    } else if (!reader.atEnd()) {
        result.info = plainInfo(reader.rest()).toByteArray();
    }

    state.status = result.status;
    apply(tracked, state);
    ok = std::move(result);
    return true;
}

bool parseEof(QByteArrayView payload, SessionState &state, OkPacket &eof)
{
    PacketReader reader(payload);
    const quint8 header = reader.u8();
    const quint16 warnings = reader.u16();
    const quint16 status = reader.u16();
    if (header != 0xFE || !reader.finished())
        return false;
    eof = OkPacket{};
    eof.warnings = warnings;
    eof.status = status;
    state.status = status;
    return true;
}

} // namespace QAsyncMySql::Protocol
