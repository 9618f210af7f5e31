// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/migrations/migrationrun.h"

#include <QAsyncMySql/script.h>
#include <QAsyncMySql/sql.h>

#include <QtCore/QElapsedTimer>

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

Error usage(const QString &message)
{
    return Error(Error::Kind::Usage, message);
}

QString describe(const Migration &migration)
{
    return QStringLiteral("%1 (%2)").arg(migration.version()).arg(migration.name());
}

QStringList statementsOf(const QByteArray &script)
{
    QStringList statements;
    for (const QByteArrayView statement : splitStatements(script))
        statements.append(QString::fromUtf8(statement));
    return statements;
}

//! The account may not see the object's definition.
bool isDenied(const Error &error)
{
    return error.code() == 1142 || error.code() == 1143
        || error.code() == 1227; // ER_TABLEACCESS_DENIED_ERROR ...
}

} // namespace

MigrationRun::MigrationRun(Connection &connection, Settings settings, Action action)
    : m_connection(&connection)
    , m_settings(std::move(settings))
    , m_action(action)
    , m_completion(std::make_unique<PromiseCompletion<MigrationReport>>())
{
}

Reply<MigrationReport> MigrationRun::start(Connection &connection, const Settings &settings, Action action)
{
    std::unique_ptr<MigrationRun> self(new MigrationRun(connection, settings, action));
    const Reply<MigrationReport> reply = self->m_completion->reply();
    self->m_completion->onCancel([raw = self.get()] {
        raw->m_cancelled = true;
        raw->m_current.cancel();
    });
    go(std::move(self));
    return reply;
}

Reply<ResultSet> MigrationRun::run(const QString &sql, const Parameters &parameters)
{
    // In the text protocol: not everything that a script may hold can be prepared.
    m_current = m_connection->run(StatementProtocol::Text, sql, parameters);
    return m_current;
}

QString MigrationRun::quotedTable() const
{
    return *quoteIdentifier(m_settings.table); // checked at the beginning
}

LooseRoutine MigrationRun::go(std::unique_ptr<MigrationRun> self)
{
    Error error;
    const Result<QString> table = quoteIdentifier(self->m_settings.table);
    if (!table)
        error = table.error();
    if (!error) {
        // Of the schema and the table: others on this server are others' business. Names of locks have 64
        // characters.
        const auto lock = co_await self->execute(
            QStringLiteral(
                "SELECT GET_LOCK(SHA2(CONCAT(COALESCE(DATABASE(), ''), '.', ?), 256), ?), DATABASE()"),
            self->m_settings.table, qint64(self->m_settings.lockTimeout.count()));
        if (!lock)
            error = lock.error();
        else if (lock->at(0).get<int>(0) != 1)
            error = Error(
                Error::Kind::Timeout,
                QStringLiteral("Another process has been migrating this schema for %1 s; try again later.")
                    .arg(self->m_settings.lockTimeout.count()));
        else
            self->m_locked = true;
        if (self->m_locked && lock->at(0).isNull(1))
            error
                = usage(QStringLiteral("The connection has no schema to migrate; name one in its options."));
    }
    if (!error) {
        Step whole = self->perform();
        error = co_await whole;
    }
    // Where the connection is gone, so is the lock; and the connection may be in its destructor.
    if (self->m_locked && !error.isConnectionLost()
        && (error.kind() != Error::Kind::Cancelled || self->m_cancelled) && self->m_connection) {
        (void)co_await self->execute(
            QStringLiteral("DO RELEASE_LOCK(SHA2(CONCAT(COALESCE(DATABASE(), ''), '.', ?), 256))"),
            self->m_settings.table);
    }
    const Result<MigrationReport> result
        = error ? Result<MigrationReport>(error) : Result<MigrationReport>(self->m_report);
    self->m_completion->complete(result);
}

MigrationRun::Step MigrationRun::perform()
{
    Step history = readHistory();
    if (const Error error = co_await history; error)
        co_return error;
    Step state = readSchemaState();
    if (const Error error = co_await state; error)
        co_return error;
    if (m_action == Action::Accept) {
        Step accepted = acceptState();
        co_return co_await accepted;
    }
    if (const Error error = checkHistory(); error)
        co_return error;
    if (const Error error = checkDrift(); error)
        co_return error;
    if (const Error error = makePlan(); error)
        co_return error;
    if (m_action == Action::Plan) {
        m_report.steps = m_plan.steps;
        co_return Error();
    }
    for (const MigrationReport::Step &step : std::as_const(m_plan.steps)) {
        if (m_cancelled)
            co_return Error(Error::Kind::Cancelled,
                            QStringLiteral("The run was cancelled between two migrations."),
                            Error::Outcome::Executed);
        Step taken = takeStep(step);
        if (const Error error = co_await taken; error)
            co_return error;
        m_report.steps.append(step);
    }
    co_return Error();
}

MigrationRun::Step MigrationRun::readHistory()
{
    if (m_action != Action::Plan) {
        const auto created = co_await execute(
            QString(u"CREATE TABLE IF NOT EXISTS " % quotedTable()
                    % u" (version BIGINT NOT NULL PRIMARY KEY, name VARCHAR(255) NOT NULL, checksum CHAR(64) "
                      u"NOT NULL, "
                      "applied_at DATETIME(6) NULL, milliseconds BIGINT NULL, schema_state LONGTEXT NULL) "
                      "DEFAULT CHARACTER SET utf8mb4"));
        if (!created)
            co_return created.error();
    } else {
        // A dry run does not even make the table.
        const auto exists
            = co_await execute(QStringLiteral("SELECT COUNT(*) FROM information_schema.tables WHERE "
                                              "table_schema = DATABASE() AND table_name = ?"),
                               m_settings.table);
        if (!exists)
            co_return exists.error();
        if (exists->at(0).get<int>(0) == 0)
            co_return Error();
    }
    const auto rows = co_await execute(
        QString(u"SELECT version, name, checksum, schema_state, applied_at IS NOT NULL FROM " % quotedTable()
                % u" ORDER BY version"));
    if (!rows)
        co_return rows.error();
    for (const Row &row : *rows) {
        Applied applied;
        applied.version = row.get<qint64>(0);
        applied.name = row.get<QString>(1);
        applied.checksum = row.get<QString>(2);
        applied.schemaState = row.get<QString>(3).toUtf8();
        applied.finished = row.get<bool>(4);
        m_applied.append(applied);
    }
    m_report.version = m_applied.isEmpty() ? 0 : m_applied.last().version;
    co_return Error();
}

MigrationRun::Step MigrationRun::readSchemaState()
{
    m_schemaState = SchemaState();
    m_schemaState.setServer(m_connection->serverVersion());
    Step tables = readTables();
    if (const Error error = co_await tables; error)
        co_return error;
    Step programs = readPrograms();
    co_return co_await programs;
}

MigrationRun::Step MigrationRun::readTables()
{
    const auto tables = co_await execute(QStringLiteral("SHOW FULL TABLES"));
    if (!tables)
        co_return tables.error();
    for (const Row &row : *tables) {
        const QString name = row.get<QString>(0);
        const QString type = row.get<QString>(1);
        if (name == m_settings.table || type.contains(u"TEMPORARY")) // which MariaDB 11.2 lists
            continue;
        const bool isView = type.contains(u"VIEW");
        const Result<QString> quoted = quoteIdentifier(name);
        if (!quoted)
            co_return quoted.error();
        const QString show = QString((isView ? u"SHOW CREATE VIEW " : u"SHOW CREATE TABLE ") + *quoted);
        const auto definition = co_await execute(show);
        if (!definition && !isDenied(definition.error()))
            co_return definition.error();
        const QString text
            = definition && !definition->isEmpty() ? definition->at(0).get<QString>(1) : QString();
        if (isView || text.isNull())
            m_schemaState.add(isView ? QStringLiteral("view") : QStringLiteral("table"), name, text);
        else
            m_schemaState.addTable(name, text);
    }
    co_return Error();
}

MigrationRun::Step MigrationRun::readPrograms()
{
    // An event that takes place once is gone afterwards: that is no change by hand.
    const auto programs = co_await execute(QStringLiteral(
        "SELECT routine_type, routine_name FROM information_schema.routines WHERE routine_schema = "
        "DATABASE() "
        "AND routine_type IN ('PROCEDURE', 'FUNCTION') "
        "UNION ALL SELECT 'TRIGGER', trigger_name FROM information_schema.triggers WHERE trigger_schema = "
        "DATABASE() "
        "UNION ALL SELECT 'EVENT', event_name FROM information_schema.events WHERE event_schema = DATABASE() "
        "AND event_type = 'RECURRING'"));
    if (!programs)
        co_return programs.error();
    for (const Row &row : *programs) {
        const QString kind = row.get<QString>(0);
        const QString name = row.get<QString>(1);
        const Result<QString> quoted = quoteIdentifier(name);
        if (!quoted)
            co_return quoted.error();
        const auto definition = co_await execute(QString(u"SHOW CREATE " % kind % u' ' % *quoted));
        if (!definition && !isDenied(definition.error()))
            co_return definition.error();
        QString text;
        if (definition && !definition->isEmpty()) {
            const int column = kind == u"TRIGGER" ? definition->indexOf(u"SQL Original Statement")
                                                  : definition->indexOf(QString(u"Create " % kind));
            text = definition->at(0).get<std::optional<QString>>(column).value_or(QString());
        }
        m_schemaState.add(kind.toLower(), name, text.isEmpty() ? QString() : text);
    }
    co_return Error();
}

Error MigrationRun::checkHistory() const
{
    for (const Applied &applied : m_applied) {
        if (!applied.finished) {
            return usage(
                QStringLiteral(
                    "The migration %1 (%2) was begun and did not end: its statements may have been "
                    "executed in part. Look at the schema, bring it to one side by hand, and say which "
                    "by accept().")
                    .arg(applied.version)
                    .arg(applied.name));
        }
        const auto known = std::find_if(m_settings.migrations.begin(), m_settings.migrations.end(),
                                        [&](const Migration &m) { return m.version() == applied.version; });
        if (known == m_settings.migrations.end()) {
            return usage(
                QStringLiteral(
                    "The schema has the migration %1 (%2), and there is no such file: this program is "
                    "older than the schema, or the file was lost.")
                    .arg(applied.version)
                    .arg(applied.name));
        }
        if (known->checksum() != applied.checksum) {
            return usage(
                QStringLiteral(
                    "The migration %1 was changed after it had been applied: its checksum is %2, and "
                    "was %3. Put the old text back, and make a new migration of the change.")
                    .arg(describe(*known), known->checksum().left(12), applied.checksum.left(12)));
        }
    }
    // A file that came late, below what is applied, would be left out for ever or run out of order.
    for (const Migration &migration : m_settings.migrations) {
        const bool applied = std::any_of(m_applied.begin(), m_applied.end(),
                                         [&](const Applied &a) { return a.version == migration.version(); });
        if (!applied && migration.version() < m_report.version) {
            return usage(
                QStringLiteral(
                    "The migration %1 is new, and its number is below that of the schema, %2. Give it a "
                    "higher one.")
                    .arg(describe(migration))
                    .arg(m_report.version));
        }
    }
    return {};
}

Error MigrationRun::checkDrift() const
{
    if (m_settings.driftAllowed || m_applied.isEmpty())
        return {};
    const QStringList changes
        = m_schemaState.changesSince(SchemaState::fromJson(m_applied.last().schemaState));
    if (changes.isEmpty())
        return {};
    return usage(
        QStringLiteral(
            "The schema is not as migration %1 left it: %2. Take the change back, or make a migration of "
            "it; accept() takes the schema as it is.")
            .arg(m_report.version)
            .arg(changes.join(QStringLiteral("; "))));
}

Error MigrationRun::noWayBack(const Migration &migration) const
{
    return usage(QStringLiteral("The migration %1 has no way back: there is no file \"%2_%3.down.sql\".")
                     .arg(describe(migration))
                     .arg(migration.version(), 4, 10, QLatin1Char('0'))
                     .arg(migration.name()));
}

Error MigrationRun::makePlan()
{
    const QList<Migration> &all = m_settings.migrations;
    const qint64 current = m_report.version;
    const qint64 target = m_settings.target.value_or(all.isEmpty() ? 0 : all.last().version());
    const bool known = target == 0 || std::any_of(all.begin(), all.end(), [target](const Migration &m) {
                           return m.version() == target;
                       });
    if (!known)
        return usage(QStringLiteral("There is no migration %1 to go to.").arg(target));
    for (const Migration &migration : all) {
        if (migration.version() > current && migration.version() <= target)
            m_plan.steps.append(MigrationReport::Step(migration, true, statementsOf(migration.up())));
    }
    for (auto migration = all.rbegin(); migration != all.rend(); ++migration) {
        if (migration->version() > current || migration->version() <= target)
            continue;
        if (migration->down().isEmpty())
            return noWayBack(*migration);
        m_plan.steps.append(MigrationReport::Step(*migration, false, statementsOf(migration->down())));
    }
    return {};
}

MigrationRun::Step MigrationRun::takeStep(const MigrationReport::Step &step)
{
    // Marked first, so that a run that is cut off is seen by the next one.
    const Migration &migration = step.migration;
    const QString mark = step.isUp
        ? QString(u"INSERT INTO " % quotedTable() % u" (name, checksum, version) VALUES (?, ?, ?)")
        : QString(u"UPDATE " % quotedTable()
                  % u" SET name = ?, checksum = ?, applied_at = NULL WHERE version = ?");
    const auto marked = co_await execute(mark, migration.name(), migration.checksum(), migration.version());
    if (!marked)
        co_return marked.error();
    QElapsedTimer timer;
    timer.start();
    const auto begun = co_await execute(QStringLiteral("START TRANSACTION"));
    if (!begun)
        co_return begun.error();
    for (qsizetype i = 0; i < step.statements.size(); ++i) {
        const auto done = co_await execute(step.statements.at(i));
        if (done)
            continue;
        Error error = done.error().withContext(
            QStringLiteral("Migration %1, %2, statement %3 of %4")
                .arg(describe(migration), step.isUp ? QStringLiteral("up") : QStringLiteral("down"))
                .arg(i + 1)
                .arg(step.statements.size()));
        // As long as no statement has committed by itself (as DDL does), all of it can be taken back.
        const bool canGoOn
            = !error.isConnectionLost() && (error.kind() != Error::Kind::Cancelled || m_cancelled);
        if (canGoOn && m_connection && (i == 0 || m_connection->isInTransaction())) {
            const auto undone = co_await execute(QStringLiteral("ROLLBACK"));
            const QString unmark = step.isUp
                ? QString(u"DELETE FROM " % quotedTable() % u" WHERE version = ?")
                : QString(u"UPDATE " % quotedTable()
                          % u" SET applied_at = UTC_TIMESTAMP(6) WHERE version = ?");
            if (undone)
                (void)co_await execute(unmark, migration.version());
        }
        co_return error;
    }
    const auto committed = co_await execute(QStringLiteral("COMMIT"));
    if (!committed)
        co_return committed.error();
    Step finished = finishStep(step, timer.elapsed());
    co_return co_await finished;
}

MigrationRun::Step MigrationRun::finishStep(const MigrationReport::Step &step, qint64 milliseconds)
{
    Step read = readSchemaState();
    if (const Error error = co_await read; error)
        co_return error;
    const QString state = QString::fromUtf8(m_schemaState.toJson());
    const qint64 version = step.migration.version();
    if (step.isUp) {
        const auto done = co_await execute(QString(u"UPDATE " % quotedTable()
                                                   % u" SET applied_at = UTC_TIMESTAMP(6), milliseconds = ?, "
                                                     u"schema_state = ? WHERE version = ?"),
                                           milliseconds, state, version);
        if (!done)
            co_return done.error();
        m_report.version = version;
        co_return Error();
    }
    const auto removed
        = co_await execute(QString(u"DELETE FROM " % quotedTable() % u" WHERE version = ?"), version);
    if (!removed)
        co_return removed.error();
    const auto kept = std::find_if(m_applied.begin(), m_applied.end(),
                                   [version](const Applied &applied) { return applied.version == version; });
    m_applied.erase(kept, m_applied.end());
    m_report.version = m_applied.isEmpty() ? 0 : m_applied.last().version;
    // The way back may leave other tables than the way forth had found.
    const auto noted
        = co_await execute(QString(u"UPDATE " % quotedTable() % u" SET schema_state = ? WHERE version = ?"),
                           state, m_report.version);
    co_return noted ? Error() : noted.error();
}

MigrationRun::Step MigrationRun::acceptState()
{
    if (!m_applied.isEmpty() && !m_applied.last().finished && !m_settings.acceptAsApplied) {
        const auto removed = co_await execute(
            QString(u"DELETE FROM " % quotedTable() % u" WHERE version = ?"), m_applied.last().version);
        if (!removed)
            co_return removed.error();
        m_applied.removeLast();
    }
    m_report.version = m_applied.isEmpty() ? 0 : m_applied.last().version;
    const QString state = QString::fromUtf8(m_schemaState.toJson());
    const auto noted = co_await execute(QString(u"UPDATE " % quotedTable()
                                                % u" SET schema_state = ?, applied_at = COALESCE(applied_at, "
                                                  u"UTC_TIMESTAMP(6)) WHERE version = ?"),
                                        state, m_report.version);
    co_return noted ? Error() : noted.error();
}

} // namespace QAsyncMySql::Internal
