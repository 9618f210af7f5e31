// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "integration/expressions/live.h"
#include "unit/expressions/shop.h"

/*
    Running typed statements, and those written by hand, on a schema with a few rows.
*/
namespace Kinds {

using namespace QAsyncMySql;

inline const QStringList Data{
    QStringLiteral(
        "insert into customers (id, name, born, active, referrer_id, settings) values "
        "(1, 'Ada', '1815-12-10', 1, null, '{\"theme\": \"dark\", \"size\": [1, 2]}'), "
        "(2, 'Grace', '1906-12-09', 1, 1, '{\"theme\": \"light\"}'), (3, 'Linus', null, 0, 1, null), "
        "(4, 'a_b%c!', '2000-02-29', 1, 2, '{}'), (5, 'Zoë', null, 1, null, null)"),
    QStringLiteral(
        "insert into orders (id, customer_id, placed, total, note) values "
        "(1, 1, '2024-01-01 10:00:00.000001', 10.50, null), (2, 1, '2024-02-29 23:59:59', 99.99, 'gift'), "
        "(3, 2, '2024-03-01 00:00:00', 0.01, 'x'), (4, 3, '2023-12-31 12:00:00', 5.00, null), "
        "(5, 9, '2025-06-15 08:30:00', 1000.00, 'of nobody')"),
    QStringLiteral(
        "insert into numbers (id, a, b, d) values (1, 5, 2, 0.5), (2, -7, null, 2.25), (3, 0, 3, -1e10)"),
};

// Without the types: that 1 of a parameter is a BIGINT and 1 in a text an INT is not what is compared here.
inline QString text(const ResultSet &result)
{
    QString text;
    for (const Row &row : result) {
        for (const QVariant &value : row.toVariantList())
            text += (value.isNull() ? QStringLiteral("NULL") : value.toString()) + u' ';
        text += u'\n';
    }
    return text;
}

inline bool setUp(LiveSchema &schema)
{
    return schema.setUp({QString::fromLatin1(Shop::Customers<>::definition),
                         QString::fromLatin1(Shop::Orders<>::definition),
                         QString::fromLatin1(Shop::Numbers<>::definition)})
        && schema.setUp(Data);
}

//! Runs a statement; a failure is the test's.
inline ResultSet run(LiveSchema &schema, const SqlStatement &statement, bool prepared = true)
{
    const Result<SqlStatement> resolved = statement.forServer(schema.dialect());
    if (!resolved) {
        QTest::qFail(qPrintable(resolved.error().toString()), __FILE__, __LINE__);
        return {};
    }
    const auto result
        = await(schema.connection.run(prepared ? StatementProtocol::Prepared : StatementProtocol::Text,
                                      resolved->text(), resolved->parameters()));
    if (!result) {
        QTest::qFail(qPrintable(QString(result.error().toString() % u'\n' % resolved->text())), __FILE__,
                     __LINE__);
        return {};
    }
    return *result;
}

} // namespace Kinds
