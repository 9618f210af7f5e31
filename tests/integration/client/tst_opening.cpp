// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

//! What opening a connection takes and says, to the end of its initial statements.
class tst_Opening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deadlineSpansInitialStatements_data() { ServerMatrix::addRows(); }
    void deadlineSpansInitialStatements();
    void serverThatWantsTls_data() { ServerMatrix::addRows(); }
    void serverThatWantsTls();
    void failingInitConnect_data() { ServerMatrix::addRows(); }
    void failingInitConnect();
    void tooManyConnections_data() { ServerMatrix::addRows(); }
    void tooManyConnections();
};

// Pitfall 38.
void tst_Opening::deadlineSpansInitialStatements()
{
    MATRIX_SERVER(live);
    ConnectOptions options = ConnectOptions::fromUrl(live.url()).value();
    options.setConnectTimeout(700ms).setInitCommands(
        {QStringLiteral("SET @first = 1"), QStringLiteral("DO SLEEP(30)")});
    Connection connection;
    const auto opened = await(connection.open(options));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind(), Error::Kind::Timeout);
    QCOMPARE(opened.error().phase(), Error::Phase::Initialization);
    QVERIFY2(opened.error().message().contains(u"700 ms"), qPrintable(opened.error().message()));
    QCOMPARE(connection.state(), Connection::State::Closed);
}

// Pitfall 17: what the server wants is said in the words of our options.
void tst_Opening::serverThatWantsTls()
{
    QFETCH(const QString, server);
    const auto strict = ServerMatrix::startPrivate(server, {QStringLiteral("--require-secure-transport=ON")});
    QASYNCMYSQL_REQUIRE_SERVER(*strict);
    const MatrixServer live = MatrixServer::fromServer(server, *strict);
    ConnectOptions options = ConnectOptions::fromUrl(live.url()).value();
    Connection connection;
    const auto refused = await(
        connection.open(ConnectOptions(options).setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true)));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::Server);
    if (server == u"mariadb-10.11")
        QCOMPARE(refused.error().code(), 1045); // which says no more than that
    else
        QCOMPARE(refused.error().code(), 3159); // ER_SECURE_TRANSPORT_REQUIRED
    if (refused.error().code() == 3159)
        QVERIFY2(refused.error().message().contains(u"ssl-mode to REQUIRED"),
                 qPrintable(refused.error().message()));
    VERIFY_OK(await(connection.open(options)));
    QVERIFY(connection.isEncrypted());
}

// Pitfall 17: the server lets in and hangs up.
void tst_Opening::failingInitConnect()
{
    QFETCH(const QString, server);
    const auto own = ServerMatrix::startPrivate(server);
    QASYNCMYSQL_REQUIRE_SERVER(*own);
    const MatrixServer live = MatrixServer::fromServer(server, *own);
    Connection owner;
    VERIFY_OK(await(owner.open(ConnectOptions::fromUrl(live.url()).value())));
    VERIFY_OK(await(owner.query(u"CREATE USER 'plain'@'%' IDENTIFIED BY 'pw'")));
    VERIFY_OK(await(owner.query(u"SET GLOBAL init_connect = 'SELECT nonsense FROM nowhere'")));
    ConnectOptions options
        = ConnectOptions::fromUrl(live.url(QStringLiteral("plain"), QStringLiteral("pw"))).value();
    options.setDatabase({});
    Connection connection;
    const auto refused = await(connection.open(options));
    QVERIFY(!refused);
    QVERIFY(refused.error().isConnectionLost());
    QVERIFY2(refused.error().message().contains(u"init_connect"), qPrintable(refused.error().toString()));
}

// Pitfall 6: an error in place of the greeting.
void tst_Opening::tooManyConnections()
{
    QFETCH(const QString, server);
    const auto small = ServerMatrix::startPrivate(server, {QStringLiteral("--max-connections=10")});
    QASYNCMYSQL_REQUIRE_SERVER(*small);
    const MatrixServer live = MatrixServer::fromServer(server, *small);
    ConnectOptions options = ConnectOptions::fromUrl(live.url()).value();
    // With TLS it might be anybody who says so, and the error would be one of security.
    options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true);
    std::vector<std::unique_ptr<Connection>> connections;
    Error refusal;
    for (int i = 0; i < 15 && !refusal.isError(); ++i) {
        connections.push_back(std::make_unique<Connection>());
        refusal = await(connections.back()->open(options)).error();
    }
    QCOMPARE(refusal.kind(), Error::Kind::Server);
    QCOMPARE(refusal.code(), 1040); // ER_CON_COUNT_ERROR
    QVERIFY2(refusal.message().contains(u"oo many connections", Qt::CaseInsensitive),
             qPrintable(refusal.message()));
    QVERIFY(refusal.outcome() == Error::Outcome::NotSent || refusal.outcome() == Error::Outcome::NotExecuted);
}

QTEST_GUILESS_MAIN(tst_Opening)
#include "tst_opening.moc"
