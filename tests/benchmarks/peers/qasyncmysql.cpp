// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The workloads through our public API, as a program would write them: coroutines that await replies. See
// benchmark.h for the command line.
//
//   how=await|then|callback  roundtrip_text: by co_await, by QFuture::then(), or by the callback form
//   pull=ROWS                read_rows_...: rows asked for at a time (10,000)

#include "benchmarks/peers/qasyncmysql.h"

using namespace QAsyncMySql;
using Bench::die;

Task connectMany(Run &run)
{
    const ConnectOptions options = connectOptions(run.arguments);
    const long count = run.arguments.number("n", 500);
    run.meter.start();
    for (long i = 0; i < count; ++i) {
        Connection connection;
        must(co_await connection.open(options));
        const auto result = co_await connection.query(u"SELECT 1");
        run.rows += quint64(must(result).size());
        must(co_await connection.close());
        run.meter.lap();
    }
    run.finish();
    QCoreApplication::quit();
}

Task roundTrips(Run &run, Connection &connection)
{
    const long count = run.arguments.number("n", 20'000);
    run.meter.reserve(count);
    run.meter.start();
    for (long i = 0; i < count; ++i) {
        const auto result = co_await connection.query(u"SELECT 1");
        run.rows += must(result).at(0).get<quint64>(0);
        run.meter.lap();
    }
    run.finish();
    QCoreApplication::quit();
}

void chainedRoundTrips(Run &run, Connection &connection)
{
    if (run.rows == 0)
        run.meter.start();
    connection.query(u"SELECT 1").then(&connection, [&run, &connection](const Result<ResultSet> &result) {
        run.rows += must(result).at(0).get<quint64>(0);
        run.meter.lap();
        if (qint64(run.rows) < run.arguments.number("n", 20'000))
            return chainedRoundTrips(run, connection);
        run.finish();
        QCoreApplication::quit();
    });
}

void calledRoundTrips(Run &run, Connection &connection)
{
    if (run.rows == 0)
        run.meter.start();
    connection.query(
        &connection,
        [&run, &connection](const Result<ResultSet> &result) {
            run.rows += must(result).at(0).get<quint64>(0);
            run.meter.lap();
            if (qint64(run.rows) < run.arguments.number("n", 20'000))
                return calledRoundTrips(run, connection);
            run.finish();
            QCoreApplication::quit();
        },
        u"SELECT 1");
}

Task pointSelects(Run &run, Connection &connection)
{
    const long count = run.arguments.number("n", 20'000);
    const QString sql = QString::fromLatin1(Bench::PointSelect);
    must(co_await connection.execute(sql, qint64(0))); // prepares it
    run.meter.reserve(count);
    run.meter.start();
    for (long i = 0; i < count; ++i) {
        const auto result = co_await connection.execute(sql, Bench::pointId(i));
        run.rows += addRows(run.sum, must(result));
        run.meter.lap();
    }
    run.finish();
    QCoreApplication::quit();
}

Task pipelines(Run &run, Connection &connection)
{
    const long count = run.arguments.number("n", 20'000);
    const long batch = run.arguments.number("batch", 100);
    const QString sql = QString::fromLatin1(Bench::PointSelect);
    must(co_await connection.execute(sql, qint64(0)));
    run.meter.start();
    for (long i = 0; i < count; i += batch) {
        Pipeline pipeline;
        for (long j = 0; j < batch; ++j)
            pipeline.execute(sql, Bench::pointId(i + j));
        const auto results = co_await connection.run(pipeline);
        for (const Result<ResultSet> &result : must(results))
            run.rows += addRows(run.sum, must(result));
        run.meter.lap();
    }
    run.finish();
    QCoreApplication::quit();
}

namespace {

void start(Run &run, Connection &connection)
{
    const Bench::Arguments &arguments = run.arguments;
    if (arguments.is("roundtrip_text")) {
        const std::string how = arguments.text("how", "await");
        run.extra = "\"note\":\"" + how + '"';
        if (how == "then")
            chainedRoundTrips(run, connection);
        else if (how == "callback")
            calledRoundTrips(run, connection);
        else
            roundTrips(run, connection);
    } else if (arguments.is("point_select_stmt")) {
        pointSelects(run, connection);
    } else if (arguments.is("pipeline")) {
        pipelines(run, connection);
    } else if (arguments.is("read_rows_text") || arguments.is("read_rows_binary")
               || arguments.is("compressed_rows")) {
        streamRows(run, connection);
    } else if (arguments.is("read_rows_buffered")) {
        bufferedRows(run, connection);
    } else if (arguments.is("big_blob")) {
        bigBlobs(run, connection);
    } else if (arguments.is("bulk_insert")) {
        bulkInsert(run, connection);
    } else if (arguments.is("load_local")) {
        loadLocal(run, connection);
    } else {
        Bench::unsupported(arguments, "not a workload of this peer");
    }
}

Task openAndStart(Run &run, Connection &connection)
{
    must(co_await connection.open(connectOptions(run.arguments)));
    start(run, connection);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const Bench::Arguments arguments(argc, argv);
    Run run(arguments);
    if (arguments.is("pool_concurrent") || arguments.is("pool_checkout")) {
        runPool(run);
    } else if (arguments.is("connect_plain") || arguments.is("connect_tls")) {
        connectMany(run);
        QCoreApplication::exec();
    } else {
        Connection connection;
        openAndStart(run, connection);
        QCoreApplication::exec();
    }
    if (!run.over)
        die("error", "the workload has not ended");
    run.meter.print(run.rows, run.sum.value(), run.extra);
    return 0;
}
