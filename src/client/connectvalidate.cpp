// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// ConnectOptions::validate(): what can be known to be wrong before a byte is sent.

#include "client/capabilitynames.h"
#include "client/connectoptionsdata.h"
#include "client/endpoint.h"
#include "client/tlspins.h"

#include <algorithm>

namespace QAsyncMySql {

namespace {

Error usage(const QString &text)
{
    return Error(Error::Kind::Usage, text, Error::Outcome::NotSent, Error::Phase::Connecting)
        .withConnectionLost();
}

// Names go to the server unquoted.
bool isPlainName(const QString &name)
{
    return std::all_of(name.begin(), name.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_';
    });
}

// Of the options that are there for security's sake.
Error checkSecurity(const ConnectOptions &options)
{
    for (const QString &pin : options.sslPins()) {
        if (Internal::TlsPin(pin).isNull()) {
            return usage(QStringLiteral("The certificate pin \"%1\" is neither sha256//BASE64 (of the public "
                                        "key) nor 64 hexadecimal "
                                        "digits (of the certificate).")
                             .arg(pin));
        }
    }
    const bool optionalTls
        = options.sslMode() == SslMode::Disabled || options.sslMode() == SslMode::Preferred;
    if (!options.sslPins().isEmpty() && optionalTls && options.socketPath().isEmpty()) {
        return usage(
            QStringLiteral("Certificate pins (ssl-pin) need an ssl-mode that requires TLS: leave it out, or "
                           "set it to REQUIRED or stricter."));
    }
    if (!options.sslKeyPassphrase().isEmpty() && options.sslKeyFile().isEmpty())
        return usage(QStringLiteral(
            "There is a passphrase (ssl-key-password), but no key file (ssl-key) that it opens."));
    return {};
}

} // namespace

Result<void> ConnectOptions::validate() const
{
    if (d->socketPath.isEmpty()) {
        if (d->host.isEmpty())
            return usage(QStringLiteral(
                "The host name is empty. Name a host, or a local socket with setSocketPath()."));
        if (d->port == 0)
            return usage(QStringLiteral("Port 0 is no port of a server; 3306 is the usual one."));
        for (const QString &place : d->alternativeHosts) {
            if (!Internal::Endpoint::parse(place)) {
                return usage(QStringLiteral("The alternative host \"%1\" is malformed: write host, host:port "
                                            "or [IPv6]:port.")
                                 .arg(place));
            }
        }
    }
    if (user().isEmpty())
        return usage(QStringLiteral("There is no user name. Set one with setUser(), or in the URL."));
    const std::pair<QString, QString> names[] = {{QStringLiteral("host name"), d->host},
                                                 {QStringLiteral("user name"), d->user},
                                                 {QStringLiteral("schema name"), d->database},
                                                 {QStringLiteral("socket path"), d->socketPath}};
    for (const auto &[what, text] : names) {
        if (text.contains(QChar(0)))
            return usage(QStringLiteral("The %1 holds a NUL character.").arg(what));
    }
    if (d->charset.isEmpty() || !isPlainName(d->charset))
        return usage(QStringLiteral("\"%1\" is not the name of a character set.").arg(d->charset));
    if (!isPlainName(d->collation))
        return usage(QStringLiteral("\"%1\" is not the name of a collation.").arg(d->collation));
    // sessionSetup() quotes these by doubling quotes, which holds without backslashes only.
    if (d->timeZone.contains(u'\\') || d->timeZone.contains(QChar(0)))
        return usage(QStringLiteral("The time zone \"%1\" holds a backslash or a NUL.").arg(d->timeZone));
    if (d->sqlMode.contains(u'\\') || d->sqlMode.contains(QChar(0)))
        return usage(QStringLiteral("The sql_mode \"%1\" holds a backslash or a NUL.").arg(d->sqlMode));
    if (d->sslCertificateFile.isEmpty() != d->sslKeyFile.isEmpty())
        return usage(QStringLiteral("A client certificate needs both files: ssl-cert and ssl-key."));
    if (const Error error = checkSecurity(*this))
        return error;
    constexpr qint64 Largest = qint64(1) << 30;
    if (d->maxPacketSize < 1024 || d->maxPacketSize > Largest)
        return usage(
            QStringLiteral("The maximum packet size must lie between 1,024 bytes and 1 GiB; it is %1.")
                .arg(d->maxPacketSize));
    if (d->maxBufferedResult < 1)
        return usage(QStringLiteral("The limit of a buffered result must be at least one byte; it is %1.")
                         .arg(d->maxBufferedResult));
    const ServerLimits &limits = d->serverLimits;
    if (limits.maxColumns() < 1 || limits.maxMetadata() < 1 || limits.maxResults() < 1
        || limits.maxErrorText() < 1)
        return usage(QStringLiteral("A limit for the server is below 1; see ServerLimits."));
    // A greeting and the end of the login are two packets; a greeting takes some 100 bytes.
    if (limits.maxLoginPackets() < 2 || limits.maxLoginPacketSize() < 256
        || limits.maxLoginPacketSize() > Largest) {
        return usage(
            QStringLiteral("A login needs 2 packets of the server at least, and they may take from 256 "
                           "bytes to 1 GiB; the limits are %1 packets and %2 bytes.")
                .arg(limits.maxLoginPackets())
                .arg(limits.maxLoginPacketSize()));
    }
    if (d->connectTimeout.count() < 0 || d->commandTimeout.count() < 0 || d->cancelTimeout.count() < 0
        || d->sliceBudget.count() < 0 || d->keepAlive.count() < 0)
        return usage(QStringLiteral("A timeout is negative; 0 stands for none."));
    for (const QString &name : d->trackedVariables) {
        if (name != u"*" && !isPlainName(name))
            return usage(QStringLiteral("\"%1\" is not the name of a system variable.").arg(name));
    }
    if (d->compression.isEmpty()) {
        return usage(QStringLiteral("The list of compression algorithms is empty; it needs at least one of "
                                    "ZLIB, ZSTD and UNCOMPRESSED."));
    }
    if (d->compressionLevel < 0 || d->compressionLevel > 22) {
        return usage(QStringLiteral("The compression level must lie between 0 and 22 (9 for zlib); it is %1.")
                         .arg(d->compressionLevel));
    }
    if (d->compressionMinimum < 0)
        return usage(
            QStringLiteral("The smallest size to compress is negative: %1.").arg(d->compressionMinimum));
    for (const QString &name : d->disabledCapabilities) {
        const Internal::CapabilitySet flags = Internal::capabilityByName(name);
        if (flags.common == 0 && flags.mariadb == 0) {
            return usage(QStringLiteral("\"%1\" is not a capability that can be switched off; these can: %2.")
                             .arg(name, Internal::capabilityNames().join(QStringLiteral(", "))));
        }
    }
    return {};
}

} // namespace QAsyncMySql
