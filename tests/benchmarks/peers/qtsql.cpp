// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// QtSql with its driver QMYSQL, blocking.
//
//   posted=1  roundtrip_text and point_select_stmt: each is posted to a worker thread, and its result posted
//             back, as a program does that must not block

#include "benchmarks/peers/rows.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QThread>
#include <QtCore/QVariant>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

#include <atomic>
#include <memory>

using namespace Bench;

namespace {

void must(const QSqlQuery &query, bool ok)
{
    if (!ok)
        die("query", query.lastError().text().toStdString());
}

class Connection
{
public:
    explicit Connection(const Arguments &arguments)
        : m_name(QString::number(++serial))
        , m_database(QSqlDatabase::addDatabase(QStringLiteral("QMYSQL"), m_name))
    {
        m_database.setHostName(QStringLiteral("127.0.0.1"));
        m_database.setPort(arguments.port());
        m_database.setUserName(QStringLiteral("root"));
        m_database.setDatabaseName(QStringLiteral("bench"));
        if (arguments.is("connect_tls"))
            m_database.setConnectOptions(QStringLiteral("SSL_CIPHER=DEFAULT")); // any such option: TLS
        else if (arguments.is("compressed_rows"))
            m_database.setConnectOptions(QStringLiteral("CLIENT_COMPRESS=1"));
        if (!m_database.open())
            die("open", m_database.lastError().text().toStdString());
    }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;
    ~Connection()
    {
        m_database.close();
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(m_name);
    }

    QSqlDatabase &database() { return m_database; }
    QSqlQuery query(bool forwardOnly = true) const
    {
        QSqlQuery query(m_database);
        query.setForwardOnly(forwardOnly);
        return query;
    }
    void run(const QString &sql) const
    {
        QSqlQuery statement = query();
        must(statement, statement.exec(sql));
    }

private:
    static std::atomic<int> serial;
    QString m_name;
    QSqlDatabase m_database;
};

std::atomic<int> Connection::serial = 0;

std::uint64_t fetch(QSqlQuery &query, Checksum &sum)
{
    std::uint64_t rows = 0;
    while (query.next()) {
        const QString b = query.value(2).toString();
        const QDateTime d = query.value(4).toDateTime();
        const QTime time = d.time();
        sum.add(query.value(0).toLongLong(), query.value(1).toInt(), b.at(0).unicode(), b.back().unicode(),
                query.value(3).toDouble(), d.date().day(), time.second(), time.msec(),
                qRound64(query.value(5).toDouble() * 100));
        ++rows;
    }
    return rows;
}

//! One SELECT 1, or one point select: what is done one after the other.
class Single
{
public:
    explicit Single(const Arguments &arguments)
        : m_connection(arguments)
        , m_query(m_connection.query())
        , m_points(!arguments.is("roundtrip_text"))
    {
        if (m_points)
            must(m_query, m_query.prepare(QString::fromLatin1(PointSelect)));
    }
    void run(std::int64_t i, Checksum &sum)
    {
        if (m_points) {
            m_query.bindValue(0, qlonglong(pointId(i)));
            must(m_query, m_query.exec());
            rows += fetch(m_query, sum);
            return;
        }
        must(m_query, m_query.exec(QStringLiteral("SELECT 1")));
        while (m_query.next())
            rows += m_query.value(0).toUInt();
    }

    std::uint64_t rows = 0;

private:
    Connection m_connection;
    QSqlQuery m_query;
    bool m_points;
};

std::uint64_t insertRowsInto(Connection &connection, const Arguments &arguments, Meter &meter, Checksum &sum)
{
    constexpr std::size_t Chunk = 100; // as many rows in each prepared INSERT
    const std::vector<InsertRow> rows = insertRows(arguments.number("n", 100'000));
    connection.run(QStringLiteral("SET SESSION sql_log_bin=0"));
    connection.run(QStringLiteral("TRUNCATE TABLE ins"));
    QString sql = QStringLiteral("INSERT INTO ins VALUES (?,?,?,?,?)");
    for (std::size_t i = 1; i < Chunk; ++i)
        sql += QStringLiteral(",(?,?,?,?,?)");
    QSqlQuery query = connection.query();
    meter.start();
    connection.database().transaction();
    must(query, query.prepare(sql));
    for (std::size_t first = 0; first + Chunk <= rows.size(); first += Chunk) {
        for (std::size_t i = 0; i < Chunk; ++i) {
            const InsertRow &row = rows[first + i];
            const int at = int(5 * i);
            query.bindValue(at, row.id);
            query.bindValue(at + 1, row.a);
            query.bindValue(at + 2, QString::fromStdString(row.b));
            query.bindValue(at + 3, row.c);
            query.bindValue(
                at + 4,
                QDateTime(QDate(row.d.year, row.d.month, row.d.day),
                          QTime(row.d.hour, row.d.minute, row.d.second, row.d.microsecond / 1000)));
        }
        must(query, query.exec());
    }
    connection.database().commit();
    meter.stop();
    QSqlQuery check = connection.query();
    must(check, check.exec(QString::fromLatin1(InsertCheck)) && check.next());
    sum.add(check.value(0).toLongLong());
    return rows.size();
}

std::uint64_t threads(const Arguments &arguments, Meter &meter, Checksum &sum)
{
    struct Worker
    {
        Checksum sum;
        std::uint64_t rows = 0;
        std::vector<std::int64_t> latencies;
        std::unique_ptr<QThread> thread;
    };
    const long count = arguments.number("n", 100'000);
    const long size = arguments.number("conns", 16);
    std::vector<Worker> workers{std::size_t(size)};
    std::atomic<long> ready = 0;
    std::atomic<long> done = 0;
    std::atomic<bool> go = false;
    std::atomic<bool> end = false;
    for (long i = 0; i < size; ++i) {
        Worker &worker = workers[std::size_t(i)];
        worker.thread.reset(QThread::create([&, i] {
            Single select(arguments);
            ++ready;
            ready.notify_all();
            go.wait(false);
            for (long j = i; j < count; j += size) {
                const std::int64_t begin = nowNs();
                select.run(j, worker.sum);
                worker.latencies.push_back(nowNs() - begin);
            }
            worker.rows = select.rows;
            ++done;
            done.notify_all();
            end.wait(false); // the log-out is not measured
        }));
        worker.thread->start();
    }
    for (long now = 0; (now = ready.load()) < size;)
        ready.wait(now);
    meter.start();
    go = true;
    go.notify_all();
    for (long now = 0; (now = done.load()) < size;)
        done.wait(now);
    meter.stop();
    end = true;
    end.notify_all();
    std::uint64_t rows = 0;
    for (Worker &worker : workers) {
        worker.thread->wait();
        sum.add(worker.sum.value());
        rows += worker.rows;
        meter.latencies(worker.latencies);
    }
    return rows;
}

void run(const Arguments &arguments)
{
    Meter meter(arguments);
    Checksum sum;
    std::uint64_t rows = 0;
    std::string extra = "\"qt\":\"" + std::string(qVersion()) + '"';
    if (arguments.is("connect_plain") || arguments.is("connect_tls")) {
        const long count = arguments.number("n", 500);
        meter.start();
        for (long i = 0; i < count; ++i) {
            const Connection connection(arguments);
            QSqlQuery query = connection.query();
            must(query, query.exec(QStringLiteral("SELECT 1")));
            while (query.next())
                ++rows;
            meter.lap();
        }
        meter.stop();
    } else if (arguments.is("roundtrip_text") || arguments.is("point_select_stmt")
               || arguments.is("pipeline")) {
        const long count = arguments.number("n", 20'000);
        Single single(arguments);
        meter.reserve(count);
        meter.start();
        for (long i = 0; i < count; ++i) {
            single.run(i, sum);
            meter.lap();
        }
        meter.stop();
        rows = single.rows;
    } else if (arguments.workload().starts_with("read_rows_") || arguments.is("compressed_rows")) {
        const Connection connection(arguments);
        QSqlQuery query = connection.query(!arguments.is("read_rows_buffered"));
        const QString sql = QString::fromStdString(readRowsSql(arguments));
        const bool prepared = arguments.is("read_rows_binary");
        if (prepared)
            must(query, query.prepare(sql));
        meter.start();
        must(query, prepared ? query.exec() : query.exec(sql));
        rows = fetch(query, sum);
        meter.stop();
    } else if (arguments.is("big_blob")) {
        const Connection connection(arguments);
        QSqlQuery query = connection.query();
        meter.start();
        for (long i = 0; i < arguments.number("n", 5); ++i) {
            must(query, query.exec(QString::fromLatin1(BlobSelect)));
            must(query, query.next());
            const QByteArray blob = query.value(0).toByteArray();
            sum.add(blobChecksum(blob.constData(), std::size_t(blob.size())));
            query.finish();
            ++rows;
            meter.lap();
        }
        meter.stop();
    } else if (arguments.is("bulk_insert")) {
        Connection connection(arguments);
        rows = insertRowsInto(connection, arguments, meter, sum);
    } else if (arguments.is("pool_concurrent")) {
        rows = threads(arguments, meter, sum);
        extra += ",\"note\":\"a thread for each connection\"";
    } else {
        unsupported(arguments, "not a workload of this peer");
    }
    meter.print(rows, sum.value(), extra);
}

//! One at a time, posted to a worker and back.
class Posted : public QObject
{
public:
    explicit Posted(const Arguments &arguments)
        : m_arguments(arguments)
        , m_meter(arguments)
        , m_count(arguments.number("n", 20'000))
    {
        moveToThread(&m_thread);
        m_thread.start();
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_single = std::make_unique<Single>(m_arguments);
                back([this] {
                    m_meter.reserve(m_count);
                    m_meter.start();
                    next();
                });
            },
            Qt::QueuedConnection);
    }
    ~Posted() override
    {
        m_thread.quit();
        m_thread.wait();
    }
    void print() { m_meter.print(m_rows, m_sum.value(), "\"note\":\"posted to a thread and back\""); }

private:
    template <class F> static void back(F function)
    {
        QMetaObject::invokeMethod(QCoreApplication::instance(), function, Qt::QueuedConnection);
    }
    void next()
    {
        if (m_done == m_count) {
            m_meter.stop();
            m_rows = m_single->rows;
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_single.reset();
                    back([] { QCoreApplication::quit(); });
                },
                Qt::QueuedConnection);
            return;
        }
        QMetaObject::invokeMethod(
            this,
            [this, i = m_done++] {
                m_single->run(i, m_sum);
                back([this] {
                    m_meter.lap();
                    next();
                });
            },
            Qt::QueuedConnection);
    }

    const Arguments &m_arguments;
    QThread m_thread;
    Meter m_meter;
    Checksum m_sum;
    std::unique_ptr<Single> m_single;
    std::uint64_t m_rows = 0;
    long m_count;
    long m_done = 0;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const Arguments arguments(argc, argv);
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QMYSQL")))
        unsupported(arguments, "Qt's driver QMYSQL is not installed");
    if (arguments.number("posted", 0) == 0) {
        run(arguments);
        return 0;
    }
    if (!arguments.is("roundtrip_text") && !arguments.is("point_select_stmt"))
        unsupported(arguments, "posted=1 is for roundtrip_text and point_select_stmt");
    Posted posted(arguments);
    QCoreApplication::exec();
    posted.print();
    return 0;
}
