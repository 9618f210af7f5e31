// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A connection over a QIODevice of the program's: here a socket that the test has opened itself.

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

#include <QtNetwork/QTcpSocket>

using namespace QAsyncMySql;

class tst_Device : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runs_data() { ServerMatrix::addRows(); }
    void runs();
    void destroyedUnderneath_data() { ServerMatrix::addRows(); }
    void destroyedUnderneath();
    void notOpen();

private:
    static std::unique_ptr<QTcpSocket> tunnel(const MatrixServer &live);
};

std::unique_ptr<QTcpSocket> tst_Device::tunnel(const MatrixServer &live)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(live.host, live.port);
    socket->waitForConnected(5000);
    return socket;
}

void tst_Device::runs()
{
    MATRIX_SERVER(live);
    const auto device = tunnel(live);
    Connection connection;
    const ConnectOptions options = ConnectOptions::fromUrl(live.url())->setPublicKeyRetrieval(true);
    VERIFY_OK(await(connection.open(options, device.get())));
    const auto result = await(connection.execute(u"SELECT REPEAT('x', 3000000), ?", 5));
    VERIFY_OK(result);
    QCOMPARE(result->at(0).raw(0).size(), 3'000'000);
    VERIFY_OK(await(connection.close()));
}

void tst_Device::destroyedUnderneath()
{
    MATRIX_SERVER(live);
    auto device = tunnel(live);
    Connection connection;
    const ConnectOptions options = ConnectOptions::fromUrl(live.url())->setPublicKeyRetrieval(true);
    VERIFY_OK(await(connection.open(options, device.get())));
    const Reply<ResultSet> running = connection.query(u"SELECT SLEEP(20)");
    QTest::qWait(20);
    device.reset();
    const auto result = await(running);
    QCOMPARE(result.error().kind(), Error::Kind::Connection);
    QCOMPARE(result.error().outcome(), Error::Outcome::Unknown);
}

void tst_Device::notOpen()
{
    QTcpSocket closed;
    Connection connection;
    ConnectOptions options;
    options.setUser(QStringLiteral("u"));
    QCOMPARE(await(connection.open(options, &closed)).error().kind(), Error::Kind::Connection);
}

QTEST_GUILESS_MAIN(tst_Device)
#include "tst_device.moc"
