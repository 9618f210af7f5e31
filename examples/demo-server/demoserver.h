// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/testserver.h>

/*!
    A private server with the table demo.orders in it. Its data is kept in the cache, so that only the first
   start has to make the rows.
*/
class DemoServer
{
public:
    //! \a image as in TestServerOptions::setImage(); empty takes what there is.
    DemoServer(const QString &image, qint64 rows);

    //! Starts the server and sees to the rows. On failure errorString() says why.
    bool start(bool fresh);
    QString errorString() const { return m_error; }
    //! The URL of the database "demo".
    QUrl url() const;

private:
    bool connectTo(QAsyncMySql::Connection *connection);
    bool fill();
    QString cachedData() const;
    bool useCachedData();
    void keepData();
    bool copyData(const QString &from, const QString &to) const;
    bool fail(const QString &message);

    QAsyncMySql::TestServer m_server;
    qint64 m_rows;
    QString m_error;
};
