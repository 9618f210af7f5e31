// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sqlpool.h"

#include <QtCore/QPointer>

namespace QAsyncMySql::Internal {

//! The property "pool" of a QML model: a SqlPool, whose Pool may be replaced by another at any time.
class PoolProperty
{
public:
    SqlPool *value() const { return m_pool; }
    //! Gives \a model the Pool of \a pool, now and whenever it is replaced. False if it has that already.
    template <class Model> bool set(SqlPool *pool, Model *model)
    {
        if (m_pool == pool)
            return false;
        QObject::disconnect(m_connection);
        m_pool = pool;
        if (pool) {
            m_connection = QObject::connect(pool, &SqlPool::poolReplaced, model,
                                            [pool, model] { model->setPool(pool->pool()); });
        }
        model->setPool(pool ? pool->pool() : nullptr);
        return true;
    }

private:
    QPointer<SqlPool> m_pool;
    QMetaObject::Connection m_connection;
};

} // namespace QAsyncMySql::Internal
