// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/queryexchange.h"
#include "unit/protocol/wire.h"

#include <QtTest/QTest>

using namespace QAsyncMySql::Protocol;
using Progress = Session::Progress;

namespace {

// Has room for some rows; the others come when there is some again.
class Window final : public ResultSink
{
public:
    void columns(QList<QAsyncMySql::Column> &&, bool) override { }
    bool row(QByteArrayView payload) override
    {
        taken.append(payload.toByteArray());
        return --room > 0;
    }
    void end(const OkPacket &, bool) override { ended = true; }
    void error(const ErrPacket &packet) override { code = packet.code; }

    QByteArrayList taken;
    int room = 100'000;
    int code = 0;
    bool ended = false;
};

QByteArrayList numbers(int count)
{
    QByteArrayList rows;
    for (int i = 0; i < count; ++i)
        rows.append(Wire::row({QByteArray::number(i)}));
    return rows;
}

QByteArrayList answerOf(const QByteArrayList &rows)
{
    return QByteArrayList{Wire::hex("01"), Wire::column("c")} + rows + QByteArrayList{Wire::ok(2, 0xFE)};
}

struct Query
{
    explicit Query(const Limits &limits = {})
        : session(limits)
        , exchange("q", sink)
    {
        Wire::logIn(session);
        session.begin(&exchange);
        session.takeOutput();
    }

    Session session;
    Window sink;
    QueryExchange exchange;
};

} // namespace

//! Rows are used many at a time. What is among them must be seen all the same, and exactly where it stands.
class tst_RowRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutAnywhere();
    void budgets();
    void windows();
    void wrongSequence();
    void misfit_data();
    void misfit();
    void tooLarge();
    void errorAmongRows();
};

void tst_RowRuns::cutAnywhere()
{
    const QByteArrayList rows = numbers(300);
    const QByteArray wire = Wire::stream(answerOf(rows), 1);
    for (qsizetype piece = 1; piece < 200; piece = piece * 3 / 2 + 1) {
        Query query;
        Progress progress = Progress::NeedInput;
        for (qsizetype at = 0; at < wire.size(); at += piece) {
            QCOMPARE(progress, Progress::NeedInput);
            Wire::feed(query.session, QByteArrayView(wire).sliced(at, std::min(piece, wire.size() - at)));
            progress = query.session.advance(1 << 20);
        }
        QCOMPARE(progress, Progress::ExchangeDone);
        QCOMPARE(query.sink.taken, rows);
    }
}

void tst_RowRuns::budgets()
{
    const QByteArrayList rows = numbers(1000);
    for (const qsizetype budget : {1, 9, 100, 1000}) {
        Query query;
        Wire::feed(query.session, Wire::stream(answerOf(rows), 1));
        qsizetype seen = 0;
        for (;;) {
            const Progress progress = query.session.advance(budget);
            // A packet is never cut, so that it may be one more; the columns are no rows.
            QVERIFY((query.sink.taken.size() - seen - 1) * 6 <= budget);
            seen = query.sink.taken.size();
            if (progress == Progress::ExchangeDone)
                break;
            QCOMPARE(progress, Progress::Budget);
        }
        QCOMPARE(query.sink.taken, rows);
    }
}

void tst_RowRuns::windows()
{
    const QByteArrayList rows = numbers(500);
    for (const int room : {1, 2, 3, 63, 64, 65, 128, 499, 500}) {
        Query query;
        query.sink.room = room;
        Wire::feed(query.session, Wire::stream(answerOf(rows), 1));
        qsizetype seen = 0;
        while (query.session.advance(1 << 20) == Progress::Paused) {
            QCOMPARE(query.sink.taken.size() - seen, qsizetype(room));
            seen = query.sink.taken.size();
            query.sink.room = room;
            query.session.unpause();
        }
        QVERIFY2(!query.session.fault(), qPrintable(query.session.fault().text));
        QVERIFY(query.sink.ended);
        QCOMPARE(query.sink.taken, rows);
    }
}

void tst_RowRuns::wrongSequence()
{
    const QByteArrayList rows = numbers(300);
    for (const int at : {1, 2, 63, 64, 65, 200, 299}) {
        Query query;
        Wire::feed(query.session, Wire::stream(answerOf(rows).first(2 + at), 1));
        Wire::feed(query.session, Wire::stream(rows.mid(at), 3 + at + 1)); // one is missing
        QCOMPARE(query.session.advance(1 << 20), Progress::Failed);
        QCOMPARE(query.session.fault().kind, Fault::Kind::Sequence);
        QCOMPARE(query.sink.taken.size(), at);
    }
}

void tst_RowRuns::misfit_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("two cells") << Wire::row({"1", "2"});
    QTest::newRow("beyond the end") << Wire::hex("0531");
    QTest::newRow("NULL and more") << Wire::hex("fb00");
    QTest::newRow("no length") << Wire::hex("ff");
}

void tst_RowRuns::misfit()
{
    QFETCH(QByteArray, row);
    for (const int at : {1, 63, 64, 65, 200}) {
        QByteArrayList rows = numbers(300);
        rows[at] = row;
        Query query;
        Wire::feed(query.session, Wire::stream(answerOf(rows), 1));
        QCOMPARE(query.session.advance(1 << 20), Progress::Failed);
        QCOMPARE(query.session.fault().kind, Fault::Kind::Malformed);
        QCOMPARE(query.sink.taken, rows.first(at));
    }
}

void tst_RowRuns::tooLarge()
{
    Limits limits;
    limits.packet = 200;
    QByteArrayList rows = numbers(100);
    rows[20] = Wire::row({QByteArray(199, 'x')}); // 200 with its length
    rows[80] = Wire::row({QByteArray(200, 'x')});
    Query query(limits);
    Wire::feed(query.session, Wire::stream(answerOf(rows), 1));
    QCOMPARE(query.session.advance(1 << 20), Progress::Failed);
    QCOMPARE(query.session.fault().kind, Fault::Kind::Limit);
    QCOMPARE(query.sink.taken, rows.first(80));
}

void tst_RowRuns::errorAmongRows()
{
    QByteArrayList rows = numbers(100);
    rows[70] = Wire::err(1317, "interrupted");
    Query query;
    Wire::feed(query.session, Wire::stream(answerOf(rows).first(2 + 71), 1));
    QCOMPARE(query.session.advance(1 << 20), Progress::ExchangeDone);
    QCOMPARE(query.sink.code, 1317);
    QCOMPARE(query.sink.taken, rows.first(70));
}

QTEST_APPLESS_MAIN(tst_RowRuns)
#include "tst_rowruns.moc"
