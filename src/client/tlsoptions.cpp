// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/tlsoptions.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>

namespace QAsyncMySql::Internal {

namespace {

Error fileError(const QString &option, const QString &path, const QString &reason)
{
    return Error(Error::Kind::Usage, QStringLiteral("%1 \"%2\" %3").arg(option, path, reason),
                 Error::Outcome::NotSent, Error::Phase::Tls)
        .withConnectionLost();
}

Result<QByteArray> readFile(const QString &option, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(option, path, QStringLiteral("cannot be read: %1.").arg(file.errorString()));
    return file.readAll();
}

QSslKey parseKey(const QByteArray &pem, const Secret &passphrase)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        const QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey, passphrase.reveal().toByteArray());
        if (!key.isNull())
            return key;
    }
    return {};
}

//! The certificates in all PEM files of a directory.
Result<QList<QSslCertificate>> readDirectory(const QString &path)
{
    const QDir directory(path);
    QList<QSslCertificate> authorities;
    const QStringList names = directory.entryList(QDir::Files | QDir::Readable);
    for (const QString &name : names) {
        QFile file(directory.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            authorities += QSslCertificate::fromData(file.readAll(), QSsl::Pem);
    }
    if (authorities.isEmpty()) {
        return fileError(QStringLiteral("ssl-capath"), path,
                         directory.exists() ? QStringLiteral("holds no file with a PEM certificate.")
                                            : QStringLiteral("is no directory that can be read."));
    }
    // Directories made by c_rehash name each file twice.
    QList<QSslCertificate> distinct;
    for (const QSslCertificate &authority : std::as_const(authorities)) {
        if (!distinct.contains(authority))
            distinct.append(authority);
    }
    return distinct;
}

} // namespace

Result<QSslConfiguration> tlsConfigurationFor(const ConnectOptions &options)
{
    QSslConfiguration configuration = options.sslConfiguration();
    if (options.minimumTlsVersion() != QSsl::UnknownProtocol
        && configuration.protocol() == QSslConfiguration::defaultConfiguration().protocol())
        configuration.setProtocol(options.minimumTlsVersion());
    QList<QSslCertificate> directoryAuthorities;
    if (!options.sslCaDirectory().isEmpty()) {
        const Result<QList<QSslCertificate>> found = readDirectory(options.sslCaDirectory());
        if (!found)
            return found.error();
        directoryAuthorities = *found;
        configuration.setCaCertificates(directoryAuthorities);
    }
    if (!options.sslCaFile().isEmpty()) {
        const Result<QByteArray> pem = readFile(QStringLiteral("ssl-ca"), options.sslCaFile());
        if (!pem)
            return pem.error();
        const QList<QSslCertificate> authorities = QSslCertificate::fromData(*pem, QSsl::Pem);
        if (authorities.isEmpty())
            return fileError(QStringLiteral("ssl-ca"), options.sslCaFile(),
                             QStringLiteral("holds no PEM certificate."));
        configuration.setCaCertificates(directoryAuthorities + authorities);
    }
    if (!options.sslCertificateFile().isEmpty()) {
        const Result<QByteArray> pem = readFile(QStringLiteral("ssl-cert"), options.sslCertificateFile());
        if (!pem)
            return pem.error();
        const QList<QSslCertificate> chain = QSslCertificate::fromData(*pem, QSsl::Pem);
        if (chain.isEmpty())
            return fileError(QStringLiteral("ssl-cert"), options.sslCertificateFile(),
                             QStringLiteral("holds no PEM certificate."));
        configuration.setLocalCertificateChain(chain);
    }
    if (!options.sslKeyFile().isEmpty()) {
        const Result<QByteArray> pem = readFile(QStringLiteral("ssl-key"), options.sslKeyFile());
        if (!pem)
            return pem.error();
        const QSslKey key = parseKey(*pem, options.sslKeyPassphrase());
        if (key.isNull())
            return fileError(
                QStringLiteral("ssl-key"), options.sslKeyFile(),
                options.sslKeyPassphrase().isEmpty()
                    ? QStringLiteral("holds no unencrypted PEM key (ssl-key-password opens others).")
                    : QStringLiteral("holds no PEM key that ssl-key-password opens."));
        configuration.setPrivateKey(key);
    }
    return configuration;
}

Transport::PeerCheck peerCheck(const ConnectOptions &options)
{
    switch (options.effectiveSslMode()) {
    case SslMode::VerifyIdentity:
        return Transport::PeerCheck::Identity;
    case SslMode::VerifyCa:
        return Transport::PeerCheck::Authority;
    default:
        return Transport::PeerCheck::None;
    }
}

} // namespace QAsyncMySql::Internal
