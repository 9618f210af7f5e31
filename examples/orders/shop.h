// Made by qasyncmysql-schema from the tables of a database. Do not edit it: run the tool again.
// clang-format off
#pragma once

#include <QAsyncMySql/sqltable.h>
#include <QAsyncMySql/decimal.h>
#include <QtCore/QDateTime>
#include <QtCore/QString>

#include <optional>

namespace Shop {

template <QAsyncMySql::Sql::Name Alias = "customers"> struct Customers
    : QAsyncMySql::Sql::Table<Customers, "customers", Alias>
{
    QAsyncMySql::Sql::Column<Alias, "id", quint32> id;
    QAsyncMySql::Sql::Column<Alias, "name", QString> name;
    QAsyncMySql::Sql::Column<Alias, "email", QString> email;
    constexpr auto all() const
    {
        return QAsyncMySql::Sql::columns(id, name, email);
    }
};
inline constexpr Customers<> customers{};

template <QAsyncMySql::Sql::Name Alias = "order_lines"> struct OrderLines
    : QAsyncMySql::Sql::Table<OrderLines, "order_lines", Alias>
{
    QAsyncMySql::Sql::Column<Alias, "order_id", quint32> orderId;
    QAsyncMySql::Sql::Column<Alias, "product_id", quint32> productId;
    QAsyncMySql::Sql::Column<Alias, "quantity", qint32> quantity;
    QAsyncMySql::Sql::Column<Alias, "price", QAsyncMySql::Decimal> price;
    constexpr auto all() const
    {
        return QAsyncMySql::Sql::columns(orderId, productId, quantity, price);
    }
};
inline constexpr OrderLines<> orderLines{};

template <QAsyncMySql::Sql::Name Alias = "orders"> struct Orders
    : QAsyncMySql::Sql::Table<Orders, "orders", Alias>
{
    QAsyncMySql::Sql::Column<Alias, "id", quint32> id;
    QAsyncMySql::Sql::Column<Alias, "customer_id", quint32> customerId;
    QAsyncMySql::Sql::Column<Alias, "placed", QDateTime> placed;
    QAsyncMySql::Sql::Column<Alias, "note", std::optional<QString>> note;
    constexpr auto all() const
    {
        return QAsyncMySql::Sql::columns(id, customerId, placed, note);
    }
};
inline constexpr Orders<> orders{};

template <QAsyncMySql::Sql::Name Alias = "products"> struct Products
    : QAsyncMySql::Sql::Table<Products, "products", Alias>
{
    QAsyncMySql::Sql::Column<Alias, "id", quint32> id;
    QAsyncMySql::Sql::Column<Alias, "name", QString> name;
    QAsyncMySql::Sql::Column<Alias, "price", QAsyncMySql::Decimal> price;
    QAsyncMySql::Sql::Column<Alias, "stock", qint32> stock;
    QAsyncMySql::Sql::Column<Alias, "discontinued", std::optional<QDate>> discontinued;
    constexpr auto all() const
    {
        return QAsyncMySql::Sql::columns(id, name, price, stock, discontinued);
    }
};
inline constexpr Products<> products{};

} // namespace Shop
