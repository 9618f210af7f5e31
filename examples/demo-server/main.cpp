// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "demoserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QProcess>

#include <cstdio>

// demo-server [options] -- program [argument...]: starts a private server with the table demo.orders, runs
// the program on it, and ends the server with it.
int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Starts a private MySQL or MariaDB server with the table demo.orders, runs a program on it, and ends "
        "it "
        "with the program. {url} in the program's arguments stands for the URL of the server; so does the "
        "environment variable DEMO_URL."));
    parser.addHelpOption();
    const QCommandLineOption rows(QStringLiteral("rows"),
                                  QStringLiteral("Rows of the table (default 1000000)."), QStringLiteral("N"),
                                  QStringLiteral("1000000"));
    const QCommandLineOption image(
        QStringLiteral("server"),
        QStringLiteral("The server: mariadb, mysql, mariadb:11 and so on (default: any)."),
        QStringLiteral("NAME"));
    const QCommandLineOption fresh(QStringLiteral("fresh"),
                                   QStringLiteral("Make the rows again, even if they are in the cache."));
    parser.addOptions({rows, image, fresh});
    parser.addPositionalArgument(QStringLiteral("program"),
                                 QStringLiteral("The program to run, with its arguments."),
                                 QStringLiteral("-- program [argument...]"));
    parser.process(application);

    QStringList command = parser.positionalArguments();
    bool isNumber = false;
    const qint64 rowCount = parser.value(rows).toLongLong(&isNumber);
    if (command.isEmpty() || !isNumber || rowCount < 0) {
        std::fputs("demo-server: give a program to run; see demo-server --help\n", stderr);
        return 2;
    }

    // A server of the user's own is for the tests, which have a database of theirs; this program makes one
    // called "demo".
    qunsetenv("QASYNCMYSQL_TEST_SERVER_URL");
    DemoServer server(parser.value(image), rowCount);
    if (!server.start(parser.isSet(fresh))) {
        std::fprintf(stderr, "demo-server: %s\n", qPrintable(server.errorString()));
        return 3; // the same as that of the command-line tool
    }
    const QString url = server.url().toString(QUrl::FullyEncoded);
    command.replaceInStrings(QStringLiteral("{url}"), url);

    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DEMO_URL"), url);
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::ForwardedChannels);
    program.setInputChannelMode(QProcess::ForwardedInputChannel);
    program.start(command.takeFirst(), command);
    if (!program.waitForStarted()) {
        std::fprintf(stderr, "demo-server: %s: %s\n", qPrintable(program.program()),
                     qPrintable(program.errorString()));
        return 127;
    }
    program.waitForFinished(-1);
    return program.exitStatus() == QProcess::NormalExit ? program.exitCode() : 1;
}
