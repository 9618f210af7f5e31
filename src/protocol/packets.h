// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/column.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QString>

namespace QAsyncMySql {
class ColumnData;
}

namespace QAsyncMySql::Protocol {

struct SessionState;

// Status flags of the server (MySQL source documentation, "SERVER_STATUS_flags_enum").
namespace Status {
inline constexpr quint16 InTransaction = 0x0001;
inline constexpr quint16 Autocommit = 0x0002;
inline constexpr quint16 MoreResults = 0x0008;
inline constexpr quint16 CursorExists = 0x0040;
inline constexpr quint16 LastRowSent = 0x0080;
inline constexpr quint16 NoBackslashEscapes = 0x0200;
inline constexpr quint16 OutParameters = 0x1000;
inline constexpr quint16 InReadOnlyTransaction = 0x2000;
inline constexpr quint16 SessionStateChanged = 0x4000;
} // namespace Status

//! An OK packet, or an EOF packet (which has warnings and status only).
struct OkPacket
{
    quint64 affectedRows = 0;
    quint64 lastInsertId = 0;
    quint16 status = 0;
    quint16 warnings = 0;
    QByteArray info;

    bool moreResults() const noexcept { return status & Status::MoreResults; }
};

struct ErrPacket
{
    quint16 code = 0;
    QByteArray sqlState; // five characters; "HY000" where the server sent none
    QByteArray message; // as sent, cut to Limits::errorText
};

//! Reads an OK packet whose header byte is 0x00 or (with DEPRECATE_EOF) 0xFE, and applies status and session
//! tracking to \a state.
bool parseOk(QByteArrayView payload, SessionState &state, OkPacket &ok);
bool parseEof(QByteArrayView payload, SessionState &state, OkPacket &eof);
bool parseErr(QByteArrayView payload, const SessionState &state, ErrPacket &err);
/*! MariaDB: an ERR packet with the number 0xFFFF is no error but tells how far a statement is. Only where
    both sides agreed on MariaDbCapability::Progress. */
bool parseProgress(QByteArrayView payload, SessionState &state);
bool parseColumnDefinition(QByteArrayView payload, const SessionState &state, ColumnData &column);

inline bool isErr(QByteArrayView payload) noexcept
{
    return !payload.isEmpty() && quint8(payload.front()) == 0xFF;
}

inline bool isProgress(QByteArrayView payload) noexcept
{
    return payload.size() > 2 && quint8(payload[0]) == 0xFF && quint8(payload[1]) == 0xFF
        && quint8(payload[2]) == 0xFF;
}

} // namespace QAsyncMySql::Protocol
