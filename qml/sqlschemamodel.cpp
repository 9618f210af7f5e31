// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sqlschemamodel.h"

namespace QAsyncMySql {

SqlSchemaModel::SqlSchemaModel(QObject *parent)
    : SchemaModel(parent)
{
}

void SqlSchemaModel::setSqlPool(SqlPool *pool)
{
    if (m_sqlPool == pool)
        return;
    disconnect(m_poolConnection);
    m_sqlPool = pool;
    if (pool)
        m_poolConnection = connect(pool, &SqlPool::poolReplaced, this, &SqlSchemaModel::usePool);
    usePool();
    Q_EMIT poolChanged();
}

void SqlSchemaModel::usePool()
{
    setPool(m_sqlPool ? m_sqlPool->pool() : nullptr);
}

} // namespace QAsyncMySql
