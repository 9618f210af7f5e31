// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "commands.h"

#include <QAsyncMySql/version.h>

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QLoggingCategory>
#include <QtCore/QTimer>

using namespace QAsyncMySql;

namespace {

class CommandLine
{
public:
    CommandLine()
    {
        m_parser.setApplicationDescription(QStringLiteral(
            "Brings schemas to a version, and makes C++ types of them.\n\n"
            "  qasyncmysql-schema generate URL                 C++ types of the tables\n"
            "  qasyncmysql-schema migrate URL FOLDER           apply the migrations of a folder\n"
            "  qasyncmysql-schema accept URL FOLDER            take the schema as it is, after a repair\n\n"
            "The URL is mysql://user@host:port/schema; the password may stand in it, or in "
            "QASYNCMYSQL_PASSWORD."));
        m_parser.addHelpOption();
        m_parser.addVersionOption();
        m_parser.addPositionalArgument(QStringLiteral("command"),
                                       QStringLiteral("generate, migrate or accept"));
        m_parser.addPositionalArgument(QStringLiteral("url"), QStringLiteral("the database"));
        m_parser.addPositionalArgument(QStringLiteral("folder"), QStringLiteral("migrations"),
                                       QStringLiteral("[folder]"));
        m_parser.addOptions({m_output, m_namespace, m_table, m_except, m_to, m_dryRun, m_allowDrift,
                             m_history, m_applied, m_notApplied});
    }

    Result<Settings> read(const QStringList &arguments)
    {
        if (!m_parser.parse(arguments))
            return usage(m_parser.errorText() + u'.');
        if (m_parser.isSet(QStringLiteral("help")))
            m_parser.showHelp();
        if (m_parser.isSet(QStringLiteral("version"))) {
            QTextStream(stdout) << "qasyncmysql-schema " << QAsyncMySql::version().toString() << '\n';
            std::exit(0);
        }
        const QStringList positional = m_parser.positionalArguments();
        Settings settings;
        const QString command = positional.value(0);
        if (command == u"generate")
            settings.command = Settings::Command::Generate;
        else if (command == u"migrate")
            settings.command = Settings::Command::Migrate;
        else if (command == u"accept")
            settings.command = Settings::Command::Accept;
        else
            return usage(
                QStringLiteral("The command \"%1\" is none of generate, migrate and accept; see --help.")
                    .arg(command));
        const bool hasFolder = settings.command != Settings::Command::Generate;
        if (positional.size() != (hasFolder ? 3 : 2))
            return usage(QStringLiteral("%1 takes a URL%2.")
                             .arg(command, hasFolder ? QStringLiteral(" and a folder") : QString()));
        const Result<ConnectOptions> connect = ConnectOptions::fromUrl(positional.at(1));
        if (!connect)
            return connect.error();
        settings.connect = *connect;
        if (settings.connect.password().isEmpty())
            settings.connect.setPassword(qEnvironmentVariable("QASYNCMYSQL_PASSWORD"));
        if (settings.connect.database().isEmpty())
            return usage(QStringLiteral("The URL names no schema: mysql://user@host/schema."));
        settings.folder = positional.value(2);
        settings.output = m_parser.value(m_output);
        settings.nameSpace = m_parser.value(m_namespace);
        settings.tables = m_parser.values(m_table);
        settings.except = m_parser.values(m_except);
        settings.historyTable = m_parser.value(m_history);
        settings.dryRun = m_parser.isSet(m_dryRun);
        settings.allowDrift = m_parser.isSet(m_allowDrift);
        if (m_parser.isSet(m_to)) {
            bool valid = false;
            settings.target = m_parser.value(m_to).toLongLong(&valid);
            if (!valid)
                return usage(QStringLiteral("--to takes the number of a migration, or 0."));
        }
        if (settings.command == Settings::Command::Accept) {
            if (m_parser.isSet(m_applied) == m_parser.isSet(m_notApplied))
                return usage(QStringLiteral(
                    "accept takes --applied or --not-applied: what the migration that was cut off "
                    "counts as."));
            settings.accepted = m_parser.isSet(m_applied);
        }
        return settings;
    }

private:
    static Error usage(const QString &message) { return Error(Error::Kind::Usage, message); }
    static QCommandLineOption option(const char *name, const char *description, const char *value = nullptr,
                                     const char *defaultValue = nullptr)
    {
        return QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(description),
                                  QString::fromLatin1(value), QString::fromLatin1(defaultValue));
    }

    QCommandLineParser m_parser;
    QCommandLineOption m_output
        = option("output", "generate: the header to write; standard output without it.", "file");
    QCommandLineOption m_namespace
        = option("namespace", "generate: the namespace of the types.", "name", "Schema");
    QCommandLineOption m_table
        = option("table", "generate: this table; may be repeated. All without it.", "name");
    QCommandLineOption m_except = option("except", "generate: not this table; may be repeated.", "name");
    QCommandLineOption m_to
        = option("to", "migrate: to this version, forth or back. To the newest without it.", "version");
    QCommandLineOption m_dryRun = option("dry-run", "migrate: tell what would be done, and do nothing.");
    QCommandLineOption m_allowDrift
        = option("allow-drift", "migrate: go on where tables were changed by hand.");
    QCommandLineOption m_history = option("history", "The table that has the history of migrations.", "name",
                                          "qasyncmysql_migrations");
    QCommandLineOption m_applied
        = option("applied", "accept: a migration that was cut off counts as applied.");
    QCommandLineOption m_notApplied
        = option("not-applied", "accept: a migration that was cut off counts as not applied.");
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("qasyncmysql-schema"));
    QLoggingCategory::setFilterRules(QStringLiteral("*=false"));
    CommandLine commandLine;
    const Result<Settings> settings = commandLine.read(QCoreApplication::arguments());
    if (!settings)
        return reportError(settings.error());
    Commands commands(*settings);
    QTimer::singleShot(0, &commands, &Commands::start);
    return QCoreApplication::exec();
}
