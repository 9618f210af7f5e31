// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sqlpoolmodel.h"

namespace QAsyncMySql {

void SqlPoolModel::setSqlPool(SqlPool *pool)
{
    if (m_sqlPool.set(pool, this))
        Q_EMIT poolChanged();
}

} // namespace QAsyncMySql
