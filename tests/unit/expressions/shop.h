// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/expressions.h>

#include <QtCore/QJsonValue>

/*
    The tables that the tests of expressions use.
*/
namespace Shop {

namespace Sql = QAsyncMySql::Sql;

template <Sql::Name Alias = "customers"> struct Customers : Sql::Table<Customers, "customers", Alias>
{
    Sql::Column<Alias, "id", quint64> id;
    Sql::Column<Alias, "name", QString> name;
    Sql::Column<Alias, "born", std::optional<QDate>> born;
    Sql::Column<Alias, "active", bool> active;
    Sql::Column<Alias, "referrer_id", std::optional<quint64>> referrerId;
    Sql::Column<Alias, "settings", std::optional<QJsonValue>> settings;
    static constexpr const char *definition
        = "create table customers (id bigint unsigned not null auto_increment primary key, "
          "name varchar(80) not null unique, born date null, active tinyint(1) not null default 1, "
          "referrer_id bigint unsigned null, settings json null)";
};
inline constexpr Customers<> customers{};

template <Sql::Name Alias = "orders"> struct Orders : Sql::Table<Orders, "orders", Alias>
{
    Sql::Column<Alias, "id", quint64> id;
    Sql::Column<Alias, "customer_id", quint64> customerId;
    Sql::Column<Alias, "placed", QDateTime> placed;
    Sql::Column<Alias, "total", QAsyncMySql::Decimal> total;
    Sql::Column<Alias, "note", std::optional<QString>> note;
    constexpr auto all() const { return Sql::columns(id, customerId, placed, total, note); }
    static constexpr const char *definition
        = "create table orders (id bigint unsigned not null auto_increment primary key, "
          "customer_id bigint unsigned not null, placed datetime(6) not null, total decimal(12, 2) not null, "
          "note varchar(200) null)";
};
inline constexpr Orders<> orders{};

//! For calculations: integers of both kinds, a double, and NULLs.
template <Sql::Name Alias = "numbers"> struct Numbers : Sql::Table<Numbers, "numbers", Alias>
{
    Sql::Column<Alias, "id", int> id;
    Sql::Column<Alias, "a", qint64> a;
    Sql::Column<Alias, "b", std::optional<qint64>> b;
    Sql::Column<Alias, "d", double> d;
    static constexpr const char *definition = "create table numbers (id int not null primary key, "
                                              "a bigint not null, b bigint null, d double not null)";
};
inline constexpr Numbers<> numbers{};

} // namespace Shop
