// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A large result in a QTableView: when it shows its first rows, when it has all, and what that takes. One
// line of JSON.
//
//   bench-querymodel qasyncmysql|qtsql PORT [ROWS]    with a server of bench-servers, and
//   QT_QPA_PLATFORM=offscreen

#include "../../../examples/shared/processmemory.h"
#include "../../../examples/shared/stallmeter.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/QueryModel>

#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QFile>
#include <QtCore/QThread>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQueryModel>
#include <QtWidgets/QApplication>
#include <QtWidgets/QTableView>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>

namespace Bench {
std::uint64_t receivedBytes(std::uint16_t port);
}

namespace {

[[noreturn]] void die(const QString &what)
{
    std::fprintf(stderr, "%s\n", qPrintable(what));
    std::exit(1);
}

//! A view that knows when it has painted rows for the first time.
class TimedView : public QTableView
{
public:
    explicit TimedView(const QElapsedTimer &clock)
        : m_clock(clock)
    {
    }
    double firstPaint() const { return m_firstPaint; }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QTableView::paintEvent(event);
        if (m_firstPaint < 0 && model() && model()->rowCount() > 0)
            m_firstPaint = double(m_clock.nsecsElapsed()) / 1e6;
    }

private:
    const QElapsedTimer &m_clock;
    double m_firstPaint = -1; // ms
};

//! When the first bytes of the answer come: the kernel's counter, looked at from another thread.
class FirstBytes
{
public:
    FirstBytes(std::uint16_t port, const QElapsedTimer &clock)
        : m_before(Bench::receivedBytes(port))
        , m_thread(QThread::create([this, port, &clock] {
            while (!m_stop && Bench::receivedBytes(port) == m_before)
                QThread::usleep(100);
            m_time = double(clock.nsecsElapsed()) / 1e6;
        }))
    {
        m_thread->start(QThread::HighPriority);
    }
    ~FirstBytes() { time(); }
    Q_DISABLE_COPY_MOVE(FirstBytes)
    double time()
    {
        m_stop = true;
        m_thread->wait();
        return m_time;
    }
    std::uint64_t before() const { return m_before; }

private:
    const std::uint64_t m_before;
    std::atomic<bool> m_stop = false;
    double m_time = 0; // ms
    std::unique_ptr<QThread> m_thread;
};

void runOurs(TimedView &view, std::uint16_t port, const QString &sql, QElapsedTimer &clock,
             const std::function<void()> &begin, const std::function<void(double)> &end)
{
    QAsyncMySql::ConnectOptions options;
    options.setHost(QStringLiteral("127.0.0.1"));
    options.setPort(port);
    options.setUser(QStringLiteral("root"));
    options.setDatabase(QStringLiteral("bench"));
    options.setSslMode(QAsyncMySql::SslMode::Disabled);
    QAsyncMySql::Connection connection;
    QEventLoop loop;
    connection.open(options).then(&loop, [&loop](const QAsyncMySql::Result<void> &result) {
        if (!result)
            die(result.error().toString());
        loop.quit();
    });
    loop.exec();
    QAsyncMySql::QueryModel model;
    view.setModel(&model);
    model.setConnection(&connection);
    model.setFetchPolicy(QAsyncMySql::QueryModel::FetchPolicy::All);
    model.setMemoryLimit(0); // as the other has it
    model.setQuery(sql);
    begin();
    clock.start();
    QObject::connect(&model, &QAsyncMySql::QueryModel::loadFinished, &loop, &QEventLoop::quit);
    model.load();
    loop.exec();
    if (model.error())
        die(model.errorString());
    end(double(clock.nsecsElapsed()) / 1e6);
    view.setModel(nullptr);
}

void runQtSql(TimedView &view, std::uint16_t port, const QString &sql, QElapsedTimer &clock,
              const std::function<void()> &begin, const std::function<void(double)> &end)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QMYSQL"));
    database.setHostName(QStringLiteral("127.0.0.1"));
    database.setPort(port);
    database.setUserName(QStringLiteral("root"));
    database.setDatabaseName(QStringLiteral("bench"));
    if (!database.open())
        die(database.lastError().text());
    QSqlQueryModel model;
    view.setModel(&model);
    begin();
    clock.start();
    model.setQuery(sql, database);
    if (model.lastError().isValid())
        die(model.lastError().text());
    QCoreApplication::processEvents(); // shows the first rows
    while (model.canFetchMore())
        model.fetchMore();
    end(double(clock.nsecsElapsed()) / 1e6);
    view.setModel(nullptr);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 3)
        die(QStringLiteral("usage: bench-querymodel qasyncmysql|qtsql PORT [ROWS]"));
    const auto port = std::uint16_t(arguments.at(2).toUShort());
    const QString sql = QStringLiteral("SELECT id, a, b, c, d FROM t LIMIT %1")
                            .arg(arguments.size() > 3 ? arguments.at(3).toInt() : 1'000'000);
    QElapsedTimer clock;
    TimedView view(clock);
    view.resize(800, 600);
    view.show();
    QApplication::processEvents();

    std::unique_ptr<FirstBytes> first;
    StallMeter stalls;
    qint64 memory = 0;
    const auto begin = [&] {
        // What was held at most until now is forgotten.
        QFile peak(QStringLiteral("/proc/self/clear_refs"));
        if (peak.open(QIODevice::WriteOnly))
            peak.write("5");
        peak.close();
        memory = currentMemory();
        stalls.start();
        clock.start();
        first = std::make_unique<FirstBytes>(port, clock);
    };
    const auto end = [&](double all) {
        QCoreApplication::processEvents();
        stalls.stop();
        const double wire = double(Bench::receivedBytes(port) - first->before());
        const double firstBytes = first->time();
        std::printf(
            "{\"model\":\"%s\",\"rows\":%d,\"wire_bytes\":%.0f,\"peak_bytes\":%lld,\"first_bytes_ms\":%.2f,"
            "\"first_paint_ms\":%.2f,\"all_ms\":%.1f,\"longest_turn_ms\":%.1f,\"longest_own_turn_ms\":%.1f}"
            "\n",
            qPrintable(arguments.at(1)), view.model()->rowCount(), wire,
            static_cast<long long>(peakMemory() - memory), firstBytes, view.firstPaint() - firstBytes, all,
            stalls.longest(), stalls.longestBusy());
    };
    if (arguments.at(1) == QLatin1String("qtsql"))
        runQtSql(view, port, sql, clock, begin, end);
    else
        runOurs(view, port, sql, clock, begin, end);
    return 0;
}
