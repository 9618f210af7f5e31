// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Pool>

/*
    The life of a connection inside of a program with windows: thirty-two risks, by number. Each has a test
    that says "GUI life" and the number; doc/reliability.md lists them, and tells where they are.
*/

//! Options for \a live, over plain TCP and with its database.
inline QAsyncMySql::ConnectOptions plainOptions(const MatrixServer &live)
{
    QAsyncMySql::ConnectOptions options = *QAsyncMySql::ConnectOptions::fromUrl(live.url());
    options.setSslMode(QAsyncMySql::SslMode::Disabled).setPublicKeyRetrieval(true).setDatabase(live.database);
    return options;
}

//! A statement that gives 1,000,000 rows on any server.
inline QString millionRows()
{
    return QStringLiteral("WITH RECURSIVE d(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM d WHERE i < 99) "
                          "SELECT a.i, REPEAT('x', 50) FROM d a CROSS JOIN d b CROSS JOIN d c");
}

//! The first value of the first row, or -1.
inline qint64 numberIn(const QAsyncMySql::Result<QAsyncMySql::ResultSet> &result)
{
    return result && result->size() > 0 ? result->at(0).get<qint64>(0) : -1;
}
