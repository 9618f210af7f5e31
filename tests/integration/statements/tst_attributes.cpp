// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/Pipeline>

using namespace QAsyncMySql;
using namespace Qt::StringLiterals;

/*
    Attributes of statements (StatementOptions::setAttribute(); pitfall 27).
*/
class tst_Attributes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void read();
    void ignored_data() { ServerMatrix::addRows(); }
    void ignored();
    void refused_data() { ServerMatrix::addRows(); }
    void refused();
};

namespace {

StatementOptions traced()
{
    return StatementOptions()
        .setAttribute(u"trace"_s, u"überall"_s)
        .setAttribute(u"number"_s, 42)
        .setAttribute(u"nothing"_s, nullptr)
        .setAttribute(u"trace"_s, u"grüße"_s);
}

} // namespace

// What the server's own function sees of them, in a server of our own: a component is installed.
void tst_Attributes::read()
{
    const MatrixServer live = ServerMatrix::server(u"mysql-9.7"_s);
    if (!live.isRunning())
        QSKIP(qPrintable(live.error));
    const auto server = ServerMatrix::startPrivate(live.id);
    QASYNCMYSQL_REQUIRE_SERVER(*server);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(server->url()))));
    QVERIFY(connection.supportsQueryAttributes());
    VERIFY_OK(await(connection.query(u"INSTALL COMPONENT 'file://component_query_attributes'")));
    const QString sql
        = u"SELECT mysql_query_attribute_string('trace'), mysql_query_attribute_string('number'), "
          u"mysql_query_attribute_string('nothing'), mysql_query_attribute_string('other'), ? + ?"_s;
    const auto check = [](const Result<ResultSet> &result) {
        VERIFY_OK(result);
        const Row row = result->at(0);
        QCOMPARE(row.get<QString>(0), u"grüße"_s);
        QCOMPARE(row.get<QString>(1), u"42"_s);
        QVERIFY(row.isNull(2));
        QVERIFY(row.isNull(3));
        QCOMPARE(row.get<int>(4), 5);
    };
    check(await(connection.query(traced(), sql, 2, 3)));
    check(await(connection.execute(traced(), sql, 2, 3)));
    check(await(connection.execute(traced(), sql, 2, 3))); // from the cache
    const auto cursor = connection.streamPrepared(traced().setFetchSize(5), sql, 2, 3);
    const auto rows = await(cursor->nextBatch());
    VERIFY_OK(rows);
    QCOMPARE(rows->at(0).get<int>(4), 5);

    // Without attributes, with and without parameters.
    for (const StatementProtocol protocol : {StatementProtocol::Text, StatementProtocol::Prepared}) {
        const auto none = await(connection.run(protocol, sql, {1, nullptr}));
        VERIFY_OK(none);
        QVERIFY(none->at(0).isNull(0) && none->at(0).isNull(1) && none->at(0).isNull(4));
        const auto plain
            = await(connection.run(protocol, u"SELECT mysql_query_attribute_string('trace')", {}));
        VERIFY_OK(plain);
        QVERIFY(plain->at(0).isNull(0));
    }
    // A prepared statement without parameters, with attributes.
    const auto bare = await(connection.execute(traced(), u"SELECT mysql_query_attribute_string('trace')"));
    VERIFY_OK(bare);
    QCOMPARE(bare->at(0).get<QString>(0), u"grüße"_s);
    // All that speaks COM_QUERY does so in the new form.
    VERIFY_OK(await(connection.reset()));
    const auto results = await(connection.run(Pipeline().query(u"SELECT 1").execute(u"SELECT ?", 2)));
    VERIFY_OK(results);
    VERIFY_OK(results->at(0));
    VERIFY_OK(results->at(1));
    QCOMPARE(results->at(1)->at(0).get<int>(0), 2);
}

// Where the server takes none, they are left out; the statement is the same.
void tst_Attributes::ignored()
{
    MATRIX_SERVER(live);
    for (const bool masked : {false, true}) {
        ConnectOptions options = *ConnectOptions::fromUrl(live.url());
        if (masked)
            options.setDisabledCapabilities({u"QUERY_ATTRIBUTES"_s});
        Connection connection;
        VERIFY_OK(await(connection.open(options)));
        QCOMPARE(connection.supportsQueryAttributes(), live.isMySql() && !masked);
        for (const StatementProtocol protocol : {StatementProtocol::Text, StatementProtocol::Prepared}) {
            const auto result = await(connection.run(
                Internal::StatementRequest(protocol, SqlStatement(u"SELECT ? + 1", {1}), traced())));
            VERIFY_OK(result);
            QCOMPARE(result->at(0).get<int>(0), 2);
        }
    }
}

void tst_Attributes::refused()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto wrong = StatementOptions().setAttribute(u"bad"_s, nan);
    const Error error = await(connection.query(wrong, u"SELECT 1")).error();
    QCOMPARE(error.kind(), Error::Kind::Usage);
    QVERIFY2(error.message().contains(u"bad"), qPrintable(error.message()));
    const auto list = StatementOptions().setAttribute(u"list"_s, InList(QList<int>{1, 2}));
    QCOMPARE(await(connection.execute(list, u"SELECT 1")).error().kind(), Error::Kind::Usage);
    VERIFY_OK(await(connection.query(u"SELECT 1")));
}

QTEST_GUILESS_MAIN(tst_Attributes)
#include "tst_attributes.moc"
