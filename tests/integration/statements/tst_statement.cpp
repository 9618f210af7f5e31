// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/Pool>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/*
    Statement: names and descriptions of its parameters. What comes with a result: the numbers of its info,
   and its warnings.
*/
class tst_Statement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void named_data() { ServerMatrix::addRows(); }
    void named();
    void parameters_data() { ServerMatrix::addRows(); }
    void parameters();
    void info_data() { ServerMatrix::addRows(); }
    void info();
    void warnings_data() { ServerMatrix::addRows(); }
    void warnings();
    void warningsOfCursors_data() { ServerMatrix::addRows(); }
    void warningsOfCursors();
};

namespace {

std::unique_ptr<Connection> open(const MatrixServer &live)
{
    auto connection = std::make_unique<Connection>();
    const auto opened = await(connection->open(*ConnectOptions::fromUrl(live.url())));
    if (!opened)
        qWarning("%s", qPrintable(opened.error().toString()));
    return connection;
}

} // namespace

void tst_Statement::named()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const QString sql = u"SELECT :a + 0, ':b', :b, :a + 1 /* :c */"_s;
    const auto statement = await(connection->prepare(sql));
    VERIFY_OK(statement);
    QCOMPARE(statement->sql(), sql);
    QCOMPARE(statement->parameterCount(), 3);
    QCOMPARE(statement->parameterNames(), (QStringList{u"a"_s, u"b"_s, u"a"_s}));
    const auto check = [](const Result<ResultSet> &result) {
        VERIFY_OK(result);
        QCOMPARE(result->at(0).get<int>(0), 4);
        QCOMPARE(result->at(0).get<QString>(1), u":b"_s);
        QCOMPARE(result->at(0).get<QString>(2), u"x"_s);
        QCOMPARE(result->at(0).get<int>(3), 5);
    };
    check(await(statement->execute(QAsyncMySql::named(u"b", u"x"), QAsyncMySql::named(u"a", 4))));
    check(await(statement->execute(4, u"x", 4))); // by their places
    QCOMPARE(await(statement->execute(4, u"x")).error().kind(), Error::Kind::Usage);
    QCOMPARE(await(statement->execute(QAsyncMySql::named(u"a", 4))).error().kind(), Error::Kind::Usage);
    // It is prepared again after a reset, with names and by places.
    VERIFY_OK(await(connection->reset()));
    check(await(statement->execute(4, u"x", 4)));
    VERIFY_OK(await(connection->reset()));
    check(await(statement->execute(QAsyncMySql::named(u"b", u"x"), QAsyncMySql::named(u"a", 4))));
    // A list takes more placeholders than were prepared.
    QCOMPARE(await(statement->execute(InList(QList<int>{1, 2}), u"x", 4)).error().kind(), Error::Kind::Usage);

    const auto plain = await(connection->prepare(u"SELECT ?, ':a'"));
    VERIFY_OK(plain);
    QVERIFY(plain->parameterNames().isEmpty());
    QCOMPARE(plain->parameterCount(), 1);
    QCOMPARE(await(connection->prepare(u"SELECT ? + :a")).error().code(), 1064);
}

void tst_Statement::parameters()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    VERIFY_OK(await(connection->query(u"CREATE TEMPORARY TABLE described (n BIGINT, t VARCHAR(30))")));
    const auto statement = await(connection->prepare(u"SELECT t FROM described WHERE n = ? AND t LIKE ?"));
    VERIFY_OK(statement);
    QCOMPARE(statement->parameters().size(), 2);
    QCOMPARE(statement->columns().size(), 1);
    QCOMPARE(statement->columns().first().name(), u"t"_s);
    if (live.isMySql()) {
        QCOMPARE(statement->parameters().first().type(), ColumnType::LongLong);
        QCOMPARE(statement->parameters().last().type(), ColumnType::VarString);
    }
}

void tst_Statement::info()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    VERIFY_OK(await(connection->query(u"CREATE TEMPORARY TABLE counted (n INT PRIMARY KEY, m INT)")));
    for (const StatementProtocol protocol : {StatementProtocol::Text, StatementProtocol::Prepared}) {
        VERIFY_OK(await(connection->query(u"DELETE FROM counted")));
        const auto inserted
            = await(connection->run(protocol, u"INSERT INTO counted VALUES (1, 1), (2, 2), (3, 3)", {}));
        VERIFY_OK(inserted);
        const ResultInfo records = inserted->parsedInfo();
        QCOMPARE(records.records, std::optional<quint64>(3));
        QCOMPARE(records.duplicates, std::optional<quint64>(0));
        QCOMPARE(records.warnings, std::optional<quint64>(0));
        QVERIFY(!records.matched && !records.changed && !records.deleted && !records.skipped);
        const auto updated = await(connection->run(protocol, u"UPDATE counted SET m = 2", {}));
        VERIFY_OK(updated);
        QCOMPARE(updated->parsedInfo().matched, std::optional<quint64>(3));
        QCOMPARE(updated->parsedInfo().changed, std::optional<quint64>(2));
        QVERIFY(!updated->parsedInfo().records);
        const auto selected = await(connection->run(protocol, u"SELECT 1", {}));
        VERIFY_OK(selected);
        QVERIFY(!selected->parsedInfo().matched && !selected->parsedInfo().warnings);
    }
}

void tst_Statement::warnings()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    VERIFY_OK(await(connection->query(u"SET SESSION sql_mode = ''")));
    VERIFY_OK(await(connection->query(u"CREATE TEMPORARY TABLE warned (n TINYINT, t VARCHAR(2))")));
    const auto asked = StatementOptions().setWarnings(true);
    const auto check = [](const Result<ResultSet> &result) {
        VERIFY_OK(result);
        QCOMPARE(result->affectedRows(), 1u);
        QCOMPARE(result->warningCount(), 2);
        const QList<Warning> warnings = result->warnings();
        QCOMPARE(warnings.size(), 2);
        QCOMPARE(warnings.at(0).code(), 1264);
        QCOMPARE(warnings.at(1).code(), 1265);
        QCOMPARE(warnings.at(0).level(), Warning::Level::Warning);
        QVERIFY(warnings.at(1).message().contains(u"'t'"));
    };
    check(await(connection->query(asked, u"INSERT INTO warned VALUES (?, ?)", 1000, u"abc")));
    check(await(connection->execute(asked, u"INSERT INTO warned VALUES (?, ?)", 1000, u"abc")));
    // Not asked for, or none there.
    const auto unasked = await(connection->query(u"INSERT INTO warned VALUES (1000, 'abc')"));
    VERIFY_OK(unasked);
    QCOMPARE(unasked->warningCount(), 2);
    QVERIFY(unasked->warnings().isEmpty());
    const auto none = await(connection->query(asked, u"INSERT INTO warned VALUES (1, 'a')"));
    VERIFY_OK(none);
    QVERIFY(none->warnings().isEmpty());
    // With several results, the last has them; the option that allowed them is taken back.
    auto several = StatementOptions().setWarnings(true).setMultiStatements(true);
    const auto last = await(connection->query(several, u"SELECT 1; INSERT INTO warned VALUES (1000, 'abc')"));
    VERIFY_OK(last);
    QVERIFY(last->warnings().isEmpty());
    QCOMPARE(last->next().warnings().size(), 2);
    QVERIFY(await(connection->query(u"SELECT 1; SELECT 2")).error());
    // Errors are errors.
    QCOMPARE(await(connection->query(asked, u"SELECT nonsense")).error().code(), 1054);

    Pool pool(*ConnectOptions::fromUrl(live.url()));
    const auto pooled = await(pool.query(asked, u"SELECT CAST('1x' AS SIGNED)"));
    VERIFY_OK(pooled);
    QCOMPARE(pooled->at(0).get<int>(0), 1);
    QCOMPARE(pooled->warnings().size(), 1);
}

void tst_Statement::warningsOfCursors()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    for (const int fetchSize : {0, 1}) {
        const auto asked = StatementOptions().setWarnings(true).setFetchSize(fetchSize);
        const auto cursor
            = connection->streamPrepared(asked, u"SELECT CAST('1x' AS SIGNED) UNION ALL SELECT 2");
        qsizetype count = 0;
        for (auto rows = await(cursor->nextBatch()); rows && !rows->isEmpty();
             rows = await(cursor->nextBatch()))
            count += rows->size();
        QCOMPARE(count, 2);
        QTRY_VERIFY(cursor->isFinished());
        QVERIFY2(!cursor->error(), qPrintable(cursor->error().toString()));
        // What warnings are left behind a fetch is up to the server; what it counts, it also lists.
        QCOMPARE(cursor->summary().warnings().size(), cursor->summary().warningCount());
        if (fetchSize == 0)
            QCOMPARE(cursor->summary().warningCount(), 1);
    }
}

QTEST_GUILESS_MAIN(tst_Statement)
#include "tst_statement.moc"
