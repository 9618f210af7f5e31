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
    if (m_sqlPool.set(pool, this))
        Q_EMIT poolChanged();
}

} // namespace QAsyncMySql
