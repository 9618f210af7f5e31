// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "demodata.h"

#include "wait.h"

#include <QStringList>

#include <algorithm>

using namespace QAsyncMySql;

static constexpr qint64 RowsAtATime = 100'000;

static QString createTable()
{
    return QStringLiteral(R"(
        CREATE TABLE demo.orders (
            id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
            customer VARCHAR(60) NOT NULL,
            price DECIMAL(10,2) NOT NULL,
            quantity SMALLINT UNSIGNED NOT NULL,
            ordered_at DATETIME(6) NOT NULL,
            due DATE NULL,
            pickup TIME NULL,
            status ENUM('new','paid','packed','shipped','returned') NOT NULL,
            gift TINYINT(1) NOT NULL,
            weight DOUBLE NULL,
            details JSON NULL,
            token VARBINARY(16) NULL
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4)");
}

static QString insertRows()
{
    // Every row is made from its number n, so the data is the same each time. Multiplying by a large odd
    // number spreads the values. The view of ten digits, crossed with itself, counts.
    return QStringLiteral(R"(
        INSERT INTO demo.orders (id, customer, price, quantity, ordered_at, due, pickup, status, gift, weight, details, token)
        SELECT
            n,
            CONCAT(ELT(1 + r % 12, 'Zoë', 'Jürgen', 'Anaïs', 'Նարե', 'Ольга',
                       'Seán', 'Małgorzata', 'Ελένη', 'François', 'Björk', 'Ngọc', 'Mary'), ' ',
                   ELT(1 + r DIV 12 % 11, 'Müller', 'O''Brien', 'ბერიძე', 'García', 'Иванова', 'Nowak',
                       'Lê', 'Dupont', 'Østergaard', 'Smith', 'De la Cruz')),
            (r % 200000) / 100 + 0.99,
            1 + r % 9,
            TIMESTAMP'2020-01-01 00:00:00' + INTERVAL n * 137 SECOND + INTERVAL r % 1000000 MICROSECOND,
            IF(r % 5 = 0, NULL, DATE'2020-01-02' + INTERVAL n * 137 DIV 86400 + r % 14 DAY),
            IF(r % 3 = 0, SEC_TO_TIME(28800 + r % 36000), NULL),
            1 + r % 5,
            r % 17 = 0,
            IF(r % 7 = 0, NULL, 0.25 + r % 4096 / 128),
            IF(r % 4 = 0, NULL, CONCAT('{"channel":"', ELT(1 + r % 3, 'web', 'shop', 'phone'), '","rating":', 1 + r % 5, '}')),
            IF(r % 2 = 0, UNHEX(LPAD(HEX(r * 1000003), 32, '5A')), NULL)
        FROM (SELECT n, n * 2654435761 % 4294967291 AS r
              FROM (SELECT %1 + 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
                    FROM demo.digits a, demo.digits b, demo.digits c, demo.digits e, demo.digits f) AS numbers
              WHERE n <= %2) AS numbers_with_r
        ORDER BY n)");
}

Result<void> fillDemoData(Connection *connection, qint64 rows, const std::function<void(qint64)> &progress)
{
    const QStringList preparation = {
        QStringLiteral("DROP DATABASE IF EXISTS demo"),
        QStringLiteral("CREATE DATABASE demo DEFAULT CHARACTER SET utf8mb4"),
        createTable(),
        QStringLiteral("CREATE TABLE demo.digits (d INT NOT NULL)"),
        QStringLiteral("INSERT INTO demo.digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)"),
        // The rows are throw-away: what the binary log would cost is saved where the account may do so.
        QStringLiteral("SET SESSION unique_checks = 0, foreign_key_checks = 0"),
    };
    for (const QString &sql : preparation) {
        const Result<ResultSet> done = waitFor(connection->query(sql));
        if (!done)
            return done.error();
    }
    for (qint64 first = 0; first < rows; first += RowsAtATime) {
        const Result<ResultSet> done = waitFor(connection->query(insertRows().arg(first).arg(rows)));
        if (!done)
            return done.error();
        progress(std::min(rows, first + RowsAtATime));
    }
    for (const QString &sql :
         {QStringLiteral("DROP TABLE demo.digits"), QStringLiteral("ANALYZE TABLE demo.orders")}) {
        const Result<ResultSet> done = waitFor(connection->query(sql));
        if (!done)
            return done.error();
    }
    return {};
}

qint64 countDemoRows(Connection *connection)
{
    const Result<ResultSet> count = waitFor(connection->query(u"SELECT COUNT(*) FROM demo.orders"));
    return count && !count->isEmpty() ? count->at(0).get<qint64>(0) : -1;
}
