// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// ConnectOptions from files like my.cnf: what the client's option names mean here.

#include "client/connectkeys.h"
#include "client/connectoptionsdata.h"
#include "client/optionreader.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

#include <optional>

namespace QAsyncMySql {

namespace {

using Internal::OptionLine;

/* Names that belong to the client programs, and change nothing in how a connection is made. Whatever would
   make a connection safer is not among them: it is an error rather than forgotten. */
bool isForeign(const QString &name)
{
    static const QStringList names{
        QStringLiteral("auto-rehash"),
        QStringLiteral("rehash"),
        QStringLiteral("auto-vertical-output"),
        QStringLiteral("batch"),
        QStringLiteral("beep"),
        QStringLiteral("binary-mode"),
        QStringLiteral("character-sets-dir"),
        QStringLiteral("column-names"),
        QStringLiteral("column-type-info"),
        QStringLiteral("comments"),
        QStringLiteral("default-auth"),
        QStringLiteral("delimiter"),
        QStringLiteral("histignore"),
        QStringLiteral("line-numbers"),
        QStringLiteral("no-auto-rehash"),
        QStringLiteral("no-beep"),
        QStringLiteral("pager"),
        QStringLiteral("plugin-dir"),
        QStringLiteral("prompt"),
        QStringLiteral("quick"),
        QStringLiteral("reconnect"),
        QStringLiteral("show-warnings"),
        QStringLiteral("table"),
        QStringLiteral("tee"),
        QStringLiteral("unbuffered"),
        QStringLiteral("verbose"),
    };
    return names.contains(name);
}

// A switch of old that raises or lowers the mode, but never undoes what another option demands.
void setTls(ConnectOptions &options, bool on)
{
    if (!on)
        options.setSslMode(SslMode::Disabled);
    else if (options.sslMode() < SslMode::Required)
        options.setSslMode(SslMode::Required);
}

void setVerification(ConnectOptions &options, bool on)
{
    if (on)
        options.setSslMode(SslMode::VerifyIdentity);
    else if (options.sslMode() == SslMode::Automatic)
        options.setSslMode(SslMode::Preferred);
    else if (options.sslMode() > SslMode::Required)
        options.setSslMode(SslMode::Required);
}

Error badValue(const OptionLine &line, const QString &value, const QString &expects)
{
    return line.error(QStringLiteral("The option \"%1\" has the value \"%2\"; it takes %3.")
                          .arg(line.name, value, expects));
}

//! Options that are not simply others under another name; nothing if \a name is none of them.
std::optional<Result<void>> setSpecial(ConnectOptions &options, const QString &name, const QString &value,
                                       const OptionLine &line)
{
    if (name == u"ssl" || name == u"ssl-verify-server-cert" || name == u"compress") {
        const std::optional<bool> on = Internal::parseSwitch(value);
        if (!on)
            return badValue(line, value, QStringLiteral("0 or 1"));
        if (name == u"ssl")
            setTls(options, *on);
        else if (name == u"ssl-verify-server-cert")
            setVerification(options, *on);
        else if (*on)
            options.setCompression({Compression::Zstd, Compression::Zlib, Compression::Uncompressed});
        else
            options.setCompression(Compression::Uncompressed);
        return Result<void>();
    }
    if (name == u"protocol") {
        if (value.compare(u"tcp", Qt::CaseInsensitive) == 0)
            options.setSocketPath({});
        else if (value.compare(u"socket", Qt::CaseInsensitive) != 0
                 && value.compare(u"pipe", Qt::CaseInsensitive) != 0) // the option socket says where
            return badValue(line, value, QStringLiteral("TCP, SOCKET or PIPE"));
        return Result<void>();
    }
    if (name == u"connect-timeout") { // in seconds here
        bool ok = false;
        const int seconds = value.toInt(&ok);
        if (!ok || seconds < 0)
            return badValue(line, value, QStringLiteral("a number of seconds"));
        options.setConnectTimeout(std::chrono::seconds(seconds));
        return Result<void>();
    }
    return std::nullopt;
}

QString alias(const QString &name)
{
    static const std::pair<QString, QString> names[] = {
        {QStringLiteral("default-character-set"), QStringLiteral("charset")},
        {QStringLiteral("max-allowed-packet"), QStringLiteral("max-packet")},
        {QStringLiteral("compression-algorithms"), QStringLiteral("compression")},
        {QStringLiteral("zstd-compression-level"), QStringLiteral("compression-level")},
    };
    for (const auto &[theirs, ours] : names) {
        if (name == theirs)
            return ours;
    }
    return name;
}

bool isSwitch(const QString &name)
{
    return name == u"ssl" || name == u"ssl-verify-server-cert" || name == u"compress"
        || Internal::optionKind(name) == Internal::OptionKind::Switch;
}

bool isKnown(const QString &name)
{
    return isSwitch(name) || name == u"protocol" || isForeign(name)
        || Internal::optionKind(alias(name)) != Internal::OptionKind::Unknown;
}

Result<void> apply(ConnectOptions &options, const OptionLine &line)
{
    QString name = line.name.toLower();
    std::optional<QString> value = line.value;
    const bool loose = name.startsWith(u"loose-");
    if (loose)
        name.remove(0, 6);
    constexpr std::pair<QStringView, const char *> Prefixes[]
        = {{u"skip-", "0"}, {u"disable-", "0"}, {u"enable-", "1"}};
    for (const auto &[prefix, meaning] : Prefixes) {
        if (!name.startsWith(prefix) || isKnown(name) || !isKnown(name.sliced(prefix.size())))
            continue;
        name.remove(0, prefix.size());
        if (value)
            return line.error(QStringLiteral("The option \"%1\" takes no value.").arg(line.name));
        if (!isSwitch(name) && !isForeign(name))
            return line.error(QStringLiteral("The option \"%1\" is no switch.").arg(name));
        value = QLatin1StringView(meaning);
    }
    if (isForeign(name))
        return {};
    if (!isKnown(name)) {
        return loose ? Result<void>()
                     : line.error(QStringLiteral("The option \"%1\" is unknown; write loose_%1 to have it "
                                                 "passed over.")
                                      .arg(line.name));
    }
    if (!value && name == u"password") {
        return line.error(
            QStringLiteral("The option \"password\" without a value asks for the password to be typed, which "
                           "cannot be done here. Leave it out and set the password in the program."));
    }
    if (!value && !isSwitch(name))
        return line.error(QStringLiteral("The option \"%1\" needs a value.").arg(line.name));
    const QString text = value.value_or(QStringLiteral("1"));
    if (const std::optional<Result<void>> special = setSpecial(options, name, text, line))
        return *special;
    const Result<void> set = options.setOption(alias(name), text);
    return set ? set : line.error(set.error().message());
}

QStringList defaultFiles()
{
    QStringList files{QStringLiteral("/etc/my.cnf"), QStringLiteral("/etc/mysql/my.cnf")};
    const QString home = qEnvironmentVariable("MYSQL_HOME");
    if (!home.isEmpty())
        files.append(QDir(home).filePath(QStringLiteral("my.cnf")));
    files.append(QDir::home().filePath(QStringLiteral(".my.cnf")));
    return files;
}

// $MYSQL_GROUP_SUFFIX: [client-suffix] is read with [client].
QStringList withSuffix(QStringList groups)
{
    const QString suffix = qEnvironmentVariable("MYSQL_GROUP_SUFFIX");
    if (suffix.isEmpty())
        return groups;
    for (const QString &group : QStringList(groups))
        groups.append(group + suffix);
    return groups;
}

} // namespace

Result<void> Internal::applyOptionLines(ConnectOptions &options, const QList<OptionLine> &lines)
{
    ConnectOptions changed = options;
    for (const OptionLine &line : lines) {
        if (const Result<void> applied = apply(changed, line); !applied)
            return applied;
    }
    options = changed;
    return {};
}

QStringList ConnectOptions::defaultOptionGroups()
{
    return {QStringLiteral("client"), QStringLiteral("client-server"), QStringLiteral("qasyncmysql")};
}

Result<void> ConnectOptions::readOptionFile(const QString &path, const QStringList &groups)
{
    const Result<QList<OptionLine>> lines = Internal::readOptionLines(path, withSuffix(groups));
    return lines ? Internal::applyOptionLines(*this, *lines) : Result<void>(lines.error());
}

Result<void> ConnectOptions::readDefaultOptionFiles(const QStringList &groups)
{
    ConnectOptions options = *this;
    QStringList read; // one may be a link to the other
    const QStringList files = defaultFiles();
    for (const QString &file : files) {
        const QString canonical = QFileInfo(file).canonicalFilePath();
        if (canonical.isEmpty() || read.contains(canonical))
            continue;
        read.append(canonical);
        if (const Result<void> one = options.readOptionFile(file, groups); !one)
            return one;
    }
    *this = options;
    return {};
}

Result<ConnectOptions> ConnectOptions::fromOptionFile(const QString &path, const QStringList &groups)
{
    ConnectOptions options;
    const Result<void> read = options.readOptionFile(path, groups);
    return read ? Result<ConnectOptions>(options) : Result<ConnectOptions>(read.error());
}

Result<ConnectOptions> ConnectOptions::fromDefaultOptionFiles(const QStringList &groups)
{
    ConnectOptions options;
    const Result<void> read = options.readDefaultOptionFiles(groups);
    return read ? Result<ConnectOptions>(options) : Result<ConnectOptions>(read.error());
}

} // namespace QAsyncMySql
