// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shop.h"

#include <QAsyncMySql/expressions.h>
#include <QAsyncMySql/pool.h>

#include <functional>

//! So many of a product.
class OrderItem
{
public:
    OrderItem(quint32 product_, int quantity_)
        : product(product_)
        , quantity(quantity_)
    {
    }
    quint32 product;
    int quantity;
};

//! What to look for among the products; all of them by default.
class ProductFilter
{
public:
    QString name; //!< part of the name; empty for any
    std::optional<QAsyncMySql::Decimal> upTo; //!< the highest price
    bool inStock = false;
};

//! A customer's orders in a month, as the report has them.
class ReportLine
{
public:
    QString customer;
    QString month;
    qint64 orders = 0;
    QAsyncMySql::Decimal total;
    qint64 rank = 0; //!< among the customers of the month
};

/*!
    The order entry of a shop, on a pool of connections. Callbacks come from the event loop.
*/
class OrderService
{
public:
    template <class T> using Callback = std::function<void(const QAsyncMySql::Result<T> &)>;

    explicit OrderService(QAsyncMySql::Pool &pool)
        : m_pool(pool)
    {
    }

    //! What findProducts() runs: filters that are empty leave no trace in the statement.
    static auto productsQuery(const ProductFilter &filter)
    {
        using namespace QAsyncMySql::Sql;
        using Shop::products;
        Condition condition = products.discontinued.isNull();
        if (!filter.name.isEmpty())
            condition = condition && products.name.contains(filter.name);
        if (filter.upTo)
            condition = condition && products.price <= *filter.upTo;
        if (filter.inStock)
            condition = condition && products.stock > 0;
        return select(products.all()).from(products).where(condition).orderBy(products.name, products.id);
    }

    //! The number of the customer with this address, who is made or renamed as need be.
    void saveCustomer(const QString &name, const QString &email, Callback<quint32> done);
    //! Products by name.
    auto findProducts(const ProductFilter &filter) { return m_pool.execute(productsQuery(filter)); }
    /*! Takes the items from the stock and writes an order, both or neither. The number of the order; an Error
       of kind Usage when a product is unknown, discontinued, or not in stock. */
    void placeOrder(quint32 customer, const QList<OrderItem> &items, const QString &note,
                    Callback<quint32> done);
    //! Gives the items back and removes the order; whether there was one.
    void cancelOrder(quint32 order, Callback<bool> done);
    //! Each customer's orders by month, with their place among all customers of the month.
    void report(Callback<QList<ReportLine>> done);

private:
    QAsyncMySql::Pool &m_pool;
};

//! The rows of OrderService::findProducts().
using FoundProducts = decltype(OrderService::productsQuery(ProductFilter()))::ResultType;
