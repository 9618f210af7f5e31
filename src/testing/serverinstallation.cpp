// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/serverinstallation.h"

#include "testing/serverimage.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>

namespace QAsyncMySql::Internal {

namespace {

constexpr int VersionTimeoutMs = 10000;

QString findFile(const QString &directory, const QStringList &patterns)
{
    const QStringList names = QDir(directory).entryList(patterns, QDir::Files);
    return names.isEmpty() ? QString() : directory + u'/' + names.first();
}

} // namespace

bool ServerInstallation::parseVersion(const QString &output, Flavor *flavor, QString *version)
{
    // "mariadbd  Ver 10.11.6-MariaDB for …", "/usr/sbin/mysqld  Ver 8.4.3 for Linux on x86_64 (MySQL
    // Community …)"
    static const QRegularExpression pattern(QStringLiteral("\\bVer ([0-9]+(?:\\.[0-9]+)+)"));
    const QRegularExpressionMatch match = pattern.match(output);
    if (!match.hasMatch())
        return false;
    *version = match.captured(1);
    *flavor
        = output.contains(QLatin1String("mariadb"), Qt::CaseInsensitive) ? Flavor::MariaDB : Flavor::MySQL;
    return true;
}

bool ServerInstallation::askVersion(QString *error)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(
        program, leadingArguments + QStringList{QStringLiteral("--no-defaults"), QStringLiteral("--version")},
        QIODevice::ReadOnly);
    const bool finished = process.waitForFinished(VersionTimeoutMs);
    const QString output = QString::fromLocal8Bit(process.readAll()).trimmed();
    if (!finished || !parseVersion(output, &flavor, &version)) {
        flavor = Flavor::Any;
        *error = QStringLiteral("%1 does not tell its version: %2")
                     .arg(serverPath, output.isEmpty() ? process.errorString() : output);
        return false;
    }
    return true;
}

bool ServerInstallation::findBootstrapFiles(const QStringList &directories, QString *error)
{
    if (flavor != Flavor::MariaDB)
        return true; // MySQL has them inside
    for (const QString &directory : directories) {
        if (!findFile(directory, {QStringLiteral("m*_system_tables.sql")}).isEmpty()) {
            bootstrapDirectory = directory;
            return true;
        }
    }
    *error = QStringLiteral("%1 has no mariadb_system_tables.sql in %2: is the installation complete?")
                 .arg(description(), directories.join(QLatin1String(", ")));
    flavor = Flavor::Any;
    return false;
}

ServerInstallation ServerInstallation::fromProgram(const QString &program, QString *error)
{
    ServerInstallation result;
    result.serverPath = program;
    result.program = program;
    if (!result.askVersion(error))
        return result;
    const QString base = QFileInfo(QFileInfo(program).canonicalPath()).path();
    result.findBootstrapFiles(
        {
            base + QLatin1String("/share/mariadb"),
            base + QLatin1String("/share/mysql"),
            base + QLatin1String("/share"),
        },
        error);
    return result;
}

ServerInstallation ServerInstallation::fromTree(const QString &root, QString *error)
{
    ServerInstallation result;
    const QString usr = root + QLatin1String("/usr");
    for (const char *name : {"mariadbd", "mysqld"}) {
        const QString path = usr + QLatin1String("/sbin/") + QLatin1String(name);
        if (result.serverPath.isEmpty() && QFileInfo(path).isExecutable())
            result.serverPath = path;
    }
    if (result.serverPath.isEmpty()) {
        *error = QStringLiteral("%1 has no usr/sbin/mariadbd and no usr/sbin/mysqld").arg(root);
        return result;
    }
    // The tree is of another distribution: its server needs the C library it was built with, and that its own
    // loader.
    QString libraries;
    const QStringList folders
        = QDir(usr + QLatin1String("/lib")).entryList({QStringLiteral("*-linux-gnu*")}, QDir::Dirs);
    for (const QString &folder : folders) {
        libraries = usr + QLatin1String("/lib/") + folder;
        result.program = findFile(libraries, {QStringLiteral("ld-linux*.so.*")});
        if (!result.program.isEmpty())
            break;
    }
    if (result.program.isEmpty()) {
        *error = QStringLiteral("%1 has no usr/lib/<architecture>/ld-linux*.so").arg(root);
        return result;
    }
    result.leadingArguments = QStringList{
        QStringLiteral("--inhibit-cache"),
        QStringLiteral("--library-path"),
        libraries,
        result.serverPath,
    };
    if (!result.askVersion(error))
        return result;

    const bool isMariaDb = result.flavor == Flavor::MariaDB;
    const QString share = usr + QLatin1String("/share/");
    result.findBootstrapFiles({share + QLatin1String("mariadb"), share + QLatin1String("mysql")}, error);
    const QString messages = isMariaDb ? result.bootstrapDirectory : share + QLatin1String("mysql");
    result.locationArguments = QStringList{
        QLatin1String("--basedir=") + usr,
        QLatin1String("--lc-messages-dir=") + messages,
        QLatin1String("--character-sets-dir=") + messages + QLatin1String("/charsets"),
        QLatin1String("--plugin-dir=") + usr + QLatin1String("/lib/mysql/plugin"),
    };
    return result;
}

QString ServerInstallation::description() const
{
    return QStringLiteral("%1 %2 (%3)").arg(flavorName(flavor), version, serverPath);
}

QString ServerInstallation::fingerprint() const
{
    const QFileInfo file(serverPath);
    const QString text = QStringList{
        file.canonicalFilePath(),
        QString::number(file.size()),
        QString::number(file.lastModified().toMSecsSinceEpoch()),
        bootstrapDirectory,
    }.join(u'\n');
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QStringLiteral("%1-%2-%3")
        .arg(flavorName(flavor).toLower(), version, QString::fromLatin1(hash.left(12)));
}

} // namespace QAsyncMySql::Internal
