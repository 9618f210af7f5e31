// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Results by callback. Usage: console-callback mysql://user:password@host/schema

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
    QObject::connect(&connection, &Connection::errorOccurred, &application, [](const Error &error) {
        QTextStream(stderr) << error.toString() << '\n'; // could not connect, or the connection was lost
        QCoreApplication::exit(3);
    });
    const Reply<void> opened = connection.open(*options);

    // The callback is called unless its context (here: the application) is destroyed before.
    const auto show = [](const Result<ResultSet> &result) {
        if (!result) {
            QTextStream(stderr) << result.error().toString() << '\n';
            QCoreApplication::exit(1);
            return;
        }
        QTextStream(stdout) << "the sum is " << result->at(0).get<int>(0) << '\n';
        QCoreApplication::quit();
    };
    connection.execute(&application, show, u"SELECT CAST(? + ? AS SIGNED)", 40, 2);
    return application.exec();
}
