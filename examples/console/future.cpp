// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Results as futures. Usage: console-future mysql://user:password@host/schema

#include <QAsyncMySql/Connection>

#include <QCoreApplication>
#include <QTextStream>

using namespace QAsyncMySql;

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const auto options = ConnectOptions::fromUrl(application.arguments().value(1));
    if (!options) {
        QTextStream(stderr) << options.error().toString() << '\n';
        return 2;
    }

    Connection connection;
    connection.open(*options).then(&application, [](const Result<void> &opened) {
        if (!opened)
            QTextStream(stderr) << opened.error().toString() << '\n';
    });
    // Commands wait in line: there is no need to wait for the login here. If it fails, so do they.
    connection.query(u"SELECT VERSION() AS version, CONNECTION_ID() AS id")
        .then(&application, [](const Result<ResultSet> &result) {
            if (!result) {
                QCoreApplication::exit(1);
                return;
            }
            for (const Row &row : *result) {
                QTextStream(stdout) << "server " << row.get<QString>(u"version") << ", session "
                                    << row.get<quint64>(u"id") << '\n';
            }
            QCoreApplication::quit();
        });
    return application.exec();
}
