// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/tlsoptions.h"

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

QSslKey parseKey(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        const QSslKey key(pem, algorithm);
        if (!key.isNull())
            return key;
    }
    return {};
}

} // namespace

Result<QSslConfiguration> tlsConfigurationFor(const ConnectOptions &options)
{
    QSslConfiguration configuration = options.sslConfiguration();
    if (!options.sslCaFile().isEmpty()) {
        const Result<QByteArray> pem = readFile(QStringLiteral("ssl-ca"), options.sslCaFile());
        if (!pem)
            return pem.error();
        const QList<QSslCertificate> authorities = QSslCertificate::fromData(*pem, QSsl::Pem);
        if (authorities.isEmpty())
            return fileError(QStringLiteral("ssl-ca"), options.sslCaFile(),
                             QStringLiteral("holds no PEM certificate."));
        configuration.setCaCertificates(authorities);
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
        const QSslKey key = parseKey(*pem);
        if (key.isNull())
            return fileError(QStringLiteral("ssl-key"), options.sslKeyFile(),
                             QStringLiteral("holds no unencrypted PEM key."));
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
