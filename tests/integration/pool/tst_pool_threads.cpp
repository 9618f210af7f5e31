// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Pools that are called from other threads than theirs, and pools that go while statements run.
*/

#include "poolsupport.h"

#include "support/task.h"

#include <QtCore/QThread>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

class tst_PoolThreads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyThreads_data() { ServerMatrix::addRows(); }
    void manyThreads();
    void callbacksAndCoroutines_data() { ServerMatrix::addRows(); }
    void callbacksAndCoroutines();
    void cursorsElsewhere_data() { ServerMatrix::addRows(); }
    void cursorsElsewhere();
    void cancelFromElsewhere_data() { ServerMatrix::addRows(); }
    void cancelFromElsewhere();
    void leaseDroppedElsewhere_data() { ServerMatrix::addRows(); }
    void leaseDroppedElsewhere();
    void settingsFromElsewhere_data() { ServerMatrix::addRows(); }
    void settingsFromElsewhere();
    void sessionsEndWithThePool_data() { ServerMatrix::addRows(); }
    void sessionsEndWithThePool();
    void sessionsEndWithoutAControlConnection_data() { ServerMatrix::addRows(); }
    void sessionsEndWithoutAControlConnection();

private:
    //! Runs \a function in a thread of its own, while this one runs its event loop.
    static void elsewhere(const std::function<void()> &function)
    {
        const std::unique_ptr<QThread> thread(QThread::create(function));
        thread->start();
        QTRY_VERIFY_WITH_TIMEOUT(thread->isFinished(), 60'000);
        thread->wait();
    }
};

void tst_PoolThreads::manyThreads()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(3);
    constexpr int Threads = 4;
    constexpr int Queries = 50;
    std::atomic<int> right = 0;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int t = 0; t < Threads; ++t) {
        threads.emplace_back(QThread::create([&pool, &right, t] {
            for (int i = 0; i < Queries; ++i) {
                const int token = t * 1000 + i;
                // Half of them wait as a thread without an event loop does.
                const Reply<ResultSet> reply = pool.execute(u"SELECT ?", token);
                const Result<ResultSet> result = i % 2 ? reply.result() : await(reply);
                right += numberOf(result) == quint64(token) ? 1 : 0;
            }
        }));
        threads.back()->start();
    }
    QTRY_COMPARE_WITH_TIMEOUT(right.load(), Threads * Queries, 60'000);
    for (const auto &thread : threads)
        QVERIFY(thread->wait());
    QCOMPARE(pool.statistics().loans, Threads * Queries);
    QVERIFY(pool.size() <= 3);
}

Task awaitThere(Pool &pool, QThread *&resumedIn, quint64 &value, QEventLoop &loop)
{
    const auto result = co_await pool.query(u"SELECT 42");
    resumedIn = QThread::currentThread();
    value = numberOf(result);
    loop.quit();
}

void tst_PoolThreads::callbacksAndCoroutines()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    QThread *thread = nullptr;
    QThread *calledIn = nullptr;
    QThread *resumedIn = nullptr;
    quint64 value = 0;
    bool calledAfterDeath = false;
    elsewhere([&] {
        thread = QThread::currentThread();
        QEventLoop loop;
        {
            QObject dying;
            pool.query(
                &dying, [&](const Result<ResultSet> &) { calledAfterDeath = true; }, u"SELECT SLEEP(0.05)");
        }
        QObject context;
        pool.query(
            &context,
            [&](const Result<ResultSet> &) {
                calledIn = QThread::currentThread();
                loop.quit();
            },
            u"SELECT SLEEP(0.1)");
        loop.exec();
        awaitThere(pool, resumedIn, value, loop);
        if (value == 0)
            loop.exec();
        const auto cursor = pool.stream(u"SELECT 1");
        if (cursor->error().kind() != Error::Kind::Usage)
            value = 0;
    });
    QCOMPARE(calledIn, thread);
    QCOMPARE(resumedIn, thread);
    QCOMPARE(value, 42u);
    QVERIFY(!calledAfterDeath);
}

// A cursor that is refused in another thread is told of there, and touches nothing of the pool's, which has
// things to tell meanwhile.
void tst_PoolThreads::cursorsElsewhere()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    const Result<Transaction> begun = await(pool.begin());
    VERIFY_OK(begun);
    QObject context;
    bool goesOn = true;
    qint64 answers = 0;
    std::function<void()> ask = [&] {
        const auto again = [&](const Result<ResultSet> &result) {
            answers += result ? 1 : 0;
            if (goesOn)
                ask();
        };
        pool.query(&context, again, u"DO 0");
    };
    ask();
    int refused = 0;
    bool toldThere = true;
    elsewhere([&] {
        const QThread *const there = QThread::currentThread();
        for (int i = 0; i < 200; ++i) {
            Transaction transaction = *begun;
            const auto cursor = i % 2 ? pool.stream(u"SELECT 1") : transaction.stream(u"SELECT 1");
            QEventLoop loop;
            const auto told = [&] {
                toldThere = toldThere && QThread::currentThread() == there;
                loop.quit();
            };
            connect(cursor.get(), &Cursor::finished, &loop, told, Qt::DirectConnection);
            loop.exec();
            refused += cursor->error().kind() == Error::Kind::Usage ? 1 : 0;
        }
    });
    QTRY_VERIFY(answers > 0);
    goesOn = false;
    QVERIFY(toldThere);
    QCOMPARE(refused, 200);
    QTRY_COMPARE(pool.leasedCount(), 1);
    VERIFY_OK(await(Transaction(*begun).rollback()));
}

void tst_PoolThreads::cancelFromElsewhere()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    Error error;
    elsewhere([&] {
        Reply<ResultSet> reply = pool.query(u"SELECT SLEEP(20)");
        while (pool.leasedCount() == 0)
            QThread::msleep(1);
        reply.cancel();
        error = reply.result().error();
    });
    QCOMPARE(error.kind(), Error::Kind::Cancelled);
}

void tst_PoolThreads::leaseDroppedElsewhere()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    for (int i = 0; i < 20; ++i)
        elsewhere([&pool] { (void)pool.acquire().result(); });
    QTRY_COMPARE(pool.idleCount(), 1);
    QCOMPARE(pool.statistics().loans, 20);
}

void tst_PoolThreads::settingsFromElsewhere()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    QSignalSpy limits(&pool, &Pool::limitsChanged);
    elsewhere([&pool] {
        pool.setMaximumSize(5);
        pool.setMinimumSize(2);
    });
    QCOMPARE(pool.maximumSize(), 5);
    QTRY_COMPARE(pool.idleCount(), 2);
    QVERIFY(limits.size() >= 1);
    Error closed(Error::Kind::Usage, QStringLiteral("not closed"));
    elsewhere([&] { closed = pool.close().result().error(); });
    QVERIFY2(!closed, qPrintable(closed.toString()));
    QCOMPARE(pool.size(), 0);
}

void tst_PoolThreads::sessionsEndWithThePool()
{
    MATRIX_SERVER(live);
    Connection admin;
    VERIFY_OK(await(admin.open(optionsFor(live))));
    auto pool = std::make_unique<Pool>(optionsFor(live));
    QList<Reply<ResultSet>> replies;
    for (int i = 0; i < 5; ++i)
        replies.append(pool->query(u"SELECT SLEEP(60), 'left behind'"));
    const QString running = QStringLiteral("SELECT COUNT(*) FROM information_schema.processlist WHERE info "
                                           "LIKE '%left behind%' AND info NOT LIKE '%COUNT%'");
    QTRY_COMPARE(numberOf(await(admin.query(running))), 5u);
    QTest::qWait(150); // for the control connection to be there: it is opened with the first sign of growth
    QElapsedTimer clock;
    clock.start();
    pool.reset();
    const qint64 destroying = clock.elapsed();
    for (const auto &reply : replies)
        QVERIFY(reply.isFinished() && reply.result().error());
    QTRY_COMPARE_WITH_TIMEOUT(numberOf(await(admin.query(running))), 0u, 20'000);
    qInfo() << "destroyed in" << destroying << "ms, sessions gone after" << clock.elapsed() << "ms";
}

// As in the first moments of a pool: there is no control connection yet. What runs does not look whether its
// client is still there, and would go on for hours.
void tst_PoolThreads::sessionsEndWithoutAControlConnection()
{
    MATRIX_SERVER(live);
    Connection admin;
    VERIFY_OK(await(admin.open(optionsFor(live))));
    auto pool = std::make_unique<Pool>(optionsFor(live));
    pool->setReservesControlConnection(false);
    QList<Reply<ResultSet>> replies;
    for (int i = 0; i < 2; ++i)
        replies.append(pool->query(u"SELECT BENCHMARK(100000000000, SHA2('x', 512)), 'left alone'"));
    const QString from = QStringLiteral(" FROM information_schema.processlist WHERE info LIKE '%left alone%' "
                                        "AND id <> CONNECTION_ID()");
    const auto running = [&] { return numberOf(await(admin.query(u"SELECT COUNT(*)" + from))); };
    const auto end = qScopeGuard([&] { // should it fail
        const auto left = await(admin.query(u"SELECT id" + from));
        for (const Row &row : left ? *left : ResultSet())
            (void)await(admin.killConnection(row.get<quint64>(0)));
    });
    QTRY_COMPARE_WITH_TIMEOUT(running(), 2u, 20'000);
    pool.reset();
    for (const auto &reply : replies)
        QVERIFY(reply.isFinished() && reply.result().error());
    QTRY_COMPARE_WITH_TIMEOUT(running(), 0u, 20'000);
}

QTEST_GUILESS_MAIN(tst_PoolThreads)
#include "tst_pool_threads.moc"
