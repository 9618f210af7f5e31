// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "orderservice.h"

#include <algorithm>
#include <coroutine>
#include <exception>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Sql;
using Shop::customers;
using Shop::orderLines;
using Shop::orders;
using Shop::products;

namespace {

// A coroutine that runs by itself: it ends when its last answer has come, or its connection has gone.
class Job
{
public:
    class promise_type
    {
    public:
        Job get_return_object() noexcept { return Job(); }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() noexcept { }
        void unhandled_exception() noexcept { std::terminate(); }
    };
};

Error refused(const QString &message)
{
    return Error(Error::Kind::Usage, message, Error::Outcome::NotExecuted);
}

// Ends the transaction, and says how it went. After an error it is taken back; so it is when the connection
// is lost.
template <class T> Job finish(Transaction transaction, Result<T> result, OrderService::Callback<T> done)
{
    const bool good = result.hasValue();
    Reply<void> ending = good ? transaction.commit() : transaction.rollback();
    const auto ended = co_await ending;
    done(good && !ended ? Result<T>(ended.error()) : result);
}

Job place(Pool &pool, quint32 customer, QList<OrderItem> items, QString note,
          OrderService::Callback<quint32> done)
{
    const auto begun = co_await pool.begin();
    if (!begun) {
        done(begun.error());
        co_return;
    }
    Transaction transaction = *begun;
    // In the order of their numbers: two orders that lock the same products then wait for each other, and
    // never in a ring.
    std::sort(items.begin(), items.end(),
              [](const OrderItem &a, const OrderItem &b) { return a.product < b.product; });
    QList<quint32> numbers;
    for (const OrderItem &item : std::as_const(items))
        numbers.append(item.product);
    const auto stock
        = co_await transaction.execute(select(products.id, products.name, products.price, products.stock)
                                           .from(products)
                                           .where(products.id.in(numbers) && products.discontinued.isNull())
                                           .orderBy(products.id)
                                           .forUpdate());
    if (!stock) {
        finish<quint32>(transaction, stock.error(), done);
        co_return;
    }
    if (items.isEmpty() || stock->size() != items.size()) {
        finish<quint32>(transaction,
                        refused(QStringLiteral("An order needs products that there are, each of them once.")),
                        done);
        co_return;
    }
    const auto order = co_await transaction.execute(insertInto(orders).set(
        orders.customerId = customer, orders.placed = utcNow(),
        orders.note = note.isEmpty() ? std::optional<QString>() : std::optional<QString>(note)));
    if (!order) {
        finish<quint32>(transaction, order.error(), done);
        co_return;
    }
    const auto number = quint32(order->lastInsertId());
    auto lines
        = insertInto(orderLines)
              .columns(orderLines.orderId, orderLines.productId, orderLines.quantity, orderLines.price);
    for (qsizetype i = 0; i < items.size(); ++i) {
        const auto product = stock->at(i);
        const OrderItem &item = items.at(i);
        if (item.quantity <= 0 || product[products.stock] < item.quantity) {
            finish<quint32>(transaction,
                            refused(QStringLiteral("Of \"%1\" there are %2 in stock, and %3 were ordered.")
                                        .arg(product[products.name])
                                        .arg(product[products.stock])
                                        .arg(item.quantity)),
                            done);
            co_return;
        }
        lines = lines.row(number, item.product, item.quantity, product[products.price]);
        const auto taken
            = co_await transaction.execute(update(products)
                                               .set(products.stock = products.stock - item.quantity)
                                               .where(products.id == item.product));
        if (!taken) {
            finish<quint32>(transaction, taken.error(), done);
            co_return;
        }
    }
    const auto written = co_await transaction.execute(lines);
    finish<quint32>(transaction, written ? Result<quint32>(number) : Result<quint32>(written.error()), done);
}

Job takeBack(Pool &pool, quint32 order, OrderService::Callback<bool> done)
{
    const auto begun = co_await pool.begin();
    if (!begun) {
        done(begun.error());
        co_return;
    }
    Transaction transaction = *begun;
    const auto given
        = co_await transaction.execute(update(products)
                                           .join(orderLines, orderLines.productId == products.id)
                                           .set(products.stock = products.stock + orderLines.quantity)
                                           .where(orderLines.orderId == order));
    if (!given) {
        finish<bool>(transaction, given.error(), done);
        co_return;
    }
    const auto removed = co_await transaction.execute(removeFrom(orders).where(orders.id == order));
    finish<bool>(transaction,
                 removed ? Result<bool>(removed->affectedRows() > 0) : Result<bool>(removed.error()), done);
}

Job save(Pool &pool, QString name, QString email, OrderService::Callback<quint32> done)
{
    const auto saved
        = co_await pool.execute(insertInto(customers)
                                    .set(customers.name = name, customers.email = email)
                                    .onDuplicateKeyUpdate(customers.name = inserted(customers.name)));
    if (!saved) {
        done(saved.error());
        co_return;
    }
    const auto found
        = co_await pool.execute(select(customers.id).from(customers).where(customers.email == email));
    done(found ? found->scalar() : Result<quint32>(found.error()));
}

Job summarize(Pool &pool, OrderService::Callback<QList<ReportLine>> done)
{
    const auto month = dateFormat(orders.placed, QStringLiteral("%Y-%m")).as<"month">();
    const auto months
        = commonTable<"months">(select(orders.customerId, month, countDistinct(orders.id).as<"orders">(),
                                       sum(orderLines.quantity * orderLines.price).as<"total">())
                                    .from(orders)
                                    .join(orderLines, orderLines.orderId == orders.id)
                                    .groupBy(orders.customerId, month));
    const auto total = months.column<"total">();
    const auto result = co_await pool.execute(
        select(customers.name, months.column<"month">(), months.column<"orders">(), total,
               rank().over(Window().partitionBy(months.column<"month">()).orderBy(total.desc())).as<"rank">())
            .with(months)
            .from(months)
            .join(customers, customers.id == months.column<"customer_id">())
            .orderBy(months.column<"month">(), total.desc(), customers.id));
    if (!result) {
        done(result.error());
        co_return;
    }
    QList<ReportLine> lines;
    for (const auto &row : *result) {
        lines.append(ReportLine());
        ReportLine &line = lines.last();
        line.customer = row[customers.name];
        line.month = row.get<"month">().value_or(QString());
        line.orders = row.get<"orders">();
        line.total = row[total].value_or(Decimal());
        line.rank = row.get<"rank">();
    }
    done(lines);
}

} // namespace

void OrderService::saveCustomer(const QString &name, const QString &email, Callback<quint32> done)
{
    save(m_pool, name, email, std::move(done));
}

void OrderService::placeOrder(quint32 customer, const QList<OrderItem> &items, const QString &note,
                              Callback<quint32> done)
{
    place(m_pool, customer, items, note, std::move(done));
}

void OrderService::cancelOrder(quint32 order, Callback<bool> done)
{
    takeBack(m_pool, order, std::move(done));
}

void OrderService::report(Callback<QList<ReportLine>> done)
{
    summarize(m_pool, std::move(done));
}
