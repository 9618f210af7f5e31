// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/migrations/schemastate.h"
#include "client/routine.h"

#include <QAsyncMySql/migrations.h>

#include <QtCore/QPointer>

#include <optional>

namespace QAsyncMySql::Internal {

/*!
    One run of migrations on a connection: a coroutine that goes on with each answer, and completes the reply
   at its end.

    The connection may go at any time: its replies then end with an Error, and so does the run.
*/
class MigrationRun
{
public:
    enum class Action : quint8
    {
        Migrate,
        Plan,
        Accept,
    };
    struct Settings
    {
        QList<Migration> migrations;
        QString table;
        std::chrono::seconds lockTimeout;
        bool driftAllowed;
        std::optional<qint64> target;
        bool acceptAsApplied;
    };

    static Reply<MigrationReport> start(Connection &connection, const Settings &settings, Action action);

private:
    using Step = Routine;

    //! What the table has on a migration.
    struct Applied
    {
        qint64 version = 0;
        QString name;
        QString checksum;
        QByteArray schemaState;
        bool finished = false;
    };

    MigrationRun(Connection &connection, Settings settings, Action action);
    static LooseRoutine go(std::unique_ptr<MigrationRun> self);
    Step perform();
    Step readHistory();
    Step readSchemaState();
    Step readTables();
    Step readPrograms();
    Step acceptState();
    Step takeStep(const MigrationReport::Step &step);
    Step finishStep(const MigrationReport::Step &step, qint64 milliseconds);
    Error checkHistory() const;
    Error checkDrift() const;
    Error makePlan();
    Error noWayBack(const Migration &migration) const;
    template <class... Args> Reply<ResultSet> execute(const QString &sql, const Args &...args)
    {
        return run(sql, makeParameters(args...));
    }
    Reply<ResultSet> run(const QString &sql, const Parameters &parameters);
    QString quotedTable() const;

    QPointer<Connection> m_connection;
    Settings m_settings;
    Action m_action;
    std::unique_ptr<PromiseCompletion<MigrationReport>> m_completion;
    Reply<ResultSet> m_current; // to be cancelled
    QList<Applied> m_applied;
    SchemaState m_schemaState;
    MigrationReport m_report;
    MigrationReport m_plan;
    bool m_locked = false;
    bool m_cancelled = false;
};

} // namespace QAsyncMySql::Internal
