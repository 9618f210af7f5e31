// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Transactions in two phases: their states, what survives what, and who may end them.
*/

#include "integration/pool/poolsupport.h"

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using State = XaTransaction::State;

namespace {

XaId newId()
{
    return XaId::create("tst_xa");
}

} // namespace

class tst_XaTransaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void ids_data();
    void ids();
    void twoPhases_data() { ServerMatrix::addRows(); }
    void twoPhases();
    void onePhase_data() { ServerMatrix::addRows(); }
    void onePhase();
    void rollsBack_data() { ServerMatrix::addRows(); }
    void rollsBack();
    void states_data() { ServerMatrix::addRows(); }
    void states();
    void droppedIsRolledBack_data() { ServerMatrix::addRows(); }
    void droppedIsRolledBack();
    void preparedSurvivesTheConnection_data();
    void preparedSurvivesTheConnection();
    void preparedSurvivesAKill_data() { ServerMatrix::addRows(); }
    void preparedSurvivesAKill();
    void detaches_data() { ServerMatrix::addRows(); }
    void detaches();
    void poolLendsNoneThatIsPrepared_data() { ServerMatrix::addRows(); }
    void poolLendsNoneThatIsPrepared();
    void deadlock_data() { ServerMatrix::addRows(); }
    void deadlock();
    void lostBeforePrepare_data() { ServerMatrix::addRows(); }
    void lostBeforePrepare();
    void insideOfAnotherIsRefused_data() { ServerMatrix::addRows(); }
    void insideOfAnotherIsRefused();
    void recoverKeepsEveryByte_data() { ServerMatrix::addRows(); }
    void recoverKeepsEveryByte();
    void emptyHandle();

private:
    void prepare(const MatrixServer &live);
    quint64 sum() { return numberOf(await(m_other->query(u"SELECT COALESCE(SUM(v), 0) FROM xa"))); }
    //! Whether the server has \a id prepared.
    bool isPrepared(const XaId &id)
    {
        const auto all = await(XaTransaction::recover(*m_other));
        return all && all->contains(id);
    }
    //! By another connection, once the server has let go of the one that prepared it.
    template <class End> bool ends(const XaId &id, End end)
    {
        Error error;
        const bool done = QTest::qWaitFor(
            [&] {
                error = await(end(*m_other, id)).error();
                return error.code() != 1397;
            },
            10'000);
        if (error)
            qWarning() << error;
        return done && !error;
    }

    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<Connection> m_other;
    ConnectOptions m_options;
};

void tst_XaTransaction::init()
{
    m_connection.reset();
    m_other.reset();
}

void tst_XaTransaction::cleanup()
{
    // What a failed test has left holds locks.
    m_connection.reset();
    if (!m_other || !m_other->isOpen())
        return;
    const auto all = await(XaTransaction::recover(*m_other));
    for (const XaId &id : all ? *all : XaIdList()) {
        if (id.branch() == "tst_xa")
            ends(id, &XaTransaction::rollbackPrepared);
    }
}

void tst_XaTransaction::prepare(const MatrixServer &live)
{
    m_options = optionsFor(live).setInitCommands(
        {QStringLiteral("CREATE DATABASE IF NOT EXISTS xas"), QStringLiteral("USE xas")});
    m_connection = std::make_unique<Connection>();
    m_other = std::make_unique<Connection>();
    VERIFY_OK(await(m_connection->open(m_options)));
    VERIFY_OK(await(m_other->open(m_options)));
    VERIFY_OK(await(m_other->query(u"DROP TABLE IF EXISTS xa")));
    VERIFY_OK(await(m_other->query(u"CREATE TABLE xa (id INT PRIMARY KEY, v INT) ENGINE=InnoDB")));
    m_options = optionsFor(live).setDatabase(QStringLiteral("xas"));
}

void tst_XaTransaction::ids_data()
{
    QTest::addColumn<XaId>("id");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("none") << XaId() << "global id has 0 bytes";
    QTest::newRow("long") << XaId(QByteArray(65, 'x')) << "global id has 65 bytes";
    QTest::newRow("longest") << XaId(QByteArray(64, 'x'), QByteArray(64, 'y')) << QString();
    QTest::newRow("long branch") << XaId("x", QByteArray(65, 'x')) << "branch has 65 bytes";
    QTest::newRow("format") << XaId("x", {}, 0x8000'0000) << "format is 2147483648";
    QTest::newRow("largest format") << XaId("x", {}, 0x7FFF'FFFF) << QString();
}

void tst_XaTransaction::ids()
{
    QFETCH(XaId, id);
    QFETCH(QString, complaint);
    const Error error = id.validate();
    QCOMPARE(error.isError(), !complaint.isEmpty());
    QVERIFY2(error.message().contains(complaint), qPrintable(error.message()));
    if (!error)
        return;
    Connection closed; // refused before anything else
    QVERIFY(await(closed.beginXa(id)).error().message().contains(complaint));
    QVERIFY(await(XaTransaction::commitPrepared(closed, id)).error().message().contains(complaint));
}

void tst_XaTransaction::twoPhases()
{
    MATRIX_SERVER(live);
    prepare(live);
    const XaId id = newId();
    auto t = await(m_connection->beginXa(id));
    VERIFY_OK(t);
    QCOMPARE(t->state(), State::Active);
    QVERIFY(t->id() == id);
    QCOMPARE(t->connection(), m_connection.get());
    // Not awaited one by one: they keep their order.
    const Reply<ResultSet> insert = t->execute(u"INSERT INTO xa VALUES (?, ?)", 1, 10);
    const auto cursor = t->stream(u"SELECT v FROM xa");
    const Reply<void> prepared = t->prepare();
    const auto batch = await(cursor->nextBatch());
    VERIFY_OK(batch);
    QCOMPARE(batch->size(), 1);
    VERIFY_OK(await(insert));
    VERIFY_OK(await(prepared));
    QCOMPARE(t->state(), State::Prepared);
    QVERIFY(isPrepared(id));
    QCOMPARE(sum(), 0u);
    VERIFY_OK(await(t->commit()));
    QCOMPARE(t->state(), State::Committed);
    QCOMPARE(t->connection(), nullptr);
    QVERIFY(!isPrepared(id));
    QCOMPARE(sum(), 10u);
    // And the connection is as before.
    VERIFY_OK(await(m_connection->begin()));
}

void tst_XaTransaction::onePhase()
{
    MATRIX_SERVER(live);
    prepare(live);
    auto t = await(m_connection->beginXa(newId()));
    VERIFY_OK(t);
    VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (1, 10)")));
    VERIFY_OK(await(t->commit()));
    QCOMPARE(t->state(), State::Committed);
    QCOMPARE(sum(), 10u);
    auto ended = await(m_connection->beginXa(newId()));
    VERIFY_OK(ended);
    VERIFY_OK(await(ended->query(u"INSERT INTO xa VALUES (2, 10)")));
    VERIFY_OK(await(ended->end()));
    QCOMPARE(ended->state(), State::Idle);
    VERIFY_OK(await(ended->commit()));
    QCOMPARE(sum(), 20u);
}

void tst_XaTransaction::rollsBack()
{
    MATRIX_SERVER(live);
    prepare(live);
    for (const int stage : {0, 1, 2}) {
        const XaId id = newId();
        auto t = await(m_connection->beginXa(id));
        VERIFY_OK(t);
        VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (1, 10)")));
        if (stage == 1)
            VERIFY_OK(await(t->end()));
        if (stage == 2)
            VERIFY_OK(await(t->prepare()));
        VERIFY_OK(await(t->rollback()));
        QCOMPARE(t->state(), State::RolledBack);
        VERIFY_OK(await(t->rollback())); // it is
        QCOMPARE(await(t->commit()).error().outcome(), Error::Outcome::NotSent);
        QVERIFY(!isPrepared(id));
    }
    QCOMPARE(sum(), 0u);
}

void tst_XaTransaction::states()
{
    MATRIX_SERVER(live);
    prepare(live);
    auto t = await(m_connection->beginXa(newId()));
    VERIFY_OK(t);
    VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (1, 10)")));
    VERIFY_OK(await(t->end()));
    const Error idle = await(t->query(u"SELECT 1")).error();
    QCOMPARE(idle.kind(), Error::Kind::Usage);
    QCOMPARE(idle.outcome(), Error::Outcome::NotSent);
    QVERIFY2(idle.message().contains(u"end()"), qPrintable(idle.message()));
    VERIFY_OK(await(t->end())); // it has
    VERIFY_OK(await(t->prepare()));
    const Error prepared = await(t->query(u"SELECT 1")).error();
    QCOMPARE(prepared.outcome(), Error::Outcome::NotSent);
    QVERIFY2(prepared.message().contains(u"prepared"), qPrintable(prepared.message()));
    QVERIFY(await(t->prepare()).error().message().contains(u"prepared already"));
    QVERIFY(await(t->end()).error());
    QCOMPARE(t->state(), State::Prepared);
    VERIFY_OK(await(t->commit()));
    for (const Error &late : {await(t->commit()).error(), await(t->prepare()).error(),
                              await(t->query(u"SELECT 1")).error(), await(t->rollback()).error()}) {
        QCOMPARE(late.outcome(), Error::Outcome::NotSent);
        QVERIFY2(late.message().contains(u"committed"), qPrintable(late.message()));
    }
    // What commits implicitly is refused inside of one, and ends nothing.
    auto another = await(m_connection->beginXa(newId()));
    VERIFY_OK(another);
    VERIFY_OK(await(another->query(u"INSERT INTO xa VALUES (2, 10)")));
    QCOMPARE(await(another->query(u"CREATE TABLE never (a INT)")).error().code(), 1399);
    QCOMPARE(another->state(), State::Active);
    VERIFY_OK(await(another->rollback()));
    QCOMPARE(sum(), 10u);
}

void tst_XaTransaction::droppedIsRolledBack()
{
    MATRIX_SERVER(live);
    prepare(live);
    const XaId id = newId();
    {
        auto t = await(m_connection->beginXa(id));
        VERIFY_OK(t);
        VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (1, 10)")));
        const XaTransaction copy = *t; // the last copy counts
        t = Error();
        QCOMPARE(copy.state(), State::Active);
    }
    VERIFY_OK(await(m_connection->query(u"INSERT INTO xa VALUES (1, 20)")));
    QCOMPARE(sum(), 20u);

    // One from a pool brings its connection back, clean.
    Pool pool(m_options);
    pool.setMaximumSize(1);
    quint64 session = 0;
    {
        auto t = await(pool.beginXa(newId()));
        VERIFY_OK(t);
        session = t->connection()->connectionId();
        VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (2, 20)")));
    }
    QTRY_COMPARE(pool.idleCount(), 1);
    QCOMPARE(numberOf(await(pool.query(u"SELECT CONNECTION_ID()"))), session);
    QCOMPARE(sum(), 20u);
    // To prepare is the last word, even of a handle that is dropped at once.
    const XaId kept = newId();
    {
        auto t = await(pool.beginXa(kept));
        VERIFY_OK(t);
        VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (3, 30)")));
        (void)t->prepare();
    }
    QTRY_VERIFY(isPrepared(kept));
    QVERIFY(ends(kept, &XaTransaction::commitPrepared));
    QCOMPARE(sum(), 50u);
}

void tst_XaTransaction::preparedSurvivesTheConnection_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("commits");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s: commit", qPrintable(id)) << id << true;
        QTest::addRow("%s: roll back", qPrintable(id)) << id << false;
    }
}

void tst_XaTransaction::preparedSurvivesTheConnection()
{
    MATRIX_SERVER(live);
    QFETCH(bool, commits);
    prepare(live);
    const XaId id = newId();
    auto t = await(m_connection->beginXa(id));
    VERIFY_OK(t);
    VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (1, 10)")));
    VERIFY_OK(await(t->prepare()));
    VERIFY_OK(await(m_connection->close()));
    QCOMPARE(t->state(), State::Prepared);
    const Error error = await(t->commit()).error();
    QCOMPARE(error.outcome(), Error::Outcome::NotSent);
    QVERIFY2(error.message().contains(u"commitPrepared"), qPrintable(error.message()));
    QVERIFY(await(t->rollback()).error());
    t = Error();
    QVERIFY(isPrepared(id));
    if (commits)
        QVERIFY(ends(id, &XaTransaction::commitPrepared));
    else
        QVERIFY(ends(id, &XaTransaction::rollbackPrepared));
    QCOMPARE(sum(), commits ? 10u : 0u);
    QVERIFY(!isPrepared(id));
    QCOMPARE(await(XaTransaction::commitPrepared(*m_other, id)).error().code(), 1397);
}

void tst_XaTransaction::preparedSurvivesAKill()
{
    QFETCH(QString, server);
    const std::unique_ptr<TestServer> own = ServerMatrix::startPrivate(server);
    if (!own || !own->isRunning())
        QSKIP("the server cannot be started");
    const MatrixServer live = MatrixServer::fromServer(server, *own);
    prepare(live);
    const XaId id = newId();
    auto t = await(m_connection->beginXa(id));
    VERIFY_OK(t);
    VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (1, 10)")));
    VERIFY_OK(await(t->prepare()));
    own->kill();
    QTRY_VERIFY(!m_other->isOpen());
    QVERIFY2(own->restart(), qPrintable(own->errorString()));
    VERIFY_OK(await(m_other->open(m_options)));
    QVERIFY(isPrepared(id));
    QCOMPARE(sum(), 0u);
    QVERIFY(ends(id, &XaTransaction::commitPrepared));
    QCOMPARE(sum(), 10u);
}

// MySQL lets go of what is prepared; MariaDB binds it to its connection, which can do nothing else meanwhile.
void tst_XaTransaction::detaches()
{
    MATRIX_SERVER(live);
    prepare(live);
    const XaId id = newId();
    auto t = await(m_connection->beginXa(id));
    VERIFY_OK(t);
    VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (1, 10)")));
    VERIFY_OK(await(t->prepare()));
    const auto other = await(XaTransaction::commitPrepared(*m_other, id));
    const auto same = await(m_connection->query(u"INSERT INTO xa VALUES (2, 20)"));
    if (live.isMySql()) {
        VERIFY_OK(other);
        VERIFY_OK(same);
        // This handle comes too late, and says so.
        QCOMPARE(await(t->commit()).error().code(), 1397);
        QCOMPARE(t->state(), State::Failed);
        QCOMPARE(sum(), 30u);
        return;
    }
    QCOMPARE(other.error().code(), 1397);
    QCOMPARE(same.error().code(), 1399);
    VERIFY_OK(await(t->commit()));
    QCOMPARE(sum(), 10u);
}

void tst_XaTransaction::poolLendsNoneThatIsPrepared()
{
    MATRIX_SERVER(live);
    prepare(live);
    Pool pool(m_options);
    pool.setMaximumSize(1);
    const XaId id = newId();
    {
        auto t = await(pool.beginXa(id));
        VERIFY_OK(t);
        VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (1, 10)")));
        VERIFY_OK(await(t->prepare()));
        QCOMPARE(pool.leasedCount(), 1);
    }
    // The next borrower can work, and end it.
    auto next = await(pool.begin());
    VERIFY_OK(next);
    VERIFY_OK(await(next->query(u"INSERT INTO xa VALUES (2, 20)")));
    VERIFY_OK(await(next->commit()));
    QVERIFY(isPrepared(id));
    QVERIFY(ends(id, &XaTransaction::commitPrepared));
    QCOMPARE(sum(), 30u);
    // While it is open, it is dropped with the lease.
    auto lease = await(pool.acquire());
    VERIFY_OK(lease);
    auto t = await((*lease)->beginXa(newId()));
    VERIFY_OK(t);
    VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (3, 30)")));
    lease->release();
    const Error error = await(t->prepare()).error();
    QCOMPARE(error.outcome(), Error::Outcome::NotSent);
    QCOMPARE(t->state(), State::Lost);
    VERIFY_OK(await(pool.query(u"INSERT INTO xa VALUES (3, 40)")));
    QCOMPARE(sum(), 70u);
}

void tst_XaTransaction::deadlock()
{
    MATRIX_SERVER(live);
    prepare(live);
    VERIFY_OK(await(m_other->execute(u"INSERT INTO xa VALUES (1, 1), (2, 2), (3, 3)")));
    auto a = await(m_connection->beginXa(newId()));
    auto b = await(m_other->beginXa(newId()));
    VERIFY_OK(a);
    VERIFY_OK(b);
    VERIFY_OK(await(a->execute(u"UPDATE xa SET v = v + 100 WHERE id = 1")));
    VERIFY_OK(await(b->execute(u"UPDATE xa SET v = v + 100 WHERE id IN (2, 3)")));
    Reply<ResultSet> crossA = a->execute(u"UPDATE xa SET v = v + 100 WHERE id = 2");
    Reply<ResultSet> behindA = a->execute(u"INSERT INTO xa VALUES (10, 1000)");
    Reply<ResultSet> crossB = b->execute(u"UPDATE xa SET v = v + 100 WHERE id = 1");
    Reply<ResultSet> behindB = b->execute(u"INSERT INTO xa VALUES (20, 1000)");
    const auto resultA = await(crossA);
    const auto resultB = await(crossB);
    QVERIFY(resultA.hasValue() != resultB.hasValue());
    XaTransaction &victim = resultA ? *b : *a;
    XaTransaction &winner = resultA ? *a : *b;
    QVERIFY((resultA ? resultB : resultA).error().isRetryable());
    QCOMPARE(victim.state(), State::Failed);
    // What waited behind was not run outside of the transaction.
    const Error behind = await(resultA ? behindB : behindA).error();
    QCOMPARE(behind.outcome(), Error::Outcome::NotSent);
    QVERIFY(await(victim.prepare()).error());
    VERIFY_OK(await(victim.rollback()));
    VERIFY_OK(await(resultA ? behindA : behindB));
    VERIFY_OK(await(winner.prepare()));
    VERIFY_OK(await(winner.commit()));
    // Both connections can go on.
    QCOMPARE(numberOf(await(m_connection->query(u"SELECT COUNT(*) FROM xa WHERE id >= 10"))), 1u);
    QCOMPARE(sum(), resultA ? 1206u : 1306u);
}

void tst_XaTransaction::lostBeforePrepare()
{
    MATRIX_SERVER(live);
    prepare(live);
    const XaId id = newId();
    auto t = await(m_connection->beginXa(id));
    VERIFY_OK(t);
    VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (1, 10)")));
    VERIFY_OK(await(m_other->killConnection(m_connection->connectionId())));
    QTRY_VERIFY(!m_connection->isOpen());
    const Error error = await(t->prepare()).error();
    QCOMPARE(error.outcome(), Error::Outcome::NotSent);
    QCOMPARE(t->state(), State::Lost);
    VERIFY_OK(await(t->rollback())); // the server does
    QVERIFY(!isPrepared(id));
    QTRY_COMPARE(numberOf(await(m_other->query(u"SELECT COUNT(*) FROM xa WHERE id = 1"))), 0u);
}

void tst_XaTransaction::insideOfAnotherIsRefused()
{
    MATRIX_SERVER(live);
    prepare(live);
    auto open = await(m_connection->begin());
    VERIFY_OK(open);
    VERIFY_OK(await(open->query(u"INSERT INTO xa VALUES (1, 10)")));
    QCOMPARE(await(m_connection->beginXa(newId())).error().code(), 1400); // XAER_OUTSIDE
    QVERIFY(open->isActive());
    VERIFY_OK(await(open->commit()));
    const XaId id = newId();
    auto t = await(m_connection->beginXa(id));
    VERIFY_OK(t);
    QVERIFY(await(m_connection->begin()).error());
    QCOMPARE(await(m_other->beginXa(id)).error().code(), 1440); // XAER_DUPID
    VERIFY_OK(await(t->query(u"INSERT INTO xa VALUES (2, 20)")));
    VERIFY_OK(await(t->commit()));
    QCOMPARE(sum(), 30u);
}

void tst_XaTransaction::recoverKeepsEveryByte()
{
    MATRIX_SERVER(live);
    prepare(live);
    QByteArray all;
    for (int i = 0; i < 256; ++i)
        all.append(char(i));
    const QByteArray unique = XaId::create().globalId();
    QList<XaId> ids{XaId(unique, "it's \"1\", 0x41 X'42'"),
                    XaId("plain" + unique.toHex().left(16), "text", 7)};
    for (qsizetype i = 0; i < 256; i += 48)
        ids.append(XaId(unique + all.mid(i, 48), all.mid(i, 48), quint32(1) << (i / 48 * 6)));
    for (const XaId &id : ids) {
        Connection connection;
        VERIFY_OK(await(connection.open(m_options)));
        auto t = await(connection.beginXa(id));
        VERIFY_OK(t);
        VERIFY_OK(await(t->execute(u"INSERT INTO xa VALUES (?, 1)", ids.indexOf(id))));
        VERIFY_OK(await(t->prepare()));
    }
    for (const XaId &id : ids) {
        QVERIFY2(isPrepared(id), qPrintable(id.toSql()));
        QVERIFY(ends(id, &XaTransaction::rollbackPrepared));
    }
    QCOMPARE(sum(), 0u);
}

void tst_XaTransaction::emptyHandle()
{
    XaTransaction none;
    QCOMPARE(none.state(), State::None);
    QCOMPARE(none.connection(), nullptr);
    QVERIFY(!none.endError());
    for (const auto &reply : {none.end(), none.prepare(), none.commit(), none.rollback()})
        QCOMPARE(await(reply).error().kind(), Error::Kind::Usage);
    QCOMPARE(await(none.query(u"SELECT 1")).error().kind(), Error::Kind::Usage);
}

QTEST_GUILESS_MAIN(tst_XaTransaction)
#include "tst_xatransaction.moc"
