// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/sqlloader.h"

#include <QAsyncMySql/connection.h>

#include <QtCore/QEventLoop>
#include <QtCore/QFile>
#include <QtCore/QFutureWatcher>
#include <QtCore/QTimer>

namespace QAsyncMySql::Internal {

namespace {

/*! ER_EMPTY_QUERY: there is nothing, or nothing but comments, after the last semicolon, as in most dumps. An
   empty statement before others is a syntax error instead, so nothing has been left out. */
constexpr int EmptyQuery = 1065;

//! SQL and where it is from, for messages.
class Script
{
public:
    QString name;
    QString sql;
};

/*! Waits in an event loop of its own for \a future. Returns false when \a deadline comes first. */
template <class T> bool waitFor(const QFuture<T> &future, const QDeadlineTimer &deadline)
{
    QEventLoop loop;
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &loop, &QEventLoop::quit);
    timer.start(int(qMin<qint64>(deadline.remainingTime(), std::numeric_limits<int>::max())));
    watcher.setFuture(future);
    if (!future.isFinished())
        loop.exec(QEventLoop::ExcludeUserInputEvents);
    return future.isFinished();
}

// DELIMITER is a command of the mysql program; the server knows nothing of it and would say something
// puzzling.
int lineOfDelimiterCommand(const QString &sql)
{
    int number = 0;
    for (const QStringView line : QStringView(sql).tokenize(u'\n')) {
        ++number;
        const QStringView word = line.trimmed().left(10);
        if (word.startsWith(QLatin1String("delimiter"), Qt::CaseInsensitive) && word.size() == 10
            && word.back().isSpace())
            return number;
    }
    return 0;
}

bool readScripts(const TestServerOptions &options, QList<Script> *scripts, QString *error)
{
    const QStringList files = options.sqlFiles();
    for (const QString &name : files) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly)) {
            *error = QStringLiteral("The SQL file %1 cannot be read: %2").arg(name, file.errorString());
            return false;
        }
        scripts->append({name, QString::fromUtf8(file.readAll())});
    }
    const QStringList statements = options.sqlStatements();
    for (qsizetype i = 0; i < statements.size(); ++i)
        scripts->append({QStringLiteral("SQL text %1").arg(i + 1), statements.at(i)});
    for (const Script &script : qAsConst(*scripts)) {
        if (const int line = lineOfDelimiterCommand(script.sql)) {
            *error = QStringLiteral(
                         "%1, line %2: DELIMITER is a command of the mysql program, not SQL. The server "
                         "finds the "
                         "end of a procedure by itself: remove the line, and end statements with semicolons.")
                         .arg(script.name, QString::number(line));
            return false;
        }
    }
    return true;
}

Result<ConnectOptions> connectOptions(const TestServerOptions &options, const ServerEndpoint &endpoint,
                                      const TestCertificates &certificates)
{
    ConnectOptions result;
    if (!certificates.isValid()) { // a server named by URL, which says how to connect
        Result<ConnectOptions> parsed = ConnectOptions::fromUrl(options.serverUrl());
        if (!parsed)
            return parsed;
        result = parsed.value();
    } else {
        result.setUser(endpoint.user);
        result.setPassword(endpoint.password);
        result.setDatabase(endpoint.database);
        if (!endpoint.socketPath.isEmpty()) {
            result.setSocketPath(endpoint.socketPath);
        } else {
            result.setHost(endpoint.host);
            result.setPort(endpoint.port);
            result.setSslMode(SslMode::VerifyCa);
            result.setSslCaFile(certificates.caCertificatePath());
        }
    }
    result.setTimeZone(QString()); // the server's own, as in its other sessions
    result.setMultiStatements(true);
    return result;
}

} // namespace

bool loadSql(const TestServerOptions &options, const ServerEndpoint &endpoint,
             const TestCertificates &certificates, const QDeadlineTimer &deadline, QString *error)
{
    QList<Script> scripts;
    if (!readScripts(options, &scripts, error))
        return false;
    if (scripts.isEmpty())
        return true;

    const Result<ConnectOptions> connect = connectOptions(options, endpoint, certificates);
    if (!connect) {
        *error = connect.error().message();
        return false;
    }
    const QString timeout = QStringLiteral("not done in time (TestServerOptions::setStartTimeout())");
    Connection connection;
    const auto opening = connection.open(connect.value());
    if (!waitFor<Result<void>>(opening, deadline) || !opening.result()) {
        *error = QStringLiteral("Cannot connect to the test server to load the SQL: %1")
                     .arg(opening.isFinished() ? opening.result().error().toString() : timeout);
        return false;
    }
    for (const Script &script : qAsConst(scripts)) {
        const auto running = connection.query(script.sql);
        if (waitFor<Result<ResultSet>>(running, deadline) && running.result())
            continue;
        if (running.isFinished() && running.result().error().code() == EmptyQuery)
            continue;
        *error = script.name + QLatin1String(": ")
            + (running.isFinished() ? running.result().error().toString() : timeout);
        return false;
    }
    waitFor<Result<void>>(connection.close(), deadline);
    return true;
}

} // namespace QAsyncMySql::Internal
