// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// What a program with a user interface feels of us while much is read.
//
//   bench-eventloop stream PORT n=10000000   each event of the loop while so many rows stream: the longest,
//   the 99th
//                                            percentile; the first row; frames of 60 a second that came in
//                                            time
//   bench-eventloop cancel PORT              from cancel() in the middle of a large result to an idle
//   connection bench-eventloop cells PORT n=1000000     bytes of memory for each cell of a result that is
//   held
//
// One event is what QCoreApplication::notify() handles: as long as it takes, nothing is painted. Both the
// time that passed is measured and the processor time of this thread: on a busy machine other programs are in
// the first, too.

#include "benchmarks/peers/qasyncmysql.h"

#include <QAsyncMySql/Cursor>

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace QAsyncMySql;

namespace {

double threadMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
}

//! Measures every event that the loop hands out.
class MeasuringApplication final : public QCoreApplication
{
public:
    using QCoreApplication::QCoreApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (!measuring || m_depth > 0)
            return QCoreApplication::notify(receiver, event);
        ++m_depth;
        QElapsedTimer clock;
        clock.start();
        const double before = threadMs();
        const bool result = QCoreApplication::notify(receiver, event);
        busy.push_back(threadMs() - before);
        passed.push_back(double(clock.nsecsElapsed()) * 1e-6);
        --m_depth;
        return result;
    }

    bool measuring = false;
    std::vector<double> passed;
    std::vector<double> busy;

private:
    int m_depth = 0;
};

double percentile(std::vector<double> &values, double part)
{
    if (values.empty())
        return 0;
    const auto at = values.begin() + qsizetype(double(values.size() - 1) * part);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

//! More rows than the table has: each again and again.
QString manyRows(qint64 count)
{
    QString sql = QStringLiteral("SELECT t.* FROM (SELECT 1 AS again");
    for (qint64 rows = Bench::TableRows; rows < count; rows += Bench::TableRows)
        sql += QStringLiteral(" UNION ALL SELECT 1");
    return sql + QStringLiteral(") x STRAIGHT_JOIN t LIMIT %1").arg(count);
}

struct Frames
{
    int due = 0;
    int late = 0; // by more than a frame
};

//! A frame is 1/60 s: a timer that paints would have to tick so often.
void countFrames(QTimer &timer, Frames &frames)
{
    constexpr int FrameMs = 16;
    timer.setTimerType(Qt::PreciseTimer);
    timer.setInterval(FrameMs);
    const auto clock = std::make_shared<QElapsedTimer>();
    QObject::connect(&timer, &QTimer::timeout, &timer, [clock, &frames] {
        if (clock->isValid()) {
            ++frames.due;
            frames.late += clock->elapsed() > 2 * FrameMs ? 1 : 0;
        }
        clock->start();
    });
    timer.start();
}

Task stream(Run &run, Connection &connection, MeasuringApplication &application, Frames &frames)
{
    must(co_await connection.open(connectOptions(run.arguments)));
    const QString sql = manyRows(run.arguments.number("n", 10'000'000));
    QTimer timer;
    countFrames(timer, frames);
    application.measuring = true;
    run.meter.start();
    const std::int64_t begin = Bench::nowNs();
    const std::unique_ptr<Cursor> cursor = connection.stream(sql);
    for (;;) {
        const auto batch = co_await cursor->nextBatch(1000);
        if (must(batch).isEmpty())
            break;
        if (run.rows == 0)
            run.meter.latency(Bench::nowNs() - begin); // the first row
        run.rows += addRows(run.sum, *batch);
    }
    application.measuring = false;
    run.finish();
    QCoreApplication::quit();
}

//! Cancels a result that is being read, twenty times; the latencies are those to the next "ready".
Task cancelMany(Run &run, Connection &connection)
{
    must(co_await connection.open(connectOptions(run.arguments)));
    const QString sql = manyRows(run.arguments.number("n", 10'000'000));
    const long times = run.arguments.number("times", 20);
    run.meter.start();
    for (long i = 0; i < times; ++i) {
        const std::unique_ptr<Cursor> cursor = connection.stream(sql);
        for (int batches = 0; batches < 5; ++batches)
            run.rows += quint64(must(co_await cursor->nextBatch(1000)).size());
        const std::int64_t begin = Bench::nowNs();
        cursor->cancel();
        must(co_await connection.ping()); // answered when the connection is clean again
        run.meter.latency(Bench::nowNs() - begin);
    }
    run.finish();
    QCoreApplication::quit();
}

Task holdCells(Run &run, Connection &connection, double &bytesPerCell)
{
    must(co_await connection.open(connectOptions(run.arguments)));
    const QString sql = QString::fromStdString(Bench::readRowsSql(run.arguments));
    const long before = Bench::peakKib();
    run.meter.start();
    const auto result = co_await connection.query(sql);
    run.rows = quint64(must(result).size());
    bytesPerCell = double(Bench::peakKib() - before) * 1024 / double(run.rows) / result->columnCount();
    run.finish();
    QCoreApplication::quit();
}

} // namespace

int main(int argc, char **argv)
{
    MeasuringApplication application(argc, argv);
    const Bench::Arguments arguments(argc, argv);
    Run run(arguments);
    Connection connection;
    Frames frames;
    double bytesPerCell = 0;
    if (arguments.is("stream"))
        stream(run, connection, application, frames);
    else if (arguments.is("cancel"))
        cancelMany(run, connection);
    else if (arguments.is("cells"))
        holdCells(run, connection, bytesPerCell);
    else
        Bench::unsupported(arguments, "not a workload of this program");
    QCoreApplication::exec();
    if (!run.over)
        Bench::die("error", "the workload has not ended");
    char extra[400];
    std::snprintf(extra, sizeof extra,
                  "\"events\":%zu,\"event_max_ms\":%.3f,\"event_p99_ms\":%.3f,\"event_busy_max_ms\":%.3f,"
                  "\"event_busy_p99_ms\":%.3f,\"frames\":%d,\"late_frames\":%d,\"bytes_per_cell\":%.1f",
                  application.passed.size(), percentile(application.passed, 1),
                  percentile(application.passed, 0.99), percentile(application.busy, 1),
                  percentile(application.busy, 0.99), frames.due, frames.late, bytesPerCell);
    run.meter.print(run.rows, run.sum.value(), extra);
    return 0;
}
