// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Fast statements, of which two in three are cancelled at random moments in random ways, by many callers of
   one pool. Each statement asks for a number of its own, and whoever gets a row gets that number; nothing
   hangs, and the server has no session left at the end.

    QASYNCMYSQL_CANCELS statements on each server, 4,000 by default.
*/

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Pool>

#include <QtCore/QRandomGenerator>

#include <algorithm>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

//! One statement at a time, and what may become of it.
class Caller
{
public:
    struct Counts
    {
        qint64 started = 0;
        qint64 answered = 0;
        qint64 cancelled = 0;
        qint64 timedOut = 0;
        qint64 untold = 0; // nobody was left to be told
        qint64 failed = 0;
        qint64 wrong = 0;
        QString firstFailure;
    };

    bool isBusy() const { return m_busy; }
    void start(Pool &pool, QRandomGenerator &random, Counts &counts);
    void look(QRandomGenerator &random, Counts &counts);

private:
    enum class Way
    {
        Let, // it is not cancelled
        Reply,
        Future,
        Receiver,
        Deadline
    };
    void check(const Result<ResultSet> &result, Counts &counts);
    void cancel(Counts &counts);

    Reply<ResultSet> m_reply;
    std::unique_ptr<QObject> m_receiver;
    std::unique_ptr<Cursor> m_cursor;
    std::shared_ptr<bool> m_told;
    qint64 m_number = 0;
    int m_turns = 0; // of the event loop, until it is cancelled
    Way m_way = Way::Let;
    bool m_busy = false;
    bool m_cancelled = false;
};

void Caller::start(Pool &pool, QRandomGenerator &random, Counts &counts)
{
    static qint64 lastNumber = 0;
    m_busy = true;
    m_cancelled = false;
    m_number = ++lastNumber;
    m_way = Way(random.bounded(5));
    m_turns = random.bounded(random.bounded(2) ? 3 : 25);
    ++counts.started;
    // Most are as fast as can be, some take a moment, some have rows.
    static const QString sqls[] = {
        u"SELECT %1"_s, u"SELECT %1"_s, u"SELECT %1 + SLEEP(0.001)"_s,
        u"WITH RECURSIVE d(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM d WHERE i < 300) SELECT %1, i FROM d"_s};
    const QString sql = sqls[random.bounded(4)];
    StatementOptions options;
    if (m_way == Way::Deadline)
        options.setTimeout(std::chrono::milliseconds(1 + random.bounded(3)));
    const int kind = random.bounded(3);
    if (kind == 0) {
        m_cursor = pool.stream(options, sql.arg(m_number));
        return;
    }
    const QString text
        = kind == 1 ? sql.arg(m_number) : QString(sql).replace(u"%1"_s, u"CAST(? AS SIGNED)"_s);
    if (m_way == Way::Receiver) {
        m_receiver = std::make_unique<QObject>();
        m_told = std::make_shared<bool>(false);
        const auto told = [this, &counts, mark = m_told](const Result<ResultSet> &result) {
            *mark = true;
            check(result, counts);
        };
        if (kind == 1)
            pool.query(m_receiver.get(), told, text);
        else
            pool.execute(m_receiver.get(), told, text, m_number);
    } else if (kind == 1) {
        m_reply = pool.query(options, text);
    } else {
        m_reply = pool.execute(options, text, m_number);
    }
}

void Caller::check(const Result<ResultSet> &result, Counts &counts)
{
    if (result) {
        ++counts.answered;
        for (const Row &row : *result)
            counts.wrong += row.get<qint64>(0) == m_number ? 0 : 1;
        counts.wrong += result->isEmpty() ? 1 : 0;
        return;
    }
    const Error error = result.error();
    if (error.kind() == Error::Kind::Cancelled && m_cancelled) {
        ++counts.cancelled;
    } else if (error.kind() == Error::Kind::Timeout && m_way == Way::Deadline) {
        ++counts.timedOut;
    } else {
        ++counts.failed;
        if (counts.firstFailure.isNull())
            counts.firstFailure = error.toString();
    }
}

void Caller::cancel(Counts &counts)
{
    m_cancelled = true;
    switch (m_way) {
    case Way::Let:
    case Way::Deadline:
        break;
    case Way::Reply:
        if (m_cursor)
            m_cursor->cancel();
        else
            m_reply.cancel();
        break;
    case Way::Future:
        if (m_cursor) {
            m_cursor->cancel();
        } else {
            static_cast<QFuture<Result<ResultSet>> &>(m_reply).cancel();
        }
        break;
    case Way::Receiver:
        if (m_cursor || (m_told && !*m_told)) {
            ++counts.untold;
            m_cursor.reset();
            m_receiver.reset();
            m_told.reset();
            m_busy = false;
        }
        break;
    }
}

//! Has it ended? Is it time to cancel it?
void Caller::look(QRandomGenerator &random, Counts &counts)
{
    Q_UNUSED(random)
    if (m_told) {
        if (*m_told) {
            m_told.reset();
            m_receiver.reset();
            m_busy = false;
            return;
        }
    } else if (m_cursor) {
        const RowBatch batch = m_cursor->takeBatch();
        for (const Row &row : batch)
            counts.wrong += row.get<qint64>(0) == m_number ? 0 : 1;
        if (m_cursor->isFinished() && m_cursor->availableRows() == 0) {
            const Error error = m_cursor->error();
            if (!error && m_cursor->receivedRows() == 0)
                ++counts.wrong;
            else if (!error)
                ++counts.answered;
            else
                check(error, counts);
            m_cursor.reset();
            m_busy = false;
            return;
        }
    } else if (m_reply.isFinished()) {
        if (m_reply.resultCount() == 0)
            ++counts.untold;
        else
            check(m_reply.result(), counts);
        m_busy = false;
        return;
    }
    if (!m_cancelled && m_turns-- <= 0)
        cancel(counts);
}

} // namespace

class tst_CancelStorm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storm_data();
    void storm();
};

void tst_CancelStorm::storm_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("control");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s", qPrintable(id)) << id << true;
        QTest::addRow("%s, each KILL over a connection of its own", qPrintable(id)) << id << false;
    }
}

void tst_CancelStorm::storm()
{
    MATRIX_SERVER(live);
    QFETCH(bool, control);
    const int wanted = qEnvironmentVariableIntValue("QASYNCMYSQL_CANCELS");
    qint64 total = wanted > 0 ? wanted : 4'000;
    if (!control)
        total = std::max<qint64>(500, total / 50);
    const QString user = u"storm_%1"_s.arg(QCoreApplication::applicationPid());
    Connection admin;
    VERIFY_OK(await(admin.open(*ConnectOptions::fromUrl(live.url()))));
    VERIFY_OK(await(
        admin.query(u"CREATE USER IF NOT EXISTS '%1'@'%' IDENTIFIED BY 'pw'"_s.replace(u"%1"_s, user))));
    ConnectOptions options = *ConnectOptions::fromUrl(live.url(user, u"pw"_s));
    options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true).setDatabase({}).setCancelTimeout(20s);

    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    Caller::Counts counts;
    {
        Pool pool(options);
        pool.setMaximumSize(6);
        pool.setReservesControlConnection(control);
        VERIFY_OK(await(pool.query(u"SELECT 1")));
        std::vector<Caller> callers(12);
        QTimer pulse; // so that the loop turns when nothing comes
        pulse.start(1);
        QElapsedTimer clock;
        clock.start();
        QElapsedTimer sinceProgress;
        sinceProgress.start();
        qint64 last = -1;
        while (true) {
            bool busy = false;
            for (Caller &caller : callers) {
                if (caller.isBusy())
                    caller.look(random, counts);
                if (!caller.isBusy() && counts.started < total)
                    caller.start(pool, random, counts);
                busy = busy || caller.isBusy();
            }
            if (!busy)
                break;
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            const qint64 ended
                = counts.answered + counts.cancelled + counts.timedOut + counts.untold + counts.failed;
            if (ended != last) {
                last = ended;
                sinceProgress.start();
            }
            QVERIFY2(sinceProgress.elapsed() < 30'000,
                     qPrintable(u"it hangs after %1 statements (seed %2)"_s.arg(ended).arg(seed)));
        }
        const double seconds = double(clock.elapsed()) / 1000;
        qInfo(
            "%lld statements in %.1f s (%.0f/s): %lld answered, %lld cancelled, %lld timed out, %lld untold; "
            "%lld connections were opened",
            counts.started, seconds, double(counts.started) / seconds, counts.answered, counts.cancelled,
            counts.timedOut, counts.untold, pool.statistics().connectionsOpened);
        QVERIFY2(counts.failed == 0,
                 qPrintable(u"%1 failed, the first: %2 (seed %3)"_s.arg(counts.failed)
                                .arg(counts.firstFailure)
                                .arg(seed)));
        QVERIFY2(counts.wrong == 0, qPrintable(u"%1 wrong rows (seed %2)"_s.arg(counts.wrong).arg(seed)));
        QVERIFY(counts.answered > total / 10);
        QVERIFY(counts.cancelled > total / 20);
        QTRY_COMPARE_WITH_TIMEOUT(pool.leasedCount(), 0, 20'000);
        VERIFY_OK(await(pool.close()));
    }
    const QString sessions
        = u"SELECT COUNT(*) FROM information_schema.processlist WHERE user = '%1'"_s.arg(user);
    const auto left = [&] { return await(admin.query(sessions))->at(0).get<int>(0); };
    QTRY_COMPARE_WITH_TIMEOUT(left(), 0, 20'000);
}

QTEST_GUILESS_MAIN(tst_CancelStorm)
#include "tst_cancelstorm.moc"
