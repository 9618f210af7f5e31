// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

#include <QtCore/QElapsedTimer>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

namespace {

//! A query that runs for 30 s on every server.
const QString LongQuery = QStringLiteral("SELECT SLEEP(30)");

ConnectOptions plain(const MatrixServer &server)
{
    ConnectOptions options = *ConnectOptions::fromUrl(server.url());
    options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true);
    return options;
}

} // namespace

class tst_Connection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ways_data();
    void ways();
    void largeValues_data() { ServerMatrix::addRows(); }
    void largeValues();
    void multipleResults_data() { ServerMatrix::addRows(); }
    void multipleResults();
    void serverErrors_data() { ServerMatrix::addRows(); }
    void serverErrors();
    void connectErrors_data() { ServerMatrix::addRows(); }
    void connectErrors();
    void wrongCertificate_data() { ServerMatrix::addRows(); }
    void wrongCertificate();
    void silentServer();
    void stoppedByDeadline_data() { ServerMatrix::addRows(); }
    void stoppedByDeadline();
    void cancelled_data() { ServerMatrix::addRows(); }
    void cancelled();
    void queueKeepsOrder_data() { ServerMatrix::addRows(); }
    void queueKeepsOrder();
    void bufferedLimit_data() { ServerMatrix::addRows(); }
    void bufferedLimit();
    void statementCache_data() { ServerMatrix::addRows(); }
    void statementCache();
    void resetSession_data() { ServerMatrix::addRows(); }
    void resetSession();
    void reopenAfterAbort_data() { ServerMatrix::addRows(); }
    void reopenAfterAbort();
    void serverRestart();
};

void tst_Connection::ways_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("way");
    for (const QString &id : ServerMatrix::ids()) {
        for (const char *way : {"tcp", "tls", "socket"})
            QTest::newRow(qPrintable(id + u'-' + QLatin1StringView(way))) << id << QString::fromLatin1(way);
    }
}

void tst_Connection::ways()
{
    MATRIX_SERVER(live);
    QFETCH(QString, way);
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    if (way == u"tcp")
        options = plain(live);
    else if (way == u"socket")
        options.setSocketPath(live.socketPath);
    else
        QCOMPARE(options.effectiveSslMode(), SslMode::VerifyIdentity);

    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    QVERIFY(connection.isOpen());
    QCOMPARE(connection.isEncrypted(), way == u"tls");
    QCOMPARE(connection.isMariaDb(), live.isMariaDb());
    QVERIFY(connection.connectionId() > 0);
    VERIFY_OK(await(connection.ping()));

    const auto result = await(connection.query(u"SELECT CONNECTION_ID(), 'ä\U0001F600', NULL, @@time_zone"));
    VERIFY_OK(result);
    QCOMPARE(result->size(), 1);
    QCOMPARE(result->columnCount(), 4);
    QCOMPARE(result->at(0).get<quint64>(0), connection.connectionId());
    QCOMPARE(result->at(0).get<QString>(1), QStringLiteral("ä\U0001F600"));
    QVERIFY(result->at(0).isNull(2));
    QCOMPARE(result->at(0).get<QString>(3), QStringLiteral("+00:00"));

    const auto prepared = await(connection.execute(u"SELECT ? + 1, ?", 41, u"x'y\\z"));
    VERIFY_OK(prepared);
    QCOMPARE(prepared->at(0).get<qint64>(0), 42);
    QCOMPARE(prepared->at(0).get<QString>(1), QStringLiteral("x'y\\z"));

    const auto text = await(connection.query(u"SELECT ? + 1, ?", 41, u"x'y\\z"));
    VERIFY_OK(text);
    QCOMPARE(text->at(0).get<qint64>(0), 42);
    QCOMPARE(text->at(0).get<QString>(1), QStringLiteral("x'y\\z"));

    VERIFY_OK(await(connection.close()));
    QCOMPARE(connection.state(), Connection::State::Closed);
    const auto afterwards = await(connection.query(u"SELECT 1"));
    QCOMPARE(afterwards.error().kind(), Error::Kind::Usage);
    QCOMPARE(afterwards.error().outcome(), Error::Outcome::NotSent);
}

// Pitfalls 3 and 29.
// A statement and a cell over 16 MiB make the round trip, which takes packets of several frames both ways.
void tst_Connection::largeValues()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(plain(live).setMaxPacketSize(128 << 20))));
    for (const qsizetype size : {(1 << 24) - 40, (1 << 24) - 1, 1 << 24, 20 << 20}) {
        QByteArray bytes(size, 'x');
        bytes[0] = '\xFE'; // looks like the header of an EOF packet
        bytes[size - 1] = 'z';
        auto result = await(connection.query(u"SELECT ?, LENGTH(?)", bytes.left(1000), bytes.left(1000)));
        VERIFY_OK(result);
        result = await(connection.execute(u"SELECT ?", bytes));
        if (!result && result.error().code() == 1153) // max_allowed_packet of the server
            QSKIP("the server's max_allowed_packet is too small");
        VERIFY_OK(result);
        QCOMPARE(result->at(0).raw(0).size(), size);
        QVERIFY(result->at(0).get<QByteArray>(0) == bytes);
        result = await(connection.query(u"SELECT REPEAT('y', ?), 5", qint64(size)));
        VERIFY_OK(result);
        QCOMPARE(result->at(0).raw(0).size(), size);
        QCOMPARE(result->at(0).get<int>(1), 5);
    }
    VERIFY_OK(await(connection.ping()));
}

void tst_Connection::multipleResults()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(plain(live).setMultiStatements(true))));
    const auto result = await(connection.query(u"SELECT 1, 2; SELECT 'a' UNION SELECT 'b'; DO 0; SELECT 3"));
    VERIFY_OK(result);
    QCOMPARE(result->columnCount(), 2);
    QVERIFY(result->hasNext());
    QCOMPARE(result->next().size(), 2);
    QCOMPARE(result->next().at(1).get<QString>(0), QStringLiteral("b"));
    QVERIFY(!result->next().next().hasColumns());
    const ResultSet last = result->next().next().next();
    QCOMPARE(last.at(0).get<int>(0), 3);
    QVERIFY(!last.hasNext());

    const auto failing = await(connection.query(u"SELECT 1; SELECT nonsense; SELECT 2"));
    QCOMPARE(failing.error().code(), 1054);
    QCOMPARE(failing.error().outcome(), Error::Outcome::Executed);
    VERIFY_OK(await(connection.ping()));
}

void tst_Connection::serverErrors()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(plain(live))));
    const auto syntax = await(connection.query(u"SELEC 1"));
    QCOMPARE(syntax.error().kind(), Error::Kind::Server);
    QCOMPARE(syntax.error().code(), 1064);
    QCOMPARE(syntax.error().sqlState(), QStringLiteral("42000"));
    QCOMPARE(syntax.error().outcome(), Error::Outcome::NotExecuted);
    QCOMPARE(syntax.error().statement(), QStringLiteral("SELEC 1"));
    const auto prepared = await(connection.execute(u"SELECT * FROM no_such_schema.no_such_table"));
    QVERIFY(prepared.error().code() == 1146 || prepared.error().code() == 1049);
    const auto tooFew = await(connection.execute(u"SELECT ?, ?", 1));
    QCOMPARE(tooFew.error().kind(), Error::Kind::Usage);
    QVERIFY(tooFew.error().message().contains(u'2') && tooFew.error().message().contains(u'1'));
    const auto tooMany = await(connection.query(u"SELECT ?", 1, 2));
    QCOMPARE(tooMany.error().kind(), Error::Kind::Usage);
    // A value that cannot be sent is an error of its own, in both protocols, and the connection goes on.
    for (const auto &notANumber :
         {await(connection.execute(u"SELECT ?", qQNaN())), await(connection.query(u"SELECT ?", qQNaN()))}) {
        QCOMPARE(notANumber.error().kind(), Error::Kind::Usage);
        QCOMPARE(notANumber.error().outcome(), Error::Outcome::NotSent);
    }
    // Several statements in one text are off by default.
    QCOMPARE(await(connection.query(u"SELECT 1; SELECT 2")).error().code(), 1064);
    VERIFY_OK(await(connection.ping()));
}

void tst_Connection::connectErrors()
{
    MATRIX_SERVER(live);
    Connection connection;
    QSignalSpy failures(&connection, &Connection::errorOccurred);
    const auto open = [&](ConnectOptions options) { return await(connection.open(options)).error(); };

    Error error = open(plain(live).setPassword(QStringLiteral("wrong")));
    QCOMPARE(error.kind(), Error::Kind::Server);
    QCOMPARE(error.code(), 1045);
    QCOMPARE(error.phase(), Error::Phase::Authentication);
    QVERIFY(!error.isRetryable());
    QCOMPARE(failures.size(), 1);
    QCOMPARE(connection.lastError(), error);

    error = open(plain(live).setDatabase(QStringLiteral("no_such_schema")));
    QCOMPARE(error.code(), 1049);

    error = open(plain(live).setHost(QStringLiteral("no-such-host.invalid")));
    QCOMPARE(error.kind(), Error::Kind::Connection);
    QCOMPARE(error.phase(), Error::Phase::Connecting);
    QVERIFY(error.message().contains(u"no-such-host.invalid"));

    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const quint16 freePort = closed.serverPort();
    closed.close();
    error = open(plain(live).setPort(freePort));
    QCOMPARE(error.kind(), Error::Kind::Connection);
    QVERIFY(error.message().contains(QString::number(freePort)));
    QVERIFY(error.isRetryable());

    error = open(plain(live).setSocketPath(QStringLiteral("/no/such/socket")));
    QCOMPARE(error.kind(), Error::Kind::Connection);

    error = open(plain(live).setInitCommands({QStringLiteral("SET nonsense = 1")}));
    QCOMPARE(error.phase(), Error::Phase::Initialization);
    QCOMPARE(error.code(), 1193);

    error = open(plain(live).setUser(QStringLiteral("a") + QChar(0)));
    QCOMPARE(error.kind(), Error::Kind::Usage);
    VERIFY_OK(await(connection.open(plain(live))));
    QCOMPARE(await(connection.open(plain(live))).error().kind(), Error::Kind::Usage);
    QVERIFY(connection.isOpen());
}

// Pitfall 39.
void tst_Connection::wrongCertificate()
{
    MATRIX_SERVER(live);
    Connection connection;
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setSslMode(SslMode::VerifyIdentity).setSslCaFile({});
    Error error = await(connection.open(options)).error();
    QCOMPARE(error.kind(), Error::Kind::Security);
    QCOMPARE(error.phase(), Error::Phase::Tls);
    QVERIFY2(error.message().contains(u"ssl-ca"), qPrintable(error.message()));

    options.setSslCaFile(QStringLiteral("/no/such/file"));
    error = await(connection.open(options)).error();
    QCOMPARE(error.kind(), Error::Kind::Usage);
    QVERIFY(error.message().contains(u"/no/such/file"));
}

// Pitfall 38.
void tst_Connection::silentServer()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    Connection connection;
    ConnectOptions options;
    options.setHost(QStringLiteral("127.0.0.1"))
        .setPort(silent.serverPort())
        .setUser(QStringLiteral("u"))
        .setConnectTimeout(200ms);
    const Error error = await(connection.open(options)).error();
    QCOMPARE(error.kind(), Error::Kind::Timeout);
    QCOMPARE(error.phase(), Error::Phase::Greeting);
    QCOMPARE(connection.state(), Connection::State::Closed);
}

void tst_Connection::stoppedByDeadline()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(plain(live).setCommandTimeout(200ms).setCancelTimeout(5s))));
    const auto result = await(connection.query(LongQuery));
    QCOMPARE(result.error().kind(), Error::Kind::Timeout);
    // The connection is drained, and goes on.
    VERIFY_OK(await(connection.query(u"SELECT 1")));
    QVERIFY(connection.isOpen());
}

// Pitfall 30.
void tst_Connection::cancelled()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(plain(live).setCancelTimeout(5s))));
    const quint64 id = connection.connectionId();

    Reply<ResultSet> running = connection.query(LongQuery);
    Reply<ResultSet> queued = connection.query(u"SELECT 1");
    Reply<ResultSet> behind = connection.query(u"SELECT 2");
    QTest::qWait(50);
    queued.cancel();
    running.cancel();
    const Error stopped = await(running).error();
    QCOMPARE(stopped.kind(), Error::Kind::Cancelled);
    QCOMPARE(await(queued).error().kind(), Error::Kind::Cancelled);
    QCOMPARE(await(queued).error().outcome(), Error::Outcome::NotSent);
    VERIFY_OK(await(behind));
    QCOMPARE(behind.result()->at(0).get<int>(0), 2);
    QCOMPARE(connection.connectionId(), id);

    // A context that goes cancels, too.
    auto context = std::make_unique<QObject>();
    connection.query(
        context.get(), [](const Result<ResultSet> &) { QFAIL("called without its context"); }, LongQuery);
    QTest::qWait(50);
    context.reset();
    VERIFY_OK(await(connection.query(u"SELECT 3"), 10'000));
    QCOMPARE(connection.connectionId(), id);
}

void tst_Connection::queueKeepsOrder()
{
    MATRIX_SERVER(live);
    Connection connection;
    Reply<void> opening = connection.open(plain(live));
    // Called before the connection is open.
    QList<Reply<ResultSet>> replies;
    QList<int> order;
    for (int i = 0; i < 100; ++i) {
        replies.append(i % 2 ? connection.execute(u"SELECT ?", i) : connection.query(u"SELECT ?", i));
        connection.query(
            this, [&order, i](const Result<ResultSet> &r) { order.append(r ? i : -1); }, u"SELECT 1");
    }
    VERIFY_OK(await(opening));
    for (int i = 0; i < 100; ++i) {
        const auto result = await(replies[i]);
        VERIFY_OK(result);
        QCOMPARE(result->at(0).get<int>(0), i);
    }
    QTRY_COMPARE(order.size(), 100);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(order[i], i);
}

void tst_Connection::bufferedLimit()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(plain(live).setMaxBufferedResult(1 << 20))));
    const auto result = await(connection.query(u"SELECT REPEAT('x', 2000000)"));
    QCOMPARE(result.error().kind(), Error::Kind::Limit);
    QVERIFY(result.error().message().contains(u"1048576"));
}

// Pitfall 28.
void tst_Connection::statementCache()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(plain(live).setStatementCacheSize(2))));
    const auto prepares = [&] {
        const auto r = await(connection.query(u"SHOW SESSION STATUS LIKE 'Com_stmt_prepare'"));
        return r ? r->at(0).get<int>(1) : -1;
    };
    const int before = prepares();
    for (int i = 0; i < 5; ++i)
        VERIFY_OK(await(connection.execute(u"SELECT ? + 1", i)));
    QCOMPARE(prepares(), before + 1);
    for (int i = 0; i < 3; ++i) {
        for (int statement = 0; statement < 3; ++statement)
            VERIFY_OK(await(connection.execute(QStringLiteral("SELECT ? + %1").arg(statement + 10), i)));
    }
    // Three statements over a cache of two: each run prepares anew, and what falls out is closed on the
    // server.
    const auto open = await(connection.query(u"SHOW SESSION STATUS LIKE 'Com_stmt_close'"));
    VERIFY_OK(open);
    QVERIFY2(open->at(0).get<int>(1) >= 7, qPrintable(open->at(0).get<QString>(1)));
}

// Pitfalls 28 and 34.
void tst_Connection::resetSession()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(plain(live).setSqlMode(QStringLiteral("ANSI_QUOTES")))));
    VERIFY_OK(await(connection.query(u"SET @a = 1, time_zone = '+05:00'")));
    VERIFY_OK(await(connection.execute(u"SELECT ?", 1)));
    VERIFY_OK(await(connection.reset()));
    const auto after = await(connection.query(u"SELECT @a, @@time_zone, @@sql_mode, @@character_set_client"));
    VERIFY_OK(after);
    QVERIFY(after->at(0).isNull(0));
    QCOMPARE(after->at(0).get<QString>(1), QStringLiteral("+00:00"));
    QCOMPARE(after->at(0).get<QString>(2), QStringLiteral("ANSI_QUOTES"));
    QCOMPARE(after->at(0).get<QString>(3), QStringLiteral("utf8mb4"));
    // The statement prepared before is gone; it is prepared again.
    VERIFY_OK(await(connection.execute(u"SELECT ?", 1)));
}

void tst_Connection::reopenAfterAbort()
{
    MATRIX_SERVER(live);
    Connection connection;
    for (const SslMode mode : {SslMode::Disabled, SslMode::Required}) {
        for (int i = 0; i < 3; ++i) {
            const Reply<void> opening = connection.open(plain(live).setSslMode(mode));
            if (i > 0)
                VERIFY_OK(await(opening));
            const Reply<ResultSet> running = connection.query(LongQuery);
            connection.abort();
            QCOMPARE(await(running).error().kind(), Error::Kind::Cancelled);
        }
    }
    VERIFY_OK(await(connection.open(plain(live))));
    VERIFY_OK(await(connection.query(u"SELECT 1")));
}

void tst_Connection::serverRestart()
{
    TestServer server;
    if (!server.start())
        QSKIP(qPrintable(server.errorString()));
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(server.url()))));
    QSignalSpy closed(&connection, &Connection::closed);
    Reply<ResultSet> running = connection.query(LongQuery);
    Reply<ResultSet> queued = connection.query(u"SELECT 1");
    QTest::qWait(50);
    server.kill();
    QCOMPARE(await(running).error().kind(), Error::Kind::Connection);
    QCOMPARE(running.result().error().outcome(), Error::Outcome::Unknown);
    QCOMPARE(await(queued).error().outcome(), Error::Outcome::NotSent);
    QVERIFY(queued.result().error().isRetryable());
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(connection.state(), Connection::State::Closed);
    QVERIFY2(server.restart(), qPrintable(server.errorString()));
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(server.url()))));
    VERIFY_OK(await(connection.query(u"SELECT 1")));
}

QTEST_GUILESS_MAIN(tst_Connection)
#include "tst_connection.moc"
