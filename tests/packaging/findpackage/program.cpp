// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A user's program: no strict defines, Qt's keywords, the CamelCase headers.

#include <QAsyncMySql/Error>
#include <QAsyncMySql/QueryModel>
#include <QAsyncMySql/version.h>

#include <QCoreApplication>
#include <QDebug>

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QString expected = app.arguments().value(1);
    if (QAsyncMySql::version().toString() != expected || expected != QASYNCMYSQL_VERSION_STR) {
        qCritical() << "library" << QAsyncMySql::version() << "headers" << QASYNCMYSQL_VERSION_STR
                    << "expected" << expected;
        return 1;
    }
    // The libraries of the models, too, are found and fit.
    QAsyncMySql::QueryModel model;
    model.setQuery("SELECT ?", 1);
    return model.rowCount() == 0 && model.status() == QAsyncMySql::QueryModel::Status::Empty ? 0 : 2;
}
