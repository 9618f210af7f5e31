// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "unit/expressions/shop.h"

#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Sql;
using Shop::customers;
using Shop::orders;

/*
    What a typed statement costs more than its text, up to the point where both are a SqlStatement: made anew,
   and made once.
*/
class bench_Expressions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void byKey()
    {
        quint64 id = 0;
        QBENCHMARK
        {
            use(select(orders.id, orders.total).from(orders).where(orders.id == ++id).statement());
        }
    }
    void byKeyAsText()
    {
        quint64 id = 0;
        QBENCHMARK
        {
            use(SqlStatement(u"SELECT `orders`.`id`, `orders`.`total` FROM `orders` WHERE `orders`.`id` = ?",
                             {++id}));
        }
    }
    void join()
    {
        quint64 id = 0;
        QBENCHMARK
        {
            use(select(customers.name, orders.total, orders.placed)
                    .from(customers)
                    .join(orders, orders.customerId == customers.id)
                    .where(customers.id == ++id && orders.total > 5)
                    .orderBy(orders.placed.desc())
                    .limit(10)
                    .statement());
        }
    }
    void joinAsText()
    {
        quint64 id = 0;
        QBENCHMARK
        {
            use(SqlStatement(u"SELECT `customers`.`name`, `orders`.`total`, `orders`.`placed` FROM "
                             u"`customers` JOIN `orders` ON "
                             "`orders`.`customer_id` = `customers`.`id` WHERE `customers`.`id` = ? AND "
                             "`orders`.`total` > ? "
                             "ORDER BY `orders`.`placed` DESC LIMIT ?",
                             {++id, 5, 10}));
        }
    }
    void insert()
    {
        quint64 id = 0;
        QBENCHMARK
        {
            use(insertInto(orders)
                    .set(orders.customerId = ++id, orders.note = u"x", orders.total = 5)
                    .statement());
        }
    }
    void insertAsText()
    {
        quint64 id = 0;
        QBENCHMARK
        {
            use(SqlStatement(u"INSERT INTO `orders` (`customer_id`, `note`, `total`) VALUES (?, ?, ?)",
                             {++id, u"x", 5}));
        }
    }

private:
    void use(const SqlStatement &statement)
    {
        m_size += statement.text().size() + statement.parameters().size();
    }

    qsizetype m_size = 0;
};

QTEST_APPLESS_MAIN(bench_Expressions)
#include "bench_expressions.moc"
