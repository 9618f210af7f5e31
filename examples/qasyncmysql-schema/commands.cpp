// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "commands.h"

#include "headerwriter.h"
#include "schemareader.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QSaveFile>
#include <QtCore/QTextStream>

#include <cstdio>

using namespace QAsyncMySql;

int reportError(const Error &error)
{
    QTextStream out(stderr);
    out << "qasyncmysql-schema: " << error.message() << '\n';
    if (error.message().contains(u"accept()")) // the library's word; here it is a command
        out << "accept() is: qasyncmysql-schema accept URL FOLDER [--applied | --not-applied]\n";
    out.flush();
    switch (error.kind()) {
    case Error::Kind::Usage:
        return 2;
    case Error::Kind::Connection:
    case Error::Kind::Security:
    case Error::Kind::Protocol:
        return 3;
    default:
        return error.isConnectionLost() ? 3 : 1;
    }
}

Commands::Commands(const Settings &settings)
    : m_settings(settings)
{
}

void Commands::start()
{
    m_connection.open(m_settings.connect).then(this, [this](const Result<void> &opened) {
        if (!opened)
            finish(opened.error());
        else if (m_settings.command == Settings::Command::Generate)
            generate();
        else
            migrate();
    });
}

void Commands::finish(const Error &error)
{
    const int code = error ? reportError(error) : 0;
    m_connection.close().then(this, [code](const Result<void> &) { QCoreApplication::exit(code); });
}

void Commands::generate()
{
    static const QRegularExpression Valid(QStringLiteral("^[A-Za-z_]\\w*(::[A-Za-z_]\\w*)*$"));
    if (!Valid.match(m_settings.nameSpace).hasMatch()) {
        finish(Error(Error::Kind::Usage,
                     QStringLiteral("\"%1\" is not the name of a namespace.").arg(m_settings.nameSpace)));
        return;
    }
    requestSchema(m_connection).then(this, [this](const Result<ResultSet> &rows) {
        if (!rows) {
            finish(rows.error());
            return;
        }
        QStringList except = m_settings.except;
        except.append(m_settings.historyTable);
        const Result<QList<SchemaTable>> tables = readSchema(*rows, m_settings.tables, except);
        finish(tables ? writeOutput(writeHeader(*tables, m_settings.nameSpace)) : tables.error());
    });
}

Error Commands::writeOutput(const QByteArray &header) const
{
    if (m_settings.output.isEmpty()) {
        std::fwrite(header.constData(), 1, size_t(header.size()), stdout);
        return {};
    }
    // A header that is as it was keeps its time, and nothing is compiled anew.
    QFile old(m_settings.output);
    if (old.open(QIODevice::ReadOnly) && old.readAll() == header)
        return {};
    QSaveFile file(m_settings.output);
    if (!file.open(QIODevice::WriteOnly) || file.write(header) != header.size() || !file.commit())
        return Error(Error::Kind::Usage,
                     QStringLiteral("Cannot write \"%1\": %2.").arg(m_settings.output, file.errorString()));
    return {};
}

void Commands::migrate()
{
    const Result<Migrations> read = Migrations::fromDirectory(m_settings.folder);
    if (!read) {
        finish(read.error());
        return;
    }
    Migrations migrations = *read;
    migrations.setTable(m_settings.historyTable).setDriftAllowed(m_settings.allowDrift);
    const auto reply = m_settings.command == Settings::Command::Accept
        ? migrations.accept(m_connection, m_settings.accepted)
        : m_settings.dryRun ? migrations.plan(m_connection, m_settings.target)
                            : migrations.migrate(m_connection, m_settings.target);
    QFuture<Result<MigrationReport>>(reply).then(this, [this](const Result<MigrationReport> &result) {
        if (result)
            report(*result);
        finish(result ? Error() : result.error());
    });
}

void Commands::report(const MigrationReport &report) const
{
    QTextStream out(stdout);
    for (const MigrationReport::Step &step : report.steps) {
        out << (m_settings.dryRun ? "-- would go " : "-- went ") << (step.isUp ? "up: " : "down: ")
            << step.migration.version() << ' ' << step.migration.name() << '\n';
        if (m_settings.dryRun) {
            for (const QString &statement : step.statements)
                out << statement << ";\n";
        }
    }
    out << "-- the schema has version " << report.version << '\n';
}
