// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Cursors of the server (pitfall 22, and P18 to P20 of the catalogue), and long data (pitfall 28), by bytes.

#include "protocol/fetchexchange.h"
#include "protocol/simpleexchange.h"
#include "protocol/statementexchange.h"
#include "support/conversation/eventlog.h"
#include "unit/protocol/wire.h"

#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Progress = Session::Progress;
using Wire::hex;

namespace {

constexpr quint32 NewEof = Capability::DeprecateEof;
constexpr quint32 OldEof = 0;
constexpr int CursorExists = 0x42;
constexpr int LastRowSent = 0x82;
constexpr quint32 StatementId = 5;

// A row of one LONGLONG.
QByteArray row(int value)
{
    return QByteArray(hex("0000") + Wire::u32(quint32(value)) + Wire::u32(0));
}

QByteArray end(quint32 capabilities, int status)
{
    return capabilities & NewEof ? Wire::ok(status, 0xFE) : Wire::eof(status);
}

//! The head of a result, up to where the rows begin or a cursor is told.
QByteArrayList head(quint32 capabilities, int status = 2)
{
    QByteArrayList packets = {Wire::lenenc(1), Wire::column("n", 8, 63)};
    if (!(capabilities & NewEof))
        packets << Wire::eof(status);
    return packets;
}

//! Feeds \a packets, \a step bytes at a time.
Progress feed(Session &session, const QByteArrayList &packets, qsizetype step)
{
    const QByteArray bytes = Wire::stream(packets, 1);
    Progress progress = Progress::NeedInput;
    for (qsizetype at = 0; at < bytes.size() && progress == Progress::NeedInput; at += step) {
        Wire::feed(session, QByteArrayView(bytes).sliced(at, qMin(step, bytes.size() - at)));
        progress = session.advance(1 << 20);
    }
    return progress;
}

void addSteps()
{
    QTest::addColumn<quint32>("capabilities");
    QTest::addColumn<qsizetype>("step");
    QTest::newRow("new, whole") << NewEof << qsizetype(1 << 20);
    QTest::newRow("new, byte by byte") << NewEof << qsizetype(1);
    QTest::newRow("old, whole") << OldEof << qsizetype(1 << 20);
    QTest::newRow("old, byte by byte") << OldEof << qsizetype(1);
}

//! An execution that has asked for a cursor.
struct Asking
{
    explicit Asking(quint32 capabilities)
        : execute(StatementId, 0, {}, log)
    {
        Wire::logIn(session, capabilities);
        execute.askCursor();
        session.begin(&execute);
    }

    EventLog log;
    ExecuteExchange execute;
    Session session;
};

//! One that was answered by a cursor.
class OpenedCursor : public Asking
{
public:
    explicit OpenedCursor(quint32 capabilities)
        : Asking(capabilities)
    {
        session.takeOutput();
        QByteArrayList packets = head(capabilities, CursorExists);
        if (capabilities & NewEof)
            packets << Wire::ok(CursorExists, 0xFE);
        opened = feed(session, packets, 1 << 20) == Progress::ExchangeDone && execute.cursorOpened();
        cursor.statementId = StatementId;
        cursor.shape = execute.shape();
        log.take();
    }
    //! What comes of \a packets as the answer to a fetch of \a rows rows.
    Progress fetch(const QByteArrayList &packets, quint32 rows, qsizetype step = 1 << 20)
    {
        exchange = std::make_unique<FetchExchange>(cursor, rows, log);
        session.begin(exchange.get());
        output = session.takeOutput();
        return feed(session, packets, step);
    }

    ServerCursor cursor;
    std::unique_ptr<FetchExchange> exchange;
    QByteArray output;
    bool opened = false;
};

} // namespace

class tst_Fetch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opened_data() { addSteps(); }
    void opened();
    void declined_data() { addSteps(); }
    void declined();
    void declinedWithoutRows_data() { addSteps(); }
    void declinedWithoutRows();
    void unasked_data() { addSteps(); }
    void unasked();
    void cursorBehindRows();
    void fetched_data() { addSteps(); }
    void fetched();
    void failed_data() { addSteps(); }
    void failed();
    void moreThanAsked();
    void neverEnding();
    void malformed_data();
    void malformed();
    void resetStatement();
    void longData();
};

// Pitfall 22: one more packet behind the columns, with the flag.
void tst_Fetch::opened()
{
    QFETCH(quint32, capabilities);
    QFETCH(qsizetype, step);
    Asking asking(capabilities);
    QCOMPARE(asking.session.takeOutput(), hex("0a000000 17 05000000 01 01000000"));
    QByteArrayList packets = head(capabilities, CursorExists);
    if (capabilities & NewEof)
        packets << Wire::ok(CursorExists, 0xFE);
    QCOMPARE(feed(asking.session, packets, step), Progress::ExchangeDone);
    QVERIFY(asking.execute.cursorOpened());
    const QByteArrayList events = asking.log.take();
    QCOMPARE(events.size(), 2); // the one column, and no end
    QVERIFY(events.last().startsWith("column"));
}

// P18: asked for, and not there. The rows come at once.
void tst_Fetch::declined()
{
    QFETCH(quint32, capabilities);
    QFETCH(qsizetype, step);
    Asking asking(capabilities);
    const QByteArrayList packets = head(capabilities) + QByteArrayList{row(1), row(2), end(capabilities, 2)};
    QCOMPARE(feed(asking.session, packets, step), Progress::ExchangeDone);
    QVERIFY(!asking.execute.cursorOpened());
    const QByteArrayList events = asking.log.take();
    QCOMPARE(events.size(), 5);
    QVERIFY(events.at(2).startsWith("row"));
    QVERIFY(events.at(4).startsWith("end"));
}

void tst_Fetch::declinedWithoutRows()
{
    QFETCH(quint32, capabilities);
    QFETCH(qsizetype, step);
    Asking asking(capabilities);
    QCOMPARE(feed(asking.session, head(capabilities) << end(capabilities, 2), step), Progress::ExchangeDone);
    QVERIFY(!asking.execute.cursorOpened());
    QCOMPARE(asking.log.take().size(), 3);
}

// P18: not asked for. Its rows would never come.
void tst_Fetch::unasked()
{
    QFETCH(quint32, capabilities);
    QFETCH(qsizetype, step);
    Session session;
    Wire::logIn(session, capabilities);
    EventLog log;
    ExecuteExchange execute(StatementId, 0, {}, log);
    session.begin(&execute);
    QByteArrayList packets = head(capabilities, CursorExists);
    if (capabilities & NewEof)
        packets << Wire::ok(CursorExists, 0xFE);
    QCOMPARE(feed(session, packets, step), Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Unexpected);
}

void tst_Fetch::cursorBehindRows()
{
    Asking asking(NewEof);
    const QByteArrayList packets = head(NewEof) + QByteArrayList{row(1), Wire::ok(CursorExists, 0xFE)};
    QCOMPARE(feed(asking.session, packets, 1 << 20), Progress::Failed);
    QCOMPARE(asking.session.fault().kind, Fault::Kind::Unexpected);
}

void tst_Fetch::fetched()
{
    QFETCH(quint32, capabilities);
    QFETCH(qsizetype, step);
    OpenedCursor fixture(capabilities);
    QVERIFY(fixture.opened);
    QCOMPARE(fixture.fetch({row(1), row(2), end(capabilities, CursorExists)}, 2, step),
             Progress::ExchangeDone);
    QCOMPARE(fixture.output, hex("09000000 1c 05000000 02000000"));
    QVERIFY(!fixture.cursor.ended);
    QCOMPARE(fixture.log.take().size(), 2); // rows, and no end
    QCOMPARE(fixture.fetch({row(3), end(capabilities, LastRowSent)}, 2, step), Progress::ExchangeDone);
    QVERIFY(fixture.cursor.ended);
    const QByteArrayList events = fixture.log.take();
    QCOMPARE(events.size(), 2);
    QVERIFY(events.last().startsWith("end"));
}

// P20: the statement is gone, or has no cursor. The connection goes on.
void tst_Fetch::failed()
{
    QFETCH(quint32, capabilities);
    QFETCH(qsizetype, step);
    for (const int code : {1243, 1421}) {
        OpenedCursor fixture(capabilities);
        QCOMPARE(fixture.fetch({row(1), Wire::err(code, "gone")}, 2, step), Progress::ExchangeDone);
        const QByteArrayList events = fixture.log.take();
        QCOMPARE(events.size(), 2);
        QVERIFY(events.last().startsWith("error"));
        QVERIFY(!fixture.session.fault());
    }
}

// P19.
void tst_Fetch::moreThanAsked()
{
    for (const quint32 capabilities : {NewEof, OldEof}) {
        OpenedCursor fixture(capabilities);
        QCOMPARE(fixture.fetch({row(1), row(2), row(3)}, 2), Progress::Failed);
        QCOMPARE(fixture.session.fault().kind, Fault::Kind::Limit);
        QCOMPARE(fixture.log.take().size(), 2);
    }
}

// P19: no rows, and no end either.
void tst_Fetch::neverEnding()
{
    OpenedCursor fixture(NewEof);
    const QByteArrayList nothing = {end(NewEof, CursorExists)};
    QCOMPARE(fixture.fetch(nothing, 2), Progress::ExchangeDone);
    QCOMPARE(fixture.fetch(nothing, 2), Progress::ExchangeDone);
    // Rows in between begin the count anew.
    QCOMPARE(fixture.fetch({row(1), end(NewEof, CursorExists)}, 2), Progress::ExchangeDone);
    QCOMPARE(fixture.fetch(nothing, 2), Progress::ExchangeDone);
    QCOMPARE(fixture.fetch(nothing, 2), Progress::ExchangeDone);
    QCOMPARE(fixture.fetch(nothing, 2), Progress::Failed);
    QCOMPARE(fixture.session.fault().kind, Fault::Kind::Unexpected);
}

void tst_Fetch::malformed_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("row cut") << row(1).chopped(1);
    QTest::newRow("row with a tail") << QByteArray(row(1) + "x");
    QTest::newRow("row with another header") << QByteArray("\x01" + row(1).mid(1));
    QTest::newRow("local file") << QByteArray("\xFB/etc/passwd");
    QTest::newRow("end cut") << hex("fe0000");
    QTest::newRow("error cut") << hex("ff01");
}

void tst_Fetch::malformed()
{
    QFETCH(QByteArray, packet);
    OpenedCursor fixture(NewEof);
    QCOMPARE(fixture.fetch({row(1), packet}, 5), Progress::Failed);
    QCOMPARE(fixture.session.fault().kind, Fault::Kind::Malformed);
}

void tst_Fetch::resetStatement()
{
    Session session;
    Wire::logIn(session);
    const std::unique_ptr<SimpleExchange> exchange(SimpleExchange::resetStatement(0x01020304));
    session.begin(exchange.get());
    QCOMPARE(session.takeOutput(), hex("05000000 1a 04030201"));
    QCOMPARE(feed(session, {Wire::ok()}, 1), Progress::ExchangeDone);
}

// Pitfall 28: no answer, and an empty value is told by an empty part.
void tst_Fetch::longData()
{
    Session session;
    Wire::logIn(session);
    LongDataExchange some(7, 258, "abc");
    session.begin(&some);
    QCOMPARE(session.takeOutput(), hex("0a000000 18 07000000 0201 616263"));
    LongDataExchange none(7, 0, {});
    session.begin(&none);
    QCOMPARE(session.takeOutput(), hex("07000000 18 07000000 0000"));
    QVERIFY(session.isIdle());
    // Pitfall 3: a part of exactly 16 MiB - 1 bytes in all is followed by an empty packet.
    const QByteArray large(MaxFramePayload - 7, 'x');
    LongDataExchange much(7, 0, large);
    session.begin(&much);
    const QByteArray output = session.takeOutput();
    QCOMPARE(output.size(), qsizetype(MaxFramePayload) + 2 * FrameHeaderSize);
    QCOMPARE(output.last(FrameHeaderSize), hex("00000001"));
}

QTEST_APPLESS_MAIN(tst_Fetch)
#include "tst_fetch.moc"
