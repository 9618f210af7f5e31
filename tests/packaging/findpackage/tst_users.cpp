// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A user's QtTest suite on a throw-away server.

#include <QAsyncMySql/Pool>
#include <QAsyncMySql/QueryModel>
#include <QAsyncMySql/TestServer>

#include <QFutureWatcher>
#include <QSignalSpy>
#include <QtTest>

using namespace QAsyncMySql;

class tst_Users : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void query();
    void model();

private:
    ConnectOptions m_options;
    TestServer m_server;
};

void tst_Users::initTestCase()
{
    TestServerOptions options;
    options.addSqlStatement("CREATE TABLE fruit (id INT PRIMARY KEY, name VARCHAR(20));"
                            "INSERT INTO fruit VALUES (1, 'apple'), (2, NULL)");
    m_server.setOptions(options);
    QASYNCMYSQL_REQUIRE_SERVER(m_server);
    const Result<ConnectOptions> parsed = ConnectOptions::fromUrl(m_server.url());
    QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().message()));
    m_options = *parsed;
}

void tst_Users::query()
{
    Pool pool(m_options);
    QFutureWatcher<Result<ResultSet>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(pool.query("SELECT id, name FROM fruit WHERE id < ? ORDER BY id", 10));
    QVERIFY(finished.wait(30'000));
    const Result<ResultSet> result = watcher.result();
    QVERIFY2(result, qPrintable(result ? QString() : result.error().message()));
    QCOMPARE(result->size(), 2);
    QCOMPARE(result->at(0).get<QString>("name"), QString("apple"));
    QVERIFY(result->at(1).isNull(1));
}

void tst_Users::model()
{
    Pool pool(m_options);
    QueryModel model;
    QSignalSpy loaded(&model, &QueryModel::loadFinished);
    model.setPool(&pool);
    model.setQuery("SELECT id, name FROM fruit WHERE id < ? ORDER BY id", 10);
    model.load();
    QVERIFY(loaded.wait(30'000));
    QVERIFY2(!model.error(), qPrintable(model.error().message()));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), QString("name"));
    QCOMPARE(model.data(model.index(0, 1)).toString(), QString("apple"));
    QVERIFY(model.data(model.index(1, 1), QueryModel::IsNullRole).toBool());
}

QTEST_GUILESS_MAIN(tst_Users)
#include "tst_users.moc"
