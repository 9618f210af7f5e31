// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sqllookupmodel.h"

namespace QAsyncMySql {

SqlLookupModel::SqlLookupModel(QObject *parent)
    : LookupModel(parent)
{
}

void SqlLookupModel::setSqlPool(SqlPool *pool)
{
    if (m_sqlPool.set(pool, this))
        Q_EMIT poolChanged();
}

} // namespace QAsyncMySql
