// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/simpleexchange.h"
#include "protocol/statementexchange.h"
#include "unit/protocol/wire.h"
#include "values/columndata.h"

#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Progress = Session::Progress;
using Wire::hex;

namespace {

QByteArray prepareOk(quint32 id, int columns, int parameters)
{
    return QByteArray(hex("00") + Wire::u32(id) + Wire::u16(columns) + Wire::u16(parameters) + hex("00")
                      + Wire::u16(3));
}

} // namespace

class tst_Statements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void prepare_data();
    void prepare();
    void header_data();
    void header();
    void errorAnywhere();
    void badDefinitions_data();
    void badDefinitions();
    void metadataLimit();
    void attributes();
    void cachedColumns_data();
    void cachedColumns();
    void numbersAscend();
    void bulkExecute_data();
    void bulkExecute();
};

void tst_Statements::prepare_data()
{
    QTest::addColumn<quint32>("capabilities");
    QTest::addColumn<int>("parameters");
    QTest::addColumn<int>("columns");
    for (const quint32 capabilities : {quint32(Capability::DeprecateEof), quint32(0)}) {
        for (const int parameters : {0, 1, 300}) {
            for (const int columns : {0, 1, 5}) {
                QTest::addRow("%s, %d parameters, %d columns", capabilities ? "new" : "old", parameters,
                              columns)
                    << capabilities << parameters << columns;
            }
        }
    }
}

// Pitfall 22.
void tst_Statements::prepare()
{
    QFETCH(quint32, capabilities);
    QFETCH(int, parameters);
    QFETCH(int, columns);
    Session session;
    Wire::logIn(session, capabilities);
    PrepareExchange exchange("SELECT");
    session.begin(&exchange);
    QByteArrayList packets = {prepareOk(0xFFFFFFFF, columns, parameters)};
    for (int i = 0; i < parameters; ++i)
        packets << Wire::column("?");
    if (parameters > 0 && !capabilities)
        packets << Wire::eof();
    for (int i = 0; i < columns; ++i)
        packets << Wire::column("column " + QByteArray::number(i));
    if (columns > 0 && !capabilities)
        packets << Wire::eof();
    // One packet at a time: the exchange is done with the last and not before.
    const QByteArray bytes = Wire::stream(packets, 1);
    Wire::feed(session, QByteArrayView(bytes).chopped(1));
    QCOMPARE(session.advance(1 << 20), Progress::NeedInput);
    Wire::feed(session, QByteArrayView(bytes).last(1));
    QCOMPARE(session.advance(1 << 20), Progress::ExchangeDone);
    QVERIFY(!exchange.failed());
    QCOMPARE(exchange.statement().id, quint32(0xFFFFFFFF));
    QCOMPARE(exchange.statement().warnings, quint16(3));
    QCOMPARE(exchange.statement().parameters.size(), parameters);
    QCOMPARE(exchange.statement().columns.size(), columns);
    if (columns > 0)
        QCOMPARE(exchange.statement().columns.first().name(), QStringLiteral("column 0"));
}

void tst_Statements::header_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<Fault::Kind>("fault");
    const QByteArray good = prepareOk(1, 0, 0);
    QTest::newRow("good") << good << Fault::Kind::None;
    for (qsizetype size = 0; size < good.size(); ++size)
        QTest::addRow("cut to %d", int(size)) << good.first(size) << Fault::Kind::Malformed;
    QTest::newRow("tail") << QByteArray(good + "x") << Fault::Kind::Malformed;
    QTest::newRow("number 0") << prepareOk(0, 0, 0) << Fault::Kind::Unexpected;
    QTest::newRow("OK") << Wire::ok() << Fault::Kind::Malformed;
    QTest::newRow("local file") << QByteArray("\xFB/etc/passwd") << Fault::Kind::Malformed;
}

void tst_Statements::header()
{
    QFETCH(QByteArray, packet);
    QFETCH(Fault::Kind, fault);
    Session session;
    Wire::logIn(session);
    PrepareExchange exchange("SELECT");
    session.begin(&exchange);
    Wire::feed(session, Wire::frames(packet, 1));
    QCOMPARE(session.advance(1000), fault == Fault::Kind::None ? Progress::ExchangeDone : Progress::Failed);
    QCOMPARE(session.fault().kind, fault);
}

void tst_Statements::errorAnywhere()
{
    const QByteArrayList packets
        = {prepareOk(1, 1, 1), Wire::column("?"), Wire::eof(), Wire::column("c"), Wire::eof()};
    for (qsizetype position = 0; position < packets.size(); ++position) {
        Session session;
        Wire::logIn(session, 0);
        PrepareExchange exchange("SELECT");
        session.begin(&exchange);
        Wire::feed(session, Wire::stream(packets.first(position) << Wire::err(1064, "syntax"), 1));
        QCOMPARE(session.advance(1000), Progress::ExchangeDone);
        QVERIFY(exchange.failed());
        QCOMPARE(exchange.error().code, quint16(1064));
    }
}

void tst_Statements::badDefinitions_data()
{
    QTest::addColumn<quint32>("capabilities");
    QTest::addColumn<QByteArrayList>("packets");
    QTest::newRow("malformed parameter") << quint32(0) << QByteArrayList({prepareOk(1, 0, 1), "xyz"});
    QTest::newRow("malformed column") << quint32(0) << QByteArrayList({prepareOk(1, 1, 0), "xyz"});
    QTest::newRow("EOF missing") << quint32(
        0) << QByteArrayList({prepareOk(1, 0, 1), Wire::column("?"), Wire::column("?")});
    QTest::newRow("EOF not negotiated")
        << quint32(Capability::DeprecateEof)
        << QByteArrayList({prepareOk(1, 1, 1), Wire::column("?"), Wire::eof()});
}

void tst_Statements::badDefinitions()
{
    QFETCH(quint32, capabilities);
    QFETCH(QByteArrayList, packets);
    Session session;
    Wire::logIn(session, capabilities);
    PrepareExchange exchange("SELECT");
    session.begin(&exchange);
    Wire::feed(session, Wire::stream(packets, 1));
    QCOMPARE(session.advance(1000), Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Malformed);
}

void tst_Statements::metadataLimit()
{
    Limits limits;
    limits.metadata = 100;
    Session session(limits);
    Wire::logIn(session);
    PrepareExchange exchange("SELECT");
    session.begin(&exchange);
    Wire::feed(session, Wire::stream({prepareOk(1, 65535, 0), Wire::column(QByteArray(100, 'x'))}, 1));
    QCOMPARE(session.advance(1000), Progress::Failed);
    QCOMPARE(session.fault().kind, Fault::Kind::Limit);
}

namespace {

class NotedResult : public ResultSink
{
public:
    void columns(QList<Column> &&, bool) override { }
    bool row(QByteArrayView) override { return true; }
    void end(const OkPacket &ok, bool) override { affected = ok.affectedRows; }
    void error(const ErrPacket &error) override { code = error.code; }
    quint64 affected = 0;
    int code = 0;
};

} // namespace

void tst_Statements::bulkExecute_data()
{
    QTest::addColumn<int>("step");
    QTest::newRow("whole") << 1000;
    QTest::newRow("byte by byte") << 1;
}

// MySQL source documentation, "COM_QUERY" and "COM_STMT_EXECUTE"; the expected bytes were put together by
// hand from it. Pitfall 27: with the capability the layout is another one always, without attributes too.
void tst_Statements::attributes()
{
    const Parameters attributes
        = {Parameter(true).withName(QStringLiteral("ab")), Parameter().withName(QStringLiteral("c"))};
    const Parameters parameters = {Parameter("x")};
    NotedResult result;
    const auto said
        = [&](quint32 capabilities, bool binary, const Parameters &values, const Parameters &extra) {
              Session session;
              Wire::logIn(session, capabilities);
              QueryExchange query("q", result);
              query.setAttributes(extra);
              ExecuteExchange execute(7, values, result);
              execute.setAttributes(extra);
              if (binary)
                  session.begin(&execute);
              else
                  session.begin(&query);
              return session.takeOutput().mid(FrameHeaderSize);
          };
    const quint32 named = Capability::QueryAttributes;
    QCOMPARE(said(0, false, {}, attributes), hex("03 71"));
    QCOMPARE(said(named, false, {}, {}), hex("03 00 01 71"));
    QCOMPARE(said(named, false, {}, attributes), hex("03 02 01 02 01 0100 02 6162 0600 01 63 01 71"));
    QCOMPARE(said(0, true, parameters, attributes), hex("17 07000000 00 01000000 00 01 fd00 01 78"));
    QCOMPARE(said(named, true, {}, {}), hex("17 07000000 00 01000000"));
    QCOMPARE(said(named, true, parameters, {}), hex("17 07000000 08 01000000 01 00 01 fd00 00 01 78"));
    QCOMPARE(said(named, true, parameters, attributes),
             hex("17 07000000 08 01000000 03 04 01 fd00 00 0100 02 6162 0600 01 63 01 78 01"));
    QCOMPARE(said(named, true, {}, attributes),
             hex("17 07000000 08 01000000 02 02 01 0100 02 6162 0600 01 63 01"));
    // So does what else is said by COM_QUERY.
    Session session;
    Wire::logIn(session, named);
    const std::unique_ptr<SimpleExchange> simple(SimpleExchange::statement("q"));
    session.begin(simple.get());
    QCOMPARE(session.takeOutput().mid(FrameHeaderSize), hex("03 00 01 71"));
    const std::unique_ptr<SimpleExchange> ping(SimpleExchange::ping());
    session.begin(ping.get());
    QCOMPARE(session.takeOutput().mid(FrameHeaderSize), hex("0e"));
}

void tst_Statements::cachedColumns_data()
{
    QTest::addColumn<bool>("cache");
    QTest::addColumn<QByteArrayList>("packets");
    QTest::addColumn<Fault::Kind>("fault");
    const QByteArray row = hex("0000 0500000000000000");
    const QByteArray end = Wire::ok(2, 0xFE);
    const QByteArray column = Wire::column("n", 8, 63);
    QTest::newRow("left out") << true << QByteArrayList{hex("0100"), row, end} << Fault::Kind::None;
    QTest::newRow("told") << true << QByteArrayList{hex("0101"), column, row, end} << Fault::Kind::None;
    QTest::newRow("told, then left out") << true
                                         << QByteArrayList{hex("0201"),
                                                           column,
                                                           column,
                                                           hex("0000 0500000000000000 0600000000000000"),
                                                           Wire::ok(0x0A, 0xFE),
                                                           hex("0200"),
                                                           hex("0000 0500000000000000 0600000000000000"),
                                                           end}
                                         << Fault::Kind::None;
    QTest::newRow("another number") << true << QByteArrayList{hex("0200")} << Fault::Kind::Malformed;
    QTest::newRow("nothing said") << true << QByteArrayList{hex("01")} << Fault::Kind::Malformed;
    QTest::newRow("said without being asked")
        << false << QByteArrayList{hex("0100")} << Fault::Kind::Malformed;
    QTest::newRow("as ever") << false << QByteArrayList{hex("01"), column, row, end} << Fault::Kind::None;
}

// Pitfall 24, and C20 of the catalogue: definitions that were never told cannot be left out.
void tst_Statements::cachedColumns()
{
    QFETCH(bool, cache);
    QFETCH(QByteArrayList, packets);
    QFETCH(Fault::Kind, fault);
    for (const bool known : {true, false}) {
        for (const qsizetype step : {qsizetype(1), qsizetype(10'000)}) {
            Session session;
            Wire::logIn(session);
            session.state().mariadbCapabilities = cache ? MariaDbCapability::CacheMetadata : 0;
            NotedResult result;
            ExecuteExchange exchange(7, Parameters(), result);
            auto columns = std::make_shared<KnownColumns>();
            if (known) {
                auto *data = new ColumnData;
                data->type = ColumnType::LongLong;
                columns->columns = {Column(data)};
                exchange.useColumns(columns);
            }
            session.begin(&exchange);
            const QByteArray bytes = Wire::stream(packets, 1);
            Progress progress = Progress::NeedInput;
            for (qsizetype at = 0; at < bytes.size() && progress == Progress::NeedInput; at += step) {
                Wire::feed(session, QByteArrayView(bytes).sliced(at, qMin(step, bytes.size() - at)));
                progress = session.advance(1 << 20);
            }
            const bool leftOut = packets.first() == hex("0100") || packets.value(5) == hex("0200");
            if (fault == Fault::Kind::None && (known || !leftOut)) {
                QCOMPARE(progress, Progress::ExchangeDone);
            } else {
                QCOMPARE(progress, Progress::Failed);
                QCOMPARE(session.fault().kind, Fault::Kind::Malformed);
            }
        }
    }
}

// What the number of the next statement is foreseen from.
void tst_Statements::numbersAscend()
{
    Session session;
    Wire::logIn(session);
    const auto prepare = [&session](const QByteArray &answer) {
        PrepareExchange exchange("SELECT");
        session.begin(&exchange);
        Wire::feed(session, Wire::frames(answer, 1));
        return session.advance(1000) == Progress::ExchangeDone;
    };
    QVERIFY(prepare(prepareOk(5, 0, 0)));
    QCOMPARE(session.state().highestStatementId, 5u);
    QVERIFY(prepare(Wire::err(1064, "x")));
    QCOMPARE(session.state().highestStatementId, 6u);
    QVERIFY(prepare(prepareOk(7, 0, 0)));
    QVERIFY(session.state().statementIdsAscend);
    QVERIFY(prepare(prepareOk(3, 0, 0)));
    QVERIFY(!session.state().statementIdsAscend);
    QCOMPARE(session.state().highestStatementId, 7u);
}

// MariaDB documentation, "COM_STMT_BULK_EXECUTE"; the expected bytes were put together by hand from it.
void tst_Statements::bulkExecute()
{
    QFETCH(int, step);
    Session session;
    Wire::logIn(session, Capability::DeprecateEof);
    NotedResult result;
    // Two rows of an INT and a text: (5, "ab"), (NULL, "").
    BulkExecuteExchange exchange(7, hex("0300fe00"), hex("0005000000000261620100") + hex("00"), result);
    session.begin(&exchange);
    QCOMPARE(session.takeOutput(), hex("17000000fa07000000800003 00fe00 00050000000002616201 0000"));
    const QByteArray answer = Wire::frames(
        QByteArray(hex("00") + Wire::lenenc(2) + Wire::lenenc(0) + Wire::u16(2) + Wire::u16(0)), 1);
    Progress progress = Progress::NeedInput;
    for (qsizetype at = 0; at < answer.size(); at += step) {
        const QByteArray part = answer.mid(at, step);
        std::memcpy(session.inputSpace(part.size()), part.constData(), size_t(part.size()));
        session.inputWritten(part.size());
        progress = session.advance(1000);
    }
    QCOMPARE(progress, Progress::ExchangeDone);
    QCOMPARE(result.affected, 2u);
}

QTEST_APPLESS_MAIN(tst_Statements)
#include "tst_statements.moc"
