// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Starts a private server with the tables of the benchmarks, says where it is, and ends it when its standard
// input ends.
//
//   bench-servers ID [ROWS]   ID is one of the test matrix: mariadb-10.11, mariadb-11.8, mysql-9.7

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

#include <QtCore/QCoreApplication>

#include <cstdio>
#include <cstdlib>

using namespace QAsyncMySql;

namespace {

constexpr qint64 BlobSize = 64 << 20;
constexpr qint64 RowsAtOnce = 10'000;

void run(Connection &connection, const QString &sql)
{
    const auto result = await(connection.query(sql), 300'000);
    if (result)
        return;
    std::fprintf(stderr, "%s\n", qPrintable(result.error().toString()));
    std::exit(1);
}

// The same rows on every server. Microseconds are whole milliseconds, since some peers' times have no more.
QString fill(qint64 from, qint64 to)
{
    return QStringLiteral(
               "INSERT INTO t SELECT n, (n * 48271) % 2147483647 - 1073741823,"
               " CONCAT(ELT(1 + n % 4, 'a', 'ß', 'я', '漢'), LEFT('-user-name-abcdefghijk', 4 + n % 16),"
               " LPAD(n % 1000000, 6, '0')), n / 7e0,"
               " TIMESTAMPADD(MICROSECOND, (n % 1000) * 1000,"
               " TIMESTAMPADD(SECOND, n * 61, '2020-01-01 00:00:00')),"
               " CAST((n * 37 % 10000000) / 100 AS DECIMAL(12,2))"
               " FROM (SELECT %1 + d1.i + 10*d2.i + 100*d3.i + 1000*d4.i AS n"
               " FROM digits d1, digits d2, digits d3, digits d4) x WHERE n <= %2 ORDER BY n")
        .arg(from)
        .arg(to);
}

void prepare(Connection &connection, qint64 rows)
{
    const auto sql = [&](const char *text) { run(connection, QString::fromUtf8(text)); };
    sql("SET SESSION sql_log_bin=0");
    sql("CREATE USER IF NOT EXISTS 'root'@'127.0.0.1' IDENTIFIED BY ''");
    sql("ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY ''");
    sql("GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION");
    sql("CREATE DATABASE bench CHARACTER SET utf8mb4");
    sql("USE bench");
    sql("CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, a INT, b VARCHAR(32) CHARACTER SET utf8mb4,"
        " c DOUBLE, d DATETIME(6), e DECIMAL(12,2)) ENGINE=InnoDB");
    sql("CREATE TABLE ins (id INT NOT NULL PRIMARY KEY, a INT, b VARCHAR(32) CHARACTER SET utf8mb4,"
        " c DOUBLE, d DATETIME(6)) ENGINE=InnoDB");
    sql("CREATE TABLE digits (i INT)");
    sql("INSERT INTO digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)");
    for (qint64 from = 1; from <= rows; from += RowsAtOnce)
        run(connection, fill(from, rows));
    sql("ANALYZE TABLE t");
    sql("CREATE TABLE blobs (id INT PRIMARY KEY, v LONGBLOB) ENGINE=InnoDB");
    QByteArray bytes;
    for (int i = 0; i < 256; ++i)
        bytes.append(char(i));
    run(connection,
        QStringLiteral("INSERT INTO blobs VALUES (1, REPEAT(UNHEX('%1'), %2))")
            .arg(QString::fromLatin1(bytes.toHex()))
            .arg(BlobSize / bytes.size()));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s ID [ROWS]\n", argv[0]);
        return 2;
    }
    const std::unique_ptr<TestServer> server = ServerMatrix::startPrivate(
        QString::fromLocal8Bit(argv[1]),
        {QStringLiteral("--max-allowed-packet=256M"), QStringLiteral("--innodb-buffer-pool-size=512M"),
         QStringLiteral("--max-connections=400"), QStringLiteral("--local-infile=ON")});
    if (!server->isRunning()) {
        std::fprintf(stderr, "%s\n", qPrintable(server->errorString()));
        return 1;
    }
    {
        Connection connection;
        const auto options = ConnectOptions::fromUrl(server->url());
        const auto opened = options ? await(connection.open(*options)) : Result<void>(options.error());
        if (!opened) {
            std::fprintf(stderr, "%s\n", qPrintable(opened.error().toString()));
            return 1;
        }
        prepare(connection, argc > 2 ? std::atoll(argv[2]) : 1'000'000);
    }
    std::printf("{\"id\":\"%s\",\"port\":%d,\"version\":\"%s\",\"pid\":%lld}\n", argv[1], int(server->port()),
                qPrintable(server->serverVersion()), static_cast<long long>(server->processId()));
    std::fflush(stdout);
    while (std::getchar() != EOF) { }
    return 0;
}
