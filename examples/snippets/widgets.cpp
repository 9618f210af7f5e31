// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

//! [widgets]
#include <QAsyncMySql/Pool>
#include <QAsyncMySql/QueryModel>

#include <QApplication>
#include <QTableView>

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QAsyncMySql::ConnectOptions options;
    options.setHost(QStringLiteral("localhost"))
        .setUser(QStringLiteral("demo"))
        .setDatabase(QStringLiteral("shop"));
    QAsyncMySql::Pool pool(options);

    QAsyncMySql::QueryModel model;
    model.setPool(&pool);
    model.setQuery(QStringLiteral("SELECT * FROM orders WHERE price > ?"), 100);
    model.load(); // returns at once; rows appear as they arrive

    QTableView view;
    view.setModel(&model);
    view.show();
    return application.exec();
}
//! [widgets]
