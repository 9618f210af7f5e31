// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/Decimal>
#include <QAsyncMySql/Pool>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

/*
    Procedures, several statements at once, pipelines, warnings, and the cache of prepared statements.
*/
class tst_Calls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void procedures_data() { ServerMatrix::addRows(); }
    void procedures();
    void proceduresInTextProtocol_data() { ServerMatrix::addRows(); }
    void proceduresInTextProtocol();
    void severalStatements_data() { ServerMatrix::addRows(); }
    void severalStatements();
    void warnings_data() { ServerMatrix::addRows(); }
    void warnings();
    void pipeline_data() { ServerMatrix::addRows(); }
    void pipeline();
    void longPipeline_data() { ServerMatrix::addRows(); }
    void longPipeline();
    void stoppedPipeline_data() { ServerMatrix::addRows(); }
    void stoppedPipeline();
    void cacheStatistics_data() { ServerMatrix::addRows(); }
    void cacheStatistics();
    void preparedStatement_data() { ServerMatrix::addRows(); }
    void preparedStatement();
    void tooManyStatements_data() { ServerMatrix::addRows(); }
    void tooManyStatements();
};

namespace {

qint64 number(const Result<ResultSet> &result)
{
    return result && !result->isEmpty() ? result->at(0).get<qint64>(0) : -1;
}

} // namespace

// Pitfall 23.
void tst_Calls::procedures()
{
    MATRIX_SERVER(live);
    const ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    VERIFY_OK(await(connection.query(u"DROP PROCEDURE IF EXISTS `tst calls`")));
    VERIFY_OK(await(connection.query(
        u"CREATE PROCEDURE `tst calls` (IN a INT, OUT `the sum` BIGINT, INOUT t VARCHAR(50)) BEGIN "
        u"SELECT a AS first, t AS second; SELECT a UNION ALL SELECT a + 1; "
        u"SET `the sum` = a + 1, t = CONCAT(t, '!'); END")));

    const auto result = await(connection.call(u"tst calls", 41, nullptr, u"hello"));
    VERIFY_OK(result);
    QCOMPARE(result->resultSets().size(), 2);
    QCOMPARE(result->resultSets().at(0).at(0).get<QString>(1), u"hello");
    QCOMPARE(result->resultSets().at(1).size(), 2);
    QCOMPARE(*result->out<int>(u"the sum"), 42);
    QCOMPARE(*result->out<QString>(1), u"hello!");
    QCOMPARE(result->out<int>(u"nothing").error().kind(), Error::Kind::Conversion);
    QVERIFY(result->out<int>(u"nothing").error().message().contains(u"the sum"));

    Pool pool(options);
    const auto pooled = await(pool.call(live.database + u".tst calls", 1, QVariant(), u"x"));
    VERIFY_OK(pooled);
    QCOMPARE(*pooled->out<int>(0), 2);

    QCOMPARE(await(connection.call(u"tst calls", 1)).error().code(), 1318);
    QCOMPARE(await(connection.call(u"no_such_procedure")).error().code(), 1305);
    QCOMPARE(await(connection.call(u"a.b.c")).error().kind(), Error::Kind::Usage);
    QCOMPARE(await(connection.call(u"")).error().kind(), Error::Kind::Usage);
    // A name is nothing but a name.
    QCOMPARE(await(connection.call(u"x`(); DROP TABLE y; --")).error().code(), 1305);

    // By way of user variables of one's own.
    VERIFY_OK(await(connection.query(u"SET @t = 'v'")));
    VERIFY_OK(await(connection.query(u"CALL `tst calls`(?, @sum, @t)", 9)));
    QCOMPARE(number(await(connection.query(u"SELECT @sum"))), 10);
    VERIFY_OK(await(connection.query(u"DROP PROCEDURE `tst calls`")));
}

// OUT and INOUT parameters by way of variables, with the types of the parameters.
void tst_Calls::proceduresInTextProtocol()
{
    MATRIX_SERVER(live);
    const ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    VERIFY_OK(await(connection.query(u"DROP PROCEDURE IF EXISTS `tst text calls`")));
    VERIFY_OK(await(connection.query(
        u"CREATE PROCEDURE `tst text calls` (IN a BIGINT UNSIGNED, OUT `the sum` BIGINT UNSIGNED, INOUT t "
        u"VARCHAR(50), OUT price DECIMAL(12,2), OUT day DATE, OUT moment DATETIME(3), OUT nothing INT, "
        u"INOUT bytes VARBINARY(20)) BEGIN SELECT a AS first, t AS second; SELECT 1 UNION ALL SELECT 2; "
        u"SET `the sum` = a, t = CONCAT(t, '!'), price = 12.50, day = '2024-02-29', "
        u"moment = '2024-02-29 12:34:56.789', bytes = CONCAT(bytes, x'00FF'); END")));
    const quint64 large = std::numeric_limits<quint64>::max();
    for (const StatementProtocol protocol : {StatementProtocol::Prepared, StatementProtocol::Text}) {
        const auto result = await(connection.call(protocol, u"tst text calls", large, nullptr, u"it's \\ it",
                                                  nullptr, nullptr, nullptr, nullptr, QByteArray("\xFE", 1)));
        VERIFY_OK(result);
        QCOMPARE(result->resultSets().size(), 2);
        QCOMPARE(result->resultSets().at(0).at(0).get<quint64>(0), large);
        QCOMPARE(result->resultSets().at(0).at(0).get<QString>(1), u"it's \\ it");
        QCOMPARE(result->resultSets().at(1).size(), 2);
        QCOMPARE(*result->out<quint64>(u"the sum"), large);
        QCOMPARE(*result->out<QString>(u"t"), u"it's \\ it!");
        QCOMPARE(result->out<Decimal>(u"price")->toString(), u"12.50");
        QCOMPARE(*result->out<QDate>(u"day"), QDate(2024, 2, 29));
        QCOMPARE(result->out<QDateTime>(u"moment")->time(), QTime(12, 34, 56, 789));
        QVERIFY(!*result->out<std::optional<int>>(u"nothing"));
        QCOMPARE(*result->out<QByteArray>(u"bytes"), QByteArray("\xFE\x00\xFF", 3));
        QCOMPARE(result->outParameters().columnCount(), 7);
    }
    // The variables are gone.
    const auto left = await(connection.query(u"SELECT @qasyncmysql_2, @qasyncmysql_3"));
    VERIFY_OK(left);
    QVERIFY(left->at(0).isNull(0) && left->at(0).isNull(1));

    const auto text = StatementProtocol::Text;
    QCOMPARE(await(connection.call(text, u"tst text calls", 1)).error().code(), 1318);
    QCOMPARE(await(connection.call(text, u"no_such_procedure", 1)).error().code(), 1305);
    QCOMPARE(await(connection.call(text, u"no_such_procedure")).error().code(), 1305);
    QCOMPARE(await(connection.call(text, u"x`(); DROP TABLE y; --", 1)).error().code(), 1305);
    VERIFY_OK(await(connection.query(u"DROP PROCEDURE IF EXISTS `tst failing`")));
    VERIFY_OK(await(connection.query(u"CREATE PROCEDURE `tst failing` (INOUT a INT) BEGIN SELECT a; "
                                     u"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no', MYSQL_ERRNO = 3999; "
                                     u"END")));
    const Error error = await(connection.call(text, u"tst failing", 5)).error();
    QCOMPARE(error.code(), 3999);
    QCOMPARE(error.outcome(), Error::Outcome::Executed);

    // A pool runs the whole on one connection; in another schema, by name.
    Pool pool(options);
    const auto pooled = await(pool.call(text, live.database + u".tst text calls", 7, nullptr, u"x", nullptr,
                                        nullptr, nullptr, nullptr, nullptr));
    VERIFY_OK(pooled);
    QCOMPARE(*pooled->out<int>(0), 7);
    VERIFY_OK(await(connection.query(u"DROP PROCEDURE `tst text calls`")));
    VERIFY_OK(await(connection.query(u"DROP PROCEDURE `tst failing`")));
}

// Pitfall 23.
void tst_Calls::severalStatements()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    const QString two = QStringLiteral("SELECT 1; SELECT ?");
    QCOMPARE(await(connection.query(two, 2)).error().code(), 1064);
    const auto several = StatementOptions().setMultiStatements(true);
    auto result = await(connection.query(several, two, 2));
    VERIFY_OK(result);
    QVERIFY(result->hasNext());
    QCOMPARE(result->next().at(0).get<int>(0), 2);
    // For that one only, also after an error in the midst.
    QCOMPARE(await(connection.query(two, 2)).error().code(), 1064);
    const Error error = await(connection.query(several, u"SELECT 1; SELECT nonsense; SELECT 3")).error();
    QCOMPARE(error.code(), 1054);
    QCOMPARE(error.outcome(), Error::Outcome::Executed);
    QCOMPARE(await(connection.query(two, 2)).error().code(), 1064);
    QCOMPARE(await(connection.execute(several, two, 2)).error().kind(), Error::Kind::Usage);

    const auto cursor = connection.stream(several, two, 2);
    QCOMPARE(await(cursor->nextBatch())->at(0).get<int>(0), 1);
    QVERIFY(await(cursor->nextBatch())->isEmpty());
    QTRY_VERIFY(cursor->hasNextResult());
    QVERIFY(cursor->nextResult());
    QCOMPARE(await(cursor->nextBatch())->at(0).get<int>(0), 2);
}

void tst_Calls::warnings()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    const auto result = await(connection.query(u"SELECT 1 / 0, CAST('12x' AS SIGNED)"));
    VERIFY_OK(result);
    const auto warnings = await(connection.warnings());
    VERIFY_OK(warnings);
    QCOMPARE(warnings->size(), result->warningCount());
    QCOMPARE(warnings->size(), 2);
    QSet<int> codes;
    for (const Warning &warning : *warnings) {
        codes.insert(warning.code());
        QCOMPARE(warning.level(), Warning::Level::Warning);
        QVERIFY(!warning.message().isEmpty());
    }
    QCOMPARE(codes, QSet<int>({1365, 1292}));
    VERIFY_OK(await(connection.query(u"SELECT 1 FROM (SELECT 1) t")));
    QVERIFY(await(connection.warnings())->isEmpty());
}

// Pitfall 35.
void tst_Calls::pipeline()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE tst_lines (a INT PRIMARY KEY)")));
    Pipeline pipeline;
    pipeline.query(u"INSERT INTO tst_lines VALUES (?)", 1);
    pipeline.execute(u"INSERT INTO tst_lines VALUES (?)", 2);
    pipeline.execute(u"INSERT INTO tst_lines VALUES (?)", 2); // fails
    pipeline.execute(u"INSERT INTO nowhere VALUES (?)", 3); // cannot be prepared
    pipeline.execute(u"INSERT INTO tst_lines VALUES (?)", 4, 5); // has too many values
    pipeline.query(u"SELECT ?, ?", 6); // has too few
    pipeline.execute(u"INSERT INTO tst_lines VALUES (?)", 7);
    pipeline.query(u"SELECT a FROM tst_lines ORDER BY a");
    const auto results = await(connection.run(pipeline));
    VERIFY_OK(results);
    QCOMPARE(results->size(), pipeline.size());
    VERIFY_OK(results->at(0));
    VERIFY_OK(results->at(1));
    QCOMPARE(results->at(2).error().code(), 1062);
    QCOMPARE(results->at(3).error().code(), 1146);
    QCOMPARE(results->at(4).error().kind(), Error::Kind::Usage);
    QCOMPARE(results->at(5).error().kind(), Error::Kind::Usage);
    QCOMPARE(results->at(5).error().outcome(), Error::Outcome::NotSent);
    VERIFY_OK(results->at(6));
    QCOMPARE(results->at(7)->size(), 3);
    QCOMPARE(results->at(7)->at(2).get<int>(0), 7);

    QCOMPARE(await(connection.run(Pipeline())).error().kind(), Error::Kind::Usage);
    VERIFY_OK(await(connection.ping()));
}

// Pitfall 35.
// Much goes out and much comes back at the same time: neither side may wait for the other for ever.
void tst_Calls::longPipeline()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    Pipeline pipeline;
    const QString text(100'000, u'x');
    for (int i = 0; i < 300; ++i)
        pipeline.query(u"SELECT ?, ?", i, text);
    for (int i = 0; i < 5000; ++i)
        pipeline.execute(u"SELECT ?", i);
    const auto results = await(connection.run(pipeline), 60'000);
    VERIFY_OK(results);
    for (int i = 0; i < 300; ++i) {
        QCOMPARE(number(results->at(i)), i);
        QCOMPARE(results->at(i)->at(0).get<QString>(1).size(), text.size());
    }
    for (int i = 0; i < 5000; ++i)
        QCOMPARE(number(results->at(300 + i)), i);
}

void tst_Calls::stoppedPipeline()
{
    MATRIX_SERVER(live);
    Connection connection;
    // What was sent ahead runs to its end, and must not pass the time that a cancelled command has for that.
    VERIFY_OK(await(
        connection.open(ConnectOptions::fromUrl(live.url())->setCancelTimeout(std::chrono::seconds(30)))));
    Pipeline pipeline;
    pipeline.query(u"SELECT 1");
    for (int i = 0; i < 100; ++i)
        pipeline.query(u"SELECT SLEEP(0.02)");
    Reply<PipelineResults> reply = connection.run(pipeline);
    QTRY_VERIFY(reply.progressValue() >= 1);
    reply.cancel();
    const auto results = await(reply, 60'000);
    VERIFY_OK(results);
    QCOMPARE(number(results->at(0)), 1);
    QCOMPARE(results->last().error().kind(), Error::Kind::Cancelled);
    QCOMPARE(results->last().error().outcome(), Error::Outcome::NotSent);
    QCOMPARE(number(await(connection.query(u"SELECT 2"))), 2);
}

void tst_Calls::cacheStatistics()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(ConnectOptions::fromUrl(live.url())->setStatementCacheSize(2))));
    for (int i = 0; i < 3; ++i)
        VERIFY_OK(await(connection.execute(u"SELECT ?", i)));
    for (int i = 0; i < 3; ++i)
        VERIFY_OK(await(connection.execute(QStringLiteral("SELECT ? + %1").arg(i), i)));
    StatementCacheStatistics statistics = connection.statementCacheStatistics();
    QCOMPARE(statistics.capacity, 2);
    QCOMPARE(statistics.size, 2);
    QCOMPARE(statistics.hits, 2u);
    QCOMPARE(statistics.misses, 4u);
    QCOMPARE(statistics.evictions, 2u);
    VERIFY_OK(await(connection.reset()));
    QCOMPARE(connection.statementCacheStatistics().size, 0);
}

// Pitfall 28.
void tst_Calls::preparedStatement()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    const auto status = [&connection](const char *name) {
        const auto result = await(connection.query(u"SHOW SESSION STATUS LIKE ?", QString::fromLatin1(name)));
        return result && !result->isEmpty() ? result->at(0).get<int>(1) : -1;
    };
    VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE tst_lines (a INT, b VARCHAR(20))")));
    auto prepared = await(connection.prepare(u"SELECT a, b FROM tst_lines WHERE a >= ?"));
    VERIFY_OK(prepared);
    QCOMPARE(prepared->parameterCount(), 1);
    QCOMPARE(prepared->columns().size(), 2);
    QCOMPARE(prepared->columns().at(1).name(), u"b");
    VERIFY_OK(await(connection.query(u"INSERT INTO tst_lines VALUES (1, 'x'), (2, 'y')")));
    const int prepares = status("Com_stmt_prepare");
    for (int i = 0; i < 3; ++i)
        QCOMPARE(await(prepared->execute(i))->size(), i == 2 ? 1 : 2);
    QCOMPARE(status("Com_stmt_prepare"), prepares);
    const auto cursor = prepared->stream(2);
    QCOMPARE(await(cursor->nextBatch())->at(0).get<QString>(1), u"y");
    QCOMPARE(await(prepared->execute(1, 2)).error().kind(), Error::Kind::Usage);
    QCOMPARE(await(connection.prepare(u"SELECT nonsense FROM tst_lines")).error().code(), 1054);

    // A table that has changed, a reset, and another session: it is prepared again by itself.
    VERIFY_OK(await(connection.query(u"ALTER TABLE tst_lines ADD COLUMN c INT")));
    QCOMPARE(await(prepared->execute(2))->size(), 1);
    const auto constant = await(connection.prepare(u"SELECT ?"));
    VERIFY_OK(constant);
    VERIFY_OK(await(connection.reset()));
    QCOMPARE(number(await(constant->execute(5))), 5);
    VERIFY_OK(await(connection.close()));
    QCOMPARE(await(constant->execute(5)).error().outcome(), Error::Outcome::NotSent);
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    QCOMPARE(number(await(constant->execute(6))), 6);

    // The last handle closes it, with the next prepared statement's command.
    const int closes = status("Com_stmt_close");
    {
        const auto other = await(connection.prepare(u"SELECT ? + 1"));
        VERIFY_OK(other);
        const Statement copy = *other;
        QCOMPARE(number(await(copy.execute(1))), 2);
    }
    QCOMPARE(number(await(constant->execute(7))), 7);
    QCOMPARE(status("Com_stmt_close"), closes + 1);

    QVERIFY(!Statement().isValid());
    QCOMPARE(await(Statement().execute()).error().kind(), Error::Kind::Usage);
    Statement orphan;
    {
        Connection brief;
        VERIFY_OK(await(brief.open(*ConnectOptions::fromUrl(live.url()))));
        orphan = *await(brief.prepare(u"SELECT 1"));
    }
    QCOMPARE(await(orphan.execute()).error().kind(), Error::Kind::Usage);
}

// Pitfall 28.
// Error 1461: the server has no room for another statement until ours are closed.
void tst_Calls::tooManyStatements()
{
    MATRIX_SERVER(live);
    const auto own = ServerMatrix::startPrivate(live.id, {QStringLiteral("--max-prepared-stmt-count=5")});
    QVERIFY2(own->isRunning(), qPrintable(own->errorString()));
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(own->url()))));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(number(await(connection.execute(QStringLiteral("SELECT ? + %1").arg(i), 1))), i + 1);
    QVERIFY(connection.statementCacheStatistics().evictions >= 10);
}

QTEST_MAIN(tst_Calls)

#include "tst_calls.moc"
