// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Eight workers move money between accounts through one pool, while the server is killed and started again,
    sessions are killed, and lines are cut. At the end the books are held against what the workers were told:

    - each transfer that was acknowledged is in the ledger once;
    - none that failed is there;
    - one of which nothing was known is there once or not at all;
    - each account has what the ledger says, and the sum is what it was.

    QASYNCMYSQL_FAULTS faults on each server, 20 by default.
*/

#include "ledgerworkers.h"

#include "support/await.h"
#include "support/chaos/chaosproxy.h"
#include "support/servermatrix.h"

#include <algorithm>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Fate = LedgerNotes::Fate;

namespace {

constexpr int Workers = 8;
constexpr int Start = 1'000'000; // in each account

//! An object of \a T that lives in a thread of its own.
template <class T> class Elsewhere
{
public:
    template <class... Args> explicit Elsewhere(Args... args)
    {
        m_context.moveToThread(&m_thread);
        m_thread.start();
        run([&] { m_object = std::make_unique<T>(args...); });
    }
    ~Elsewhere()
    {
        run([this] { m_object.reset(); });
        m_thread.quit();
        m_thread.wait();
    }
    //! Runs \a function there, and waits for it.
    void run(const std::function<void()> &function)
    {
        QMetaObject::invokeMethod(&m_context, function, Qt::BlockingQueuedConnection);
    }
    T &operator*() { return *m_object; }
    T *operator->() { return m_object.get(); }

private:
    QThread m_thread;
    QObject m_context;
    std::unique_ptr<T> m_object;
};

QString median(QList<qint64> values)
{
    if (values.isEmpty())
        return u"none"_s;
    std::sort(values.begin(), values.end());
    return u"%1 ms in the middle, %2 ms at most, of %3"_s.arg(values[values.size() / 2])
        .arg(values.last())
        .arg(values.size());
}

} // namespace

class tst_Ledger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void books_data();
    void books();

private:
    enum class Fault
    {
        ServerKilled,
        SessionKilled,
        LineEnded,
        LineReset
    };
    void prepare(TestServer &server);
    void killSession(TestServer &server);
    //! Waits until \a isDone; if that takes too long, tells what everybody is doing, and fails.
    void waitFor(const char *what, const std::function<bool()> &isDone);
    void audit(TestServer &server, const QHash<QString, Fate> &fates);

    std::function<void()> m_tell; // what everybody is doing
};

void tst_Ledger::books_data()
{
    QTest::addColumn<QString>("server");
    for (const QString &id : ServerMatrix::ids()) {
        if (id != u"mariadb-11.8") // one MariaDB is enough of this
            QTest::addRow("%s", qPrintable(id)) << id;
    }
}

void tst_Ledger::prepare(TestServer &server)
{
    Connection admin;
    VERIFY_OK(await(admin.open(*ConnectOptions::fromUrl(server.url()))));
    for (const QString &sql :
         {u"CREATE TABLE account (id INT PRIMARY KEY, v BIGINT NOT NULL) ENGINE=InnoDB"_s,
          u"CREATE TABLE ledger (n BIGINT AUTO_INCREMENT PRIMARY KEY, token VARCHAR(40) NOT NULL, source "
          u"INT, "
          u"target INT, amount INT, KEY (token)) ENGINE=InnoDB"_s})
        VERIFY_OK(await(admin.query(sql)));
    for (int id = 1; id <= Transfer::Accounts; ++id)
        VERIFY_OK(await(admin.query(u"INSERT INTO account VALUES (?, ?)", id, Start)));
}

//! Closes one session of the pool, whatever it is doing.
void tst_Ledger::killSession(TestServer &server)
{
    Connection admin;
    if (!await(admin.open(*ConnectOptions::fromUrl(server.url()))))
        return;
    const auto sessions = await(
        admin.query(u"SELECT id FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()",
                    server.database()));
    if (sessions && !sessions->isEmpty()) {
        const qsizetype which = QRandomGenerator::global()->bounded(int(sessions->size()));
        (void)await(admin.killConnection(sessions->at(which).get<quint64>(0)));
    }
    (void)await(admin.close());
}

void tst_Ledger::waitFor(const char *what, const std::function<bool()> &isDone)
{
    if (QTest::qWaitFor(isDone, 60'000))
        return;
    m_tell();
    QFAIL(qPrintable(u"60 s passed without %1"_s.arg(QLatin1String(what))));
}

void tst_Ledger::audit(TestServer &server, const QHash<QString, Fate> &fates)
{
    Connection admin;
    VERIFY_OK(await(admin.open(ConnectOptions::fromUrl(server.url())->setMaxBufferedResult(1 << 30))));
    const auto booked = await(admin.query(u"SELECT token, COUNT(*) FROM ledger GROUP BY token"), 120'000);
    VERIFY_OK(booked);
    QHash<QString, int> counts;
    for (const Row &row : *booked)
        counts.insert(row.get<QString>(0), row.get<int>(1));
    int lost = 0;
    int twice = 0;
    int fromNowhere = 0;
    int unknownBooked = 0;
    QMap<Fate, int> told;
    for (auto it = fates.cbegin(); it != fates.cend(); ++it) {
        const int count = counts.take(it.key());
        ++told[it.value()];
        twice += count > 1 ? 1 : 0;
        lost += it.value() == Fate::Acknowledged && count == 0 ? 1 : 0;
        fromNowhere += it.value() == Fate::Failed && count > 0 ? 1 : 0;
        unknownBooked += it.value() == Fate::Unknown && count > 0 ? 1 : 0;
    }
    qInfo("%d transfers were acknowledged, %d failed, of %d nothing is known (%d of them are booked)",
          told[Fate::Acknowledged], told[Fate::Failed], told[Fate::Unknown], unknownBooked);
    QCOMPARE(lost, 0);
    QCOMPARE(twice, 0);
    QCOMPARE(fromNowhere, 0);
    QCOMPARE(counts.size(), 0); // nothing that nobody knows of
    const auto balance = await(
        admin.query(u"SELECT id, v - ? - (SELECT COALESCE(SUM(amount), 0) FROM ledger WHERE target = id)"
                    u" + (SELECT COALESCE(SUM(amount), 0) FROM ledger WHERE source = id) FROM account"_s,
                    Start),
        120'000);
    VERIFY_OK(balance);
    QCOMPARE(balance->size(), Transfer::Accounts);
    for (const Row &row : *balance)
        QCOMPARE(row.get<int>(1), 0);
    const auto sum = await(admin.query(u"SELECT CAST(SUM(v) AS SIGNED) FROM account"));
    QCOMPARE(sum->at(0).get<qint64>(0), qint64(Transfer::Accounts) * Start);
    QVERIFY(told[Fate::Acknowledged] > 100);
}

void tst_Ledger::books()
{
    QFETCH(QString, server);
    const int wanted = qEnvironmentVariableIntValue("QASYNCMYSQL_FAULTS");
    const int faults = wanted > 0 ? wanted : 20;
    // As durable as servers are by default: what is acknowledged is on the disk.
    QStringList durable{u"--innodb-flush-log-at-trx-commit=1"_s, u"--innodb-flush-method=fsync"_s};
    if (server.startsWith(u"mysql"))
        durable.append(u"--sync-binlog=1"_s);
    const std::unique_ptr<TestServer> live = ServerMatrix::startPrivate(server, durable);
    if (!live->isRunning()) {
        if (ServerMatrix::isRequired(server))
            QFAIL(qPrintable(live->errorString()));
        QSKIP(qPrintable(live->errorString()));
    }
    prepare(*live);
    if (QTest::currentTestFailed())
        return;

    Elsewhere<ChaosProxy> proxy(QHostAddress(live->host()), live->port());
    quint16 port = 0;
    proxy.run([&] { port = proxy->listen() ? proxy->port() : 0; });
    QVERIFY(port > 0);
    ConnectOptions options = *ConnectOptions::fromUrl(live->url());
    options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true).setPort(port);
    Elsewhere<Pool> pool(options);
    pool->setMaximumSize(Workers);
    pool->setAcquireTimeout(60s);

    LedgerNotes notes;
    std::atomic<bool> stop = false;
    std::vector<std::unique_ptr<BlockingWorker>> blocking;
    std::vector<std::unique_ptr<RepeatingWorker>> repeating;
    for (int i = 0; i < Workers / 2; ++i) {
        blocking.push_back(std::make_unique<BlockingWorker>(i, *pool, notes, stop));
        blocking.back()->start();
    }
    pool.run([&] {
        for (int i = Workers / 2; i < Workers; ++i) {
            repeating.push_back(std::make_unique<RepeatingWorker>(i, *pool, notes, stop));
            repeating.back()->next();
        }
    });

    m_tell = [&] {
        Connection admin;
        if (await(admin.open(*ConnectOptions::fromUrl(live->url())))) {
            const auto sessions = await(admin.query(
                u"SELECT id, command, time, state, LEFT(info, 80) FROM information_schema.processlist"));
            for (const Row &row : sessions ? *sessions : ResultSet()) {
                qInfo("  session %s: %s for %s s, %s: %s", qPrintable(row.value(0).toString()),
                      qPrintable(row.value(1).toString()), qPrintable(row.value(2).toString()),
                      qPrintable(row.value(3).toString()), qPrintable(row.value(4).toString()));
            }
        }
        proxy.run([&] {
            for (const QString &line : proxy->describeOpen())
                qInfo("  line %s", qPrintable(line));
        });
        pool.run([&] {
            for (const PoolConnectionInfo &info : pool->connections()) {
                qInfo("  pool's %llu, session %llu: state %d for %lld ms, %s: %s", info.serial,
                      info.connectionId, int(info.state), info.stateMs, qPrintable(info.borrower),
                      qPrintable(info.statement));
            }
        });
    };
    // However this ends, nobody may be left at work.
    const auto end = qScopeGuard([&] {
        stop = true;
        pool.run([&] { (void)pool->close(1s); });
        for (const auto &worker : blocking)
            worker->wait(30'000);
        (void)QTest::qWaitFor(
            [&] {
                return std::all_of(repeating.begin(), repeating.end(),
                                   [](const auto &worker) { return worker->isIdle(); });
            },
            30'000);
        pool.run([&] { repeating.clear(); });
        m_tell = nullptr;
    });
    QMap<Fault, QList<qint64>> recoveries; // ms, from the fault, or from the return of the server
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < faults; ++i) {
        const qint64 before = notes.acknowledged();
        waitFor("five transfers", [&] { return notes.acknowledged() >= before + 5; });
        if (QTest::currentTestFailed())
            return;
        QTest::qWait(QRandomGenerator::global()->bounded(30)); // somewhere within a transfer
        const Fault fault
            = i % 10 == 1 ? Fault::ServerKilled : Fault(1 + QRandomGenerator::global()->bounded(3));
        qint64 since = notes.clock().elapsed();
        switch (fault) {
        case Fault::ServerKilled:
            QVERIFY(live->kill());
            QTest::qWait(30); // what was acknowledged before is heard of
            notes.arm();
            QVERIFY2(live->restart(), qPrintable(live->errorString()));
            since = notes.clock().elapsed();
            break;
        case Fault::SessionKilled:
            killSession(*live);
            notes.arm();
            break;
        case Fault::LineEnded:
        case Fault::LineReset:
            proxy.run([&] {
                proxy->cutAll(fault == Fault::LineReset ? ChaosPlan::Cut::Reset : ChaosPlan::Cut::Fin);
            });
            notes.arm();
            break;
        }
        waitFor("a success after a fault", [&] { return !notes.isArmed(); });
        if (QTest::currentTestFailed())
            return;
        recoveries[fault].append(std::max<qint64>(0, notes.firstAt() - since));
    }
    const double seconds = double(clock.elapsed()) / 1000;

    stop = true;
    waitFor("the end of all workers", [&] {
        return std::all_of(blocking.begin(), blocking.end(), [](const auto &w) { return w->isFinished(); })
            && std::all_of(repeating.begin(), repeating.end(), [](const auto &w) { return w->isIdle(); });
    });
    if (QTest::currentTestFailed())
        return;
    qInfo("%d faults in %.0f s, %.0f transfers a second; until the next success:", faults, seconds,
          double(notes.acknowledged()) / seconds);
    qInfo("  server killed, from its return: %s", qPrintable(median(recoveries[Fault::ServerKilled])));
    qInfo("  session killed: %s", qPrintable(median(recoveries[Fault::SessionKilled])));
    qInfo("  all lines ended: %s", qPrintable(median(recoveries[Fault::LineEnded])));
    qInfo("  all lines reset: %s", qPrintable(median(recoveries[Fault::LineReset])));
    audit(*live, notes.fates());
}

QTEST_GUILESS_MAIN(tst_Ledger)
#include "tst_ledger.moc"
