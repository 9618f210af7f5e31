// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/pool.h>

#include <QtCore/QCoreApplication>

/*!
    A schema of one's own on a server of the matrix, dropped at the end, with a pool and a second connection
   ("the others") on it.
*/
class ScratchSchema
{
public:
    explicit ScratchSchema(const MatrixServer &server)
        : m_name(QStringLiteral("models_%1_%2").arg(QCoreApplication::applicationPid()).arg(++s_count))
    {
        QAsyncMySql::ConnectOptions options = *QAsyncMySql::ConnectOptions::fromUrl(server.url());
        if (!await(others.open(options)))
            qFatal("cannot connect");
        must(QStringLiteral("CREATE DATABASE %1 CHARACTER SET utf8mb4").arg(m_name));
        must(QStringLiteral("USE %1").arg(m_name));
        options.setDatabase(m_name);
        pool.setOptions(options);
    }
    ~ScratchSchema()
    {
        pool.abort();
        must(QStringLiteral("DROP DATABASE %1").arg(m_name));
    }
    Q_DISABLE_COPY_MOVE(ScratchSchema)

    QString name() const { return m_name; }
    //! Runs \a sql on the others' connection; it has to work.
    QAsyncMySql::ResultSet must(const QString &sql)
    {
        const QAsyncMySql::Result<QAsyncMySql::ResultSet> result = await(others.query(sql), 600'000);
        if (!result)
            qFatal("%s\n%s", qPrintable(sql), qPrintable(result.error().toString()));
        return *result;
    }
    //! Fills \a table (id, …) with at least \a rows rows by doubling, from the columns and values given for
    //! n.
    void fill(const QString &table, const QString &columns, const QString &values, qint64 rows)
    {
        // n is 0 to 999; further blocks of a thousand are added to it.
        must(QStringLiteral("CREATE TABLE IF NOT EXISTS numbers (n BIGINT PRIMARY KEY)"));
        const qint64 wanted = qMin(rows, Q_INT64_C(1000));
        qint64 have = must(QStringLiteral("SELECT COUNT(*) FROM numbers")).scalar<qint64>().valueOr(0);
        if (have == 0) {
            must(QStringLiteral("INSERT INTO numbers VALUES (0)"));
            have = 1;
        }
        while (have < wanted) {
            must(QStringLiteral("INSERT INTO numbers SELECT n + %1 FROM numbers WHERE n + %1 < 1000")
                     .arg(have));
            have = qMin(have * 2, Q_INT64_C(1000));
        }
        for (qint64 done = 0; done < rows; done += 100'000) {
            must(QStringLiteral(
                     "INSERT INTO %1 (%2) SELECT %3 FROM (SELECT a.n * 1000 + b.n + %4 AS n FROM numbers a, "
                     "numbers b WHERE a.n < 100 AND a.n * 1000 + b.n + %4 < %5) AS s")
                     .arg(table, columns, values)
                     .arg(done)
                     .arg(rows));
        }
    }

    QAsyncMySql::Connection others;
    QAsyncMySql::Pool pool;

private:
    static inline int s_count = 0;
    QString m_name;
};
