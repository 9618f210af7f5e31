// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connection.h>

#include <QtCore/QList>

#include <chrono>
#include <optional>

namespace QAsyncMySql {

/*!
    One step of a schema's history: a number, a name, and the SQL that goes forth and back. A value.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Migration
{
public:
    Migration() { }
    //! \a up and \a down are scripts, in UTF-8; \a down may be empty: then there is no way back.
    Migration(qint64 version, const QString &name, const QByteArray &up, const QByteArray &down = {});

    qint64 version() const noexcept { return m_version; }
    const QString &name() const noexcept { return m_name; }
    const QByteArray &up() const noexcept { return m_up; }
    const QByteArray &down() const noexcept { return m_down; }
    //! SHA-256 of up(), in hexadecimal digits; line ends count as one character.
    QString checksum() const;

private:
    qint64 m_version = 0;
    QString m_name;
    QByteArray m_up;
    QByteArray m_down;
};

/*!
    What a run of Migrations did, or would do.

    \since 1.0
*/
class MigrationReport
{
public:
    //! One step, in the order in which they are taken.
    class Step
    {
    public:
        Step(Migration migration_, bool isUp_, QStringList statements_)
            : migration(std::move(migration_))
            , statements(std::move(statements_))
            , isUp(isUp_)
        {
        }
        Migration migration;
        QStringList statements;
        bool isUp;
    };

    //! The version the schema has now; 0 before the first migration.
    qint64 version = 0;
    //! What was done; by Migrations::plan(), what would be.
    QList<Step> steps;
};

/*!
    Brings a schema to a version, by numbered SQL files that are applied in order, once, and one process at a
   time.

    \code
    const auto migrations = Migrations::fromDirectory(u":/migrations");
    const auto report = co_await migrations->migrate(connection);
    \endcode

    What was applied is kept in a table of the schema, with checksums. A run stops with an Error of kind
   Usage, before it changes anything, where a file was changed after it was applied, where one is missing,
   where an earlier run was cut off in the middle, and where the tables are no longer as the last migration
   left them. See doc/migrations.md.

    A value. The replies come from the connection's thread; destroying the connection ends a run.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Migrations
{
public:
    Migrations() { }
    //! For migrations that are no files. An Error of kind Usage when two have one number, or one is not above
    //! 0.
    static Result<Migrations> fromList(const QList<Migration> &migrations);
    /*! Reads the files \c{0001_name.sql} or \c{0001_name.up.sql}, and \c{0001_name.down.sql} for the way
       back, of the folder \a path, which may be a Qt resource. Other files that end with \c{.sql} are an
       Error. */
    static Result<Migrations> fromDirectory(const QString &path);

    const QList<Migration> &list() const noexcept { return m_list; }
    //! The name of the table that has the history; \c qasyncmysql_migrations by default.
    Migrations &setTable(const QString &name);
    //! How long to wait for another process that migrates the same schema; 60 s by default.
    Migrations &setLockTimeout(std::chrono::seconds timeout);
    //! True: go on where tables were changed by hand. False by default.
    Migrations &setDriftAllowed(bool allowed);

    //! Brings the schema to \a version, forth or back; without one, to the newest. 0 takes all back.
    Reply<MigrationReport> migrate(Connection &connection, std::optional<qint64> version = {}) const;
    //! A dry run: checks all that migrate() would, and tells the steps and their statements. Changes nothing.
    Reply<MigrationReport> plan(Connection &connection, std::optional<qint64> version = {}) const;
    /*! Takes the tables as they are for what the last migration left: after a repair by hand. A migration
       that was cut off counts as applied if \a applied says so, else as not applied. */
    Reply<MigrationReport> accept(Connection &connection, bool applied) const;

private:
    QList<Migration> m_list;
    QString m_table = QStringLiteral("qasyncmysql_migrations");
    std::chrono::seconds m_lockTimeout{60};
    bool m_driftAllowed = false;
};

} // namespace QAsyncMySql
