// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/migrations.h>

#include "client/migrations/migrationrun.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <map>

namespace QAsyncMySql {

namespace {

Error usage(const QString &message)
{
    return Error(Error::Kind::Usage, message);
}

} // namespace

Migration::Migration(qint64 version, const QString &name, const QByteArray &up, const QByteArray &down)
    : m_version(version)
    , m_name(name)
    , m_up(up)
    , m_down(down)
{
}

QString Migration::checksum() const
{
    // A checkout on Windows changes the line ends of a file, and nothing else.
    QByteArray text = m_up;
    text.replace("\r\n", "\n");
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

Result<Migrations> Migrations::fromList(const QList<Migration> &migrations)
{
    Migrations result;
    result.m_list = migrations;
    std::sort(result.m_list.begin(), result.m_list.end(),
              [](const Migration &a, const Migration &b) { return a.version() < b.version(); });
    for (qsizetype i = 0; i < result.m_list.size(); ++i) {
        const Migration &migration = result.m_list.at(i);
        if (migration.version() <= 0)
            return usage(QStringLiteral("The migration \"%1\" has the number %2; numbers begin with 1.")
                             .arg(migration.name())
                             .arg(migration.version()));
        if (i > 0 && result.m_list.at(i - 1).version() == migration.version())
            return usage(QStringLiteral("Two migrations have the number %1: \"%2\" and \"%3\".")
                             .arg(migration.version())
                             .arg(result.m_list.at(i - 1).name(), migration.name()));
    }
    return result;
}

Result<Migrations> Migrations::fromDirectory(const QString &path)
{
    static const QRegularExpression Pattern(QStringLiteral("^(\\d+)_(.+?)(\\.up|\\.down)?\\.sql$"));
    const QDir directory(path);
    if (!directory.exists())
        return usage(QStringLiteral("There is no folder \"%1\" to read migrations from.").arg(path));
    struct Files
    {
        QString name;
        QByteArray up;
        QByteArray down;
        bool hasUp = false;
        bool hasDown = false;
    };
    std::map<qint64, Files> found;
    const QStringList names = directory.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const QRegularExpressionMatch match = Pattern.match(name);
        bool valid = match.hasMatch();
        const qint64 version = valid ? match.captured(1).toLongLong(&valid) : 0;
        if (!valid)
            return usage(QStringLiteral("The file \"%1\" is no migration: their names are 0001_name.sql, "
                                        "0001_name.up.sql and 0001_name.down.sql.")
                             .arg(directory.filePath(name)));
        QFile file(directory.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return usage(QStringLiteral("Cannot read \"%1\": %2.").arg(file.fileName(), file.errorString()));
        Files &files = found[version];
        const bool isDown = match.captured(3) == u".down";
        bool &has = isDown ? files.hasDown : files.hasUp;
        if (has || (!files.name.isEmpty() && files.name != match.captured(2)))
            return usage(QStringLiteral("Two migrations have the number %1; the second is \"%2\".")
                             .arg(version)
                             .arg(name));
        has = true;
        files.name = match.captured(2);
        (isDown ? files.down : files.up) = file.readAll();
    }
    QList<Migration> list;
    for (const auto &[version, files] : found) {
        if (!files.hasUp)
            return usage(QStringLiteral("The migration %1 has a way back, and no file \"%2_%3.up.sql\".")
                             .arg(version)
                             .arg(version, 4, 10, QLatin1Char('0'))
                             .arg(files.name));
        list.append(Migration(version, files.name, files.up, files.down));
    }
    return fromList(list);
}

Migrations &Migrations::setTable(const QString &name)
{
    m_table = name;
    return *this;
}

Migrations &Migrations::setLockTimeout(std::chrono::seconds timeout)
{
    m_lockTimeout = timeout;
    return *this;
}

Migrations &Migrations::setDriftAllowed(bool allowed)
{
    m_driftAllowed = allowed;
    return *this;
}

Reply<MigrationReport> Migrations::migrate(Connection &connection, std::optional<qint64> version) const
{
    return Internal::MigrationRun::start(connection,
                                         {m_list, m_table, m_lockTimeout, m_driftAllowed, version, {}},
                                         Internal::MigrationRun::Action::Migrate);
}

Reply<MigrationReport> Migrations::plan(Connection &connection, std::optional<qint64> version) const
{
    return Internal::MigrationRun::start(connection,
                                         {m_list, m_table, m_lockTimeout, m_driftAllowed, version, {}},
                                         Internal::MigrationRun::Action::Plan);
}

Reply<MigrationReport> Migrations::accept(Connection &connection, bool applied) const
{
    return Internal::MigrationRun::start(connection, {m_list, m_table, m_lockTimeout, true, {}, applied},
                                         Internal::MigrationRun::Action::Accept);
}

} // namespace QAsyncMySql
