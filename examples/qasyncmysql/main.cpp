// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "options.h"
#include "password.h"
#include "runner.h"
#include "typedparameter.h"

#include <QAsyncMySql/loginpath.h>
#include <QAsyncMySql/version.h>

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTimer>

#include <cstdio>

using namespace Cli;
using namespace QAsyncMySql;

static int fail(const Error &error)
{
    reportError(error);
    return exitCodeFor(error);
}

static int print(const QByteArray &text)
{
    std::fwrite(text.constData(), 1, size_t(text.size()), stdout);
    return std::fflush(stdout) == 0 ? Success : StatementFailed;
}

// A password with ? / or # in it, not written as %3F and so on, ends up in other parts of the URL, and with
// them in the message.
static Error withoutPassword(const Error &error, const QString &url)
{
    static const QRegularExpression strayAt(QStringLiteral("^[^:]*://[^/?#]*[/?#].*@"));
    if (!strayAt.match(url).hasMatch())
        return error;
    return usageError(QStringLiteral(
        "The URL cannot be read, and has an @ behind a / ? or #. In a user name or password these are "
        "written as %2F %3F %23, and an @ as %40."));
}

static Result<ConnectOptions> connectOptions(const Options &options)
{
    ConnectOptions connect;
    if (!options.defaultsFile.isEmpty()) {
        const QStringList groups = options.defaultsGroups.isEmpty() ? ConnectOptions::defaultOptionGroups()
                                                                    : options.defaultsGroups;
        if (const Result<void> read = connect.readOptionFile(options.defaultsFile, groups); !read)
            return read.error();
    }
    if (!options.loginPath.isEmpty()) {
        if (const Result<void> read = readLoginPath(connect, options.loginPath); !read)
            return read.error();
    }
    if (const Result<void> parsed = connect.readUrl(options.url); !parsed)
        return withoutPassword(parsed.error(), options.url);
    for (const auto &[name, value] : options.connectOptions) {
        if (const Result<void> set = connect.setOption(name, value); !set)
            return set.error();
    }
    if (!options.loadLocal.isEmpty())
        connect.setLocalInfile(true);
    if (options.connectTimeout)
        connect.setConnectTimeout(*options.connectTimeout);
    if (options.timeout)
        connect.setCommandTimeout(*options.timeout);
    if (options.askPassword) {
        const QString where = connect.socketPath().isEmpty() ? connect.host() : connect.socketPath();
        const Result<Secret> password
            = askPassword(QStringLiteral("Password of %1 at %2").arg(connect.user(), where));
        if (!password)
            return password.error();
        connect.setPassword(*password);
    } else if (connect.password().isEmpty()) {
        connect.setPassword(passwordFromEnvironment());
    }
    QMap<QString, QString> attributes = connect.attributes();
    attributes.insert(QStringLiteral("program_name"), QStringLiteral("qasyncmysql"));
    connect.setAttributes(attributes);
    return connect;
}

static Result<StatementOptions> statementOptions(const Options &options)
{
    StatementOptions asked;
    asked.setFetchSize(options.fetchSize).setWarnings(options.warnings);
    for (const auto &[name, value] : options.attributes) {
        const Result<Parameters> values = makeParameters({value}, options.typedParameters);
        if (!values)
            return values.error().withContext(QStringLiteral("The attribute ") + name);
        asked.setAttribute(name, values->first());
    }
    return asked;
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("qasyncmysql"));
    // Standard error is for error lines; QT_LOGGING_RULES brings the log back.
    QLoggingCategory::setFilterRules(QStringLiteral("*=false"));
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    hidePasswords(argc, argv);

    const Result<Options> options = Options::parse(arguments);
    if (!options)
        return fail(options.error());
    if (options->action == Options::Action::ShowHelp)
        return print(helpText());
    if (options->action == Options::Action::ShowVersion)
        return print("qasyncmysql " + QAsyncMySql::version().toString().toUtf8() + " (Qt " + qVersion()
                     + ")\n");

    const Result<Parameters> parameters = makeParameters(options->parameters, options->typedParameters);
    if (!parameters)
        return fail(parameters.error());
    Result<StatementOptions> asked = statementOptions(*options);
    if (!asked)
        return fail(asked.error());
    QList<StatementToRun> statements;
    if (options->isScript()) {
        const Result<QList<StatementToRun>> script = readScript(options->file);
        if (!script)
            return fail(script.error());
        statements = *script;
    } else if (options->importFile.isEmpty()) {
        statements.append(StatementToRun(options->sql));
    }
    const Result<ConnectOptions> connect = connectOptions(*options);
    if (!connect)
        return fail(connect.error());

    Runner runner(*options, *connect, statements, *parameters, *asked);
    QTimer::singleShot(0, &runner, &Runner::start);
    return QCoreApplication::exec();
}
