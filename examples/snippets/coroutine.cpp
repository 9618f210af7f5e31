// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "coroutine.h"

//! [coroutine]
#include <QAsyncMySql/Connection>

#include <QDebug>

using namespace QAsyncMySql;

Task raisePrices(Connection *connection, int percent)
{
    const auto updated
        = co_await connection->execute(u"UPDATE orders SET price = price * (100 + ?) / 100", percent);
    if (!updated) {
        qWarning() << updated.error(); // what went wrong, and what became of the statement
        co_return;
    }
    qInfo() << updated->affectedRows() << "rows changed";

    const auto cursor = connection->stream(u"SELECT id, price FROM orders ORDER BY price DESC");
    for (;;) {
        const auto rows = co_await cursor->nextBatch();
        if (!rows || rows->isEmpty())
            break;
        for (const Row &row : *rows)
            qInfo() << row.get<quint64>(0) << row.get<QString>(1);
    }
}
//! [coroutine]
