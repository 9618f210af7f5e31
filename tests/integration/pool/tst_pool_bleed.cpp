// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Every kind of state that a session can have, left behind in every way there is to give a connection back:
   the next borrower must find what the first one found.
*/

#include "poolsupport.h"

#include <map>
#include <stdexcept>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

namespace {

//! A kind of state: how it is made, and a statement that tells of it.
struct Kind
{
    const char *name;
    QStringList dirty;
    QString probe;
};

const QString Insert = QStringLiteral("INSERT INTO bleed.numbers (v) VALUES (7)");

QString variable(const char *name)
{
    return QStringLiteral("SHOW SESSION VARIABLES LIKE '%1'").arg(QLatin1String(name));
}

const QList<Kind> &kinds()
{
    const auto set = [](const char *name, const char *assignment, const char *variableName) {
        return Kind{
            name, {QStringLiteral("SET SESSION ") + QLatin1String(assignment)}, variable(variableName)};
    };
    static const QList<Kind> all{
        {"user variable", {QStringLiteral("SET @v = 'secret'")}, QStringLiteral("SELECT @v")},
        {"variable by select", {QStringLiteral("SELECT @w := 5")}, QStringLiteral("SELECT @w")},
        set("sql_mode", "sql_mode = 'ANSI'", "sql_mode"),
        set("time_zone", "time_zone = '+03:00'", "time_zone"),
        set("max_sort_length", "max_sort_length = 77", "max_sort_length"),
        set("group_concat_max_len", "group_concat_max_len = 11", "group_concat_max_len"),
        set("foreign_key_checks", "foreign_key_checks = 0", "foreign_key_checks"),
        set("unique_checks", "unique_checks = 0", "unique_checks"),
        set("sql_safe_updates", "sql_safe_updates = 1", "sql_safe_updates"),
        set("sql_select_limit", "sql_select_limit = 1", "sql_select_limit"),
        set("div_precision_increment", "div_precision_increment = 9", "div_precision_increment"),
        set("autocommit", "autocommit = 0", "autocommit"),
        set("lock_wait_timeout", "lock_wait_timeout = 3", "lock_wait_timeout"),
        set("wait_timeout", "wait_timeout = 99", "wait_timeout"),
        set("default_storage_engine", "default_storage_engine = 'MEMORY'", "default_storage_engine"),
        set("isolation", "TRANSACTION ISOLATION LEVEL READ UNCOMMITTED", "%isolation"),
        {"character set",
         {QStringLiteral("SET NAMES latin1")},
         QStringLiteral("SHOW SESSION VARIABLES LIKE 'character_set_%'")},
        {"collation",
         {QStringLiteral("SET collation_connection = 'utf8mb4_bin'")},
         variable("collation_connection")},
        {"results as they are",
         {QStringLiteral("SET character_set_results = NULL")},
         variable("character_set_results")},
        {"insert_id", {QStringLiteral("SET insert_id = 99")}, QStringLiteral("SELECT @@insert_id")},
        {"timestamp",
         {QStringLiteral("SET timestamp = 1000")},
         QStringLiteral("SELECT UNIX_TIMESTAMP() > 100000")},
        {"schema", {QStringLiteral("USE information_schema")}, QStringLiteral("SELECT DATABASE()")},
        {"temporary table",
         {QStringLiteral("CREATE TEMPORARY TABLE bleed.temporary (a INT)")},
         QStringLiteral("SELECT * FROM bleed.temporary")},
        {"temporary table over a real one",
         {QStringLiteral("CREATE TEMPORARY TABLE bleed.numbers (a INT)")},
         Insert},
        {"user lock",
         {QStringLiteral("SELECT GET_LOCK('bleed', 0)")},
         QStringLiteral("SELECT IS_FREE_LOCK('bleed')")},
        {"table lock", {QStringLiteral("LOCK TABLES bleed.numbers READ")}, Insert},
        {"global lock", {QStringLiteral("FLUSH TABLES WITH READ LOCK")}, Insert},
        {"handler",
         {QStringLiteral("HANDLER bleed.numbers OPEN AS h")},
         QStringLiteral("HANDLER h READ FIRST")},
        {"transaction",
         {QStringLiteral("START TRANSACTION"), QStringLiteral("INSERT INTO bleed.written (v) VALUES (1)")},
         QStringLiteral("XA START 'p %way'")},
        {"snapshot",
         {QStringLiteral("START TRANSACTION WITH CONSISTENT SNAPSHOT")},
         QStringLiteral("XA START 'p %way'")},
        {"next transaction read only", {QStringLiteral("SET TRANSACTION READ ONLY")}, Insert},
        {"read only", {QStringLiteral("SET SESSION TRANSACTION READ ONLY")}, Insert},
        {"last insert id",
         {QStringLiteral("SELECT LAST_INSERT_ID(4242)")},
         QStringLiteral("SELECT LAST_INSERT_ID()")},
        {"prepared by name", {QStringLiteral("PREPARE s FROM 'SELECT 1'")}, QStringLiteral("EXECUTE s")},
        {"role", {QStringLiteral("SET ROLE bleeder")}, QStringLiteral("SELECT CURRENT_ROLE()")},
        {"warnings", {QStringLiteral("DROP TABLE IF EXISTS bleed.never")}, QStringLiteral("SHOW WARNINGS")},
        {"active XA",
         {QStringLiteral("XA START 'a %way'"), QStringLiteral("INSERT INTO bleed.written (v) VALUES (1)")},
         QStringLiteral("START TRANSACTION")},
        {"idle XA",
         {QStringLiteral("XA START 'i %way'"), QStringLiteral("XA END 'i %way'")},
         QStringLiteral("START TRANSACTION")},
    };
    return all;
}

const QList<const char *> Ways{"drop", "commit", "rollback", "cancel", "abandon", "error", "exception"};

//! \a sql with names of XA transactions that nobody had before: the server may take a moment to end the
//! session that had a name, and says until then that it is taken (1440).
QString withOwnNames(QString sql, int kind, const char *way)
{
    return sql.replace(QLatin1String("%way"), QString::number(kind) + QLatin1String(way));
}

//! What a session says to \a probe, as text; errors as their number.
QString told(const Result<ResultSet> &result)
{
    if (!result)
        return QStringLiteral("error %1").arg(result.error().code());
    QString text = QStringLiteral("%1 rows:").arg(result->size());
    for (const Row &row : *result) {
        for (int i = 0; i < row.columnCount(); ++i)
            text += row.isNull(i) ? QStringLiteral(" NULL") : u' ' + row.value(i).toString();
    }
    return text;
}

} // namespace

class tst_PoolBleed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanupTestCase() { m_servers.clear(); }
    void bleed_data();
    void bleed();
    void preparedXaSurvivesTheReturn_data() { ServerMatrix::addRows(); }
    void preparedXaSurvivesTheReturn();

private:
    void giveBack(Lease lease, const char *way);
    TestServer *serverOf(const QString &id);

    std::map<QString, std::unique_ptr<TestServer>> m_servers; // global locks would disturb others
};

TestServer *tst_PoolBleed::serverOf(const QString &id)
{
    auto &own = m_servers[id];
    if (own)
        return own.get();
    own = ServerMatrix::startPrivate(id);
    if (!own || !own->isRunning())
        return own.get();
    Connection admin;
    (void)await(admin.open(optionsFor(MatrixServer::fromServer(id, *own))));
    for (const QString &sql :
         {QStringLiteral("CREATE DATABASE bleed"),
          QStringLiteral("CREATE TABLE bleed.numbers (id INT AUTO_INCREMENT PRIMARY KEY, v INT)"),
          QStringLiteral("CREATE TABLE bleed.written (id INT AUTO_INCREMENT PRIMARY KEY, v INT)"),
          QStringLiteral("CREATE ROLE bleeder"), QStringLiteral("GRANT bleeder TO CURRENT_USER()")}) {
        if (const auto done = await(admin.query(sql)); !done)
            qWarning() << sql << done.error();
    }
    return own.get();
}

void tst_PoolBleed::bleed_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<int>("kind");
    for (const QString &id : ServerMatrix::ids()) {
        for (int i = 0; i < kinds().size(); ++i)
            QTest::addRow("%s: %s", qPrintable(id), kinds()[i].name) << id << i;
    }
}

void tst_PoolBleed::giveBack(Lease lease, const char *way)
{
    if (qstrcmp(way, "commit") == 0 || qstrcmp(way, "rollback") == 0) {
        (void)await(lease->query(QString(QString::fromLatin1(way).toUpper())));
    } else if (qstrcmp(way, "cancel") == 0) {
        Reply<ResultSet> running = lease->query(u"SELECT SLEEP(20)");
        QTest::qWait(5);
        running.cancel();
        (void)await(running, 5000);
    } else if (qstrcmp(way, "abandon") == 0) {
        lease->query(
            this, [](const Result<ResultSet> &) {}, u"SELECT SLEEP(20)");
        QTest::qWait(5);
    } else if (qstrcmp(way, "error") == 0) {
        (void)await(lease->query(u"SELECT * FROM there.is_none"));
    } else if (qstrcmp(way, "exception") == 0) {
        try {
            const Lease held = std::exchange(lease, Lease());
            throw std::runtime_error("on the way");
        } catch (const std::runtime_error &) {
        }
    }
}

void tst_PoolBleed::bleed()
{
    QFETCH(QString, server);
    QFETCH(int, kind);
    TestServer *own = serverOf(server);
    if (!own || !own->isRunning())
        QSKIP("the server cannot be started");
    const ConnectOptions options = optionsFor(MatrixServer::fromServer(server, *own));
    const Kind &state = kinds()[kind];
    QString fresh;
    {
        // A session that nobody had before, as pools open it.
        Pool first(options);
        fresh = told(await(first.query(withOwnNames(state.probe, kind, "fresh"))));
    }
    Pool pool(options);
    pool.setMaximumSize(1);
    for (const char *way : Ways) {
        {
            auto lease = await(pool.acquire());
            VERIFY_OK(lease);
            bool differs = false;
            for (const QString &sql : state.dirty)
                differs = await((*lease)->query(withOwnNames(sql, kind, way))).hasValue() || differs;
            QVERIFY2(differs, qPrintable(state.dirty.join(u'\n')));
            giveBack(std::exchange(*lease, Lease()), way);
        }
        auto next = await(pool.acquire(), 10'000);
        VERIFY_OK(next);
        QVERIFY(!(*next)->isInTransaction());
        const QString seen = told(await((*next)->query(withOwnNames(state.probe, kind, way)), 10'000));
        QVERIFY2(
            seen == fresh,
            qPrintable(
                QStringLiteral("after %1: \"%2\" instead of \"%3\"").arg(QLatin1String(way), seen, fresh)));
    }
    // Nothing that was not committed is there. ("commit" does commit what it finds, outside of XA.)
    Connection admin;
    VERIFY_OK(await(admin.open(options)));
    const quint64 written = numberOf(await(admin.query(u"SELECT COUNT(*) FROM bleed.written")));
    QVERIFY2(written <= 1, qPrintable(QString::number(written)));
}

void tst_PoolBleed::preparedXaSurvivesTheReturn()
{
    QFETCH(QString, server);
    TestServer *own = serverOf(server);
    if (!own || !own->isRunning())
        QSKIP("the server cannot be started");
    const ConnectOptions options = optionsFor(MatrixServer::fromServer(server, *own));
    Pool pool(options);
    pool.setMaximumSize(1);
    {
        auto lease = await(pool.acquire());
        VERIFY_OK(lease);
        for (const char *sql :
             {"XA START 'p'", "INSERT INTO bleed.written (v) VALUES (5)", "XA END 'p'", "XA PREPARE 'p'"})
            VERIFY_OK(await((*lease)->query(QLatin1String(sql))));
    }
    // It is prepared, so it stays, and anybody may end it: no orphan holds its locks.
    auto next = await(pool.acquire());
    VERIFY_OK(next);
    bool ended = false;
    const auto end = [&] { // until the session that prepared it is gone
        ended = ended || await((*next)->query(u"XA ROLLBACK 'p'")).hasValue();
        return ended;
    };
    QTRY_VERIFY(end());
    VERIFY_OK(await((*next)->query(u"SET innodb_lock_wait_timeout = 1")));
    VERIFY_OK(await((*next)->query(u"DELETE FROM bleed.written")));
}

QTEST_GUILESS_MAIN(tst_PoolBleed)
#include "tst_pool_bleed.moc"
