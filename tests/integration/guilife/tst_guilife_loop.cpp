// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    GUI life: the event loop is held by nothing for longer than a frame takes.

    What is measured is the processor time of this thread between two ticks of a timer of 1 ms: how busy the
    machine is makes no difference to that. A sanitizer does, so the limit is wider there.
*/

#include "guilife.h"

#include "../../../examples/shared/stallmeter.h"
#include "support/chaos/chaosproxy.h"

#include <QAsyncMySql/FakeServer>

#include <QtCore/QTimer>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double Frame = 160; // ms
#else
constexpr double Frame = 16;
#endif

//! Measures until it is destroyed, and fails the test if the loop was held too long.
class LoopWatch
{
public:
    LoopWatch() { m_meter.start(); }
    ~LoopWatch()
    {
        m_meter.stop();
        qInfo("held for %.1f ms at most (99th percentile %.1f ms); by the clock %.1f ms",
              m_meter.longestBusy(), m_meter.busyPercentile(0.99), m_meter.longest());
        if (m_meter.longestBusy() > Frame)
            QFAIL("The event loop was held for longer than a frame takes.");
    }

private:
    StallMeter m_meter;
};

} // namespace

class tst_GuiLifeLoop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstUseOfTls_data() { ServerMatrix::addRows(); } // the first, so that it is
    void firstUseOfTls();
    void manyHandshakes_data() { ServerMatrix::addRows(); }
    void manyHandshakes();
    void burstOfRows_data();
    void burstOfRows();
    void keyDerivation();
    void cancelOverADeadNetwork_data() { ServerMatrix::addRows(); }
    void cancelOverADeadNetwork();
    void pausedCursorHasADeadline_data() { ServerMatrix::addRows(); }
    void pausedCursorHasADeadline();
    void deadlinesAreExact();
};

// GUI life 3: the first use of TLS, and of an authority's file.
void tst_GuiLifeLoop::firstUseOfTls()
{
    MATRIX_SERVER(live);
    const LoopWatch watch;
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    QVERIFY(connection.isEncrypted());
}

// GUI life 2: a pool that opens many encrypted connections at once.
void tst_GuiLifeLoop::manyHandshakes()
{
    MATRIX_SERVER(live);
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setTlsResumption(false); // each handshake in full
    const LoopWatch watch;
    Pool pool(options);
    pool.setMaximumSize(30);
    pool.setMinimumSize(30);
    QTRY_COMPARE_WITH_TIMEOUT(pool.idleCount(), 30, 60'000);
    VERIFY_OK(await(pool.close()));
}

void tst_GuiLifeLoop::burstOfRows_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("way");
    for (const QString &id : ServerMatrix::ids()) {
        for (const char *way : {"buffered", "streamed", "prepared", "tls", "compressed"})
            QTest::addRow("%s, %s", qPrintable(id), way) << id << QString::fromLatin1(way);
    }
}

// GUI life 1: a million rows at the speed of the machine.
void tst_GuiLifeLoop::burstOfRows()
{
    MATRIX_SERVER(live);
    QFETCH(QString, way);
    ConnectOptions options = plainOptions(live);
    if (way == u"tls")
        options.setSslMode(SslMode::Required);
    if (way == u"compressed")
        options.setCompression(Compression::Zlib);
    options.setMaxBufferedResult(1 << 30);
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    qint64 rows = 0;
    const LoopWatch watch;
    if (way == u"buffered") {
        const auto result = await(connection.query(millionRows()), 120'000);
        VERIFY_OK(result);
        rows = result->size();
    } else {
        const auto cursor = way == u"prepared" ? connection.streamPrepared(millionRows())
                                               : connection.stream(millionRows());
        connect(cursor.get(), &Cursor::batchReady, this,
                [&rows](const RowBatch &batch) { rows += batch.size(); });
        QSignalSpy finished(cursor.get(), &Cursor::finished);
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 120'000);
    }
    QCOMPARE(rows, 1'000'000);
}

// GUI life 4: a login that asks for as much key derivation as is ever done; and one that asks for too much.
void tst_GuiLifeLoop::keyDerivation()
{
    for (const char exponent : {'\3', '\x14'}) {
        FakeServer server;
        server.addScript(FakeScript()
                             .greet(FakeGreeting())
                             .expectLogin()
                             .send(FakePacket::authSwitch("parsec", QByteArray(32, 'c')))
                             .expectPacket()
                             .send(QByteArray("\1P") + exponent + QByteArray(18, 's'))
                             .expectPacket()
                             .send(FakePacket::error(1045, "not this time", "28000")));
        QVERIFY(server.listen());
        const LoopWatch watch;
        Connection connection;
        const auto opened = await(connection.open(server.options()));
        if (exponent == '\3')
            QCOMPARE(opened.error().code(), 1045);
        else
            QCOMPARE(opened.error().kind(), Error::Kind::Limit);
    }
}

// GUI life 25: the wish to cancel is answered soon, also when nothing comes over the network any more.
void tst_GuiLifeLoop::cancelOverADeadNetwork()
{
    MATRIX_SERVER(live);
    ChaosProxy proxy(QHostAddress(live.host), live.port);
    QVERIFY(proxy.listen());
    ConnectOptions options = plainOptions(live);
    options.setHost(QStringLiteral("127.0.0.1")).setPort(proxy.port()).setCancelTimeout(100ms);
    Connection connection;
    VERIFY_OK(await(connection.open(options)));
    Reply<ResultSet> reply = connection.query(u"SELECT SLEEP(30)");
    QTRY_COMPARE(connection.pendingCommands(), 1);
    proxy.cutAll(ChaosPlan::Cut::Silence);
    ChaosPlan silent; // so is the connection that the KILL goes over
    silent[ChaosPlan::ToServer].cutAtByte = 0;
    silent[ChaosPlan::ToServer].cut = ChaosPlan::Cut::Silence;
    proxy.addPlan({});
    proxy.addPlan(silent);
    QElapsedTimer clock;
    clock.start();
    reply.cancel();
    const auto result = await(reply);
    const qint64 took = clock.elapsed();
    QCOMPARE(result.error().kind(), Error::Kind::Cancelled);
    QCOMPARE(result.error().outcome(), Error::Outcome::Unknown);
    QVERIFY(took >= 90);
    qInfo("cancelled after %lld ms, with a grace period of 100 ms", took);
    QVERIFY(took < 5'000);
}

// GUI life 27: a view that is paused does not hold its statement, and the locks of that, for ever.
void tst_GuiLifeLoop::pausedCursorHasADeadline()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(plainOptions(live))));
    const auto cursor = connection.stream(StatementOptions().setTimeout(300ms), millionRows());
    cursor->setWindow(10, 1 << 20);
    cursor->pause();
    QTRY_VERIFY(cursor->isFinished());
    QCOMPARE(cursor->error().kind(), Error::Kind::Timeout);
    QVERIFY(cursor->availableRows() > 0); // what had come can still be taken
    VERIFY_OK(await(connection.query(u"SELECT 1")));
}

// GUI life 30: deadlines are never early, and late only by what the machine is.
void tst_GuiLifeLoop::deadlinesAreExact()
{
    FakeServer server;
    server.setDefaultScript(FakeScript().acceptLogin().stall());
    QVERIFY(server.listen());
    for (const std::chrono::milliseconds deadline : {50ms, 200ms, 500ms}) {
        Connection connection;
        VERIFY_OK(await(connection.open(server.options().setCancelTimeout(50ms))));
        QElapsedTimer clock;
        clock.start();
        const auto result = await(connection.query(StatementOptions().setTimeout(deadline), u"SELECT 1"));
        const qint64 took = clock.elapsed();
        QCOMPARE(result.error().kind(), Error::Kind::Timeout);
        QVERIFY(took >= (deadline + 50ms).count());
        qInfo("%lld ms and 50 ms of grace took %lld ms", qlonglong(deadline.count()), took);
    }
    FakeServer silent;
    silent.setDefaultScript(FakeScript().stall());
    QVERIFY(silent.listen());
    Connection connection;
    QElapsedTimer clock;
    clock.start();
    const auto opened = await(connection.open(silent.options().setConnectTimeout(200ms)));
    QCOMPARE(opened.error().kind(), Error::Kind::Timeout);
    QVERIFY(clock.elapsed() >= 200);
}

QTEST_GUILESS_MAIN(tst_GuiLifeLoop)
#include "tst_guilife_loop.moc"
