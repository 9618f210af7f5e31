// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/FakeServer>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/*
    MariaDB: preparing and the first execution in one round trip (ConnectOptions::setPipelinedPrepare()), and
    definitions of columns that the server leaves out (pitfall 24).
*/
class tst_PrepareAhead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneRoundTrip();
    void switchedOff();
    void anotherNumber();
    void wrongTooOften();
    void cannotBePrepared();
    void executedNevertheless();
    void textThatCanBeReadInTwoWays();
    void onServers_data() { ServerMatrix::addRows(); }
    void onServers();
    void noRoom_data() { ServerMatrix::addRows(); }
    void noRoom();
    void afterReset_data() { ServerMatrix::addRows(); }
    void afterReset();
    void changingColumns_data();
    void changingColumns();
};

namespace {

constexpr quint32 CacheMetadata = 1u << 4;

FakeGreeting mariaDb(quint32 capabilities = 1)
{
    return FakeGreeting().setVersion("11.8.2-MariaDB").setMariaDbCapabilities(capabilities);
}

QByteArray bytes(const QByteArrayList &packets)
{
    QByteArray all;
    for (qsizetype i = 0; i < packets.size(); ++i)
        all += FakePacket::framed(packets.at(i), quint8(i + 1));
    return all;
}

QByteArray prepared(quint32 id, int parameters)
{
    QByteArrayList packets = {QByteArray(1, '\0') + FakePacket::fixed(id, 4) + FakePacket::fixed(1, 2)
                              + FakePacket::fixed(quint64(parameters), 2) + QByteArray(3, '\0')};
    for (int i = 0; i < parameters; ++i)
        packets << FakePacket::column("?");
    return bytes(packets << FakePacket::column("n"));
}

QByteArray oneRow(const QByteArray &value)
{
    return bytes({FakePacket::columnCount(1), FakePacket::column("n"),
                  QByteArray(2, '\0') + FakePacket::text(value),
                  FakePacket::ok(0, 0, FakePacket::StatusAutocommit, 0, 0xFE)});
}

QByteArray unknownStatement()
{
    return bytes({FakePacket::error(1243, "Unknown prepared statement handler")});
}

// Both have come before anything is answered: else this would wait for ever.
FakeScript both(const QString &sql)
{
    return FakeScript().expectPrepare(sql).expectExecute();
}

void open(FakeServer &server, Connection &connection, bool ahead = true)
{
    QVERIFY2(server.listen(), qPrintable(server.errorString()));
    VERIFY_OK(await(connection.open(server.options().setPipelinedPrepare(ahead))));
}

QString value(const Result<ResultSet> &result)
{
    return result ? result->at(0).get<QString>(0) : result.error().toString();
}

} // namespace

void tst_PrepareAhead::oneRoundTrip()
{
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin(mariaDb())
                         .append(both(u"SELECT ?"_s))
                         .sendBytes(prepared(1, 1) + oneRow("a"))
                         .append(both(u"SELECT 'b'"_s))
                         .sendBytes(prepared(2, 0))
                         .wait(10ms)
                         .sendBytes(oneRow("b"))
                         .expectExecute() // from the cache
                         .sendBytes(oneRow("c")));
    Connection connection;
    open(server, connection);
    QCOMPARE(value(await(connection.execute(u"SELECT ?", 1))), u"a"_s);
    QCOMPARE(value(await(connection.execute(u"SELECT 'b'"))), u"b"_s);
    QCOMPARE(value(await(connection.execute(u"SELECT ?", 1))), u"c"_s);
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

void tst_PrepareAhead::switchedOff()
{
    for (const bool isMariaDb : {true, false}) {
        FakeServer server;
        server.addScript(FakeScript()
                             .acceptLogin(isMariaDb ? mariaDb() : FakeGreeting())
                             .expectPrepare(u"SELECT ?"_s)
                             .wait(20ms)
                             .sendBytes(prepared(1, 1))
                             .expectExecute()
                             .sendBytes(oneRow("a")));
        Connection connection;
        open(server, connection, !isMariaDb);
        QCOMPARE(value(await(connection.execute(u"SELECT ?", 1))), u"a"_s);
        QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
    }
}

// It is executed again by the right one.
void tst_PrepareAhead::anotherNumber()
{
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin(mariaDb())
                         .append(both(u"SELECT ?"_s))
                         .sendBytes(prepared(7, 1) + unknownStatement())
                         .expectExecute()
                         .sendBytes(oneRow("a"))
                         .append(both(u"SELECT 'b'"_s)) // the next one is foreseen
                         .sendBytes(prepared(8, 0) + oneRow("b")));
    Connection connection;
    open(server, connection);
    QCOMPARE(value(await(connection.execute(u"SELECT ?", 1))), u"a"_s);
    QCOMPARE(value(await(connection.execute(u"SELECT 'b'"))), u"b"_s);
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

// Numbers that go up by tens are wrong three times; ones that go down might be in use, and are not tried.
void tst_PrepareAhead::wrongTooOften()
{
    FakeScript byTens = FakeScript().acceptLogin(mariaDb());
    for (quint32 i = 1; i <= 3; ++i) {
        byTens.append(both({}))
            .sendBytes(prepared(10 * i, 0) + unknownStatement())
            .expectExecute()
            .sendBytes(oneRow("a"));
    }
    byTens.expectPrepare({}).sendBytes(prepared(40, 0)).expectExecute().sendBytes(oneRow("a"));
    const FakeScript downwards = FakeScript()
                                     .acceptLogin(mariaDb())
                                     .append(both({}))
                                     .sendBytes(prepared(5, 0) + unknownStatement())
                                     .expectExecute()
                                     .sendBytes(oneRow("a"))
                                     .append(both({}))
                                     .sendBytes(prepared(3, 0) + unknownStatement())
                                     .expectExecute()
                                     .sendBytes(oneRow("a"))
                                     .expectPrepare({})
                                     .sendBytes(prepared(6, 0))
                                     .expectExecute()
                                     .sendBytes(oneRow("a"));
    for (const FakeScript &script : {byTens, downwards}) {
        FakeServer server;
        server.addScript(script);
        Connection connection;
        open(server, connection);
        for (int i = 0; !server.isDone() && i < 5; ++i) {
            QCOMPARE(value(await(connection.execute(QStringLiteral("SELECT %1").arg(i)))), u"a"_s);
            QVERIFY2(server.errorString().isEmpty() || !server.isDone(), qPrintable(server.errorString()));
        }
        QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
    }
}

// Both answers are read, and the first is told.
void tst_PrepareAhead::cannotBePrepared()
{
    FakeServer server;
    server.addScript(
        FakeScript()
            .acceptLogin(mariaDb())
            .append(both(u"SELECT nonsense"_s))
            .sendBytes(bytes({FakePacket::error(1054, "Unknown column", "42S22")}) + unknownStatement())
            .append(both(u"SELECT ?"_s))
            .sendBytes(prepared(2, 1) + oneRow("a")));
    Connection connection;
    open(server, connection);
    const Error error = await(connection.execute(u"SELECT nonsense")).error();
    QCOMPARE(error.code(), 1054);
    QCOMPARE(error.outcome(), Error::Outcome::NotExecuted);
    QCOMPARE(value(await(connection.execute(u"SELECT ?", 1))), u"a"_s);
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

// Something that must not be: it is told, and that something has been executed.
void tst_PrepareAhead::executedNevertheless()
{
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin(mariaDb())
                         .append(both(u"SELECT ?"_s))
                         .sendBytes(prepared(7, 1) + oneRow("another")));
    Connection connection;
    open(server, connection);
    const Error error = await(connection.execute(u"SELECT ?", 1)).error();
    QCOMPARE(error.kind(), Error::Kind::Protocol);
    QCOMPARE(error.outcome(), Error::Outcome::Executed);
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

// How many placeholders there are is for the server to say: nothing is executed before it has.
void tst_PrepareAhead::textThatCanBeReadInTwoWays()
{
    for (const QString &sql : {u"SELECT '\\' ?, '"_s, u"SELECT 1 /*! ? */"_s}) {
        FakeServer server;
        server.addScript(FakeScript()
                             .acceptLogin(mariaDb())
                             .expectPrepare(sql)
                             .wait(20ms)
                             .sendBytes(prepared(1, 1))
                             .expectExecute()
                             .sendBytes(oneRow("a")));
        Connection connection;
        open(server, connection);
        QCOMPARE(value(await(connection.execute(sql, 1))), u"a"_s);
        QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
    }
    FakeServer server;
    server.addScript(
        FakeScript().acceptLogin(mariaDb()).expectPrepare(u"SELECT ?, ?"_s).sendBytes(prepared(1, 2)));
    Connection connection;
    open(server, connection);
    const Error error = await(connection.execute(u"SELECT ?, ?", 1)).error();
    QCOMPARE(error.kind(), Error::Kind::Usage);
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

void tst_PrepareAhead::onServers()
{
    MATRIX_SERVER(live);
    for (const bool ahead : {true, false}) {
        Connection connection;
        VERIFY_OK(await(connection.open(ConnectOptions::fromUrl(live.url())->setPipelinedPrepare(ahead))));
        VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE ahead (n INT PRIMARY KEY, t TEXT)")));
        for (int i = 0; i < 20; ++i) {
            const QString sql = QStringLiteral("INSERT INTO ahead VALUES (?, 'it''s %1')").arg(i);
            const auto inserted = await(connection.execute(sql, i));
            VERIFY_OK(inserted);
            QCOMPARE(inserted->affectedRows(), 1u);
            // Errors when it is prepared, and when it is executed; neither puts the numbers out of step.
            QCOMPARE(
                await(connection.execute(QStringLiteral("SELECT nonsense%1, ?").arg(i), 1)).error().code(),
                1054);
            QCOMPARE(await(connection.execute(sql, i)).error().code(), 1062);
        }
        const auto rows = await(connection.execute(u"SELECT COUNT(*), SUM(n) FROM ahead WHERE n >= ?", 0));
        VERIFY_OK(rows);
        QCOMPARE(rows->at(0).get<int>(0), 20);
        QCOMPARE(rows->at(0).get<int>(1), 190);
        // Statements that the server numbers for itself in between.
        VERIFY_OK(await(connection.query(u"PREPARE byhand FROM 'SELECT 1'")));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(await(connection.execute(QStringLiteral("SELECT ? + %1").arg(i), 1))->at(0).get<int>(0),
                     i + 1);
        // Cursors too.
        const auto cursor = connection.streamPrepared(StatementOptions().setFetchSize(3),
                                                      u"SELECT n FROM ahead WHERE n > ?", 5);
        qsizetype count = 0;
        for (auto batch = await(cursor->nextBatch()); batch && !batch->isEmpty();
             batch = await(cursor->nextBatch()))
            count += batch->size();
        QCOMPARE(count, 14);
    }
}

// Error 1461. The statement prepared last must not be executed in the place of the one that found no room.
void tst_PrepareAhead::noRoom()
{
    MATRIX_SERVER(live);
    const auto own = ServerMatrix::startPrivate(live.id, {u"--max_prepared_stmt_count=3"_s});
    QASYNCMYSQL_REQUIRE_SERVER(*own);
    Connection other;
    Connection connection;
    VERIFY_OK(await(other.open(*ConnectOptions::fromUrl(own->url()))));
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(own->url()))));
    VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE room (n INT)")));
    VERIFY_OK(await(other.execute(u"SELECT 1")));
    VERIFY_OK(await(other.execute(u"SELECT 2")));
    VERIFY_OK(await(connection.execute(u"INSERT INTO room VALUES (?)", 1)));
    // There is room again once ours are closed.
    const auto selected = await(connection.execute(u"SELECT COUNT(*) + ? FROM room", 0));
    VERIFY_OK(selected);
    QCOMPARE(selected->at(0).get<int>(0), 1);
    // None at all.
    VERIFY_OK(await(connection.reset()));
    VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE IF NOT EXISTS room (n INT)")));
    VERIFY_OK(await(other.execute(u"SELECT 3")));
    QCOMPARE(await(connection.execute(u"INSERT INTO room VALUES (?)", 2)).error().code(), 1461);
    const auto rows = await(connection.query(u"SELECT COUNT(*) FROM room WHERE n = 2"));
    VERIFY_OK(rows);
    QCOMPARE(rows->at(0).get<int>(0), 0);
}

void tst_PrepareAhead::afterReset()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    for (int i = 0; i < 5; ++i) {
        for (int j = 0; j < 3; ++j)
            QCOMPARE(await(connection.execute(QStringLiteral("SELECT ? + %1").arg(j), i))->at(0).get<int>(0),
                     i + j);
        VERIFY_OK(await(connection.reset()));
    }
}

void tst_PrepareAhead::changingColumns_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("disabled");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s", qPrintable(id)) << id << QString();
        QTest::addRow("%s, EOF packets", qPrintable(id)) << id << u"DEPRECATE_EOF"_s;
        QTest::addRow("%s, all definitions", qPrintable(id)) << id << u"MARIADB_CACHE_METADATA"_s;
    }
}

// What an execution says of its columns counts, and holds until another says something else.
void tst_PrepareAhead::changingColumns()
{
    MATRIX_SERVER(live);
    QFETCH(QString, disabled);
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    if (!disabled.isEmpty())
        options.setDisabledCapabilities({disabled});
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    VERIFY_OK(await(connection.query(u"DROP TABLE IF EXISTS changing")));
    VERIFY_OK(await(connection.query(u"CREATE TABLE changing (n INT)")));
    VERIFY_OK(await(connection.query(u"INSERT INTO changing VALUES (7)")));
    const QString all = u"SELECT * FROM changing WHERE n > ?"_s;
    const auto statement = await(connection.prepare(all));
    VERIFY_OK(statement);
    for (int i = 0; i < 3; ++i) {
        const auto rows = await(connection.execute(all, 1));
        VERIFY_OK(rows);
        QCOMPARE(rows->columns().size(), 1);
        QCOMPARE(rows->columns().first().type(), ColumnType::Long);
        QCOMPARE(rows->columns().first().table(), u"changing"_s);
        QCOMPARE(rows->at(0).get<int>(u"n"), 7);
        QCOMPARE(await(statement->execute(1))->at(0).get<int>(0), 7);
    }
    VERIFY_OK(
        await(connection.query(u"ALTER TABLE changing ADD t VARCHAR(10) DEFAULT 'x', MODIFY n BIGINT")));
    for (int i = 0; i < 3; ++i) {
        for (const auto &rows : {await(connection.execute(all, 1)), await(statement->execute(1))}) {
            VERIFY_OK(rows);
            QCOMPARE(rows->columns().size(), 2);
            QCOMPARE(rows->columns().first().type(), ColumnType::LongLong);
            QCOMPARE(rows->at(0).get<QString>(1), u"x"_s);
        }
    }
    VERIFY_OK(await(connection.query(u"ALTER TABLE changing DROP t, RENAME COLUMN n TO m")));
    QCOMPARE(await(connection.execute(all, 1)).error().code(), 1054);
    VERIFY_OK(await(connection.query(u"ALTER TABLE changing RENAME COLUMN m TO n")));
    const auto back = await(connection.execute(all, 1));
    VERIFY_OK(back);
    QCOMPARE(back->columns().size(), 1);

    // A column whose type is that of a value; MySQL keeps to the type of the first.
    const QString typed = u"SELECT ? AS v"_s;
    QCOMPARE(await(connection.execute(typed, 5))->at(0).get<int>(0), 5);
    if (live.isMariaDb()) {
        QCOMPARE(await(connection.execute(typed, u"text"))->at(0).get<QString>(0), u"text"_s);
        QCOMPARE(await(connection.execute(typed, 2.5))->at(0).get<double>(0), 2.5);
    }
    QCOMPARE(await(connection.execute(typed, 6))->at(0).get<int>(0), 6);
    QVERIFY(await(connection.execute(typed, nullptr))->at(0).isNull(0));
    // Texts are not prepared, and say all.
    QCOMPARE(await(connection.query(all, 1))->columns().first().table(), u"changing"_s);

    // Results that come one behind the other in one answer.
    VERIFY_OK(await(connection.query(u"DROP PROCEDURE IF EXISTS tst_changing")));
    VERIFY_OK(await(
        connection.query(u"CREATE PROCEDURE tst_changing(n INT, OUT o INT) BEGIN SELECT 1 AS a, 2 AS b; "
                         u"SELECT 'x' AS c; SET o = n; END")));
    for (int i = 0; i < 3; ++i) {
        const auto called = await(connection.call(u"tst_changing", i, nullptr));
        VERIFY_OK(called);
        QCOMPARE(called->resultSets().size(), 2);
        QCOMPARE(called->resultSets().at(0).columns().at(1).name(), u"b"_s);
        QCOMPARE(called->resultSets().at(1).at(0).get<QString>(u"c"), u"x"_s);
        QCOMPARE(*called->out<int>(u"o"), i);
    }
    if (live.isMariaDb()) {
        for (int i = 10; i < 13; ++i) {
            const auto returned
                = await(connection.execute(u"INSERT INTO changing VALUES (?) RETURNING n, n + 1 AS next", i));
            VERIFY_OK(returned);
            QCOMPARE(returned->at(0).get<int>(u"next"), i + 1);
        }
    }
    VERIFY_OK(await(connection.query(u"DROP PROCEDURE tst_changing")));
    VERIFY_OK(await(connection.query(u"DROP TABLE changing")));
}

QTEST_GUILESS_MAIN(tst_PrepareAhead)
#include "tst_prepareahead.moc"
