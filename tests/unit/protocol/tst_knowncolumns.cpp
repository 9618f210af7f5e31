// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/queryexchange.h"
#include "unit/protocol/wire.h"

#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Progress = Session::Progress;

namespace {

class Columns final : public ResultSink
{
public:
    void columns(QList<Column> &&columns, bool) override { lists.append(columns); }
    bool row(QByteArrayView) override { return true; }
    void end(const OkPacket &, bool) override { }
    void error(const ErrPacket &) override { }
    QList<QList<Column>> lists;
};

//! A session, and what is answered to its queries.
struct Asker
{
    Asker() { Wire::logIn(session, Capability::DeprecateEof | Capability::SessionTrack); }
    Progress answer(const QByteArrayList &packets)
    {
        QueryExchange exchange("SELECT", sink);
        session.begin(&exchange);
        session.takeOutput();
        Wire::feed(session, Wire::stream(packets, 1));
        return session.advance(1 << 20);
    }
    Progress describe(const QByteArrayList &definitions)
    {
        return answer(QByteArrayList{QByteArray(1, char(definitions.size()))} + definitions
                      + QByteArrayList{Wire::ok(2, 0xFE)});
    }
    //! The server tells that its results are in another character set.
    Progress changeResults(const QByteArray &set)
    {
        const QByteArray variable = Wire::counted("character_set_results") + Wire::counted(set);
        const QByteArray entry = QByteArray(1, '\0') + Wire::counted(variable);
        return answer({Wire::ok(0x4002) + Wire::counted("") + Wire::counted(entry)});
    }

    Session session;
    Columns sink;
};

} // namespace

class tst_KnownColumns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownColumns();
    void characterSets();
};

// A definition that comes again is not read again, as long as nothing of the session has changed that it
// hangs on.
void tst_KnownColumns::knownColumns()
{
    Asker asker;
    Columns &sink = asker.sink;
    const QByteArray a = Wire::column("a");
    const QByteArray b = Wire::column("b", 3, 63);
    QCOMPARE(asker.describe({a, b}), Progress::ExchangeDone);
    QCOMPARE(asker.describe({b, a, Wire::column("a", 3)}), Progress::ExchangeDone);
    asker.session.state().columns.clear();
    QCOMPARE(asker.describe({a}), Progress::ExchangeDone);
    QCOMPARE(sink.lists.size(), 3);
    QCOMPARE(sink.lists[1][0].constData(), sink.lists[0][1].constData());
    QCOMPARE(sink.lists[1][1].constData(), sink.lists[0][0].constData());
    QCOMPARE(sink.lists[1][1].name(), QStringLiteral("a"));
    QCOMPARE(sink.lists[1][2].type(), ColumnType::Long);
    QVERIFY(sink.lists[2][0].constData() != sink.lists[0][0].constData());
    QCOMPARE(sink.lists[2][0].name(), QStringLiteral("a"));
}

// A reset puts the results into the server's own character set, and its setup puts them back: no column came
// between.
void tst_KnownColumns::characterSets()
{
    Asker asker;
    const QByteArray name = Wire::column("gr\xFC\xDF"); // in latin1
    const auto last = [&asker] { return asker.sink.lists.constLast().constFirst(); };
    QCOMPARE(asker.describe({name}), Progress::ExchangeDone);
    const Column first = last();
    QCOMPARE(asker.changeResults("latin1"), Progress::ExchangeDone);
    QCOMPARE(asker.changeResults("utf8mb4"), Progress::ExchangeDone);
    QCOMPARE(asker.describe({name}), Progress::ExchangeDone);
    QCOMPARE(last().constData(), first.constData());

    QCOMPARE(asker.changeResults("latin1"), Progress::ExchangeDone);
    QCOMPARE(asker.describe({name}), Progress::ExchangeDone);
    QCOMPARE(last().name(), QStringLiteral("grüß"));
    QCOMPARE(asker.changeResults("utf8mb4"), Progress::ExchangeDone);
    QCOMPARE(asker.describe({name}), Progress::ExchangeDone);
    QVERIFY(last().name() != QStringLiteral("grüß"));
}

QTEST_APPLESS_MAIN(tst_KnownColumns)
#include "tst_knowncolumns.moc"
