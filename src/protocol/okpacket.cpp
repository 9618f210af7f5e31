// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/packetreader.h"
#include "protocol/packets.h"
#include "protocol/sessionstate.h"

namespace QAsyncMySql::Protocol {

namespace {

constexpr int MaxTrackedEntries = 10'000; // more than there are variables to track

using Changes = QList<SessionChange>;
using Kind = SessionChange::Kind;

// MySQL sends one name and value per entry, MariaDB may send several.
bool parseVariables(QByteArrayView data, Changes &changes)
{
    PacketReader reader(data);
    do {
        const QByteArrayView name = reader.lenencString();
        const QByteArrayView value = reader.lenencStringOrNull();
        changes.append(
            {Kind::SystemVariable, name.toByteArray(), value.data() ? value.toByteArray() : QByteArray()});
    } while (!reader.atEnd());
    return reader.finished();
}

// MySQL source documentation, "OK_Packet", "Session State Information".
bool parseTracking(QByteArrayView block, Changes &changes)
{
    enum Type : quint8
    {
        SystemVariables = 0,
        Schema = 1,
        StateChange = 2,
        Gtids = 3,
        TransactionCharacteristics = 4,
        TransactionState = 5,
    };

    PacketReader reader(block);
    for (int entries = 0; !reader.atEnd(); ++entries) {
        const quint8 type = reader.u8();
        const QByteArrayView data = reader.lenencString();
        if (reader.failed() || entries == MaxTrackedEntries || changes.size() >= MaxTrackedEntries)
            return false;
        PacketReader inner(data);
        switch (type) {
        case SystemVariables:
            if (!parseVariables(data, changes))
                return false;
            continue;
        case Schema:
            changes.append({Kind::Schema, {}, inner.lenencString().toByteArray()});
            break;
        case StateChange:
            // The one kind whose text has no length of its own.
            changes.append({Kind::State, {}, inner.rest().toByteArray()});
            break;
        case Gtids:
            inner.skip(1); // how they are written; there is one way only
            changes.append({Kind::Gtid, {}, inner.lenencString().toByteArray()});
            break;
        case TransactionCharacteristics:
            changes.append({Kind::TransactionCharacteristics, {}, inner.lenencString().toByteArray()});
            break;
        case TransactionState:
            changes.append({Kind::TransactionState, {}, inner.lenencString().toByteArray()});
            break;
        default:
            continue; // a kind of later servers
        }
        if (!inner.finished())
            return false;
    }
    return reader.finished();
}

void applyVariable(const SessionChange &change, SessionState &state)
{
    if (change.name == "character_set_client") {
        state.characterSetClient = change.value;
        state.charsetTouched = state.characterSetClient != "utf8mb4";
    } else if (change.name == "character_set_results") {
        if (state.variables.value(change.name) != change.value)
            ++state.metadataGeneration;
        // NULL asks for each text as it is stored; names and errors are in UTF-8 then.
        const auto *set = Internal::CharacterSet::named(change.value);
        state.resultCharset = set && !set->isUtf8() ? set : nullptr;
    }
    if (state.variables.size() < MaxTrackedEntries || state.variables.contains(change.name))
        state.variables.insert(change.name, change.value);
}

void apply(const Changes &changes, SessionState &state)
{
    for (const SessionChange &change : changes) {
        switch (change.kind) {
        case Kind::Schema:
            state.setSchema(change.value);
            continue; // which notes the change
        case Kind::SystemVariable:
            applyVariable(change, state);
            break;
        case Kind::Gtid:
            state.lastGtid = change.value;
            break;
        case Kind::TransactionCharacteristics:
            state.transactionCharacteristics = change.value;
            break;
        case Kind::TransactionState:
            state.transactionState = change.value;
            break;
        case Kind::State:
            break;
        }
        state.changes.append(change);
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

    Changes changes;
    if (state.has(Capability::SessionTrack)) {
        const bool changed = result.status & Status::SessionStateChanged;
        // The text may be left out altogether, but not when something follows it.
        if (changed || !reader.atEnd())
            result.info = reader.lenencString().toByteArray();
        if (changed && !parseTracking(reader.lenencString(), changes))
            return false;
        if (!reader.finished())
            return false;
    } else if (!reader.atEnd()) {
        result.info = plainInfo(reader.rest()).toByteArray();
    }

    state.status = result.status;
    apply(changes, state);
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
