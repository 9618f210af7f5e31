// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/connectoptions.h>

#include "client/connectoptionsdata.h"

#include <QtCore/QDebug>
#include <QtNetwork/QHostAddress>

namespace QAsyncMySql {

ConnectOptions::ConnectOptions()
    : d(new ConnectOptionsData)
{
}

ConnectOptions::ConnectOptions(const ConnectOptions &other) noexcept = default;
ConnectOptions::ConnectOptions(ConnectOptions &&other) noexcept = default;
ConnectOptions &ConnectOptions::operator=(const ConnectOptions &other) noexcept = default;
ConnectOptions &ConnectOptions::operator=(ConnectOptions &&other) noexcept = default;
ConnectOptions::~ConnectOptions() = default;

QString ConnectOptions::host() const
{
    return d->host;
}

ConnectOptions &ConnectOptions::setHost(const QString &host)
{
    d->host = host;
    return *this;
}

quint16 ConnectOptions::port() const
{
    return d->port;
}

ConnectOptions &ConnectOptions::setPort(quint16 port)
{
    d->port = port;
    return *this;
}

QStringList ConnectOptions::alternativeHosts() const
{
    return d->alternativeHosts;
}

ConnectOptions &ConnectOptions::setAlternativeHosts(const QStringList &hosts)
{
    d->alternativeHosts = hosts;
    return *this;
}

QString ConnectOptions::socketPath() const
{
    return d->socketPath;
}

ConnectOptions &ConnectOptions::setSocketPath(const QString &path)
{
    d->socketPath = path;
    return *this;
}

QString ConnectOptions::user() const
{
    if (!d->user.isNull())
        return d->user;
    const QString unixName = qEnvironmentVariable("USER");
    return unixName.isEmpty() ? qEnvironmentVariable("USERNAME") : unixName;
}

ConnectOptions &ConnectOptions::setUser(const QString &user)
{
    d->user = user;
    return *this;
}

const Secret &ConnectOptions::password() const
{
    return d->password;
}

ConnectOptions &ConnectOptions::setPassword(const QString &password)
{
    return setPassword(Secret(password));
}

ConnectOptions &ConnectOptions::setPassword(const Secret &password)
{
    d->password = password;
    return *this;
}

QString ConnectOptions::database() const
{
    return d->database;
}

ConnectOptions &ConnectOptions::setDatabase(const QString &database)
{
    d->database = database;
    return *this;
}

SslMode ConnectOptions::sslMode() const
{
    return d->sslMode;
}

ConnectOptions &ConnectOptions::setSslMode(SslMode mode)
{
    d->sslMode = mode;
    return *this;
}

SslMode ConnectOptions::effectiveSslMode() const
{
    if (!d->socketPath.isEmpty())
        return SslMode::Disabled;
    if (d->sslMode != SslMode::Automatic)
        return d->sslMode;
    if (!d->sslPins.isEmpty())
        return SslMode::Required;
    const bool local
        = d->host.compare(u"localhost", Qt::CaseInsensitive) == 0 || QHostAddress(d->host).isLoopback();
    return local ? SslMode::Preferred : SslMode::VerifyIdentity;
}

QSslConfiguration ConnectOptions::sslConfiguration() const
{
    return d->sslConfiguration ? *d->sslConfiguration : QSslConfiguration::defaultConfiguration();
}

ConnectOptions &ConnectOptions::setSslConfiguration(const QSslConfiguration &configuration)
{
    d->sslConfiguration = configuration;
    return *this;
}

QString ConnectOptions::sslCaFile() const
{
    return d->sslCaFile;
}

ConnectOptions &ConnectOptions::setSslCaFile(const QString &path)
{
    d->sslCaFile = path;
    return *this;
}

QString ConnectOptions::sslCertificateFile() const
{
    return d->sslCertificateFile;
}

QString ConnectOptions::sslKeyFile() const
{
    return d->sslKeyFile;
}

ConnectOptions &ConnectOptions::setSslClientCertificate(const QString &certificateFile,
                                                        const QString &keyFile)
{
    d->sslCertificateFile = certificateFile;
    d->sslKeyFile = keyFile;
    return *this;
}

bool ConnectOptions::publicKeyRetrieval() const
{
    return d->publicKeyRetrieval;
}

ConnectOptions &ConnectOptions::setPublicKeyRetrieval(bool allowed)
{
    d->publicKeyRetrieval = allowed;
    return *this;
}

QByteArray ConnectOptions::serverPublicKey() const
{
    return d->serverPublicKey;
}

ConnectOptions &ConnectOptions::setServerPublicKey(const QByteArray &pem)
{
    d->serverPublicKey = pem;
    return *this;
}

QNetworkProxy ConnectOptions::proxy() const
{
    return d->proxy;
}

ConnectOptions &ConnectOptions::setProxy(const QNetworkProxy &proxy)
{
    d->proxy = proxy;
    return *this;
}

QHostAddress ConnectOptions::localAddress() const
{
    return d->localAddress;
}

ConnectOptions &ConnectOptions::setLocalAddress(const QHostAddress &address)
{
    d->localAddress = address;
    return *this;
}

std::chrono::seconds ConnectOptions::keepAlive() const
{
    return d->keepAlive;
}

ConnectOptions &ConnectOptions::setKeepAlive(std::chrono::seconds silence)
{
    d->keepAlive = silence;
    return *this;
}

std::chrono::milliseconds ConnectOptions::connectTimeout() const
{
    return d->connectTimeout;
}

ConnectOptions &ConnectOptions::setConnectTimeout(std::chrono::milliseconds timeout)
{
    d->connectTimeout = timeout;
    return *this;
}

std::chrono::milliseconds ConnectOptions::commandTimeout() const
{
    return d->commandTimeout;
}

ConnectOptions &ConnectOptions::setCommandTimeout(std::chrono::milliseconds timeout)
{
    d->commandTimeout = timeout;
    return *this;
}

std::chrono::milliseconds ConnectOptions::cancelTimeout() const
{
    return d->cancelTimeout;
}

ConnectOptions &ConnectOptions::setCancelTimeout(std::chrono::milliseconds timeout)
{
    d->cancelTimeout = timeout;
    return *this;
}

QString ConnectOptions::charset() const
{
    return d->charset;
}

ConnectOptions &ConnectOptions::setCharset(const QString &charset)
{
    d->charset = charset;
    return *this;
}

QString ConnectOptions::collation() const
{
    return d->collation;
}

ConnectOptions &ConnectOptions::setCollation(const QString &collation)
{
    d->collation = collation;
    return *this;
}

QString ConnectOptions::sqlMode() const
{
    return d->sqlMode;
}

ConnectOptions &ConnectOptions::setSqlMode(const QString &mode)
{
    d->sqlMode = mode;
    return *this;
}

QString ConnectOptions::timeZone() const
{
    return d->timeZone;
}

ConnectOptions &ConnectOptions::setTimeZone(const QString &zone)
{
    d->timeZone = zone;
    return *this;
}

QStringList ConnectOptions::initCommands() const
{
    return d->initCommands;
}

ConnectOptions &ConnectOptions::setInitCommands(const QStringList &statements)
{
    d->initCommands = statements;
    return *this;
}

QMap<QString, QString> ConnectOptions::attributes() const
{
    return d->attributes;
}

ConnectOptions &ConnectOptions::setAttributes(const QMap<QString, QString> &attributes)
{
    d->attributes = attributes;
    return *this;
}

bool ConnectOptions::localInfile() const
{
    return d->localInfile;
}

ConnectOptions &ConnectOptions::setLocalInfile(bool on)
{
    d->localInfile = on;
    return *this;
}

ValueConversions ConnectOptions::valueConversions() const
{
    return d->valueConversions;
}

ConnectOptions &ConnectOptions::setValueConversions(const ValueConversions &conversions)
{
    d->valueConversions = conversions;
    return *this;
}

bool ConnectOptions::foundRows() const
{
    return d->foundRows;
}

ConnectOptions &ConnectOptions::setFoundRows(bool on)
{
    d->foundRows = on;
    return *this;
}

bool ConnectOptions::multiStatements() const
{
    return d->multiStatements;
}

ConnectOptions &ConnectOptions::setMultiStatements(bool on)
{
    d->multiStatements = on;
    return *this;
}

bool ConnectOptions::pipelinedPrepare() const
{
    return d->pipelinedPrepare;
}

ConnectOptions &ConnectOptions::setPipelinedPrepare(bool on)
{
    d->pipelinedPrepare = on;
    return *this;
}

qint64 ConnectOptions::maxPacketSize() const
{
    return d->maxPacketSize;
}

ConnectOptions &ConnectOptions::setMaxPacketSize(qint64 bytes)
{
    d->maxPacketSize = bytes;
    return *this;
}

qint64 ConnectOptions::maxBufferedResult() const
{
    return d->maxBufferedResult;
}

ConnectOptions &ConnectOptions::setMaxBufferedResult(qint64 bytes)
{
    d->maxBufferedResult = bytes;
    return *this;
}

ServerLimits ConnectOptions::serverLimits() const
{
    return d->serverLimits;
}

ConnectOptions &ConnectOptions::setServerLimits(const ServerLimits &limits)
{
    d->serverLimits = limits;
    return *this;
}

int ConnectOptions::statementCacheSize() const
{
    return d->statementCacheSize;
}

ConnectOptions &ConnectOptions::setStatementCacheSize(int count)
{
    d->statementCacheSize = count;
    return *this;
}

std::chrono::microseconds ConnectOptions::sliceBudget() const
{
    return d->sliceBudget;
}

ConnectOptions &ConnectOptions::setSliceBudget(std::chrono::microseconds budget)
{
    d->sliceBudget = budget;
    return *this;
}

static bool haveSameSslConfiguration(const ConnectOptionsData &a, const ConnectOptionsData &b)
{
    if (!a.sslConfiguration && !b.sslConfiguration)
        return true;
    const QSslConfiguration usual = QSslConfiguration::defaultConfiguration();
    return a.sslConfiguration.value_or(usual) == b.sslConfiguration.value_or(usual);
}

bool operator==(const ConnectOptions &a, const ConnectOptions &b)
{
    if (a.d == b.d)
        return true;
    return a.d->host == b.d->host && a.d->port == b.d->port && a.d->socketPath == b.d->socketPath
        && a.d->alternativeHosts == b.d->alternativeHosts && a.user() == b.user()
        && a.d->password == b.d->password && a.d->database == b.d->database && a.d->sslMode == b.d->sslMode
        && haveSameSslConfiguration(*a.d, *b.d) && a.d->sslCaFile == b.d->sslCaFile
        && a.d->sslCertificateFile == b.d->sslCertificateFile && a.d->sslKeyFile == b.d->sslKeyFile
        && a.d->publicKeyRetrieval == b.d->publicKeyRetrieval && a.d->serverPublicKey == b.d->serverPublicKey
        && a.d->hasSameSecurity(*b.d) && a.d->proxy == b.d->proxy && a.d->localAddress == b.d->localAddress
        && a.d->keepAlive == b.d->keepAlive && a.d->connectTimeout == b.d->connectTimeout
        && a.d->commandTimeout == b.d->commandTimeout && a.d->cancelTimeout == b.d->cancelTimeout
        && a.d->charset == b.d->charset && a.d->collation == b.d->collation && a.d->sqlMode == b.d->sqlMode
        && a.d->timeZone == b.d->timeZone && a.d->initCommands == b.d->initCommands
        && a.d->attributes == b.d->attributes && a.d->disabledCapabilities == b.d->disabledCapabilities
        && a.d->compression == b.d->compression && a.d->trackedVariables == b.d->trackedVariables
        && a.d->transactionTracking == b.d->transactionTracking
        && a.d->compressionLevel == b.d->compressionLevel
        && a.d->compressionMinimum == b.d->compressionMinimum && a.d->interactive == b.d->interactive
        && a.d->ignoreSpace == b.d->ignoreSpace && a.d->foundRows == b.d->foundRows
        && a.d->localInfile == b.d->localInfile && a.d->valueConversions == b.d->valueConversions
        && a.d->multiStatements == b.d->multiStatements && a.d->pipelinedPrepare == b.d->pipelinedPrepare
        && a.d->maxPacketSize == b.d->maxPacketSize && a.d->maxBufferedResult == b.d->maxBufferedResult
        && a.d->serverLimits == b.d->serverLimits && a.d->statementCacheSize == b.d->statementCacheSize
        && a.d->sliceBudget == b.d->sliceBudget;
}

QDebug operator<<(QDebug debug, const ConnectOptions &options)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << "QAsyncMySql::ConnectOptions(" << options.toString() << ')';
    return debug;
}

} // namespace QAsyncMySql
