// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/queryexchange.h"
#include "protocol/simpleexchange.h"
#include "protocol/statementexchange.h"
#include "support/conversation/eventlog.h"
#include "unit/protocol/wire.h"

#include <QtTest/QTest>

#include <memory>

using namespace QAsyncMySql::Protocol;
using Progress = Session::Progress;

namespace {

std::unique_ptr<SimpleExchange> ping()
{
    return std::unique_ptr<SimpleExchange>(SimpleExchange::ping());
}

// Takes rows until it is told to stop.
class PausingSink final : public ResultSink
{
public:
    void columns(QList<QAsyncMySql::Column> &&, bool) override { }
    bool row(QByteArrayView) override { return ++rows % 2 != 0; }
    void end(const OkPacket &, bool) override { ended = true; }
    void error(const ErrPacket &) override { }
    QString limitExceeded() const override
    {
        return rows >= limit ? QStringLiteral("Too many rows.") : QString();
    }

    int rows = 0;
    int limit = 1000;
    bool ended = false;
};

} // namespace

class tst_Session : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ping_data();
    void ping();
    void commandBytes();
    void sequenceWrapsInAnswer();
    void wrongSequence_data();
    void wrongSequence();
    void errOutOfSequence();
    void idlePacket_data();
    void idlePacket();
    void idleBytesBeforeCommand_data();
    void idleBytesBeforeCommand();
    void staleSecondAnswer();
    void pipelined();
    void pipelinedErrors();
    void commandsWithoutAnswer();
    void answerToClosing();
    void answerStarted();
    void budget();
    void pause();
    void sinkLimit();
    void packetLimit();
    void outputIsOneBuffer();
    void failedSessionSaysNothing();
    void multiStatementsOnAndOff();
    void statistics();
    void progressReports_data();
    void progressReports();
};

void tst_Session::ping_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Progress>("progress");
    QTest::addColumn<Fault::Kind>("fault");
    QTest::newRow("OK") << Wire::ok() << Progress::ExchangeDone << Fault::Kind::None;
    QTest::newRow("ERR") << Wire::err(1047, "no") << Progress::ExchangeDone << Fault::Kind::None;
    QTest::newRow("EOF") << Wire::eof() << Progress::ExchangeDone << Fault::Kind::None;
    QTest::newRow("empty") << QByteArray() << Progress::Failed << Fault::Kind::Malformed;
    QTest::newRow("cut OK") << Wire::hex("0000") << Progress::Failed << Fault::Kind::Malformed;
    QTest::newRow("cut ERR") << Wire::hex("ff00") << Progress::Failed << Fault::Kind::Malformed;
    QTest::newRow("local file") << QByteArray("\xFB/etc/passwd") << Progress::Failed
                                << Fault::Kind::Unexpected;
    QTest::newRow("column count") << Wire::hex("01") << Progress::Failed << Fault::Kind::Unexpected;
}

void tst_Session::ping()
{
    QFETCH(QByteArray, answer);
    QFETCH(Progress, progress);
    QFETCH(Fault::Kind, fault);
    Session session;
    Wire::logIn(session);
    const auto exchange = ::ping();
    session.begin(exchange.get());
    QCOMPARE(session.takeOutput(), Wire::hex("010000000e"));
    QCOMPARE(session.current(), exchange.get());
    QCOMPARE(session.advance(1000), Progress::NeedInput);
    Wire::feed(session, Wire::frames(answer, 1));
    QCOMPARE(session.advance(1000), progress);
    QCOMPARE(session.fault().kind, fault);
    QCOMPARE(session.isIdle(), progress == Progress::ExchangeDone);
    QCOMPARE(exchange->failed(), answer.startsWith('\xFF'));
    QVERIFY(!session.hasOutput());
}

void tst_Session::commandBytes()
{
    Session session;
    Wire::logIn(session);
    EventLog log;
    const std::unique_ptr<SimpleExchange> initDb(SimpleExchange::initDb("db"));
    const std::unique_ptr<SimpleExchange> reset(SimpleExchange::resetConnection());
    QueryExchange query("SELECT 1", log);
    PrepareExchange prepare("SELECT ?");
    ExecuteExchange execute(5, 1,
                            Wire::hex("00010300"
                                      "07000000"),
                            log);
    ExecuteExchange executeBare(6, 0, {}, log);
    CloseStatementExchange close(0x01020304);
    QuitExchange quit;
    const auto bytesOf = [&](Exchange &exchange) {
        session.begin(&exchange);
        return session.takeOutput();
    };
    QCOMPARE(bytesOf(*initDb), QByteArray(Wire::hex("0300000002") + "db"));
    QCOMPARE(bytesOf(*reset), Wire::hex("010000001f"));
    QCOMPARE(bytesOf(query), QByteArray(Wire::hex("0900000003") + "SELECT 1"));
    QCOMPARE(bytesOf(prepare), QByteArray(Wire::hex("0900000016") + "SELECT ?"));
    QCOMPARE(bytesOf(execute),
             Wire::hex("12000000"
                       "17"
                       "05000000"
                       "00"
                       "01000000"
                       "00010300"
                       "07000000"));
    QCOMPARE(bytesOf(executeBare),
             Wire::hex("0a000000"
                       "17"
                       "06000000"
                       "00"
                       "01000000"));
    QCOMPARE(bytesOf(close),
             Wire::hex("05000000"
                       "19"
                       "04030201"));
    QCOMPARE(bytesOf(quit), Wire::hex("0100000001"));
    QCOMPARE(session.queuedExchanges(), 6);
}

// Pitfall 1.
void tst_Session::sequenceWrapsInAnswer()
{
    Session session;
    Wire::logIn(session);
    EventLog log;
    QueryExchange query("SELECT many", log);
    session.begin(&query);
    QByteArrayList packets = {Wire::hex("01"), Wire::column("c")};
    for (int i = 0; i < 1000; ++i)
        packets.append(Wire::row({QByteArray::number(i)}));
    packets.append(Wire::ok(2, 0xFE));
    Wire::feed(session, Wire::stream(packets, 1));
    QCOMPARE(session.advance(1 << 20), Progress::ExchangeDone);
    QCOMPARE(log.lines().size(), 1 + 1 + 1000 + 1);
}

void tst_Session::wrongSequence_data()
{
    QTest::addColumn<int>("sequence");
    QTest::newRow("0") << 0;
    QTest::newRow("2") << 2;
    QTest::newRow("255") << 255;
}

// Pitfall 1.
void tst_Session::wrongSequence()
{
    QFETCH(int, sequence);
    Session session;
    Wire::logIn(session);
    const auto exchange = ::ping();
    session.begin(exchange.get());
    Wire::feed(session, Wire::frames(Wire::ok(), sequence));
    QCOMPARE(session.advance(1000), Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Sequence);
    QVERIFY(!session.unsolicitedError());
    QCOMPARE(session.advance(1000), Progress::Failed);
}

// Pitfall 1.
// MySQL ends an idle session by an error with number 0, which may cross with a command.
void tst_Session::errOutOfSequence()
{
    Session session;
    Wire::logIn(session);
    const auto exchange = ::ping();
    session.begin(exchange.get());
    Wire::feed(session, Wire::frames(Wire::err(4031, "disconnected by inactivity"), 0));
    QCOMPARE(session.advance(1000), Progress::Failed);
    QVERIFY(session.unsolicitedError());
    QCOMPARE(session.unsolicitedError()->code, quint16(4031));
    QVERIFY(session.fault().text.contains(u"4031"));
    QVERIFY(session.fault().text.contains(u"inactivity"));
    QVERIFY(!exchange->failed()); // it was no answer
}

void tst_Session::idlePacket_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("code");
    QTest::newRow("4031") << Wire::err(4031, "inactivity") << 4031;
    QTest::newRow("OK") << Wire::ok() << 0;
    QTest::newRow("EOF") << Wire::eof() << 0;
    QTest::newRow("row") << Wire::row({"x"}) << 0;
    QTest::newRow("empty") << QByteArray() << 0;
}

// Pitfall 30.
void tst_Session::idlePacket()
{
    QFETCH(QByteArray, payload);
    QFETCH(int, code);
    Session session;
    Wire::logIn(session);
    Wire::feed(session, Wire::frames(payload, 0));
    QCOMPARE(session.advance(1000), Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Unexpected);
    QCOMPARE(session.unsolicitedError() ? int(session.unsolicitedError()->code) : 0, code);
}

void tst_Session::idleBytesBeforeCommand_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::newRow("4031") << Wire::frames(Wire::err(4031, "inactivity"), 0) << 4031;
    QTest::newRow("an answer before the question") << Wire::frames(Wire::ok(), 1) << 0;
    QTest::newRow("part of a packet") << Wire::hex("0100") << 0;
}

void tst_Session::idleBytesBeforeCommand()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    Session session;
    Wire::logIn(session);
    Wire::feed(session, bytes);
    const auto exchange = ::ping();
    session.begin(exchange.get());
    QVERIFY(!session.hasOutput()); // not sent: safe to run elsewhere
    QCOMPARE(session.advance(1000), Progress::Failed);
    QCOMPARE(session.unsolicitedError() ? int(session.unsolicitedError()->code) : 0, code);
}

void tst_Session::staleSecondAnswer()
{
    Session session;
    Wire::logIn(session);
    const auto first = ::ping();
    session.begin(first.get());
    Wire::feed(session, QByteArray(Wire::frames(Wire::ok(), 1) + Wire::frames(Wire::ok(), 1)));
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
    const auto second = ::ping();
    session.takeOutput();
    session.begin(second.get());
    QVERIFY(!session.hasOutput());
    QCOMPARE(session.advance(1000), Progress::Failed);
}

// Pitfall 35.
void tst_Session::pipelined()
{
    Session session;
    Wire::logIn(session);
    EventLog first;
    EventLog third;
    QueryExchange query("SELECT 1", first);
    const auto second = ::ping();
    // So long that its last frame has number 1, and the answer begins with 2.
    QueryExchange longQuery(QByteArray(MaxFramePayload, ' '), third);
    session.begin(&query);
    session.begin(second.get());
    session.begin(&longQuery);
    QCOMPARE(session.queuedExchanges(), 3);
    QCOMPARE(session.takeOutput().size(), (4 + 9) + 5 + (8 + MaxFramePayload + 1));

    const QByteArray answer
        = Wire::stream({Wire::hex("01"), Wire::column("c"), Wire::row({"x"}), Wire::ok(2, 0xFE)}, 1)
        + Wire::frames(Wire::ok(), 1) + Wire::frames(Wire::ok(), 2);
    Wire::feed(session, answer);
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
    QCOMPARE(session.current(), second.get());
    QVERIFY(session.answerStarted());
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
    QCOMPARE(session.current(), &longQuery);
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
    QVERIFY(session.isIdle());
    QCOMPARE(first.lines().size(), 4);
    QCOMPARE(third.lines().size(), 1);
}

// Pitfall 35.
void tst_Session::pipelinedErrors()
{
    Session session;
    Wire::logIn(session);
    EventLog log;
    QueryExchange bad("SELECT oops", log);
    const auto good = ::ping();
    session.begin(&bad);
    session.begin(good.get());
    Wire::feed(session, QByteArray(Wire::frames(Wire::err(1054, "oops"), 1) + Wire::frames(Wire::ok(), 1)));
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
    QCOMPARE(log.lines(), QByteArrayList({"error 1054 HY000 oops"}));
    QVERIFY(!good->failed());
}

// Pitfalls 28 and 37.
void tst_Session::commandsWithoutAnswer()
{
    Session session;
    Wire::logIn(session);
    CloseStatementExchange close(9);
    const auto exchange = ::ping();
    session.begin(&close);
    QVERIFY(session.isIdle());
    session.begin(exchange.get());
    session.begin(&close); // while another waits
    QCOMPARE(session.queuedExchanges(), 1);
    QCOMPARE(session.takeOutput(),
             Wire::hex("050000001909000000"
                       "010000000e"
                       "050000001909000000"));
    Wire::feed(session, Wire::frames(Wire::ok(), 1));
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
}

// O13: what answers the closing of a statement answers nothing.
void tst_Session::answerToClosing()
{
    Session session;
    Wire::logIn(session);
    CloseStatementExchange close(9);
    session.begin(&close);
    session.takeOutput();
    Wire::feed(session, Wire::frames(Wire::ok(), 1));
    const auto exchange = ::ping();
    session.begin(exchange.get());
    QVERIFY(!session.hasOutput());
    QCOMPARE(session.advance(1000), Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Unexpected);
}

void tst_Session::answerStarted()
{
    Session session;
    Wire::logIn(session);
    const auto exchange = ::ping();
    session.begin(exchange.get());
    QVERIFY(!session.answerStarted());
    const QByteArray answer = Wire::frames(Wire::ok(), 1);
    Wire::feed(session, QByteArrayView(answer).first(1));
    QVERIFY(session.answerStarted());
    QCOMPARE(session.advance(1000), Progress::NeedInput);
    QVERIFY(session.isInsidePacket());
    Wire::feed(session, QByteArrayView(answer).sliced(1));
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
    QVERIFY(!session.answerStarted());
    QVERIFY(!session.isInsidePacket());
}

void tst_Session::budget()
{
    Session session;
    Wire::logIn(session);
    EventLog log;
    QueryExchange query("q", log);
    session.begin(&query);
    QByteArrayList packets = {Wire::hex("01"), Wire::column("c")};
    for (int i = 0; i < 100; ++i)
        packets.append(Wire::row({"12345"})); // 10 bytes with its header
    Wire::feed(session, Wire::stream(packets, 1));
    QCOMPARE(session.advance(1), Progress::Budget);
    QCOMPARE(log.lines().size(), 0); // the header of the result
    QCOMPARE(session.advance(1), Progress::Budget);
    QCOMPARE(log.lines().size(), 2);
    QCOMPARE(session.advance(100), Progress::Budget);
    QCOMPARE(log.lines().size(), 2 + 10);
    QCOMPARE(session.advance(890), Progress::Budget);
    QCOMPARE(log.lines().size(), 2 + 99);
    QCOMPARE(session.advance(10), Progress::NeedInput);
    QCOMPARE(log.lines().size(), 2 + 100);
    QCOMPARE(session.advance(10), Progress::NeedInput);
}

void tst_Session::pause()
{
    Session session;
    Wire::logIn(session);
    PausingSink sink;
    QueryExchange query("q", sink);
    session.begin(&query);
    QByteArrayList packets = {Wire::hex("01"), Wire::column("c")};
    for (int i = 0; i < 4; ++i)
        packets.append(Wire::row({"x"}));
    packets.append(Wire::ok(2, 0xFE));
    Wire::feed(session, Wire::stream(packets, 1));
    QCOMPARE(session.advance(1000), Progress::Paused);
    QCOMPARE(sink.rows, 2);
    QCOMPARE(session.advance(1000), Progress::Paused);
    QCOMPARE(sink.rows, 2);
    session.unpause();
    QCOMPARE(session.advance(1000), Progress::Paused);
    QCOMPARE(sink.rows, 4);
    QVERIFY(!sink.ended);
    session.unpause();
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
    QVERIFY(sink.ended);
}

void tst_Session::sinkLimit()
{
    Session session;
    Wire::logIn(session);
    PausingSink sink;
    sink.limit = 2;
    QueryExchange query("q", sink);
    session.begin(&query);
    Wire::feed(
        session,
        Wire::stream(
            {Wire::hex("01"), Wire::column("c"), Wire::row({"x"}), Wire::row({"y"}), Wire::row({"z"})}, 1));
    QCOMPARE(session.advance(1000), Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Limit);
    QCOMPARE(session.fault().text, QStringLiteral("Too many rows."));
    QCOMPARE(sink.rows, 2);
}

void tst_Session::packetLimit()
{
    Limits limits;
    limits.packet = 100;
    Session session(limits);
    Wire::logIn(session);
    const auto exchange = ::ping();
    session.begin(exchange.get());
    Wire::feed(session, Wire::hex("65000001")); // 101 are announced
    QCOMPARE(session.advance(1000), Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Limit);
}

void tst_Session::outputIsOneBuffer()
{
    Session session;
    Wire::logIn(session);
    const auto first = ::ping();
    const auto second = ::ping();
    session.begin(first.get());
    session.begin(second.get());
    QVERIFY(session.hasOutput());
    QCOMPARE(session.takeOutput(),
             Wire::hex("010000000e"
                       "010000000e"));
    QVERIFY(!session.hasOutput());
    QVERIFY(session.takeOutput().isEmpty());
}

void tst_Session::failedSessionSaysNothing()
{
    Session session;
    Wire::logIn(session);
    Wire::feed(session, Wire::frames(Wire::ok(), 0));
    QCOMPARE(session.advance(1000), Progress::Failed);
    const auto exchange = ::ping();
    session.begin(exchange.get());
    QVERIFY(!session.hasOutput());
    QCOMPARE(session.advance(1000), Progress::Failed);
}

void tst_Session::multiStatementsOnAndOff()
{
    Session session;
    Wire::logIn(session);
    for (const bool on : {true, false}) {
        const std::unique_ptr<SimpleExchange> exchange(SimpleExchange::setMultiStatements(on));
        session.begin(exchange.get());
        QCOMPARE(session.takeOutput(), Wire::hex(on ? "03000000 1b 0000" : "03000000 1b 0100"));
        // MySQL and MariaDB answer with EOF where other commands get OK.
        Wire::feed(session, Wire::frames(Wire::eof(), 1));
        QCOMPARE(session.advance(1000), Progress::ExchangeDone);
        QVERIFY(!exchange->failed());
        QCOMPARE(session.state().has(Capability::MultiStatements), on);
    }
    const std::unique_ptr<SimpleExchange> refused(SimpleExchange::setMultiStatements(true));
    session.begin(refused.get());
    session.takeOutput();
    Wire::feed(session, Wire::frames(Wire::err(1047, "Unknown command"), 1));
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
    QVERIFY(refused->failed());
    QVERIFY(!session.state().has(Capability::MultiStatements));
}

void tst_Session::statistics()
{
    Session session;
    Wire::logIn(session);
    StatisticsExchange exchange;
    session.begin(&exchange);
    QCOMPARE(session.takeOutput(), Wire::hex("01000000 09"));
    Wire::feed(session, Wire::frames("Uptime: 7  Threads: 1", 1));
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
    QCOMPARE(exchange.text(), "Uptime: 7  Threads: 1");

    StatisticsExchange refused;
    session.begin(&refused);
    session.takeOutput();
    Wire::feed(session, Wire::frames(Wire::err(1047, "Unknown command"), 1));
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
    QVERIFY(refused.failed());
    QCOMPARE(refused.error().code, 1047);

    StatisticsExchange empty;
    session.begin(&empty);
    session.takeOutput();
    Wire::feed(session, Wire::frames({}, 1));
    QCOMPARE(session.advance(1000), Progress::Failed);
}

void tst_Session::progressReports_data()
{
    QTest::addColumn<bool>("agreed");
    QTest::addColumn<QByteArray>("report");
    QTest::addColumn<bool>("good");
    const QByteArray report = Wire::hex("ff ffff 01 02 03 70b200") + Wire::counted("copy to tmp table");
    QTest::newRow("agreed") << true << report << true;
    QTest::newRow("cut") << true << report.chopped(1) << false;
    QTest::newRow("header alone") << true << Wire::hex("ff ffff") << false;
    QTest::newRow("not agreed") << false << report << true;
}

// Pitfall 31: an ERR with the number 0xFFFF is a progress report, where both sides agreed on such.
void tst_Session::progressReports()
{
    QFETCH(bool, agreed);
    QFETCH(QByteArray, report);
    QFETCH(bool, good);
    Session session;
    Wire::logIn(session);
    session.state().mariadbCapabilities = agreed ? MariaDbCapability::Progress : 0;
    EventLog log;
    QueryExchange query("ALTER TABLE t ENGINE=InnoDB", log);
    session.begin(&query);
    session.takeOutput();
    const QByteArray bytes = Wire::stream({report, report, Wire::ok()}, 1);
    Progress progress = Progress::NeedInput;
    for (qsizetype i = 0; i < bytes.size() && progress == Progress::NeedInput; ++i) {
        Wire::feed(session, bytes.mid(i, 1));
        progress = session.advance(1000);
    }
    if (!good) {
        QCOMPARE(progress, Progress::Failed);
        QCOMPARE(session.fault().kind, Fault::Kind::Malformed);
        return;
    }
    QCOMPARE(progress, Progress::ExchangeDone);
    QCOMPARE(log.lines().size(), 1); // an OK, or the error as which it was taken
    QCOMPARE(session.state().progress.has_value(), agreed);
    if (agreed) {
        QCOMPARE(session.state().progress->stage, 2);
        QCOMPARE(session.state().progress->stages, 3);
        QCOMPARE(session.state().progress->percent, 45.68);
        QCOMPARE(session.state().progress->text, "copy to tmp table");
    }
}

QTEST_APPLESS_MAIN(tst_Session)
#include "tst_session.moc"
