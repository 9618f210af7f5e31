// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/capabilities.h"
#include "protocol/columncache.h"
#include "values/bytebuffer.h"
#include "values/characterset.h"

#include <QAsyncMySql/compression.h>
#include <QAsyncMySql/valueconversions.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QMap>

#include <optional>

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

//! One thing that the server told of the session with an OK packet.
struct SessionChange
{
    enum class Kind : quint8
    {
        SystemVariable,
        Schema,
        State, // temporary tables, user variables, prepared statements ...
        Gtid,
        TransactionCharacteristics,
        TransactionState,
    };
    Kind kind = Kind::State;
    QByteArray name; // of the variable
    QByteArray value;
};

//! How far a long statement is (MariaDB, "Progress Reporting").
struct ProgressReport
{
    int stage = 0;
    int stages = 0;
    double percent = 0; // of this stage
    QByteArray text;
};

//! What both sides agreed on, and what the server last said of itself.
struct SessionState
{
    Limits limits;
    ValueConversions conversions; // which columns carry to their values
    quint32 capabilities = 0; // CLIENT_* in force
    quint32 mariadbCapabilities = 0; // MARIADB_CLIENT_* in force (high half, as their own 32 bits)
    quint16 status = 0; // SERVER_STATUS_* of the last OK or EOF
    quint32 connectionId = 0;
    QByteArray serverVersion; // without MariaDB's "5.5.5-" prefix
    int versionNumber = 0; // major * 10000 + minor * 100 + patch
    bool isMariaDb = false;
    bool authenticated = false;
    bool encrypted = false; // TLS is up

    // The numbers of prepared statements, as far as they can be foreseen.
    quint32 highestStatementId = 0; // of all that the server has given, or used up for statements that failed
    bool statementIdsAscend = true; // false once it has given one that is not above those before

    // How both sides compress from the end of the login on.
    Compression compression = Compression::Uncompressed;
    int compressionLevel = 0; // of what we send; 0: the usual one
    qsizetype compressionMinimum = 50; // bytes; less is sent as it is

    // Session tracking: hints from the server, kept as they came.
    QByteArray schema; // the default schema, once known
    QByteArray characterSetClient; // empty until tracked
    quint32 metadataGeneration = 0; // counts changes of what column definitions hang on
    const Internal::CharacterSet *resultCharset = nullptr; // of names and error texts; null for UTF-8
    bool charsetTouched = false; // the tracked client charset is no longer utf8mb4
    QMap<QByteArray, QByteArray> variables; // the tracked ones
    QByteArray transactionState; // eight characters, as sent
    QByteArray transactionCharacteristics; // SQL that makes a like transaction
    QByteArray lastGtid;
    QList<SessionChange> changes; // for the owner to take
    std::optional<ProgressReport> progress; // the last one; for the owner to take
    ColumnCache columns;
    Internal::ByteBuffer *joinedPacket = nullptr; // the packet at hand, if it came in several frames

    void setSchema(const QByteArray &name)
    {
        if (schema == name)
            return;
        schema = name;
        changes.append({SessionChange::Kind::Schema, {}, name});
    }
    bool has(quint32 capability) const noexcept { return (capabilities & capability) == capability; }
    bool deprecateEof() const noexcept { return has(Capability::DeprecateEof); }
};

} // namespace QAsyncMySql::Protocol
