// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// bench-qasyncmysql: many connections at once.
//
//   how=statement  pool_checkout: by Pool::query() for each (the default)
//   how=lease      with a lease for each
//   how=unchanged  with one that is given back without a reset, as Boost.MySQL's return_without_reset() does

#include "benchmarks/peers/qasyncmysql.h"

#include <QAsyncMySql/Pool>

using namespace QAsyncMySql;

namespace {

//! Tasks that begin and end together.
struct Crew
{
    explicit Crew(Run &theRun)
        : run(theRun)
        , count(theRun.arguments.number("n", 100'000))
        , size(theRun.arguments.number("conns", 16))
        , sql(QString::fromLatin1(Bench::PointSelect))
    {
    }
    void arrived()
    {
        if (++ready == size)
            run.meter.start();
    }
    void left()
    {
        if (++done == size) { // none may be waiting for its connection when the pool goes
            run.finish();
            QCoreApplication::quit();
        }
    }

    Run &run;
    long count;
    long size;
    long ready = 0;
    long done = 0;
    QString sql;
    Pool pool;
};

//! Each task has a connection for all of its statements.
Task holdOne(Crew &crew, long first)
{
    Lease lease = must(co_await crew.pool.acquire());
    must(co_await lease->execute(crew.sql, qint64(0)));
    crew.arrived();
    for (long i = first; i < crew.count; i += crew.size) {
        const std::int64_t begin = Bench::nowNs();
        const auto result = co_await lease->execute(crew.sql, Bench::pointId(i));
        crew.run.rows += addRows(crew.run.sum, must(result));
        crew.run.meter.latency(Bench::nowNs() - begin);
    }
    crew.left();
}

//! Each statement borrows one.
Task borrow(Crew &crew, long first, QString how)
{
    must(co_await crew.pool.query(crew.sql, qint64(0)));
    crew.arrived();
    for (long i = first; i < crew.count; i += crew.size) {
        const std::int64_t begin = Bench::nowNs();
        if (how == QLatin1String("lease")) {
            Lease lease = must(co_await crew.pool.acquire());
            const auto result = co_await lease->query(crew.sql, Bench::pointId(i));
            crew.run.rows += addRows(crew.run.sum, must(result));
        } else if (how == QLatin1String("unchanged")) {
            Lease lease = must(co_await crew.pool.acquire());
            const auto result = co_await lease->execute(crew.sql, Bench::pointId(i)); // prepared once
            lease.releaseUnchanged();
            crew.run.rows += addRows(crew.run.sum, must(result));
        } else {
            const auto result = co_await crew.pool.query(crew.sql, Bench::pointId(i));
            crew.run.rows += addRows(crew.run.sum, must(result));
        }
        crew.run.meter.latency(Bench::nowNs() - begin);
    }
    crew.left();
}

Task fillAndStart(Crew &crew)
{
    crew.pool.setOptions(connectOptions(crew.run.arguments));
    crew.pool.setMaximumSize(int(crew.size));
    crew.pool.setReservesControlConnection(false);
    { // all are open before any is measured
        std::vector<Reply<Lease>> replies;
        for (long i = 0; i < crew.size; ++i)
            replies.push_back(crew.pool.acquire());
        for (const Reply<Lease> &reply : replies)
            must(co_await reply);
    }
    const QString how = QString::fromStdString(crew.run.arguments.text("how", "statement"));
    for (long i = 0; i < crew.size; ++i) {
        if (crew.run.arguments.is("pool_concurrent"))
            holdOne(crew, i);
        else
            borrow(crew, i, how);
    }
}

} // namespace

void runPool(Run &run)
{
    Crew crew(run);
    run.meter.reserve(crew.count);
    fillAndStart(crew);
    QCoreApplication::exec();
}
