// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/Pool>

using namespace QAsyncMySql;

//! What the options say of a session is in force from its beginning, and again whenever the server forgets
//! it.
class tst_InitialStatements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void again_data();
    void again();
    void failing_data();
    void failing();
    void pool_data() { ServerMatrix::addRows(); }
    void pool();
    void poolDropsWhereOneFails_data() { ServerMatrix::addRows(); }
    void poolDropsWhereOneFails();
};

namespace {

ConnectOptions optionsFor(const MatrixServer &live)
{
    ConnectOptions options = ConnectOptions::fromUrl(live.url()).value();
    options.setSqlMode(QStringLiteral("STRICT_ALL_TABLES,ANSI_QUOTES"))
        .setTimeZone(QStringLiteral("+03:00"))
        .setCharset(QStringLiteral("latin1"))
        .setCollation(QStringLiteral("latin1_german1_ci"))
        .setInitCommands({QStringLiteral("SET SESSION group_concat_max_len = 77777"),
                          QStringLiteral("SELECT 'rows', 'nobody' UNION SELECT 'wants', 'them'"),
                          QStringLiteral("CREATE TEMPORARY TABLE settings AS SELECT 7 AS seven"),
                          QStringLiteral("SET @answer = 6 * (SELECT seven FROM settings)")});
    return options;
}

constexpr auto Question = u"SELECT @@sql_mode LIKE '%ANSI_QUOTES%', @@time_zone, @@character_set_results, "
                          u"@@collation_connection, "
                          u"@@group_concat_max_len, @answer, DATABASE()";

//! What \a result, an answer to Question, says that is not as asked for.
QString wrong(const Result<ResultSet> &result, const QString &database)
{
    if (!result)
        return result.error().toString();
    const Row row = result->at(0);
    QStringList values;
    for (int i = 0; i < row.columnCount(); ++i)
        values.append(row.get<QString>(i));
    const QStringList wanted{QStringLiteral("1"),
                             QStringLiteral("+03:00"),
                             QStringLiteral("latin1"),
                             QStringLiteral("latin1_german1_ci"),
                             QStringLiteral("77777"),
                             QStringLiteral("42"),
                             database};
    return values == wanted ? QString() : values.join(u", ");
}

//! Makes all of it otherwise, as a program might.
Result<ResultSet> spoil(Executor &session)
{
    return await(
        session.query(u"SET sql_mode = '', time_zone = '+09:00', group_concat_max_len = 1000, @answer = 0"));
}

} // namespace

void tst_InitialStatements::again_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("changeUser");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s, reset", qPrintable(id)) << id << false;
        QTest::addRow("%s, change of user", qPrintable(id)) << id << true;
    }
}

// Pitfall 28.
void tst_InitialStatements::again()
{
    MATRIX_SERVER(live);
    QFETCH(const bool, changeUser);
    Connection connection;
    VERIFY_OK(await(connection.open(optionsFor(live))));
    QCOMPARE(wrong(await(connection.query(Question)), live.database), QString());
    auto statement = await(connection.prepare(Question));
    VERIFY_OK(statement);
    for (int round = 0; round < 2; ++round) {
        VERIFY_OK(spoil(connection));
        VERIFY_OK(await(connection.query(u"DROP TEMPORARY TABLE IF EXISTS settings")));
        QVERIFY(!wrong(await(connection.query(Question)), live.database).isEmpty());
        if (changeUser)
            VERIFY_OK(await(connection.changeUser(live.user, Secret(live.password), live.database)));
        else
            VERIFY_OK(await(connection.reset()));
        QCOMPARE(wrong(await(connection.query(Question)), live.database), QString());
        QCOMPARE(wrong(await(connection.execute(Question)), live.database), QString());
        QCOMPARE(wrong(await(statement->execute()), live.database), QString()); // is prepared anew
        const auto name = await(connection.query(QStringLiteral(u"SELECT '\u00fc' AS \"\u00e4\"")));
        VERIFY_OK(name);
        QCOMPARE(name->columns().at(0).name(), QStringLiteral(u"\u00e4"));
        QCOMPARE(name->at(0).get<QString>(0), QStringLiteral(u"\u00fc"));
    }
}

void tst_InitialStatements::failing_data()
{
    again_data();
}

// What was in force at the beginning need not be possible later: the answer says so.
void tst_InitialStatements::failing()
{
    MATRIX_SERVER(live);
    QFETCH(const bool, changeUser);
    Connection owner;
    VERIFY_OK(await(owner.open(ConnectOptions::fromUrl(live.url()).value())));
    const QString table
        = QStringLiteral("%1.initial_%2").arg(live.database).arg(QCoreApplication::applicationPid());
    VERIFY_OK(await(owner.query(QString(u"CREATE OR REPLACE VIEW " + table + u" AS SELECT 1 AS one"))));
    ConnectOptions options = ConnectOptions::fromUrl(live.url()).value();
    options.setInitCommands({QString(u"SELECT * FROM " + table), QStringLiteral("SET @later = 1")});
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    VERIFY_OK(await(owner.query(QString(u"DROP VIEW " + table))));
    const auto result = changeUser
        ? await(connection.changeUser(live.user, Secret(live.password), live.database))
        : await(connection.reset());
    QVERIFY(!result);
    QCOMPARE(result.error().code(), 1146); // ER_NO_SUCH_TABLE
    QVERIFY(!result.error().isConnectionLost());
    const auto later = await(connection.query(u"SELECT @later"));
    VERIFY_OK(later);
    QVERIFY(later->at(0).isNull(0)); // nothing after the first that fails

    Connection another;
    const auto opened = await(another.open(options));
    QVERIFY(!opened);
    QCOMPARE(opened.error().phase(), Error::Phase::Initialization);
}

void tst_InitialStatements::pool()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    quint64 id = 0;
    for (int round = 0; round < 3; ++round) {
        auto lease = await(pool.acquire());
        VERIFY_OK(lease);
        Connection &connection = **lease;
        if (round == 0)
            id = connection.connectionId();
        QCOMPARE(connection.connectionId(), id);
        QCOMPARE(wrong(await(connection.query(Question)), live.database), QString());
        VERIFY_OK(spoil(connection));
        VERIFY_OK(await(connection.query(u"DROP TEMPORARY TABLE settings")));
    }
    QCOMPARE(wrong(await(pool.execute(Question)), live.database), QString());
    VERIFY_OK(await(pool.close()));
}

void tst_InitialStatements::poolDropsWhereOneFails()
{
    MATRIX_SERVER(live);
    Connection owner;
    VERIFY_OK(await(owner.open(ConnectOptions::fromUrl(live.url()).value())));
    const QString view
        = QStringLiteral("%1.pooled_%2").arg(live.database).arg(QCoreApplication::applicationPid());
    VERIFY_OK(await(owner.query(QString(u"CREATE OR REPLACE VIEW " + view + u" AS SELECT 1 AS one"))));
    ConnectOptions options = ConnectOptions::fromUrl(live.url()).value();
    options.setInitCommands({QString(u"SELECT * FROM " + view)});
    Pool pool(options);
    pool.setMaximumSize(1);
    quint64 first = 0;
    {
        auto lease = await(pool.acquire());
        VERIFY_OK(lease);
        first = (*lease)->connectionId();
        VERIFY_OK(await(owner.query(QString(u"DROP VIEW " + view))));
    }
    QTRY_COMPARE(pool.statistics().connectionsClosed, 1);
    VERIFY_OK(await(owner.query(QString(u"CREATE VIEW " + view + u" AS SELECT 1 AS one"))));
    {
        auto lease = await(pool.acquire());
        VERIFY_OK(lease);
        QVERIFY((*lease)->connectionId() != first);
    }
    VERIFY_OK(await(pool.close()));
    VERIFY_OK(await(owner.query(QString(u"DROP VIEW " + view))));
}

QTEST_GUILESS_MAIN(tst_InitialStatements)
#include "tst_initialstatements.moc"
