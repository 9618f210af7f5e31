// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// bench-qasyncmysql: the workloads that write.

#include "benchmarks/peers/qasyncmysql.h"

#include <QAsyncMySql/LocalInfile>

#include <QtCore/QBuffer>

#include <chrono>

using namespace QAsyncMySql;

namespace {

using Clock = std::chrono::local_time<std::chrono::microseconds>;
using TypedRow = std::tuple<int, int, std::string, double, Clock>;

Clock toTime(const Bench::DateTime &d)
{
    using namespace std::chrono;
    return local_days(year(d.year) / d.month / d.day) + hours(d.hour) + minutes(d.minute) + seconds(d.second)
        + microseconds(d.microsecond);
}

std::vector<TypedRow> typedRows(long count)
{
    std::vector<TypedRow> rows;
    rows.reserve(size_t(count));
    for (const Bench::InsertRow &row : Bench::insertRows(count))
        rows.emplace_back(row.id, row.a, row.b, row.c, toTime(row.d));
    return rows;
}

void appendEscaped(QByteArray &to, std::string_view text)
{
    for (const char c : text) {
        if (c == '\\' || c == '\t' || c == '\n')
            to.append('\\');
        to.append(c);
    }
}

QByteArray tabSeparated(long count)
{
    QByteArray text;
    char buffer[64];
    for (const Bench::InsertRow &row : Bench::insertRows(count)) {
        text.append(QByteArray::number(row.id)).append('\t').append(QByteArray::number(row.a)).append('\t');
        appendEscaped(text, row.b);
        const auto number = std::to_chars(buffer, buffer + sizeof buffer, row.c);
        text.append('\t').append(buffer, number.ptr - buffer);
        const int size = std::snprintf(buffer, sizeof buffer, "\t%04d-%02d-%02d %02d:%02d:%02d.%06d\n",
                                       row.d.year, row.d.month, row.d.day, row.d.hour, row.d.minute,
                                       row.d.second, row.d.microsecond);
        text.append(buffer, size);
    }
    return text;
}

} // namespace

Task bulkInsert(Run &run, Connection &connection)
{
    const long count = run.arguments.number("n", 100'000);
    const std::vector<TypedRow> data = typedRows(count);
    BulkOptions bulk;
    bulk.setTransaction(true).setChunkBytes(run.arguments.number("chunk", long(bulk.chunkBytes())));
    must(co_await connection.query(u"SET SESSION sql_log_bin=0"));
    must(co_await connection.query(u"TRUNCATE TABLE ins"));
    run.meter.start();
    // By reference to the rows: a generator, so that they are not copied first.
    size_t at = 0;
    std::function<const TypedRow *()> next
        = [&]() -> const TypedRow * { return at < data.size() ? &data[at++] : nullptr; };
    const auto result = co_await connection.executeMany(u"INSERT INTO ins VALUES (?,?,?,?,?)", next, bulk);
    if (!must(result).isComplete())
        Bench::die("bulk_insert", result->error().toString().toStdString());
    run.finish();
    run.rows = quint64(result->acceptedRows());
    const auto check = co_await connection.query(QString::fromLatin1(Bench::InsertCheck));
    run.sum.add(must(check).at(0).get<qint64>(0));
    QCoreApplication::quit();
}

Task loadLocal(Run &run, Connection &connection)
{
    const long count = run.arguments.number("n", 100'000);
    QByteArray text = tabSeparated(count);
    QBuffer device(&text);
    device.open(QIODevice::ReadOnly);
    StatementOptions options;
    options.setLocalInfile(LocalInfile::fromDevice(&device));
    must(co_await connection.query(u"SET SESSION sql_log_bin=0"));
    must(co_await connection.query(u"TRUNCATE TABLE ins"));
    run.meter.start();
    const auto result = co_await connection.query(
        options, u"LOAD DATA LOCAL INFILE 'x' INTO TABLE ins CHARACTER SET utf8mb4");
    run.rows = must(result).affectedRows();
    run.finish();
    const auto check = co_await connection.query(QString::fromLatin1(Bench::InsertCheck));
    run.sum.add(must(check).at(0).get<qint64>(0));
    QCoreApplication::quit();
}
