// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/expressions.h>

/*
    A connection to a server of the matrix, with a schema of its own that is gone afterwards.
*/
class LiveSchema
{
public:
    LiveSchema(const MatrixServer &server, const QString &name)
        : m_name(QStringLiteral("%1_%2").arg(name).arg(QCoreApplication::applicationPid()))
        , m_options(QAsyncMySql::ConnectOptions::fromUrl(server.url()).value())
    {
        if (!run(connection.open(m_options)))
            return;
        if (run(connection.query(u"create database " + m_name + u" character set utf8mb4")))
            run(connection.useDatabase(m_name));
    }
    ~LiveSchema() { run(connection.query(u"drop database if exists " + m_name)); }
    Q_DISABLE_COPY_MOVE(LiveSchema)

    //! Why it cannot be used; empty if it can.
    QString error() const { return m_error; }
    QString name() const { return m_name; }
    QAsyncMySql::ConnectOptions options() const
    {
        QAsyncMySql::ConnectOptions options(m_options);
        return options.setDatabase(m_name);
    }
    QAsyncMySql::Dialect dialect() const
    {
        return QAsyncMySql::Dialect(connection.isMariaDb(), connection.serverVersionNumber());
    }
    //! Runs statements that must succeed.
    bool setUp(const QStringList &statements)
    {
        for (const QString &statement : statements) {
            if (!run(connection.query(statement)))
                return false;
        }
        return true;
    }

    QAsyncMySql::Connection connection;

private:
    template <class T> bool run(const QAsyncMySql::Reply<T> &reply)
    {
        const auto result = await(reply);
        if (!result)
            m_error = result.error().toString();
        return result.hasValue();
    }

    QString m_name;
    QAsyncMySql::ConnectOptions m_options;
    QString m_error;
};
