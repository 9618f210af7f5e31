// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/initialization.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace QAsyncMySql::Internal {

namespace {

bool isMariaDb(const ServerInstallation &installation)
{
    return installation.flavor == ServerInstallation::Flavor::MariaDB;
}

/*! Root needs no password over the local socket, which lies in a private folder; over TCP anybody on the
   machine can try, so it needs one there. Each statement ends with its line: the server splits at line ends.
 */
QByteArray accountSql(const QString &password, const QString &rootPassword)
{
    QByteArray sql = "CREATE DATABASE test;\n";
    sql += "CREATE USER 'root'@'127.%' IDENTIFIED BY '" + rootPassword.toLatin1() + "';\n";
    sql += "GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.%' WITH GRANT OPTION;\n";
    sql += "CREATE USER 'test'@'%' IDENTIFIED BY '" + password.toLatin1() + "';\n";
    sql += "GRANT ALL PRIVILEGES ON *.* TO 'test'@'%' WITH GRANT OPTION;\n";
    return sql;
}

} // namespace

QByteArray initializationSql(const ServerInstallation &installation, const QString &password,
                             const QString &rootPassword, QString *error)
{
    if (!isMariaDb(installation))
        return accountSql(password, rootPassword);

    QByteArray sql
        = "create database mysql;\nuse mysql;\nset @auth_root_socket=null;\nset @skip_auth_anonymous=1;\n";
    // MariaDB before 10.6 or so names them mysql_*.sql, and has no sys schema.
    const QDir directory(installation.bootstrapDirectory);
    const QString prefix = directory.exists(QStringLiteral("mariadb_system_tables.sql"))
        ? QStringLiteral("mariadb_")
        : QStringLiteral("mysql_");
    const std::pair<QString, bool> files[] = {
        {prefix + QLatin1String("system_tables.sql"), true},
        {prefix + QLatin1String("performance_tables.sql"), true},
        {prefix + QLatin1String("system_tables_data.sql"), true},
        {QStringLiteral("maria_add_gis_sp_bootstrap.sql"), true},
        {prefix + QLatin1String("sys_schema.sql"), false},
    };
    for (const auto &[name, needed] : files) {
        QFile file(directory.filePath(name));
        if (file.open(QIODevice::ReadOnly)) {
            sql += file.readAll() + '\n';
        } else if (needed) {
            *error = QStringLiteral("%1: %2").arg(file.fileName(), file.errorString());
            return {};
        }
    }
    // MariaDB also makes root@127.0.0.1 and others, which would need no password.
    return sql + "\ndelete from mysql.global_priv where Host <> 'localhost';\nflush privileges;\n"
        + accountSql(password, rootPassword);
}

bool initializationReadsInput(const ServerInstallation &installation)
{
    return isMariaDb(installation);
}

QStringList commonArguments(const ServerInstallation &installation, const QString &dataDirectory)
{
    QStringList result = installation.leadingArguments;
    result += QStringLiteral("--no-defaults");
#ifdef Q_OS_UNIX
    if (::geteuid() == 0)
        result += QStringLiteral("--user=root"); // without it the servers refuse to run as root
#endif
    result += installation.locationArguments;
    result += QLatin1String("--datadir=") + dataDirectory;
    // The default log of MariaDB is 96 MB. MySQL initialises more slowly with less than 32 MB.
    result += isMariaDb(installation) ? QStringLiteral("--innodb-log-file-size=8M")
                                      : QStringLiteral("--innodb-redo-log-capacity=32M");
    return result;
}

QStringList initializationArguments(const ServerInstallation &installation, const QString &dataDirectory,
                                    const QString &sqlFile)
{
    QStringList result = commonArguments(installation, dataDirectory);
    if (isMariaDb(installation)) {
        result += {QStringLiteral("--bootstrap"), QStringLiteral("--log-warnings=0")};
        if (installation.locationArguments.isEmpty())
            result += QLatin1String("--lc-messages-dir=") + installation.bootstrapDirectory;
    } else {
        result += {
            QStringLiteral("--initialize-insecure"),
            QStringLiteral("--secure-file-priv="),
            QLatin1String("--init-file=") + sqlFile,
        };
    }
    return result;
}

QString importantLines(const QString &log)
{
    constexpr qsizetype MaxLines = 12;
    const QStringList lines = log.split(u'\n', Qt::SkipEmptyParts);
    QStringList errors;
    for (const QString &line : lines) {
        if (line.contains(QLatin1String("ERROR")) || line.contains(QLatin1String("error while loading"))
            || line.contains(QLatin1String("Permission denied")))
            errors.append(line);
    }
    const QStringList &chosen = errors.isEmpty() ? lines : errors;
    if (chosen.isEmpty())
        return QStringLiteral("(nothing)");
    return chosen.mid(qMax<qsizetype>(0, chosen.size() - MaxLines)).join(u'\n');
}

} // namespace QAsyncMySql::Internal
