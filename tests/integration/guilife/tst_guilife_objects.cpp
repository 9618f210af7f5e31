// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// GUI life: objects, futures and threads that go away while statements run.

#include "guilife.h"

#include <QtCore/QEventLoop>
#include <QtCore/QRandomGenerator>
#include <QtCore/QThread>
#include <QtCore/QTimer>

#ifdef Q_OS_UNIX
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace QAsyncMySql;
using namespace std::chrono_literals;

class tst_GuiLifeObjects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void receiversDestroyed_data() { ServerMatrix::addRows(); }
    void receiversDestroyed();
    void repliesDropped_data() { ServerMatrix::addRows(); }
    void repliesDropped();
    void derivedFutureCancelled_data() { ServerMatrix::addRows(); }
    void derivedFutureCancelled();
    void plainFutureCancelled_data() { ServerMatrix::addRows(); }
    void plainFutureCancelled();
    void dialogsWhileStreaming_data() { ServerMatrix::addRows(); }
    void dialogsWhileStreaming();
    void waitingInItsOwnThread_data() { ServerMatrix::addRows(); }
    void waitingInItsOwnThread();
    void movedWhileBusy_data() { ServerMatrix::addRows(); }
    void movedWhileBusy();
    void threadEnds_data() { ServerMatrix::addRows(); }
    void threadEnds();
    void forked_data() { ServerMatrix::addRows(); }
    void forked();
};

// GUI life 7: a receiver that is destroyed is not called, its statement is stopped, and nothing is stuck.
void tst_GuiLifeObjects::receiversDestroyed()
{
    MATRIX_SERVER(live);
    QRandomGenerator random(7);
    Pool pool(plainOptions(live));
    pool.setMaximumSize(4);
    constexpr int Receivers = 400;
    std::vector<std::unique_ptr<QObject>> alive;
    int called = 0;
    int calledInVain = 0;
    int kept = 0;
    for (int i = 0; i < Receivers; ++i) {
        auto receiver = std::make_unique<QObject>();
        const auto gone = std::make_shared<bool>(false);
        connect(receiver.get(), &QObject::destroyed, this, [gone] { *gone = true; });
        const auto callback = [&called, &calledInVain, gone](const Result<ResultSet> &) {
            ++called;
            calledInVain += *gone ? 1 : 0;
        };
        if (i % 2)
            pool.query(receiver.get(), callback, u"SELECT SLEEP(0.002)");
        else
            pool.execute(receiver.get(), callback, u"SELECT ?", i);
        if (random.bounded(3) == 0) {
            ++kept;
            alive.push_back(std::move(receiver));
        }
        for (int turns = random.bounded(4); turns > 0; --turns)
            QCoreApplication::processEvents();
    } // most receivers end here, before or while their statement runs
    QTRY_VERIFY_WITH_TIMEOUT(called >= kept, 30'000);
    QCOMPARE(calledInVain, 0);
    QTRY_COMPARE_WITH_TIMEOUT(pool.leasedCount(), 0, 30'000);
    VERIFY_OK(await(pool.query(u"SELECT 1")));
}

// GUI life 9: each kind of reply may be dropped at once; what it stands for is done, or undone, all the same.
void tst_GuiLifeObjects::repliesDropped()
{
    MATRIX_SERVER(live);
    Connection connection;
    (void)connection.open(plainOptions(live));
    VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE dropped (n INT)")));
    (void)connection.ping();
    (void)connection.query(u"INSERT INTO dropped VALUES (1)");
    (void)connection.execute(u"INSERT INTO dropped VALUES (?)", 2);
    (void)connection.prepare(u"INSERT INTO dropped VALUES (3)");
    (void)connection.executeMany(u"INSERT INTO dropped VALUES (?)", QList<int>{4, 5});
    (void)connection.begin(); // rolled back, since nobody has it
    (void)connection.warnings();
    (void)connection.stream(u"SELECT * FROM dropped"); // cancelled
    const auto left = await(connection.query(u"SELECT COUNT(*) FROM dropped"));
    QCOMPARE(numberIn(left), 4);
    QTRY_VERIFY(!connection.isInTransaction());
    QCOMPARE(connection.pendingCommands(), 0);
    {
        Pool pool(plainOptions(live));
        pool.setMaximumSize(1);
        for (int i = 0; i < 5; ++i) {
            (void)pool.acquire();
            (void)pool.begin();
            (void)pool.query(u"SELECT 1");
        }
        VERIFY_OK(await(pool.query(u"SELECT 1"))); // all of them have given it back
        (void)pool.close();
    }
    (void)connection.close();
}

// GUI life 10: cancelling a continuation's future is between QFuture and it; the statement goes on.
void tst_GuiLifeObjects::derivedFutureCancelled()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(plainOptions(live))));
    Reply<ResultSet> reply = connection.query(u"SELECT SLEEP(0.2), 'upstream'");
    QFuture<void> derived = reply.then(this, [](const Result<ResultSet> &) {});
    derived.cancel();
    const auto result = await(reply);
    VERIFY_OK(result);
    QCOMPARE(result->at(0).get<QString>(1), QStringLiteral("upstream"));
    // What stops the statement is the reply itself.
    Reply<ResultSet> stopped = connection.query(u"SELECT SLEEP(30)");
    bool told = false;
    stopped.then(this,
                 [&told](const Result<ResultSet> &r) { told = r.error().kind() == Error::Kind::Cancelled; });
    stopped.cancel();
    QTRY_VERIFY(told);
}

// GUI life 11: QFuture::cancel() on a copy gives no result to anybody, but stops the statement; onCanceled()
// is called.
void tst_GuiLifeObjects::plainFutureCancelled()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(plainOptions(live))));
    QSignalSpy ended(&connection, &Connection::queryFinished);
    QFuture<Result<ResultSet>> future = connection.query(u"SELECT SLEEP(30)");
    bool continued = false;
    bool cancelled = false;
    auto chain = future.then(this, [&continued](const Result<ResultSet> &) { continued = true; })
                     .onCanceled(this, [&cancelled] { cancelled = true; });
    future.cancel();
    QTRY_VERIFY(cancelled);
    QVERIFY(!continued);
    QTRY_COMPARE(ended.size(), 1); // the outcome is told, though not by the future
    QCOMPARE(ended.first().at(1).value<Error>().kind(), Error::Kind::Cancelled);
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.resultCount(), 0);
    VERIFY_OK(await(connection.query(u"SELECT 1")));
}

// GUI life 12: a modal dialog in every signal, while rows come: no recursion, nothing lost.
void tst_GuiLifeObjects::dialogsWhileStreaming()
{
    MATRIX_SERVER(live);
    Connection connection;
    int depth = 0;
    int deepest = 0;
    int dialogs = 0;
    bool enough = false; // a dialog for each batch of a million rows would take its time
    const auto dialog = [&] {
        if (enough)
            return;
        enough = ++dialogs > 40;
        deepest = std::max(deepest, ++depth);
        QEventLoop loop;
        QTimer::singleShot(2, &loop, &QEventLoop::quit);
        loop.exec();
        --depth;
    };
    connect(&connection, &Connection::stateChanged, this, dialog);
    connect(&connection, &Connection::opened, this, dialog);
    connect(&connection, &Connection::queryFinished, this, dialog);
    VERIFY_OK(await(connection.open(plainOptions(live))));
    const auto cursor = connection.stream(millionRows() + u" LIMIT 100000");
    qint64 rows = 0;
    bool inBatch = false;
    bool nested = false;
    connect(cursor.get(), &Cursor::columnsReady, this, dialog);
    connect(cursor.get(), &Cursor::rowsAvailable, this, dialog);
    connect(cursor.get(), &Cursor::finished, this, dialog);
    connect(cursor.get(), &Cursor::batchReady, this, [&](const RowBatch &batch) {
        rows += batch.size();
        nested = nested || (inBatch && dialogs > 41);
        inBatch = true;
        dialog();
        inBatch = false;
    });
    QTRY_VERIFY_WITH_TIMEOUT(cursor->isFinished() && depth == 0, 60'000);
    QTRY_COMPARE_WITH_TIMEOUT(rows, 100'000, 60'000);
    QVERIFY(!nested);
    QVERIFY(dialogs > 3);
    VERIFY_OK(await(connection.query(u"SELECT 1")));
}

// GUI life 6: who waits in the thread that does the work is told so, instead of waiting for ever.
void tst_GuiLifeObjects::waitingInItsOwnThread()
{
    MATRIX_SERVER(live);
    Connection connection;
    const Reply<void> opening = connection.open(plainOptions(live));
    QCOMPARE(opening.result().error().kind(), Error::Kind::Usage);
    VERIFY_OK(await(opening));
    Pool pool(plainOptions(live));
    const Reply<ResultSet> query = pool.query(u"SELECT 1");
    QCOMPARE(query.result().error().kind(), Error::Kind::Usage);
    VERIFY_OK(await(query));
    VERIFY_OK(query.result());
    // In another thread it may be waited for.
    const Reply<ResultSet> elsewhere = connection.query(u"SELECT SLEEP(0.05), 5");
    Result<ResultSet> got = Error(Error::Kind::Usage, QStringLiteral("nothing yet"));
    const std::unique_ptr<QThread> thread(QThread::create([&] { got = elsewhere.result(); }));
    thread->start();
    QTRY_VERIFY(thread->isFinished());
    VERIFY_OK(got);
}

// GUI life 18: moving a connection or a pool that is at work closes it; no reply hangs, and it can be used
// there.
void tst_GuiLifeObjects::movedWhileBusy()
{
    MATRIX_SERVER(live);
    QThread thread;
    auto *connection = new Connection;
    VERIFY_OK(await(connection->open(plainOptions(live))));
    const Reply<ResultSet> running = connection->query(u"SELECT SLEEP(30)");
    const Reply<ResultSet> queued = connection->query(u"SELECT 1");
    QTest::ignoreMessage(QtWarningMsg,
                         "A connection was moved to another thread while it was open, and had to be closed.");
    connection->moveToThread(&thread);
    QCOMPARE(await(running).error().outcome(), Error::Outcome::Unknown);
    QVERIFY(await(running).error().isConnectionLost());
    QCOMPARE(await(queued).error().outcome(), Error::Outcome::NotSent);

    auto *pool = new Pool(plainOptions(live));
    const Reply<ResultSet> pooled = pool->query(u"SELECT SLEEP(30)");
    QTRY_COMPARE(pool->leasedCount(), 1);
    QTest::ignoreMessage(QtWarningMsg,
                         "A pool was moved to another thread while it was in use, and had to be closed.");
    thread.start();
    pool->moveToThread(&thread);
    QVERIFY(await(pooled).error());
    // The connection is that thread's now, and good for it.
    Result<ResultSet> there = Error(Error::Kind::Usage, QStringLiteral("nothing yet"));
    std::atomic<bool> done = false;
    QMetaObject::invokeMethod(connection, [&] {
        (void)connection->open(plainOptions(live));
        connection->query(
            connection,
            [&](const Result<ResultSet> &result) {
                there = result;
                done = true;
            },
            u"SELECT 7");
    });
    QTRY_VERIFY(done.load());
    QCOMPARE(numberIn(there), 7);
    connection->deleteLater();
    pool->deleteLater();
    thread.quit();
    QVERIFY(thread.wait(20'000));
}

// GUI life 19: the thread of a connection, or of a pool, ends before they do.
void tst_GuiLifeObjects::threadEnds()
{
    MATRIX_SERVER(live);
    for (int turns = 0; turns < 12; ++turns) {
        auto connection = std::make_unique<Connection>();
        auto pool = std::make_unique<Pool>(plainOptions(live));
        std::vector<Reply<ResultSet>> replies;
        std::unique_ptr<Cursor> cursor;
        QMutex mutex;
        const std::unique_ptr<QThread> thread(QThread::create([&] {
            {
                const QMutexLocker lock(&mutex);
                (void)connection->open(plainOptions(live));
                for (const QString &sql : {QStringLiteral("SELECT 1"), QStringLiteral("SELECT SLEEP(30)")}) {
                    replies.push_back(connection->query(sql));
                    replies.push_back(pool->query(sql));
                }
                cursor = pool->stream(millionRows());
            }
            QEventLoop loop;
            QTimer::singleShot(turns * 5, &loop, &QEventLoop::quit);
            loop.exec();
        }));
        connection->moveToThread(thread.get());
        pool->moveToThread(thread.get());
        thread->start();
        QVERIFY(thread->wait(30'000));
        const QMutexLocker lock(&mutex);
        QCOMPARE(replies.size(), size_t(4));
        for (const Reply<ResultSet> &reply : replies)
            QVERIFY(reply.isFinished());
        QVERIFY(cursor->isFinished());
        // Nobody is left who could do it, and that is said at once.
        QCOMPARE(pool->query(u"SELECT 1").result().error().kind(), Error::Kind::Pool);
        QCOMPARE(connection->state(), Connection::State::Closed);
    }
}

// GUI life 22: a child process that ends, with all the objects of its parent, does not say farewell in its
// name.
void tst_GuiLifeObjects::forked()
{
#ifdef Q_OS_UNIX
    MATRIX_SERVER(live);
    for (const SslMode mode : {SslMode::Disabled, SslMode::Required}) {
        const ConnectOptions options = plainOptions(live).setSslMode(mode);
        auto *idle = new Connection;
        auto *busy = new Connection;
        auto *pool = new Pool(options);
        VERIFY_OK(await(idle->open(options)));
        VERIFY_OK(await(busy->open(options)));
        VERIFY_OK(await(pool->query(u"SELECT 1")));
        const Reply<ResultSet> running = busy->query(u"SELECT SLEEP(0.5), 22");
        const Reply<ResultSet> pooled = pool->query(u"SELECT SLEEP(0.5), 22");
        QTest::qWait(150); // for the pool's control connection, too
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            delete idle;
            delete busy;
            delete pool;
            ::_exit(0);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        const auto ran = await(running);
        VERIFY_OK(ran);
        QCOMPARE(ran->at(0).get<int>(0), 0); // not interrupted
        QCOMPARE(ran->at(0).get<int>(1), 22);
        const auto ranInPool = await(pooled);
        VERIFY_OK(ranInPool);
        QCOMPARE(ranInPool->at(0).get<int>(0), 0);
        VERIFY_OK(await(idle->query(u"SELECT 1")));
        VERIFY_OK(await(pool->query(u"SELECT 1")));
        delete pool;
        delete busy;
        delete idle;
    }
#else
    QSKIP("Only Unix has fork().");
#endif
}

QTEST_GUILESS_MAIN(tst_GuiLifeObjects)
#include "tst_guilife_objects.moc"
