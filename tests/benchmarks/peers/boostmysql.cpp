// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Boost.MySQL: coroutines on one thread's io_context.

#include "benchmarks/peers/rows.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/mysql.hpp>

#include <algorithm>
#include <exception>
#include <span>

using namespace Bench;
namespace asio = boost::asio;
namespace mysql = boost::mysql;

namespace {

constexpr std::size_t Buffer = 65536; // as much as is read at a time: the default is 1 KiB, which is slower

struct Run
{
    const Arguments &arguments;
    Meter meter{arguments};
    Checksum sum{};
    std::uint64_t rows = 0;
    std::string extra = "\"boost\":" + std::to_string(BOOST_VERSION);
};

template <class Rows> std::uint64_t addRows(Checksum &sum, const Rows &rows)
{
    for (const mysql::row_view row : rows) {
        const mysql::datetime time = row[4].as_datetime();
        DateTime d;
        d.day = time.day();
        d.second = time.second();
        d.microsecond = int(time.microsecond());
        sum.row(row[0].as_int64(), int(row[1].as_int64()), row[2].as_string(), row[3].as_double(), d,
                parseCents(row[5].as_string()));
    }
    return rows.size();
}

mysql::any_connection_params connectionParameters()
{
    mysql::any_connection_params parameters;
    parameters.initial_buffer_size = Buffer;
    parameters.max_buffer_size = std::size_t(1) << 30;
    return parameters;
}

mysql::connect_params connectParameters(const Arguments &arguments)
{
    mysql::connect_params parameters;
    parameters.server_address.emplace_host_and_port("127.0.0.1", arguments.port());
    parameters.username = "root";
    parameters.database = "bench";
    parameters.ssl = arguments.is("connect_tls") ? mysql::ssl_mode::require : mysql::ssl_mode::disable;
    return parameters;
}

asio::awaitable<void> connectMany(Run &run)
{
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.set_verify_mode(asio::ssl::verify_none);
    const auto executor = co_await asio::this_coro::executor;
    const mysql::connect_params parameters = connectParameters(run.arguments);
    const long count = run.arguments.number("n", 500);
    run.meter.start();
    for (long i = 0; i < count; ++i) {
        mysql::any_connection_params own = connectionParameters();
        own.ssl_context = &tls;
        mysql::any_connection connection(executor, own);
        co_await connection.async_connect(parameters);
        mysql::results result;
        co_await connection.async_execute("SELECT 1", result);
        run.rows += result.rows().size();
        co_await connection.async_close();
        run.meter.lap();
    }
    run.meter.stop();
}

asio::awaitable<void> poolTask(Run &run, mysql::connection_pool &pool, long first, long &ready)
{
    const long count = run.arguments.number("n", 100'000);
    const long size = run.arguments.number("conns", 16);
    mysql::results result;
    if (run.arguments.is("pool_concurrent")) {
        mysql::pooled_connection connection = co_await pool.async_get_connection();
        const mysql::statement select = co_await connection->async_prepare_statement(PointSelect);
        if (++ready == size)
            run.meter.start();
        for (long i = first; i < count; i += size) {
            const std::int64_t begin = nowNs();
            co_await connection->async_execute(select.bind(pointId(i)), result);
            run.rows += addRows(run.sum, result.rows());
            run.meter.latency(nowNs() - begin);
        }
    } else {
        if (++ready == size)
            run.meter.start();
        for (long i = first; i < count; i += size) {
            const std::int64_t begin = nowNs();
            mysql::pooled_connection connection = co_await pool.async_get_connection();
            co_await connection->async_execute(
                mysql::with_params("SELECT id,a,b,c,d,e FROM t WHERE id={}", pointId(i)), result);
            if (run.arguments.number("reset", 0) == 0)
                connection.return_without_reset();
            run.rows += addRows(run.sum, result.rows());
            run.meter.latency(nowNs() - begin);
        }
    }
    if (--ready == 0) {
        run.meter.stop();
        pool.cancel();
    }
}

asio::awaitable<void> readRows(Run &run, mysql::any_connection &connection)
{
    const std::string sql = readRowsSql(run.arguments);
    if (run.arguments.is("read_rows_buffered")) {
        mysql::results result;
        run.meter.start();
        co_await connection.async_execute(sql, result);
        run.rows = addRows(run.sum, result.rows());
        run.meter.stop();
        co_return;
    }
    mysql::execution_state state;
    mysql::statement statement;
    const bool binary = run.arguments.is("read_rows_binary");
    if (binary)
        statement = co_await connection.async_prepare_statement(sql);
    run.meter.start();
    if (binary)
        co_await connection.async_start_execution(statement.bind(), state);
    else
        co_await connection.async_start_execution(sql, state);
    while (state.should_read_rows())
        run.rows += addRows(run.sum, co_await connection.async_read_some_rows(state));
    run.meter.stop();
}

asio::awaitable<void> bulkInsert(Run &run, mysql::any_connection &connection)
{
    const std::vector<InsertRow> data = insertRows(run.arguments.number("n", 100'000));
    const std::size_t chunk = 10'000;
    mysql::results result;
    co_await connection.async_execute("SET SESSION sql_log_bin=0", result);
    co_await connection.async_execute("TRUNCATE TABLE ins", result);
    run.meter.start();
    co_await connection.async_execute("START TRANSACTION", result);
    for (std::size_t first = 0; first < data.size(); first += chunk) {
        const std::span rows(data.data() + first, std::min(chunk, data.size() - first));
        co_await connection.async_execute(
            mysql::with_params("INSERT INTO ins VALUES {}",
                               mysql::sequence(rows,
                                               [](const InsertRow &row, mysql::format_context_base &to) {
                                                   const mysql::datetime d(
                                                       std::uint16_t(row.d.year), std::uint8_t(row.d.month),
                                                       std::uint8_t(row.d.day), std::uint8_t(row.d.hour),
                                                       std::uint8_t(row.d.minute), std::uint8_t(row.d.second),
                                                       std::uint32_t(row.d.microsecond));
                                                   mysql::format_sql_to(to, "({}, {}, {}, {}, {})", row.id,
                                                                        row.a, row.b, row.c, d);
                                               })),
            result);
    }
    co_await connection.async_execute("COMMIT", result);
    run.meter.stop();
    run.rows = data.size();
    co_await connection.async_execute(InsertCheck, result);
    run.sum.add(result.rows()[0][0].as_int64());
}

asio::awaitable<void> bigBlobs(Run &run, mysql::any_connection &connection)
{
    // Prepared: of a text row with a first cell of 16 MiB and more, it takes the beginning for an end.
    const mysql::statement select = co_await connection.async_prepare_statement(BlobSelect);
    run.meter.start();
    for (long i = 0; i < run.arguments.number("n", 5); ++i) {
        mysql::results result;
        co_await connection.async_execute(select.bind(), result);
        const auto blob = result.rows()[0][0].as_blob();
        run.sum.add(blobChecksum(blob.data(), blob.size()));
        ++run.rows;
        run.meter.lap();
    }
    run.meter.stop();
}

asio::awaitable<void> pipelines(Run &run, mysql::any_connection &connection)
{
    const long count = run.arguments.number("n", 20'000);
    const long batch = run.arguments.number("batch", 100);
    const mysql::statement select = co_await connection.async_prepare_statement(PointSelect);
    mysql::pipeline_request request;
    std::vector<mysql::stage_response> responses;
    run.meter.start();
    for (long i = 0; i < count; i += batch) {
        request.clear();
        for (long j = 0; j < batch; ++j)
            request.add_execute(select, pointId(i + j));
        co_await connection.async_run_pipeline(request, responses);
        for (const mysql::stage_response &response : responses)
            run.rows += addRows(run.sum, response.as_results().rows());
        run.meter.lap();
    }
    run.meter.stop();
}

asio::awaitable<void> single(Run &run, mysql::any_connection &connection)
{
    const long count = run.arguments.number("n", 20'000);
    const bool points = run.arguments.is("point_select_stmt");
    mysql::statement select;
    if (points)
        select = co_await connection.async_prepare_statement(PointSelect);
    mysql::results result;
    run.meter.reserve(count);
    run.meter.start();
    for (long i = 0; i < count; ++i) {
        if (points) {
            co_await connection.async_execute(select.bind(pointId(i)), result);
            run.rows += addRows(run.sum, result.rows());
        } else {
            co_await connection.async_execute("SELECT 1", result);
            run.rows += std::uint64_t(result.rows()[0][0].as_int64());
        }
        run.meter.lap();
    }
    run.meter.stop();
}

asio::awaitable<void> runOne(Run &run)
{
    mysql::any_connection connection(co_await asio::this_coro::executor, connectionParameters());
    co_await connection.async_connect(connectParameters(run.arguments));
    if (run.arguments.is("roundtrip_text") || run.arguments.is("point_select_stmt"))
        co_await single(run, connection);
    else if (run.arguments.is("pipeline"))
        co_await pipelines(run, connection);
    else if (run.arguments.workload().starts_with("read_rows_"))
        co_await readRows(run, connection);
    else if (run.arguments.is("big_blob"))
        co_await bigBlobs(run, connection);
    else if (run.arguments.is("bulk_insert"))
        co_await bulkInsert(run, connection);
    else
        unsupported(run.arguments, "not a workload of this peer");
    co_await connection.async_close();
}

void runPool(Run &run, asio::io_context &context)
{
    const long size = run.arguments.number("conns", 16);
    mysql::pool_params parameters;
    parameters.server_address.emplace_host_and_port("127.0.0.1", run.arguments.port());
    parameters.username = "root";
    parameters.database = "bench";
    parameters.ssl = mysql::ssl_mode::disable;
    parameters.initial_size = parameters.max_size = std::size_t(size);
    parameters.initial_buffer_size = Buffer;
    mysql::connection_pool pool(context, std::move(parameters));
    pool.async_run(asio::detached);
    run.meter.reserve(run.arguments.number("n", 100'000));
    long ready = 0;
    for (long i = 0; i < size; ++i) {
        asio::co_spawn(context, poolTask(run, pool, i, ready), [](std::exception_ptr error) {
            if (error)
                std::rethrow_exception(error);
        });
    }
    context.run();
}

} // namespace

int main(int argc, char **argv)
{
    const Arguments arguments(argc, argv);
    Run run{.arguments = arguments};
    asio::io_context context(1);
    try {
        if (arguments.is("pool_concurrent") || arguments.is("pool_checkout")) {
            runPool(run, context);
        } else {
            const bool connects = arguments.is("connect_plain") || arguments.is("connect_tls");
            asio::co_spawn(context, connects ? connectMany(run) : runOne(run), [](std::exception_ptr error) {
                if (error)
                    std::rethrow_exception(error);
            });
            context.run();
        }
    } catch (const mysql::error_with_diagnostics &error) {
        die(error.what(), std::string_view(error.get_diagnostics().server_message()));
    } catch (const std::exception &error) {
        die(error.what());
    }
    run.meter.print(run.rows, run.sum.value(), run.extra);
    return 0;
}
