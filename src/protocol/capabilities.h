// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

namespace QAsyncMySql::Protocol {

//! Capability flags (MySQL source documentation, "Capabilities Flags"; MariaDB's in its "Connecting" page).
namespace Capability {
inline constexpr quint32 LongPassword = 1u << 0; // MariaDB calls it CLIENT_MYSQL
inline constexpr quint32 FoundRows = 1u << 1;
inline constexpr quint32 LongFlag = 1u << 2;
inline constexpr quint32 ConnectWithDb = 1u << 3;
inline constexpr quint32 Compress = 1u << 5;
inline constexpr quint32 LocalFiles = 1u << 7;
inline constexpr quint32 IgnoreSpace = 1u << 8;
inline constexpr quint32 Protocol41 = 1u << 9;
inline constexpr quint32 Interactive = 1u << 10;
inline constexpr quint32 Ssl = 1u << 11;
inline constexpr quint32 Transactions = 1u << 13;
inline constexpr quint32 SecureConnection = 1u << 15;
inline constexpr quint32 MultiStatements = 1u << 16;
inline constexpr quint32 MultiResults = 1u << 17;
inline constexpr quint32 PsMultiResults = 1u << 18;
inline constexpr quint32 PluginAuth = 1u << 19;
inline constexpr quint32 ConnectAttributes = 1u << 20;
inline constexpr quint32 PluginAuthLenencData = 1u << 21;
inline constexpr quint32 CanHandleExpiredPasswords = 1u << 22;
inline constexpr quint32 SessionTrack = 1u << 23;
inline constexpr quint32 DeprecateEof = 1u << 24;
inline constexpr quint32 OptionalResultSetMetadata = 1u << 25;
inline constexpr quint32 ZstdCompression = 1u << 26;
inline constexpr quint32 QueryAttributes = 1u << 27;
inline constexpr quint32 MultiFactorAuth = 1u << 28;
} // namespace Capability

//! MariaDB's own capability flags, as their own 32 bits.
namespace MariaDbCapability {
inline constexpr quint32 Progress = 1u << 0;
inline constexpr quint32 StatementBulkOperations = 1u << 2;
inline constexpr quint32 ExtendedMetadata = 1u << 3;
inline constexpr quint32 CacheMetadata = 1u << 4;
inline constexpr quint32 BulkUnitResults = 1u << 5;
} // namespace MariaDbCapability

} // namespace QAsyncMySql::Protocol
