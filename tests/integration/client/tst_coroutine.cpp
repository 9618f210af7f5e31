// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"
#include "support/task.h"

#include <QAsyncMySql/Pool>

#include <QtCore/QFutureWatcher>

using namespace QAsyncMySql;

namespace {

ConnectOptions optionsFor(const MatrixServer &live)
{
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true);
    return options;
}

Task sumOf(Connection &connection, int count, qint64 &sum, Error &error, bool &done)
{
    for (int i = 1; i <= count; ++i) {
        const Result<ResultSet> result = co_await connection.execute(u"SELECT ?", i);
        if (!result) {
            error = result.error();
            break;
        }
        sum += result->at(0).get<qint64>(0);
    }
    done = true;
}

Task countRows(Connection &connection, qint64 &rows, bool &done)
{
    const auto cursor = connection.stream(u"SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3");
    while (true) {
        const Result<RowBatch> batch = co_await cursor->nextBatch(2);
        if (!batch || batch->isEmpty())
            break;
        rows += batch->size();
    }
    done = true;
}

Task usePool(Pool &pool, quint64 &id, bool &done)
{
    const Result<Lease> acquired = co_await pool.acquire();
    if (acquired) {
        Lease lease = *acquired;
        const Result<ResultSet> result = co_await lease->query(u"SELECT CONNECTION_ID()");
        id = result ? result->at(0).get<quint64>(0) : 0;
        lease.release();
    }
    done = true;
}

Task awaitCancelled(Connection &connection, Reply<ResultSet> &reply, Error &error, bool &done)
{
    reply = connection.query(u"SELECT SLEEP(30)");
    const Result<ResultSet> result = co_await reply;
    error = result.error();
    done = true;
}

} // namespace

class tst_Coroutine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void awaits_data() { ServerMatrix::addRows(); }
    void awaits();
    void futures_data() { ServerMatrix::addRows(); }
    void futures();
};

void tst_Coroutine::awaits()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(optionsFor(live))));
    qint64 sum = 0;
    Error error;
    bool done = false;
    sumOf(connection, 50, sum, error, done);
    QTRY_VERIFY(done);
    QVERIFY(!error);
    QCOMPARE(sum, 1275);

    qint64 rows = 0;
    done = false;
    countRows(connection, rows, done);
    QTRY_VERIFY(done);
    QCOMPARE(rows, 3);

    Pool pool(optionsFor(live));
    quint64 id = 0;
    done = false;
    usePool(pool, id, done);
    QTRY_VERIFY(done);
    QVERIFY(id > 0);
    QTRY_COMPARE(pool.idleCount(), 1);

    // A plain QFuture::cancel() resumes the coroutine, too.
    Reply<ResultSet> reply;
    done = false;
    awaitCancelled(connection, reply, error, done);
    QTest::qWait(30);
    static_cast<QFuture<Result<ResultSet>> &>(reply).cancel();
    QTRY_VERIFY(done);
    QCOMPARE(error.kind(), Error::Kind::Cancelled);
    VERIFY_OK(await(connection.ping()));

    // Destroying the connection resumes who waits on it.
    auto other = std::make_unique<Connection>();
    VERIFY_OK(await(other->open(optionsFor(live))));
    done = false;
    awaitCancelled(*other, reply, error, done);
    QTest::qWait(30);
    other.reset();
    QVERIFY(done);
    QCOMPARE(error.kind(), Error::Kind::Cancelled);
}

void tst_Coroutine::futures()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(optionsFor(live))));

    int value = 0;
    connection.query(u"SELECT 7").then(this, [&](const Result<ResultSet> &result) {
        value = result ? result->at(0).get<int>(0) : -1;
    });
    QTRY_COMPARE(value, 7);

    QList<QFuture<Result<ResultSet>>> futures;
    for (int i = 0; i < 10; ++i)
        futures.append(connection.execute(u"SELECT ? * 2", i));
    int total = 0;
    QtFuture::whenAll(futures.begin(), futures.end())
        .then(this, [&](const QList<QFuture<Result<ResultSet>>> &all) {
            for (const QFuture<Result<ResultSet>> &future : all)
                total += future.result()->at(0).get<int>(0);
        });
    QTRY_COMPARE(total, 90);

    QFutureWatcher<Result<ResultSet>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(connection.query(u"SELEC"));
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(watcher.result().error().code(), 1064);
}

QTEST_GUILESS_MAIN(tst_Coroutine)
#include "tst_coroutine.moc"
