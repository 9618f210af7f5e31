// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/capabilitynames.h"

#include "protocol/capabilities.h"

namespace QAsyncMySql::Internal {

namespace {

struct Name
{
    const char16_t *name;
    CapabilitySet flags;
};

namespace Common = Protocol::Capability;
namespace MariaDb = Protocol::MariaDbCapability;

// Only what can be gone without: the others lay down how the login itself is written.
constexpr Name Names[] = {
    {u"FOUND_ROWS", {Common::FoundRows, 0}},
    {u"LONG_FLAG", {Common::LongFlag, 0}},
    {u"CONNECT_WITH_DB", {Common::ConnectWithDb, 0}},
    {u"COMPRESS", {Common::Compress, 0}},
    {u"LOCAL_FILES", {Common::LocalFiles, 0}},
    {u"IGNORE_SPACE", {Common::IgnoreSpace, 0}},
    {u"INTERACTIVE", {Common::Interactive, 0}},
    {u"TRANSACTIONS", {Common::Transactions, 0}},
    {u"MULTI_STATEMENTS", {Common::MultiStatements, 0}},
    {u"MULTI_RESULTS", {Common::MultiResults, 0}},
    {u"PS_MULTI_RESULTS", {Common::PsMultiResults, 0}},
    {u"CONNECT_ATTRS", {Common::ConnectAttributes, 0}},
    {u"PLUGIN_AUTH_LENENC_CLIENT_DATA", {Common::PluginAuthLenencData, 0}},
    {u"CAN_HANDLE_EXPIRED_PASSWORDS", {Common::CanHandleExpiredPasswords, 0}},
    {u"SESSION_TRACK", {Common::SessionTrack, 0}},
    {u"DEPRECATE_EOF", {Common::DeprecateEof, 0}},
    {u"OPTIONAL_RESULTSET_METADATA", {Common::OptionalResultSetMetadata, 0}},
    {u"ZSTD_COMPRESSION_ALGORITHM", {Common::ZstdCompression, 0}},
    {u"QUERY_ATTRIBUTES", {Common::QueryAttributes, 0}},
    {u"MULTI_FACTOR_AUTHENTICATION", {Common::MultiFactorAuth, 0}},
    {u"MARIADB_PROGRESS", {0, MariaDb::Progress}},
    {u"MARIADB_STMT_BULK_OPERATIONS", {0, MariaDb::StatementBulkOperations}},
    {u"MARIADB_EXTENDED_METADATA", {0, MariaDb::ExtendedMetadata}},
    {u"MARIADB_CACHE_METADATA", {0, MariaDb::CacheMetadata}},
    {u"MARIADB_BULK_UNIT_RESULTS", {0, MariaDb::BulkUnitResults}},
};

} // namespace

CapabilitySet capabilityByName(QStringView name)
{
    if (name.startsWith(u"CLIENT_", Qt::CaseInsensitive))
        name = name.sliced(7);
    for (const Name &known : Names) {
        if (name.compare(known.name, Qt::CaseInsensitive) == 0)
            return known.flags;
    }
    return {};
}

CapabilitySet capabilitiesByName(const QStringList &names)
{
    CapabilitySet all;
    for (const QString &name : names) {
        const CapabilitySet one = capabilityByName(name);
        all.common |= one.common;
        all.mariadb |= one.mariadb;
    }
    return all;
}

QStringList capabilityNames()
{
    QStringList names;
    for (const Name &known : Names)
        names.append(QStringView(known.name).toString());
    return names;
}

} // namespace QAsyncMySql::Internal
