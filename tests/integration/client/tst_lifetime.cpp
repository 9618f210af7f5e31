// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Connections, cursors and pools are destroyed at every awkward moment. Each future must finish, once,
    and nothing may crash; the address sanitizer's build of this test is the real judge.
*/

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Pool>

#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTimer>

using namespace QAsyncMySql;

namespace {

const QString LongQuery = QStringLiteral("SELECT SLEEP(30)");
const QString ManyRows
    = QStringLiteral("WITH RECURSIVE d(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM d WHERE i < 99) "
                     "SELECT a.i, REPEAT('x', 50) FROM d a CROSS JOIN d b CROSS JOIN d c");

ConnectOptions optionsFor(const MatrixServer &live)
{
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true);
    return options;
}

} // namespace

class tst_Lifetime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectionWhileOpening_data() { ServerMatrix::addRows(); }
    void connectionWhileOpening();
    void connectionWhileRunning_data() { ServerMatrix::addRows(); }
    void connectionWhileRunning();
    void connectionInItsOwnCallback_data() { ServerMatrix::addRows(); }
    void connectionInItsOwnCallback();
    void connectionInEverySignal_data();
    void connectionInEverySignal();
    void cursorInItsOwnSignals_data();
    void cursorInItsOwnSignals();
    void connectionInACursorsSignal_data() { ServerMatrix::addRows(); }
    void connectionInACursorsSignal();
    void nestedLoop_data() { ServerMatrix::addRows(); }
    void nestedLoop();
    void destroyedInNestedLoop_data() { ServerMatrix::addRows(); }
    void destroyedInNestedLoop();
    void poolWhileRunning_data() { ServerMatrix::addRows(); }
    void poolWhileRunning();
    void poolInItsOwnCallback_data() { ServerMatrix::addRows(); }
    void poolInItsOwnCallback();
    void leaseOnItsWayWhenThePoolGoes_data() { ServerMatrix::addRows(); }
    void leaseOnItsWayWhenThePoolGoes();
    void leaseOutlivesPool_data() { ServerMatrix::addRows(); }
    void leaseOutlivesPool();
    void randomDestruction_data() { ServerMatrix::addRows(); }
    void randomDestruction();
};

void tst_Lifetime::connectionWhileOpening()
{
    MATRIX_SERVER(live);
    for (int turns = 0; turns < 40; ++turns) {
        auto connection = std::make_unique<Connection>();
        const Reply<void> opening = connection->open(optionsFor(live));
        const Reply<ResultSet> query = connection->query(u"SELECT 1");
        for (int i = 0; i < turns; ++i)
            QCoreApplication::processEvents();
        connection.reset();
        QVERIFY(opening.isFinished());
        QVERIFY(query.isFinished());
        QVERIFY(query.result() || query.result().error().kind() == Error::Kind::Cancelled);
    }
}

void tst_Lifetime::connectionWhileRunning()
{
    MATRIX_SERVER(live);
    auto connection = std::make_unique<Connection>();
    VERIFY_OK(await(connection->open(optionsFor(live))));
    const Reply<ResultSet> running = connection->query(LongQuery);
    const Reply<ResultSet> queued = connection->execute(u"SELECT 1");
    QTest::qWait(20);
    connection.reset();
    QVERIFY(running.isFinished());
    QCOMPARE(running.result().error().kind(), Error::Kind::Cancelled);
    QCOMPARE(running.result().error().outcome(), Error::Outcome::Unknown);
    QCOMPARE(queued.result().error().outcome(), Error::Outcome::NotSent);
}

// GUI life 8: whatever emits a signal, or calls back, may be destroyed in there.
void tst_Lifetime::connectionInItsOwnCallback()
{
    MATRIX_SERVER(live);
    auto *connection = new Connection;
    VERIFY_OK(await(connection->open(optionsFor(live))));
    int called = 0;
    QList<Reply<ResultSet>> others;
    connection->query(
        this,
        [&](const Result<ResultSet> &result) {
            ++called;
            QVERIFY(result);
            delete connection;
            for (const Reply<ResultSet> &other : others)
                QVERIFY(other.isFinished());
        },
        u"SELECT 1");
    for (int i = 0; i < 5; ++i)
        others.append(connection->query(u"SELECT 2"));
    QTRY_COMPARE(called, 1);
    QTest::qWait(20);
    QCOMPARE(called, 1);
}

void tst_Lifetime::connectionInEverySignal_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<int>("signal");
    for (const QString &id : ServerMatrix::ids()) {
        for (int i = 0; i < 4; ++i)
            QTest::addRow("%s-%d", qPrintable(id), i) << id << i;
    }
}

void tst_Lifetime::connectionInEverySignal()
{
    MATRIX_SERVER(live);
    QFETCH(int, signal);
    auto *connection = new Connection;
    bool deleted = false;
    const auto remove = [&] {
        if (!std::exchange(deleted, true))
            delete connection;
    };
    switch (signal) {
    case 0:
        connect(connection, &Connection::stateChanged, this, remove);
        break;
    case 1:
        connect(connection, &Connection::opened, this, remove);
        break;
    case 2:
        connect(connection, &Connection::queryFinished, this, remove);
        break;
    default:
        connect(connection, &Connection::closed, this, remove);
    }
    const Reply<void> opening = connection->open(optionsFor(live));
    const Reply<ResultSet> query = connection->query(u"SELECT 1");
    const Reply<void> closing = connection->close();
    QTRY_VERIFY(deleted);
    QVERIFY(opening.isFinished());
    QVERIFY(query.isFinished());
    QVERIFY(closing.isFinished());
}

void tst_Lifetime::cursorInItsOwnSignals_data()
{
    connectionInEverySignal_data();
}

void tst_Lifetime::cursorInItsOwnSignals()
{
    MATRIX_SERVER(live);
    QFETCH(int, signal);
    Connection connection;
    VERIFY_OK(await(connection.open(optionsFor(live))));
    std::unique_ptr<Cursor> cursor = connection.stream(signal == 3 ? QStringLiteral("SELECT 1") : ManyRows);
    bool deleted = false;
    const auto remove = [&] {
        deleted = true;
        delete cursor.release();
    };
    switch (signal) {
    case 0:
        connect(cursor.get(), &Cursor::columnsReady, this, remove);
        break;
    case 1:
        connect(cursor.get(), &Cursor::batchReady, this, remove);
        break;
    case 2:
        connect(cursor.get(), &Cursor::rowsAvailable, this, remove);
        break;
    default:
        connect(cursor.get(), &Cursor::batchReady, this, [](const RowBatch &) {});
        connect(cursor.get(), &Cursor::finished, this, remove);
    }
    QTRY_VERIFY(deleted);
    VERIFY_OK(await(connection.query(u"SELECT 1")));
}

void tst_Lifetime::connectionInACursorsSignal()
{
    MATRIX_SERVER(live);
    auto *connection = new Connection;
    VERIFY_OK(await(connection->open(optionsFor(live))));
    const std::unique_ptr<Cursor> cursor = connection->stream(ManyRows);
    QSignalSpy failed(cursor.get(), &Cursor::errorOccurred);
    bool deleted = false;
    connect(cursor.get(), &Cursor::batchReady, this, [&] {
        if (!std::exchange(deleted, true))
            delete connection;
    });
    QTRY_VERIFY(deleted);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(cursor->error().kind(), Error::Kind::Cancelled);
}

// A dialog opened in a callback must not stall the connection (a socket whose slot does not return would).
void tst_Lifetime::nestedLoop()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(optionsFor(live))));
    QList<int> order;
    connection.query(
        this,
        [&](const Result<ResultSet> &) {
            order.append(1);
            QEventLoop dialog;
            connection.query(
                &dialog,
                [&](const Result<ResultSet> &result) {
                    QVERIFY(result);
                    order.append(3);
                    dialog.quit();
                },
                u"SELECT SLEEP(0.05)");
            QTimer::singleShot(10'000, &dialog, &QEventLoop::quit);
            dialog.exec();
            order.append(4);
        },
        u"SELECT 1");
    connection.query(
        this, [&](const Result<ResultSet> &) { order.append(2); }, u"SELECT 2");
    QTRY_COMPARE(order.size(), 4);
    QCOMPARE(order, (QList<int>{1, 2, 3, 4}));
}

void tst_Lifetime::destroyedInNestedLoop()
{
    MATRIX_SERVER(live);
    auto *connection = new Connection;
    VERIFY_OK(await(connection->open(optionsFor(live))));
    int after = 0;
    connection->query(
        this,
        [&](const Result<ResultSet> &) {
            QEventLoop dialog;
            QTimer::singleShot(20, &dialog, [&] {
                delete connection;
                dialog.quit();
            });
            dialog.exec();
            ++after;
        },
        u"SELECT 1");
    const Reply<ResultSet> running = connection->query(LongQuery);
    QTRY_COMPARE(after, 1);
    QVERIFY(running.isFinished());
    QCOMPARE(running.result().error().kind(), Error::Kind::Cancelled);
}

void tst_Lifetime::poolWhileRunning()
{
    MATRIX_SERVER(live);
    auto pool = std::make_unique<Pool>(optionsFor(live));
    pool->setMaximumSize(2);
    QList<Reply<ResultSet>> replies;
    for (int i = 0; i < 6; ++i)
        replies.append(pool->query(LongQuery));
    const Reply<Lease> waiting = pool->acquire();
    const std::unique_ptr<Cursor> cursor = pool->stream(ManyRows);
    QTRY_COMPARE(pool->leasedCount(), 2);
    pool.reset();
    for (const Reply<ResultSet> &reply : replies) {
        QVERIFY(reply.isFinished());
        const Error::Kind kind = reply.result().error().kind();
        QVERIFY(kind == Error::Kind::Cancelled || kind == Error::Kind::Pool);
    }
    QVERIFY(waiting.isFinished());
    QVERIFY(cursor->isFinished());
}

void tst_Lifetime::poolInItsOwnCallback()
{
    MATRIX_SERVER(live);
    auto *pool = new Pool(optionsFor(live));
    bool deleted = false;
    pool->query(
        this,
        [&](const Result<ResultSet> &result) {
            QVERIFY(result);
            delete pool;
            deleted = true;
        },
        u"SELECT 1");
    const Reply<ResultSet> other = pool->query(u"SELECT 2");
    QTRY_VERIFY(deleted);
    QVERIFY(other.isFinished());
}

// Lent, and not told yet: who asked must not get a lease without a connection for a good one.
void tst_Lifetime::leaseOnItsWayWhenThePoolGoes()
{
    MATRIX_SERVER(live);
    auto pool = std::make_unique<Pool>(optionsFor(live));
    VERIFY_OK(await(pool->acquire()));
    QTRY_COMPARE(pool->idleCount(), 1); // it is back
    const Reply<Lease> reply = pool->acquire();
    QCOMPARE(pool->leasedCount(), 1);
    QVERIFY(!reply.isFinished());
    pool.reset();
    QVERIFY(reply.isFinished());
    QCOMPARE(reply.result().error().kind(), Error::Kind::Pool);
}

void tst_Lifetime::leaseOutlivesPool()
{
    MATRIX_SERVER(live);
    auto pool = std::make_unique<Pool>(optionsFor(live));
    auto acquired = await(pool->acquire());
    VERIFY_OK(acquired);
    Lease lease = *acquired;
    QVERIFY(lease.isValid());
    pool.reset();
    QVERIFY(!lease.isValid());
    QCOMPARE(lease.connection(), nullptr);
    lease.release();
}

void tst_Lifetime::randomDestruction()
{
    MATRIX_SERVER(live);
    QRandomGenerator random(20261121);
    for (int round = 0; round < 60; ++round) {
        auto pool = std::make_unique<Pool>(optionsFor(live));
        pool->setMaximumSize(3);
        QList<Reply<ResultSet>> replies;
        std::vector<std::unique_ptr<Cursor>> cursors;
        for (int i = 0; i < 8; ++i) {
            switch (random.bounded(3)) {
            case 0:
                replies.append(pool->query(u"SELECT 1"));
                break;
            case 1:
                replies.append(pool->execute(u"SELECT SLEEP(0.01)"));
                break;
            default:
                cursors.push_back(pool->stream(ManyRows));
            }
        }
        for (int turns = random.bounded(60); turns > 0; --turns) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            if (random.bounded(10) == 0 && !cursors.empty())
                cursors.pop_back();
        }
        pool.reset();
        for (const Reply<ResultSet> &reply : replies)
            QVERIFY(reply.isFinished());
    }
}

// The last case: objects that outlive the application.
int main(int argc, char **argv)
{
    static std::unique_ptr<Connection> connection;
    static std::unique_ptr<Pool> pool;
    static std::unique_ptr<Cursor> cursor;
    Reply<ResultSet> pending;
    Reply<ResultSet> pooled;
    int failures = 0;
    {
        QCoreApplication application(argc, argv);
        tst_Lifetime test;
        failures = QTest::qExec(&test, argc, argv);
        const MatrixServer live = ServerMatrix::server(ServerMatrix::ids().first());
        if (live.isRunning()) {
            connection = std::make_unique<Connection>();
            const auto opened = await(connection->open(optionsFor(live)));
            failures += opened ? 0 : 1;
            cursor = connection->stream(ManyRows);
            pending = connection->query(LongQuery);
            pool = std::make_unique<Pool>(optionsFor(live));
            pooled = pool->query(LongQuery);
            QTest::qWait(50);
        }
    }
    if (!connection)
        return failures;
    connection.reset();
    pool.reset();
    cursor.reset();
    if (!pending.isFinished() || !pooled.isFinished()) {
        qWarning("FAIL!  : a future was left unfinished after the application was gone");
        ++failures;
    }
    return failures;
}

#include "tst_lifetime.moc"
