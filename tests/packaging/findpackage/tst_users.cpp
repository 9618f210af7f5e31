// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A user's QtTest suite on a throw-away server.

#include <QAsyncMySql/TestServer>

#include <QtTest>

#include <QTcpSocket>

using namespace QAsyncMySql;

class tst_Users : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void serverGreets();

private:
    TestServer m_server;
};

void tst_Users::initTestCase()
{
    TestServerOptions options;
    options.addSqlStatement("CREATE TABLE fruit (id INT PRIMARY KEY, name VARCHAR(20));"
                            "INSERT INTO fruit VALUES (1, 'apple'), (2, NULL)");
    m_server.setOptions(options);
    QASYNCMYSQL_REQUIRE_SERVER(m_server);
}

void tst_Users::serverGreets()
{
    QTcpSocket socket;
    socket.connectToHost(m_server.host(), m_server.port());
    QTRY_VERIFY_WITH_TIMEOUT(socket.bytesAvailable() > 4, 30'000);
    QCOMPARE(int(socket.readAll().at(4)), 10); // protocol version
}

QTEST_GUILESS_MAIN(tst_Users)
#include "tst_users.moc"
