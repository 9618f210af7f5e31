// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/statementcache.h"

#include <QAsyncMySql/column.h>
#include <QAsyncMySql/result.h>

#include <QtCore/QList>
#include <QtCore/QStringList>

#include <memory>

namespace QAsyncMySql::Internal {

class ConnectionCore;

//! What the copies of a Statement share. Has the statement closed when the last one goes.
class PreparedHandle
{
public:
    PreparedHandle(const std::shared_ptr<ConnectionCore> &owner, const QString &statement);
    ~PreparedHandle();
    PreparedHandle(const PreparedHandle &) = delete;
    PreparedHandle &operator=(const PreparedHandle &) = delete;

    //! The connection to run it on, or why there is none: it is gone, or was given back to its pool.
    Result<std::shared_ptr<ConnectionCore>> connection() const;
    //! The statement as the session of \a cache has it, or null: it is to be prepared (again).
    const StatementCache::Entry *find(const StatementCache &cache) const noexcept
    {
        return m_generation == cache.generation() ? &m_entry : nullptr;
    }
    void set(const StatementCache &cache, StatementCache::Entry entry)
    {
        m_entry = entry;
        m_generation = cache.generation();
    }
    void forget() noexcept { m_generation = 0; }

    const QString sql;
    QByteArray text; // what is prepared, with ? for the names
    QStringList parameterNames;
    QList<Column> parameters;
    QList<Column> columns;
    int parameterCount = 0;

private:
    const std::weak_ptr<ConnectionCore> m_core;
    const quint64 m_borrower; // of the connection, when it was prepared
    StatementCache::Entry m_entry;
    quint64 m_generation = 0; // of the session that it was prepared in
};

} // namespace QAsyncMySql::Internal
