// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/capabilities.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace QAsyncMySql::Protocol {

//! Bounds on what a server may make us hold or do. All in bytes unless said otherwise.
struct Limits
{
    quint64 packet = 64u << 20; // one logical packet
    quint32 handshakePacket = 16u << 10; // any packet before authentication is over
    quint32 columns = 65'535 + 16'384; // number of columns of one result
    quint64 metadata = 16u << 20; // all column definitions of one result
    quint32 resultSets = 10'000; // number of results of one command
    quint32 authPackets = 16; // packets of one authentication
    quint32 errorText = 4096; // text kept of an ERR packet
};

//! What both sides agreed on, and what the server last said of itself.
struct SessionState
{
    Limits limits;
    quint32 capabilities = 0; // CLIENT_* in force
    quint32 mariadbCapabilities = 0; // MARIADB_CLIENT_* in force (high half, as their own 32 bits)
    quint16 status = 0; // SERVER_STATUS_* of the last OK or EOF
    quint32 connectionId = 0;
    QByteArray serverVersion; // without MariaDB's "5.5.5-" prefix
    int versionNumber = 0; // major * 10000 + minor * 100 + patch
    bool isMariaDb = false;
    bool authenticated = false;
    bool encrypted = false; // TLS is up

    // Session tracking: hints from the server, kept as they came.
    QByteArray schema; // the default schema, once known
    QByteArray characterSetClient; // empty until tracked
    quint32 schemaGeneration = 0; // counts changes of schema
    bool charsetTouched = false; // the tracked client charset is no longer utf8mb4

    bool has(quint32 capability) const noexcept { return (capabilities & capability) == capability; }
    bool deprecateEof() const noexcept { return has(Capability::DeprecateEof); }
};

} // namespace QAsyncMySql::Protocol
