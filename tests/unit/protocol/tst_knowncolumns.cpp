// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/queryexchange.h"
#include "unit/protocol/wire.h"

#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Progress = Session::Progress;

class tst_KnownColumns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownColumns();
};

// A definition that comes again is not read again, as long as nothing of the session has changed that it
// hangs on.
void tst_KnownColumns::knownColumns()
{
    class Columns final : public ResultSink
    {
    public:
        void columns(QList<Column> &&columns, bool) override { lists.append(columns); }
        bool row(QByteArrayView) override { return true; }
        void end(const OkPacket &, bool) override { }
        void error(const ErrPacket &) override { }
        QList<QList<Column>> lists;
    };
    Session session;
    Wire::logIn(session);
    Columns sink;
    const auto run = [&](const QByteArrayList &definitions) {
        QueryExchange exchange("SELECT", sink);
        session.begin(&exchange);
        session.takeOutput();
        QByteArrayList packets{QByteArray(1, char(definitions.size()))};
        packets += definitions;
        packets.append(Wire::ok(2, 0xFE));
        Wire::feed(session, Wire::stream(packets, 1));
        QCOMPARE(session.advance(1 << 20), Progress::ExchangeDone);
    };
    const QByteArray a = Wire::column("a");
    const QByteArray b = Wire::column("b", 3, 63);
    run({a, b});
    run({b, a, Wire::column("a", 3)});
    session.state().columns.clear();
    run({a});
    QCOMPARE(sink.lists.size(), 3);
    QCOMPARE(sink.lists[1][0].constData(), sink.lists[0][1].constData());
    QCOMPARE(sink.lists[1][1].constData(), sink.lists[0][0].constData());
    QCOMPARE(sink.lists[1][1].name(), QStringLiteral("a"));
    QCOMPARE(sink.lists[1][2].type(), ColumnType::Long);
    QVERIFY(sink.lists[2][0].constData() != sink.lists[0][0].constData());
    QCOMPARE(sink.lists[2][0].name(), QStringLiteral("a"));
}

QTEST_APPLESS_MAIN(tst_KnownColumns)
#include "tst_knowncolumns.moc"
