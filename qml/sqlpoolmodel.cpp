// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sqlpoolmodel.h"

namespace QAsyncMySql {

void SqlPoolModel::setSqlPool(SqlPool *pool)
{
    if (m_sqlPool == pool)
        return;
    disconnect(m_poolConnection);
    m_sqlPool = pool;
    if (pool)
        m_poolConnection = connect(pool, &SqlPool::poolReplaced, this, &SqlPoolModel::usePool);
    usePool();
    Q_EMIT poolChanged();
}

void SqlPoolModel::usePool()
{
    setPool(m_sqlPool ? m_sqlPool->pool() : nullptr);
}

} // namespace QAsyncMySql
