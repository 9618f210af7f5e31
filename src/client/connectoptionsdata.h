// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/connectoptions.h>

#include <array>
#include <memory>
#include <optional>

namespace QAsyncMySql {

//! What ConnectOptions holds, with the defaults.
class ConnectOptionsData : public QSharedData
{
public:
    QString host = QStringLiteral("localhost");
    QStringList alternativeHosts;
    QString socketPath;
    QString user; // null: the system's user name
    Secret password;
    QString database;
    // Not set: Qt's default, which is not asked for before it is needed. Where a system has its authorities
    // in one file, Qt reads all of them for it.
    std::optional<QSslConfiguration> sslConfiguration;
    QString sslCaFile;
    QString sslCertificateFile;
    QString sslKeyFile;
    QByteArray serverPublicKey;
    std::array<Secret, 2> furtherPasswords; // of the second and third factor
    std::shared_ptr<const PasswordProvider> passwordProvider;
    QMap<QByteArray, std::shared_ptr<const AuthenticationPluginFactory>> authenticationPlugins;
    QStringList allowedAuthenticationMethods;
    QString sslCaDirectory;
    Secret sslKeyPassphrase;
    QStringList sslPins;
    std::optional<bool> verifiesByPassword; // not set: as the ssl-mode is
    QSsl::SslProtocol minimumTlsVersion = QSsl::TlsV1_2OrLater;
    bool tlsResumption = true;
    bool clearTextPasswords = false;
    bool expiredPasswordAllowed = false;
    QNetworkProxy proxy = QNetworkProxy(QNetworkProxy::DefaultProxy);
    QHostAddress localAddress;
    std::chrono::seconds keepAlive = std::chrono::seconds(60);
    QString charset = QStringLiteral("utf8mb4");
    QString collation;
    QString sqlMode;
    QString timeZone = QStringLiteral("+00:00");
    QStringList initCommands;
    QStringList disabledCapabilities;
    QStringList trackedVariables;
    QList<Compression> compression{Compression::Uncompressed};
    QMap<QString, QString> attributes;
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(10);
    std::chrono::milliseconds commandTimeout{0};
    std::chrono::milliseconds cancelTimeout = std::chrono::seconds(1);
    std::chrono::microseconds sliceBudget = std::chrono::milliseconds(4);
    qint64 maxPacketSize = 64 << 20;
    qint64 maxBufferedResult = 256 << 20;
    ServerLimits serverLimits;
    int statementCacheSize = 64;
    quint16 port = 3306;
    SslMode sslMode = SslMode::Automatic;
    bool publicKeyRetrieval = false;
    ValueConversions valueConversions;
    bool foundRows = false;
    bool localInfile = false;
    bool multiStatements = false;
    bool pipelinedPrepare = true;
    bool interactive = false;
    bool ignoreSpace = false;
    bool transactionTracking = false;
    int compressionLevel = 0;
    int compressionMinimum = 50;

    bool hasSameSecurity(const ConnectOptionsData &other) const;
};

} // namespace QAsyncMySql
