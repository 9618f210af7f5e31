// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// bench-qasyncmysql: the workloads that read much.

#include "benchmarks/peers/qasyncmysql.h"

#include <QAsyncMySql/Cursor>

#include <chrono>

using namespace QAsyncMySql;

ConnectOptions connectOptions(const Bench::Arguments &arguments)
{
    ConnectOptions options;
    options.setHost(QStringLiteral("127.0.0.1"))
        .setPort(arguments.port())
        .setUser(QStringLiteral("root"))
        .setDatabase(QStringLiteral("bench"))
        .setSslMode(arguments.is("connect_tls") ? SslMode::Required : SslMode::Disabled)
        .setLocalInfile(arguments.is("load_local"))
        .setMaxPacketSize(qint64(1) << 30)
        .setMaxBufferedResult(qint64(1) << 30);
    if (arguments.is("compressed_rows"))
        options.setCompression(Compression::Zlib);
    return options;
}

void addRow(Bench::Checksum &sum, const Row &row)
{
    using namespace std::chrono;
    const auto id = row.get<qint64>(0);
    const auto a = row.get<int>(1);
    const auto b = row.get<QUtf8StringView>(2);
    const auto c = row.get<double>(3);
    const auto time = row.get<local_time<microseconds>>(4);
    const auto e = row.get<QUtf8StringView>(5);

    const auto day = floor<days>(time);
    const auto ofDay = time - day;
    Bench::DateTime d;
    d.day = int(unsigned(year_month_day(day).day()));
    d.second = int(duration_cast<seconds>(ofDay).count() % 60);
    d.microsecond = int(ofDay.count() % 1'000'000);
    sum.row(id, a, std::string_view(b.data(), size_t(b.size())), c, d,
            Bench::parseCents(std::string_view(e.data(), size_t(e.size()))));
}

Task streamRows(Run &run, Connection &connection)
{
    const QString sql = QString::fromStdString(Bench::readRowsSql(run.arguments));
    const int pull = int(run.arguments.number("pull", 10'000));
    Statement statement;
    if (run.arguments.is("read_rows_binary"))
        statement = must(co_await connection.prepare(sql));
    run.meter.start();
    const std::unique_ptr<Cursor> cursor = statement.isValid() ? statement.stream() : connection.stream(sql);
    for (;;) {
        const auto batch = co_await cursor->nextBatch(pull);
        if (must(batch).isEmpty())
            break;
        run.rows += addRows(run.sum, *batch);
    }
    run.finish();
    QCoreApplication::quit();
}

Task bufferedRows(Run &run, Connection &connection)
{
    const QString sql = QString::fromStdString(Bench::readRowsSql(run.arguments));
    run.meter.start();
    const auto result = co_await connection.query(sql);
    run.rows = addRows(run.sum, must(result));
    run.finish();
    QCoreApplication::quit();
}

Task bigBlobs(Run &run, Connection &connection)
{
    const QString sql = QString::fromLatin1(Bench::BlobSelect);
    const long count = run.arguments.number("n", 5);
    run.meter.start();
    for (long i = 0; i < count; ++i) {
        const auto result = co_await connection.query(sql);
        const Row row = must(result).at(0);
        const QByteArrayView blob = row.raw(0);
        run.sum.add(Bench::blobChecksum(blob.data(), size_t(blob.size())));
        ++run.rows;
        run.meter.lap();
    }
    run.finish();
    QCoreApplication::quit();
}
