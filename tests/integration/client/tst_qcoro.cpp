// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Replies in coroutines of QCoro (https://qcoro.dvratil.cz), as they are and as the QFutures that they are.
*/

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

#if QASYNCMYSQL_HAS_QCORO
#include <QCoroFuture>
#include <QCoroTask>
#endif

using namespace QAsyncMySql;

#if QASYNCMYSQL_HAS_QCORO
namespace {

QCoro::Task<qint64> sumOf(Connection &connection, int count)
{
    qint64 sum = 0;
    for (int i = 1; i <= count; ++i) {
        const Result<ResultSet> result = co_await connection.execute(u"SELECT ?", i);
        if (!result)
            co_return -1;
        sum += result->scalar<qint64>().value();
    }
    co_return sum;
}

// By QCoro for QFuture: the reply as the future that it is.
QCoro::Task<int> byFuture(Connection &connection)
{
    const QFuture<Result<ResultSet>> future = connection.query(u"SELECT 42");
    const Result<ResultSet> result = co_await future;
    co_return result ? result->scalar<int>().value() : -1;
}

QCoro::Task<Error> failing(Connection &connection)
{
    const Result<ResultSet> result = co_await connection.query(u"SELECT no_such_column");
    co_return result.error();
}

QCoro::Task<qsizetype> streamed(Connection &connection)
{
    const auto cursor = connection.stream(u"SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3");
    qsizetype rows = 0;
    while (true) {
        const Result<RowBatch> batch = co_await cursor->nextBatch(2);
        if (!batch || batch->isEmpty())
            break;
        rows += batch->size();
    }
    co_return rows;
}

} // namespace
#endif

class tst_QCoro : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void awaits_data() { ServerMatrix::addRows(); }
    void awaits();
};

void tst_QCoro::awaits()
{
#if QASYNCMYSQL_HAS_QCORO
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    QCOMPARE(QCoro::waitFor(sumOf(connection, 100)), 5050);
    QCOMPARE(QCoro::waitFor(byFuture(connection)), 42);
    QCOMPARE(QCoro::waitFor(failing(connection)).code(), 1054);
    QCOMPARE(QCoro::waitFor(streamed(connection)), 3);
#else
    QSKIP("QCoro (qcoro-qt6-dev) was not there when the tests were built.");
#endif
}

QTEST_GUILESS_MAIN(tst_QCoro)
#include "tst_qcoro.moc"
