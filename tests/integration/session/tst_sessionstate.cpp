// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

#include <QtCore/QRegularExpression>
#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

namespace {

//! A schema of one's own, dropped at the end.
class Schema
{
public:
    explicit Schema(const MatrixServer &server)
        : m_name(QStringLiteral("state_%1_%2").arg(QCoreApplication::applicationPid()).arg(++s_count))
    {
        if (await(m_connection.open(*ConnectOptions::fromUrl(server.url()))))
            m_made = bool(await(m_connection.query(QString(u"CREATE DATABASE " + m_name))));
    }
    ~Schema() { static_cast<void>(await(m_connection.query(QString(u"DROP DATABASE IF EXISTS " + m_name)))); }
    bool isMade() const { return m_made; }
    const QString &name() const { return m_name; }

private:
    static inline int s_count = 0;
    Connection m_connection;
    QString m_name;
    bool m_made = false;
};

} // namespace

//! What servers tell of a session, and the commands that ask about it.
class tst_SessionState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void databaseChanges_data() { ServerMatrix::addRows(); }
    void databaseChanges();
    void variables_data() { ServerMatrix::addRows(); }
    void variables();
    void transactions_data() { ServerMatrix::addRows(); }
    void transactions();
    void transactionFlagWithoutTracking_data() { ServerMatrix::addRows(); }
    void transactionFlagWithoutTracking();
    void stateChange_data() { ServerMatrix::addRows(); }
    void stateChange();
    void gtid();
    void kill_data() { ServerMatrix::addRows(); }
    void kill();
    void statistics_data() { ServerMatrix::addRows(); }
    void statistics();
    void charsets_data();
    void charsets();
    void unknownCharset_data() { ServerMatrix::addRows(); }
    void unknownCharset();
    void connectFlags_data() { ServerMatrix::addRows(); }
    void connectFlags();
    void longAttributes_data() { ServerMatrix::addRows(); }
    void longAttributes();
    void progress_data() { ServerMatrix::addRows(); }
    void progress();
};

void tst_SessionState::databaseChanges()
{
    MATRIX_SERVER(live);
    const Schema schema(live);
    QVERIFY(schema.isMade());
    Connection connection;
    const QSignalSpy spy(&connection, &Connection::currentDatabaseChanged);
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    QCOMPARE(connection.currentDatabase(), live.database);
    VERIFY_OK(await(connection.query(QString(u"USE " + schema.name()))));
    QCOMPARE(connection.currentDatabase(), schema.name());
    QCOMPARE(connection.property("currentDatabase").toString(), schema.name());
    VERIFY_OK(await(connection.useDatabase(live.database)));
    QTRY_COMPARE(spy.size(), 3);
    QCOMPARE(spy.at(0).at(0).toString(), live.database);
    QCOMPARE(spy.at(1).at(0).toString(), schema.name());
    QCOMPARE(spy.at(2).at(0).toString(), live.database);
}

void tst_SessionState::variables()
{
    MATRIX_SERVER(live);
    Connection connection;
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setTrackedVariables({QStringLiteral("sql_mode"), QStringLiteral("time_zone")});
    VERIFY_OK(await(connection.open(options)));
    const QSignalSpy spy(&connection, &Connection::systemVariableChanged);
    VERIFY_OK(await(connection.query(u"SET sql_mode = 'ANSI_QUOTES', time_zone = '+02:00'")));
    QCOMPARE(connection.systemVariable(QStringLiteral("sql_mode")), QStringLiteral("ANSI_QUOTES"));
    QCOMPARE(connection.systemVariable(QStringLiteral("time_zone")), QStringLiteral("+02:00"));
    QVERIFY(connection.systemVariable(QStringLiteral("max_heap_table_size")).isNull());
    QTRY_COMPARE(spy.size(), 2);
    // The library's own must still be among those that are tracked.
    VERIFY_OK(await(connection.query(u"SET NAMES latin1")));
    const auto refused = await(connection.query(u"SELECT ?", QStringLiteral("x")));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::Usage);
    // A reset brings the tracking back, too.
    VERIFY_OK(await(connection.reset()));
    VERIFY_OK(await(connection.query(u"SET sql_mode = 'PIPES_AS_CONCAT'")));
    QCOMPARE(connection.systemVariable(QStringLiteral("sql_mode")), QStringLiteral("PIPES_AS_CONCAT"));
}

void tst_SessionState::transactions()
{
    MATRIX_SERVER(live);
    Connection connection;
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setTransactionTracking(true);
    VERIFY_OK(await(connection.open(options)));
    const QSignalSpy spy(&connection, &Connection::transactionStateChanged);
    VERIFY_OK(await(connection.query(u"SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")));
    VERIFY_OK(await(connection.query(u"START TRANSACTION READ ONLY")));
    QVERIFY(connection.isInTransaction());
    QVERIFY2(connection.transactionState().startsWith(u'T'), qPrintable(connection.transactionState()));
    const QString characteristics = connection.transactionCharacteristics();
    QVERIFY2(characteristics.contains(u"SERIALIZABLE") && characteristics.contains(u"READ ONLY"),
             qPrintable(characteristics));
    VERIFY_OK(await(connection.query(u"COMMIT")));
    QVERIFY(!connection.isInTransaction());
    QVERIFY2(connection.transactionState().startsWith(u'_'), qPrintable(connection.transactionState()));
    QTRY_VERIFY(spy.size() >= 2);
}

void tst_SessionState::transactionFlagWithoutTracking()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    const QSignalSpy spy(&connection, &Connection::transactionStateChanged);
    VERIFY_OK(await(connection.query(u"BEGIN")));
    QTRY_COMPARE(spy.size(), 1);
    QVERIFY(connection.property("inTransaction").toBool());
    VERIFY_OK(await(connection.query(u"ROLLBACK")));
    QTRY_COMPARE(spy.size(), 2);
    QVERIFY(!connection.isInTransaction());
}

void tst_SessionState::stateChange()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    VERIFY_OK(await(connection.query(u"SET session_track_state_change = ON")));
    QSignalSpy spy(&connection, &Connection::sessionStateChanged);
    VERIFY_OK(await(connection.query(u"SET @a = 1")));
    QTRY_VERIFY(!spy.isEmpty());
}

void tst_SessionState::gtid()
{
    const auto server = ServerMatrix::startPrivate(
        QStringLiteral("mysql-9.7"),
        {QStringLiteral("--gtid-mode=ON"), QStringLiteral("--enforce-gtid-consistency=ON"),
         QStringLiteral("--log-bin=binlog"), QStringLiteral("--server-id=7")});
    if (!server || !server->isRunning())
        QSKIP("no private MySQL server with GTIDs can be had");
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(server->url()))));
    VERIFY_OK(await(connection.query(u"SET session_track_gtids = OWN_GTID")));
    const QSignalSpy spy(&connection, &Connection::gtidReceived);
    VERIFY_OK(await(connection.query(u"CREATE DATABASE tracked")));
    QTRY_COMPARE(spy.size(), 1);
    const QString gtid = spy.at(0).at(0).toString();
    QCOMPARE(connection.lastGtid(), gtid);
    QVERIFY2(QRegularExpression(QStringLiteral("^[0-9a-f-]{36}:\\d+$")).match(gtid).hasMatch(),
             qPrintable(gtid));
}

void tst_SessionState::kill()
{
    MATRIX_SERVER(live);
    Connection victim;
    Connection killer;
    VERIFY_OK(await(victim.open(*ConnectOptions::fromUrl(live.url()))));
    VERIFY_OK(await(killer.open(*ConnectOptions::fromUrl(live.url()))));
    const auto sleeping = victim.query(u"SELECT SLEEP(30) FROM (SELECT 1 UNION SELECT 2) t");
    const auto runs = [&killer, &victim] {
        const auto found = await(killer.query(
            u"SELECT COUNT(*) FROM information_schema.processlist WHERE id = ? AND info LIKE 'SELECT SLEEP%'",
            victim.connectionId()));
        return found && found->at(0).get<int>(0) == 1;
    };
    QTRY_VERIFY(runs());
    VERIFY_OK(await(killer.killQuery(victim.connectionId())));
    static_cast<void>(await(sleeping)); // an error, or a value that says "interrupted"
    QVERIFY(sleeping.isFinished());
    VERIFY_OK(await(victim.ping()));

    VERIFY_OK(await(killer.killConnection(victim.connectionId())));
    QTRY_VERIFY(!await(victim.ping()));
    const auto nobody = await(killer.killQuery(4'000'000'000u));
    QVERIFY(!nobody);
    QCOMPARE(nobody.error().code(), 1094); // ER_NO_SUCH_THREAD
}

void tst_SessionState::statistics()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    const auto text = await(connection.statistics());
    VERIFY_OK(text);
    QVERIFY2(text->startsWith(u"Uptime: "), qPrintable(*text));
    VERIFY_OK(await(connection.ping()));
    Connection closed;
    const auto refused = await(closed.statistics());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::Usage);
}

void tst_SessionState::charsets_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("charset");
    QTest::addColumn<QByteArray>("bytes"); // of the text in that character set
    QTest::addColumn<QString>("text");
    const QStringList servers = ServerMatrix::ids();
    for (const QString &server : servers) {
        const auto row = [&server](const char *charset, const char *hex, const QString &text) {
            QTest::addRow("%s, %s", qPrintable(server), charset)
                << server << QString::fromLatin1(charset) << QByteArray::fromHex(hex) << text;
        };
        row("utf8mb4", "5ac3bc", QStringLiteral(u"Z\u00fc"));
        row("latin1", "5afc", QStringLiteral(u"Z\u00fc"));
        row("cp1251", "c6e8", QStringLiteral(u"\u0416\u0438"));
        row("gbk", "d6d0", QStringLiteral(u"\u4e2d"));
        row("sjis", "955c", QStringLiteral(u"\u8868")); // its second byte is a backslash
    }
}

// Pitfall 16.
// Answers come in the character set that was asked for; what is sent stays UTF-8, and cannot be misread.
void tst_SessionState::charsets()
{
    MATRIX_SERVER(live);
    QFETCH(QString, charset);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    Connection atConnect;
    VERIFY_OK(
        await(atConnect.open(ConnectOptions(*ConnectOptions::fromUrl(live.url())).setCharset(charset))));
    Connection atRunTime;
    VERIFY_OK(await(atRunTime.open(*ConnectOptions::fromUrl(live.url()))));
    VERIFY_OK(await(atRunTime.setCharset(charset)));
    QCOMPARE(atRunTime.options().charset(), charset);
    for (Connection *connection : {&atConnect, &atRunTime}) {
        for (int round = 0; round < 2; ++round) {
            for (const auto &reply :
                 {connection->query(u"SELECT ?, @@character_set_results, @@character_set_client", text),
                  connection->execute(u"SELECT ?, @@character_set_results, @@character_set_client", text)}) {
                const auto answer = await(reply);
                VERIFY_OK(answer);
                QCOMPARE(answer->at(0).get<QByteArray>(0), bytes);
                QCOMPARE(answer->at(0).get<QString>(1), charset);
                QCOMPARE(answer->at(0).get<QString>(2), QStringLiteral("utf8mb4"));
            }
            VERIFY_OK(await(connection->reset())); // keeps it
        }
    }
}

void tst_SessionState::unknownCharset()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    const auto unknown = await(connection.setCharset(QStringLiteral("klingon")));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code(), 1115); // ER_UNKNOWN_CHARACTER_SET
    const auto malformed = await(connection.setCharset(QStringLiteral("x; DROP")));
    QVERIFY(!malformed);
    QCOMPARE(malformed.error().kind(), Error::Kind::Usage);
    QVERIFY(!malformed.error().isConnectionLost());
    QCOMPARE(connection.options().charset(), QStringLiteral("utf8mb4"));
    VERIFY_OK(await(connection.ping()));
}

void tst_SessionState::connectFlags()
{
    MATRIX_SERVER(live);
    Connection connection;
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setInteractive(true).setIgnoreSpace(true).setFoundRows(true);
    VERIFY_OK(await(connection.open(options)));
    const auto timeouts
        = await(connection.query(u"SELECT @@session.wait_timeout = @@global.interactive_timeout, "
                                 u"@@session.sql_mode LIKE '%IGNORE_SPACE%'"));
    VERIFY_OK(timeouts);
    QCOMPARE(timeouts->at(0).get<int>(0), 1);
    QCOMPARE(timeouts->at(0).get<int>(1), 1);
    VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE found (a INT)")));
    VERIFY_OK(await(connection.query(u"INSERT INTO found VALUES (1), (2)")));
    const auto same = await(connection.query(u"UPDATE found SET a = a"));
    VERIFY_OK(same);
    QCOMPARE(same->affectedRows(), 2);
}

// Pitfall 8.
// Connection attributes may take 64 KB altogether.
void tst_SessionState::longAttributes()
{
    MATRIX_SERVER(live);
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setAttributes({{QStringLiteral("long"), QString(60'000, u'a')}});
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    options.setAttributes({{QStringLiteral("long"), QString(70'000, u'a')}});
    Connection second;
    const auto refused = await(second.open(options));
    QVERIFY(!refused);
    QVERIFY2(refused.error().message().contains(u"attributes"), qPrintable(refused.error().message()));
}

// Pitfall 31.
// MariaDB only; the server reports every second at most here.
void tst_SessionState::progress()
{
    MATRIX_SERVER(live);
    if (!live.isMariaDb())
        QSKIP("MySQL has no progress reports");
    const Schema schema(live);
    QVERIFY(schema.isMade());
    Connection connection;
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setDatabase(schema.name());
    VERIFY_OK(await(connection.open(options)));
    const QSignalSpy spy(&connection, &Connection::progressReported);
    VERIFY_OK(await(connection.query(u"SET progress_report_time = 1")));
    VERIFY_OK(await(connection.query(u"CREATE TABLE big (a INT, b CHAR(200)) ENGINE=InnoDB")));
    VERIFY_OK(await(connection.query(u"INSERT INTO big SELECT seq, 'x' FROM seq_1_to_20000")));
    // Copies of a table that grows, until one takes longer than a second.
    for (int round = 0; round < 40 && spy.isEmpty(); ++round) {
        VERIFY_OK(await(connection.query(u"INSERT INTO big (a, b) SELECT a, b FROM big LIMIT 100000")));
        VERIFY_OK(await(connection.query(u"ALTER TABLE big ENGINE=MyISAM, ALGORITHM=COPY")));
        VERIFY_OK(await(connection.query(u"ALTER TABLE big ENGINE=InnoDB, ALGORITHM=COPY")));
    }
    QVERIFY(!spy.isEmpty());
    const QVariantList report = spy.at(0);
    QVERIFY(report.at(0).toInt() >= 1);
    QVERIFY(report.at(1).toInt() >= report.at(0).toInt());
    QVERIFY(report.at(2).toDouble() >= 0 && report.at(2).toDouble() <= 100);
    QVERIFY(!report.at(3).toString().isEmpty());
    VERIFY_OK(await(connection.ping()));
}

QTEST_GUILESS_MAIN(tst_SessionState)
#include "tst_sessionstate.moc"
