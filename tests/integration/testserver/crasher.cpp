// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A test program that dies with a server running: prints where the server is, then ends in the way that is
// asked for.

#include "support/servermatrix.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <sys/resource.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const rlimit noCore{0, 0};
    ::setrlimit(RLIMIT_CORE, &noCore);
    const QByteArray how = argc > 2 ? argv[2] : "";
    QAsyncMySql::TestServer server(ServerMatrix::options(QString::fromLocal8Bit(argc > 1 ? argv[1] : "")));
    const bool started = server.start();
    QJsonObject object = MatrixServer::fromServer(QStringLiteral("crasher"), server).toJson();
    object.insert(QStringLiteral("directory"), server.directory());
    std::puts(QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    if (!started)
        return 1;
    if (how == "abort")
        std::abort();
    if (how == "kill")
        ::raise(SIGKILL);
    if (how == "exit") // skips all destructors
        ::_exit(3);
    if (how == "wait") { // for the end of the standard input
        while (std::getchar() != EOF) { }
    }
    return 0; // in good order
}
