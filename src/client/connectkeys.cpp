// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Every option that has a name: in URLs, option files and setOption().

#include "client/connectkeys.h"
#include "client/connectoptionsdata.h"

#include <QtCore/QFile>

namespace QAsyncMySql {

using Internal::canonicalKey;
using Internal::ConnectKey;
using Internal::connectKeys;
using Internal::findConnectKey;
using Internal::optionError;

namespace {

constexpr std::pair<const char16_t *, SslMode> SslModes[] = {
    {u"AUTOMATIC", SslMode::Automatic}, {u"DISABLED", SslMode::Disabled},
    {u"PREFERRED", SslMode::Preferred}, {u"REQUIRED", SslMode::Required},
    {u"VERIFY_CA", SslMode::VerifyCa},  {u"VERIFY_IDENTITY", SslMode::VerifyIdentity},
};

bool setSslModeByName(ConnectOptions &options, const QString &text)
{
    for (const auto &[name, mode] : SslModes) {
        if (text.compare(QStringView(name), Qt::CaseInsensitive) == 0) {
            options.setSslMode(mode);
            return true;
        }
    }
    return false;
}

constexpr const char *SwitchText = "true or false";

template <class Get> auto textOf(Get get)
{
    return [get](const ConnectOptions &options) {
        const QString text = get(options);
        const QString byDefault = get(ConnectOptions());
        return text == byDefault ? QStringList() : QStringList{text};
    };
}

ConnectKey textKey(const char *name, QString (ConnectOptions::*get)() const,
                   ConnectOptions &(ConnectOptions::*set)(const QString &))
{
    return {name, "text",
            [set](ConnectOptions &options, const QString &text) {
                (options.*set)(text);
                return true;
            },
            textOf([get](const ConnectOptions &options) { return (options.*get)(); })};
}

ConnectKey boolKey(const char *name, bool (ConnectOptions::*get)() const,
                   ConnectOptions &(ConnectOptions::*set)(bool))
{
    return {name, SwitchText,
            [set](ConnectOptions &options, const QString &text) {
                const std::optional<bool> value = Internal::parseSwitch(text);
                if (value)
                    (options.*set)(*value);
                return value.has_value();
            },
            textOf([get](const ConnectOptions &options) {
                return (options.*get)() ? QStringLiteral("true") : QStringLiteral("false");
            })};
}

template <class Integer>
ConnectKey numberKey(const char *name, const char *expects,
                     std::function<Integer(const ConnectOptions &)> get,
                     std::function<void(ConnectOptions &, Integer)> set)
{
    return {name, expects,
            [set](ConnectOptions &options, const QString &text) {
                bool ok = false;
                const qlonglong value = text.toLongLong(&ok);
                if (!ok || value < 0 || value > std::numeric_limits<Integer>::max())
                    return false;
                set(options, Integer(value));
                return true;
            },
            textOf([get](const ConnectOptions &options) { return QString::number(get(options)); })};
}

ConnectKey timeoutKey(const char *name, std::chrono::milliseconds (ConnectOptions::*get)() const,
                      ConnectOptions &(ConnectOptions::*set)(std::chrono::milliseconds))
{
    return numberKey<qint64>(
        name, "a number of milliseconds",
        [get](const ConnectOptions &o) { return qint64((o.*get)().count()); },
        [set](ConnectOptions &o, qint64 ms) { (o.*set)(std::chrono::milliseconds(ms)); });
}

// K, M and G may follow the number, as in the MySQL client's option files.
std::optional<qint64> parseSize(QString text)
{
    int shift = 0;
    if (!text.isEmpty()) {
        constexpr QStringView Units = u"KMG";
        const qsizetype unit = Units.indexOf(text.back().toUpper());
        if (unit >= 0) {
            shift = int(unit + 1) * 10;
            text.chop(1);
        }
    }
    bool ok = false;
    const qlonglong value = text.toLongLong(&ok);
    if (!ok || value < 0 || value > std::numeric_limits<qint64>::max() >> shift)
        return std::nullopt;
    return value << shift;
}

ConnectKey sizeKey(const char *name, qint64 (ConnectOptions::*get)() const,
                   ConnectOptions &(ConnectOptions::*set)(qint64))
{
    return {name, "a number of bytes (or of K, M or G)",
            [set](ConnectOptions &options, const QString &text) {
                const std::optional<qint64> bytes = parseSize(text);
                if (bytes)
                    (options.*set)(*bytes);
                return bytes.has_value();
            },
            textOf([get](const ConnectOptions &options) { return QString::number((options.*get)()); })};
}

ConnectKey namesKey(const char *name, QStringList (ConnectOptions::*get)() const,
                    ConnectOptions &(ConnectOptions::*set)(const QStringList &))
{
    return {name, "names with commas between them",
            [set](ConnectOptions &options, const QString &text) {
                (options.*set)(text.split(u',', Qt::SkipEmptyParts));
                return true;
            },
            textOf([get](const ConnectOptions &options) { return (options.*get)().join(u','); })};
}

ConnectKey countKey(const char *name, const char *expects, int (ConnectOptions::*get)() const,
                    ConnectOptions &(ConnectOptions::*set)(int))
{
    return numberKey<int>(
        name, expects, [get](const ConnectOptions &o) { return (o.*get)(); },
        [set](ConnectOptions &o, int count) { (o.*set)(count); });
}

constexpr std::pair<const char16_t *, Compression> Compressions[] = {
    {u"UNCOMPRESSED", Compression::Uncompressed},
    {u"ZLIB", Compression::Zlib},
    {u"ZSTD", Compression::Zstd},
};

bool setCompressionByName(ConnectOptions &options, const QString &text)
{
    QList<Compression> algorithms;
    const QStringList names = text.split(u',');
    for (const QString &name : names) {
        const auto *known
            = std::find_if(std::begin(Compressions), std::end(Compressions), [&name](const auto &entry) {
                  return name.trimmed().compare(QStringView(entry.first), Qt::CaseInsensitive) == 0;
              });
        if (known == std::end(Compressions) || algorithms.contains(known->second))
            return false;
        algorithms.append(known->second);
    }
    options.setCompression(algorithms);
    return true;
}

QString compressionNames(const ConnectOptions &options)
{
    QStringList names;
    const QList<Compression> algorithms = options.compression();
    for (const Compression algorithm : algorithms)
        names.append(QStringView(Compressions[int(algorithm)].first).toString());
    return names.join(u',');
}

template <class Integer>
ConnectKey limitKey(const char *name, const char *expects, Integer (ServerLimits::*get)() const noexcept,
                    ServerLimits &(ServerLimits::*set)(Integer) noexcept)
{
    return numberKey<Integer>(
        name, expects, [get](const ConnectOptions &o) { return (o.serverLimits().*get)(); },
        [set](ConnectOptions &o, Integer value) {
            ServerLimits limits = o.serverLimits();
            (limits.*set)(value);
            o.setServerLimits(limits);
        });
}

// Names or the like, with commas between them.
ConnectKey listKey(const char *name, const char *expects, QStringList (ConnectOptions::*get)() const,
                   ConnectOptions &(ConnectOptions::*set)(const QStringList &))
{
    return {name, expects,
            [set](ConnectOptions &options, const QString &text) {
                QStringList list = text.split(u',', Qt::SkipEmptyParts);
                for (QString &item : list)
                    item = item.trimmed();
                (options.*set)(list);
                return !list.isEmpty();
            },
            textOf([get](const ConnectOptions &options) { return (options.*get)().join(u','); })};
}

//! Read, but never written.
ConnectKey secretKey(const char *name, const std::function<void(ConnectOptions &, const Secret &)> &set)
{
    return {name, "text",
            [set](ConnectOptions &options, const QString &text) {
                set(options, Secret(text));
                return true;
            },
            [](const ConnectOptions &) { return QStringList(); }};
}

bool setTlsVersionByName(ConnectOptions &options, const QString &text)
{
    if (text.compare(u"TLSv1.2", Qt::CaseInsensitive) == 0)
        options.setMinimumTlsVersion(QSsl::TlsV1_2OrLater);
    else if (text.compare(u"TLSv1.3", Qt::CaseInsensitive) == 0)
        options.setMinimumTlsVersion(QSsl::TlsV1_3OrLater);
    else
        return false;
    return true;
}

bool setPublicKeyFromFile(ConnectOptions &options, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    options.setServerPublicKey(file.readAll());
    return true;
}

Error badValue(const QString &name, const QString &value, const char *expects)
{
    return Internal::optionError(QStringLiteral("The option \"%1\" has the value \"%2\"; it takes %3.")
                                     .arg(name, value, QLatin1StringView(expects)));
}

//! What stands in front of the query of a URL, or nothing where \a name is no such thing.
std::optional<Result<void>> setAddress(ConnectOptions &options, const QString &canonical,
                                       const QString &value)
{
    if (canonical == u"host") {
        options.setHost(value);
    } else if (canonical == u"user") {
        options.setUser(value);
    } else if (canonical == u"password") {
        options.setPassword(value);
    } else if (canonical == u"database") {
        options.setDatabase(value);
    } else if (canonical == u"port") {
        bool ok = false;
        const ushort port = value.toUShort(&ok);
        if (!ok || port == 0)
            return badValue(canonical, value, "a port number from 1 to 65535");
        options.setPort(port);
    } else {
        return std::nullopt;
    }
    return Result<void>();
}

} // namespace

Error Internal::optionError(const QString &text)
{
    return Error(Error::Kind::Usage, text, Error::Outcome::NotSent, Error::Phase::Connecting);
}

QString Internal::canonicalKey(const QString &name)
{
    return name.trimmed().toLower().replace(u'_', u'-');
}

const std::vector<ConnectKey> &Internal::connectKeys()
{
    using O = ConnectOptions;
    static const std::vector<ConnectKey> table{
        {"ssl-mode", "AUTOMATIC, DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY",
         &setSslModeByName, textOf([](const O &o) {
             for (const auto &[name, mode] : SslModes) {
                 if (mode == o.sslMode())
                     return QString(QStringView(name).toString());
             }
             return QString();
         })},
        textKey("ssl-ca", &O::sslCaFile, &O::setSslCaFile),
        {"ssl-cert", "a path",
         [](O &o, const QString &path) {
             o.setSslClientCertificate(path, o.sslKeyFile());
             return true;
         },
         textOf([](const O &o) { return o.sslCertificateFile(); })},
        {"ssl-key", "a path",
         [](O &o, const QString &path) {
             o.setSslClientCertificate(o.sslCertificateFile(), path);
             return true;
         },
         textOf([](const O &o) { return o.sslKeyFile(); })},
        textKey("ssl-capath", &O::sslCaDirectory, &O::setSslCaDirectory),
        secretKey("ssl-key-password", &O::setSslKeyPassphrase),
        listKey("ssl-pin", "fingerprints", &O::sslPins, &O::setSslPins),
        {"tls-min-version", "TLSv1.2 or TLSv1.3", &setTlsVersionByName, textOf([](const O &o) {
             return o.minimumTlsVersion() == QSsl::TlsV1_3OrLater ? QStringLiteral("TLSv1.3")
                                                                  : QStringLiteral("TLSv1.2");
         })},
        {"ssl-verify-by-password", "true or false",
         [](O &o, const QString &text) {
             const std::optional<bool> value = Internal::parseSwitch(text);
             if (value)
                 o.setVerifiesByPassword(*value);
             return value.has_value();
         },
         [](const O &o) {
             O automatic = o;
             automatic.resetVerifiesByPassword();
             return automatic.verifiesByPassword() == o.verifiesByPassword()
                 ? QStringList()
                 : QStringList{o.verifiesByPassword() ? QStringLiteral("true") : QStringLiteral("false")};
         }},
        boolKey("tls-resumption", &O::tlsResumption, &O::setTlsResumption),
        secretKey("password2", [](O &o, const Secret &secret) { o.setFactorPassword(2, secret); }),
        secretKey("password3", [](O &o, const Secret &secret) { o.setFactorPassword(3, secret); }),
        boolKey("enable-cleartext-plugin", &O::clearTextPasswords, &O::setClearTextPasswords),
        boolKey("connect-expired-password", &O::expiredPasswordAllowed, &O::setExpiredPasswordAllowed),
        listKey("allowed-auth-methods", "names", &O::allowedAuthenticationMethods,
                &O::setAllowedAuthenticationMethods),
        listKey("alternative-hosts", "hosts with ports, and commas between them", &O::alternativeHosts,
                &O::setAlternativeHosts),
        textKey("socket", &O::socketPath, &O::setSocketPath),
        {"bind-address", "an IPv4 or IPv6 address",
         [](O &o, const QString &text) {
             const QHostAddress address(text);
             o.setLocalAddress(address);
             return !address.isNull();
         },
         textOf([](const O &o) { return o.localAddress().toString(); })},
        numberKey<qint64>(
            "keep-alive", "a number of seconds", [](const O &o) { return qint64(o.keepAlive().count()); },
            [](O &o, qint64 seconds) { o.setKeepAlive(std::chrono::seconds(seconds)); }),
        boolKey("get-server-public-key", &O::publicKeyRetrieval, &O::setPublicKeyRetrieval),
        {"server-public-key-path", "the path of a readable file", &setPublicKeyFromFile,
         [](const O &) { return QStringList(); }},
        timeoutKey("connect-timeout", &O::connectTimeout, &O::setConnectTimeout),
        timeoutKey("command-timeout", &O::commandTimeout, &O::setCommandTimeout),
        timeoutKey("cancel-timeout", &O::cancelTimeout, &O::setCancelTimeout),
        textKey("charset", &O::charset, &O::setCharset),
        textKey("collation", &O::collation, &O::setCollation),
        textKey("sql-mode", &O::sqlMode, &O::setSqlMode),
        textKey("time-zone", &O::timeZone, &O::setTimeZone),
        {"init-command", "a statement",
         [](O &o, const QString &sql) {
             o.setInitCommands(o.initCommands() << sql);
             return true;
         },
         [](const O &o) { return o.initCommands(); }},
        boolKey("found-rows", &O::foundRows, &O::setFoundRows),
        boolKey("local-infile", &O::localInfile, &O::setLocalInfile),
        boolKey("multi-statements", &O::multiStatements, &O::setMultiStatements),
        boolKey("pipelined-prepare", &O::pipelinedPrepare, &O::setPipelinedPrepare),
        sizeKey("max-packet", &O::maxPacketSize, &O::setMaxPacketSize),
        sizeKey("max-buffered-result", &O::maxBufferedResult, &O::setMaxBufferedResult),
        limitKey("max-columns", "a number of columns", &ServerLimits::maxColumns,
                 &ServerLimits::setMaxColumns),
        limitKey("max-metadata", "a number of bytes", &ServerLimits::maxMetadata,
                 &ServerLimits::setMaxMetadata),
        limitKey("max-results", "a number of results", &ServerLimits::maxResults,
                 &ServerLimits::setMaxResults),
        limitKey("max-login-packets", "a number of packets", &ServerLimits::maxLoginPackets,
                 &ServerLimits::setMaxLoginPackets),
        limitKey("max-login-packet", "a number of bytes", &ServerLimits::maxLoginPacketSize,
                 &ServerLimits::setMaxLoginPacketSize),
        limitKey("max-error-text", "a number of bytes", &ServerLimits::maxErrorText,
                 &ServerLimits::setMaxErrorText),
        countKey("statement-cache", "a number of statements", &O::statementCacheSize,
                 &O::setStatementCacheSize),
        {"compression", "a list of ZSTD, ZLIB and UNCOMPRESSED with commas between them",
         &setCompressionByName, textOf(&compressionNames)},
        countKey("compression-level", "a level from 1 to 9 (zlib) or 22 (zstd)", &O::compressionLevel,
                 &O::setCompressionLevel),
        countKey("compression-minimum", "a number of bytes", &O::compressionMinimum,
                 &O::setCompressionMinimum),
        boolKey("interactive", &O::interactive, &O::setInteractive),
        boolKey("ignore-space", &O::ignoreSpace, &O::setIgnoreSpace),
        boolKey("track-transactions", &O::transactionTracking, &O::setTransactionTracking),
        namesKey("track-variables", &O::trackedVariables, &O::setTrackedVariables),
        namesKey("disabled-capabilities", &O::disabledCapabilities, &O::setDisabledCapabilities),
    };
    return table;
}

const ConnectKey *Internal::findConnectKey(const QString &canonical)
{
    const auto key
        = std::find_if(connectKeys().begin(), connectKeys().end(),
                       [&canonical](const ConnectKey &k) { return canonical == QLatin1StringView(k.name); });
    return key == connectKeys().end() ? nullptr : &*key;
}

std::optional<bool> Internal::parseSwitch(const QString &text)
{
    const QString t = text.toLower();
    if (t == u"1" || t == u"true" || t == u"on" || t == u"yes")
        return true;
    if (t == u"0" || t == u"false" || t == u"off" || t == u"no")
        return false;
    return std::nullopt;
}

Internal::OptionKind Internal::optionKind(const QString &canonical)
{
    ConnectOptions scratch;
    if (setAddress(scratch, canonical, QStringLiteral("1")))
        return OptionKind::Other;
    const ConnectKey *key = findConnectKey(canonical);
    if (!key)
        return OptionKind::Unknown;
    return key->expects == SwitchText ? OptionKind::Switch : OptionKind::Other;
}

Result<void> ConnectOptions::setOption(const QString &name, const QString &value)
{
    const QString canonical = canonicalKey(name);
    ConnectOptions changed = *this;
    if (const std::optional<Result<void>> set = setAddress(changed, canonical, value)) {
        if (*set)
            *this = changed;
        return *set;
    }
    const ConnectKey *key = findConnectKey(canonical);
    if (!key)
        return optionError(QStringLiteral("There is no option called \"%1\".").arg(name));
    if (!key->set(changed, value))
        return badValue(name, value, key->expects);
    *this = changed;
    return {};
}

} // namespace QAsyncMySql
