// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/handshakeoptions.h"

#include "client/capabilitynames.h"
#include "protocol/capabilities.h"

#include <QAsyncMySql/version.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QSysInfo>

namespace QAsyncMySql::Internal {

namespace {

//! What every connection of this program tells the server of it.
const QList<std::pair<QByteArray, QByteArray>> &programAttributes()
{
    // Neither the program's path nor its arguments: those are nobody's business.
    static const QList<std::pair<QByteArray, QByteArray>> attributes
        = {{"_client_name", "QAsyncMySql"},
           {"_client_version", QAsyncMySql::version().toString().toUtf8()},
           {"_os", QSysInfo::kernelType().toUtf8()},
           {"_platform", QSysInfo::currentCpuArchitecture().toUtf8()}};
    return attributes;
}

} // namespace

Protocol::AuthOptions authOptions(const ConnectOptions &options)
{
    Protocol::AuthOptions auth;
    auth.passwords = {options.password()};
    for (const int factor : {3, 2}) {
        const Secret further = options.factorPassword(factor);
        if (auth.passwords.size() > 1 || !further.isEmpty())
            auth.passwords.insert(1, further);
    }
    const QStringList allowed = options.allowedAuthenticationMethods();
    for (const QString &method : allowed)
        auth.allowedMethods.append(method.toUtf8());
    auth.ownMethods = options.authenticationPlugins();
    auth.passwordsOnDemand = bool(options.passwordProvider());
    return auth;
}

Protocol::HandshakeOptions handshakeOptions(const ConnectOptions &options)
{
    Protocol::HandshakeOptions handshake;
    handshake.user = options.user().toUtf8();
    handshake.auth = authOptions(options);
    handshake.database = options.database().toUtf8();
    handshake.useTls = options.effectiveSslMode() != SslMode::Disabled;
    handshake.requireTls = options.effectiveSslMode() >= SslMode::Required;
    handshake.publicKeyRetrieval = options.publicKeyRetrieval();
    handshake.serverPublicKey = options.serverPublicKey();
    handshake.clearPasswords = options.clearTextPasswords();
    handshake.extraCapabilities = Protocol::Capability::QueryAttributes;
    if (options.foundRows())
        handshake.extraCapabilities |= Protocol::Capability::FoundRows;
    if (options.localInfile())
        handshake.extraCapabilities |= Protocol::Capability::LocalFiles;
    if (options.multiStatements())
        handshake.extraCapabilities |= Protocol::Capability::MultiStatements;
    if (options.interactive())
        handshake.extraCapabilities |= Protocol::Capability::Interactive;
    if (options.ignoreSpace())
        handshake.extraCapabilities |= Protocol::Capability::IgnoreSpace;
    handshake.extraMariaDbCapabilities = Protocol::MariaDbCapability::Progress
        | Protocol::MariaDbCapability::BulkUnitResults | Protocol::MariaDbCapability::CacheMetadata;
    const CapabilitySet disabled = capabilitiesByName(options.disabledCapabilities());
    handshake.maskedCapabilities = disabled.common;
    handshake.maskedMariaDbCapabilities = disabled.mariadb;
    handshake.compression = options.compression();
    handshake.compressionLevel = options.compressionLevel();
    handshake.compressionMinimum = options.compressionMinimum();

    handshake.attributes = programAttributes();
    handshake.attributes.append({"_pid", QByteArray::number(QCoreApplication::applicationPid())});
    const QMap<QString, QString> attributes = options.attributes();
    for (auto it = attributes.begin(); it != attributes.end(); ++it)
        handshake.attributes.append({it.key().toUtf8(), it.value().toUtf8()});
    return handshake;
}

Protocol::Limits sessionLimits(const ConnectOptions &options)
{
    Protocol::Limits limits;
    limits.packet = quint64(options.maxPacketSize());
    const ServerLimits wanted = options.serverLimits();
    limits.handshakePacket = quint32(wanted.maxLoginPacketSize());
    limits.columns = quint32(wanted.maxColumns());
    limits.metadata = quint64(wanted.maxMetadata());
    limits.resultSets = quint32(wanted.maxResults());
    limits.authPackets = quint32(wanted.maxLoginPackets());
    limits.errorText = quint32(wanted.maxErrorText());
    return limits;
}

} // namespace QAsyncMySql::Internal
