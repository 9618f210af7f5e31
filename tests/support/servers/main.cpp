// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Starts the servers of the matrix once for a whole run of ctest.
//
//   start FILE   starts a process in the background that owns the servers, and returns when FILE tells where
//   they are serve FILE PID   is that process; it ends, and the servers with it, when it is told to or when
//   process PID is gone stop FILE    tells it to

#include "support/servermatrix.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>
#include <QtCore/QSaveFile>
#include <QtCore/QThread>
#include <QtCore/QTimer>

#include <csignal>
#include <cstdio>

#include <unistd.h>

namespace {

constexpr int StartTimeoutMs = 170000;
constexpr int PollMs = 20;

volatile std::sig_atomic_t endRequested = 0;

bool isAlive(qint64 processId)
{
    return processId > 1 && ::kill(pid_t(processId), 0) == 0;
}

QJsonObject readState(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

int serve(const QString &fileName, qint64 watchedProcess)
{
    std::signal(SIGTERM, [](int) { endRequested = 1; });
    QJsonArray servers;
    const QStringList ids = ServerMatrix::ids();
    for (const QString &id : ids)
        servers.append(ServerMatrix::server(id).toJson());
    const QJsonObject state{
        {QStringLiteral("processId"), QCoreApplication::applicationPid()},
        {QStringLiteral("servers"), servers},
    };
    QSaveFile file(fileName);
    // There are passwords in it.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(QJsonDocument(state).toJson()) < 0 || !file.commit()) {
        std::fprintf(stderr, "cannot write %s: %s\n", qPrintable(fileName), qPrintable(file.errorString()));
        return 1;
    }
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        // ThreadSanitizer holds back signals; the file is gone at once.
        if (endRequested || !isAlive(watchedProcess) || !QFile::exists(fileName))
            QCoreApplication::quit();
    });
    timer.start(200);
    const int result = QCoreApplication::exec();
    QFile::remove(fileName);
    return result;
}

int start(const QString &fileName)
{
    QFile::remove(fileName);
    const QString logName = fileName + QLatin1String(".log");
    QProcess background;
    background.setProgram(QCoreApplication::applicationFilePath());
    // Our parent is ctest, and this program ends long before it.
    background.setArguments({QStringLiteral("serve"), fileName, QString::number(::getppid())});
    // Not our own output: ctest would wait for its end.
    background.setStandardInputFile(QProcess::nullDevice());
    background.setStandardOutputFile(logName);
    background.setStandardErrorFile(logName);
    qint64 processId = 0;
    if (!background.startDetached(&processId)) {
        std::fprintf(stderr, "cannot start: %s\n", qPrintable(background.errorString()));
        return 1;
    }
    QElapsedTimer elapsed;
    elapsed.start();
    while (!QFile::exists(fileName)) {
        if (!isAlive(processId) || elapsed.hasExpired(StartTimeoutMs)) {
            QFile log(logName);
            const QByteArray text = log.open(QIODevice::ReadOnly) ? log.readAll() : QByteArray();
            std::fprintf(stderr, "the servers did not start:\n%s\n", text.constData());
            return 1;
        }
        QThread::msleep(PollMs);
    }
    const QJsonArray servers = readState(fileName).value(u"servers").toArray();
    for (const QJsonValue &value : servers) {
        const MatrixServer server = MatrixServer::fromJson(value.toObject());
        const QString text = server.isRunning()
            ? QStringLiteral("%1 on port %2").arg(server.serverVersion, QString::number(server.port))
            : server.error;
        std::printf("%s: %s\n", qPrintable(server.id), qPrintable(text));
    }
    return 0; // the tests say for themselves what they miss
}

int stop(const QString &fileName)
{
    const qint64 processId = readState(fileName).value(u"processId").toInteger();
    if (processId <= 1)
        return 0;
    ::kill(pid_t(processId), SIGTERM);
    QFile::remove(fileName);
    QElapsedTimer elapsed;
    elapsed.start();
    while (isAlive(processId) && !elapsed.hasExpired(20000))
        QThread::msleep(PollMs);
    return isAlive(processId) ? 1 : 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString command = arguments.value(1);
    const QString fileName = arguments.value(2);
    if (command == QLatin1String("start") && !fileName.isEmpty())
        return start(fileName);
    if (command == QLatin1String("serve") && !fileName.isEmpty())
        return serve(fileName, arguments.value(3).toLongLong());
    if (command == QLatin1String("stop") && !fileName.isEmpty())
        return stop(fileName);
    std::fprintf(stderr, "usage: qasyncmysql_test_servers start|stop FILE\n");
    return 2;
}
