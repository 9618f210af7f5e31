// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Statements side by side on a pool. Usage: console-pool mysql://user:password@host/schema

#include <QAsyncMySql/Pool>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>

using namespace QAsyncMySql;

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const auto options = ConnectOptions::fromUrl(application.arguments().value(1));
    if (!options)
        return 2;

    Pool pool(*options);
    pool.setMaximumSize(4);
    QElapsedTimer timer;
    timer.start();
    int left = 8;
    for (int i = 0; i < 8; ++i) {
        pool.query(u"SELECT SLEEP(0.2)").then(&application, [&](const Result<ResultSet> &result) {
            if (!result) {
                QTextStream(stderr) << result.error().toString() << '\n';
                QCoreApplication::exit(1);
            } else if (--left == 0) {
                QTextStream(stdout) << "8 statements of 0.2 s on " << pool.size() << " connections took "
                                    << timer.elapsed() << " ms\n";
                QCoreApplication::quit();
            }
        });
    }
    return application.exec();
}
