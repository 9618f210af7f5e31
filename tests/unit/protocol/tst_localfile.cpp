// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    LOAD DATA LOCAL INFILE by bytes: which requests are granted, how a file travels, and how others are
   refused.
*/

#include "wire.h"

#include "protocol/capabilities.h"
#include "protocol/queryexchange.h"
#include "protocol/statementexchange.h"
#include "support/conversation/eventlog.h"

#include <QtTest/QtTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Progress = Session::Progress;

namespace {

int count(const EventLog &log, const char *kind)
{
    const QByteArrayList lines = log.lines();
    return int(std::count_if(lines.begin(), lines.end(),
                             [&](const QByteArray &event) { return event.startsWith(kind); }));
}

// A session whose server has just asked for a.csv (or another file) as the answer to \a exchange.
void ask(Session &session, Exchange &exchange, const QByteArray &name = "a.csv",
         quint32 capabilities = Capability::DeprecateEof | Capability::LocalFiles)
{
    Wire::logIn(session, capabilities);
    session.begin(&exchange);
    session.takeOutput();
    Wire::feed(session, Wire::frames(QByteArray('\xFB' + name), 1));
}

} // namespace

class tst_LocalFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unasked_data();
    void unasked();
    void refused_data();
    void refused();
    void offered_data();
    void offered();
    void answerBeforeTheEndOfTheFile();
};

// Pitfall 18, C01, C02: where no file can have been meant, the request is an attack.
void tst_LocalFile::unasked_data()
{
    QTest::addColumn<bool>("prepared");
    QTest::addColumn<bool>("capable");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("no capability") << false << false << QByteArray("/etc/passwd");
    QTest::newRow("no capability, no name") << false << false << QByteArray();
    QTest::newRow("no capability, long name") << false << false << QByteArray(1 << 20, '/');
    QTest::newRow("prepared statement") << true << true << QByteArray("/etc/passwd");
}

void tst_LocalFile::unasked()
{
    QFETCH(bool, prepared);
    QFETCH(bool, capable);
    QFETCH(QByteArray, name);
    Session session;
    EventLog log;
    QueryExchange query("SELECT 1", log);
    query.offerFile(name); // an offer does not help
    ExecuteExchange execute(1, 0, {}, log);
    ask(session, prepared ? static_cast<Exchange &>(execute) : query, name,
        Capability::DeprecateEof | (capable ? Capability::LocalFiles : 0));
    QCOMPARE(session.advance(1000), Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Security);
    QVERIFY(!session.hasOutput());
}

void tst_LocalFile::refused_data()
{
    QTest::addColumn<QByteArray>("answerToRefusal");
    QTest::addColumn<Fault::Kind>("fault");
    QTest::addColumn<QByteArray>("told");
    const QByteArray ours
        = "error 2068 HY000 LOAD DATA LOCAL was refused: this statement offers no local file";
    QTest::newRow("ERR") << Wire::err(1148, "refused") << Fault::Kind::None << QByteArray("error 1148");
    QTest::newRow("OK: no rows") << Wire::ok() << Fault::Kind::None << ours;
    QTest::newRow("OK and more") << QByteArray(Wire::ok(Status::MoreResults)) << Fault::Kind::None << ours;
    QTest::newRow("row") << Wire::row({"x"}) << Fault::Kind::Malformed << QByteArray();
}

// With the capability in force: the server's request is answered by "no data", and the statement fails.
void tst_LocalFile::refused()
{
    QFETCH(QByteArray, answerToRefusal);
    QFETCH(Fault::Kind, fault);
    QFETCH(QByteArray, told);
    Session session;
    EventLog log;
    QueryExchange query("LOAD DATA", log);
    ask(session, query, "/etc/passwd");
    QCOMPARE(session.advance(1000), Progress::NeedInput);
    QCOMPARE(session.takeOutput(), Wire::hex("00000002"));
    Wire::feed(session, Wire::frames(answerToRefusal, 3));
    const bool more = answerToRefusal == Wire::ok(Status::MoreResults);
    if (more) { // another statement of the same text
        QCOMPARE(session.advance(1000), Progress::NeedInput);
        Wire::feed(session, Wire::frames(Wire::ok(), 4));
    }
    QCOMPARE(session.advance(1000), fault == Fault::Kind::None ? Progress::ExchangeDone : Progress::Failed);
    QCOMPARE(session.fault().kind, fault);
    QCOMPARE(count(log, "error"), told.isEmpty() ? 0 : 1);
    QCOMPARE(count(log, told.constData()), told.isEmpty() ? log.lines().size() : 1);
    QCOMPARE(count(log, "end"), more ? 1 : 0);
}

void tst_LocalFile::offered_data()
{
    QTest::addColumn<QByteArray>("offered"); // null: any
    QTest::addColumn<bool>("granted");
    QTest::newRow("its name") << QByteArray("a.csv") << true;
    QTest::newRow("any name") << QByteArray() << true;
    QTest::newRow("another name (C03)") << QByteArray("b.csv") << false;
    QTest::newRow("a longer name") << QByteArray("a.csvx") << false;
}

// Pitfalls 18 and 3: what was offered is sent part by part, the end is an empty packet, and the numbers go
// on.
// C03 with them.
void tst_LocalFile::offered()
{
    QFETCH(QByteArray, offered);
    QFETCH(bool, granted);
    Session session;
    EventLog log;
    QueryExchange query("LOAD DATA", log);
    query.offerFile(offered);
    ask(session, query);
    QCOMPARE(session.advance(1000), granted ? Progress::WantsAnswer : Progress::NeedInput);
    QCOMPARE(query.wantsFile(), granted);
    if (!granted) {
        QCOMPARE(session.takeOutput(), Wire::hex("00000002"));
        Wire::feed(session, Wire::frames(Wire::ok(), 3));
        QCOMPARE(session.advance(1000), Progress::ExchangeDone);
        QCOMPARE(count(log, "error 2068"), 1);
        return;
    }
    session.resumeExchange();
    QVERIFY(!session.hasOutput());
    QCOMPARE(session.advance(1000), Progress::NeedInput); // and still listens
    query.sendFilePart("1,2\n");
    session.continueExchange();
    QCOMPARE(session.takeOutput(), Wire::frames("1,2\n", 2));
    const QByteArray huge(Wire::MaxFramePayload, 'x'); // to be followed by an empty frame of its own
    query.sendFilePart(huge);
    session.continueExchange();
    const QByteArray output = session.takeOutput();
    QCOMPARE(output.size(), huge.size() + 8);
    QCOMPARE(output.left(4), Wire::hex("ffffff03"));
    QCOMPARE(output.right(4), Wire::hex("00000004"));
    query.endFile();
    QVERIFY(!query.wantsFile());
    session.continueExchange();
    QCOMPARE(session.takeOutput(), Wire::hex("00000005"));
    // A second request of the same statement gets nothing.
    Wire::feed(session,
               Wire::stream({Wire::ok(Status::MoreResults),
                             "\xFB"
                             "a.csv"},
                            6));
    QCOMPARE(session.advance(1000), Progress::NeedInput);
    QCOMPARE(session.takeOutput(), Wire::hex("00000008"));
    Wire::feed(session, Wire::frames(Wire::ok(), 9));
    QCOMPARE(session.advance(1000), Progress::ExchangeDone);
    QCOMPARE(count(log, "end"), 1);
    QCOMPARE(
        count(log, "error 2068 HY000 LOAD DATA LOCAL was refused: the statement's one file has been sent"),
        1);
}

void tst_LocalFile::answerBeforeTheEndOfTheFile()
{
    for (const bool isError : {true, false}) {
        Session session;
        EventLog log;
        QueryExchange query("LOAD DATA", log);
        query.offerFile("a.csv");
        ask(session, query);
        QCOMPARE(session.advance(1000), Progress::WantsAnswer);
        session.resumeExchange();
        Wire::feed(session, Wire::frames(isError ? Wire::err(1062, "duplicate") : Wire::ok(), 2));
        QCOMPARE(session.advance(1000), isError ? Progress::ExchangeDone : Progress::Failed);
        QVERIFY(!query.wantsFile());
        QCOMPARE(count(log, "error 1062"), isError ? 1 : 0);
    }
}

QTEST_APPLESS_MAIN(tst_LocalFile)
#include "tst_localfile.moc"
