// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/queryexchange.h"
#include "protocol/statementexchange.h"
#include "support/conversation/eventlog.h"
#include "unit/protocol/wire.h"

#include <QtTest/QTest>

#include <algorithm>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Progress = Session::Progress;
using Wire::hex;

namespace {

const Fault::Kind NoFault = Fault::Kind::None;

// Keeps no bytes of large rows: only what the tests ask for.
class CountingSink final : public ResultSink
{
public:
    void columns(QList<Column> &&, bool) override { }
    bool row(QByteArrayView payload) override
    {
        sizes.append(payload.size());
        return true;
    }
    void end(const OkPacket &, bool) override { ++ends; }
    void error(const ErrPacket &error) override { code = error.code; }

    QList<qsizetype> sizes;
    int ends = 0;
    int code = 0;
};

struct Outcome
{
    QByteArrayList events;
    Fault fault;
    QByteArray output;
    bool done = false;
};

// What comes of \a packets as the answer to a query (or, if \a binary, to the execution of a statement).
Outcome answer(const QByteArrayList &packets, quint32 capabilities, bool binary = false,
               const Limits &limits = {})
{
    Session session(limits);
    Wire::logIn(session, capabilities);
    EventLog log;
    QueryExchange query("q", log);
    ExecuteExchange execute(1, 0, {}, log);
    if (binary)
        session.begin(&execute);
    else
        session.begin(&query);
    session.takeOutput();
    Wire::feed(session, Wire::stream(packets, 1));
    Outcome outcome;
    outcome.done = session.advance(1 << 30) == Progress::ExchangeDone;
    outcome.events = log.take();
    outcome.fault = session.fault();
    outcome.output = session.takeOutput();
    return outcome;
}

int count(const QByteArrayList &events, const char *kind)
{
    return int(std::count_if(events.begin(), events.end(),
                             [&](const QByteArray &event) { return event.startsWith(kind); }));
}

constexpr quint32 NewEof = Capability::DeprecateEof;
constexpr quint32 OldEof = 0;

QByteArrayList header(int columns, quint32 capabilities, int type = 253)
{
    QByteArrayList packets = {Wire::lenenc(quint64(columns))};
    for (int i = 0; i < columns; ++i)
        packets.append(Wire::column("c" + QByteArray::number(i), type));
    if (!(capabilities & NewEof))
        packets.append(Wire::eof());
    return packets;
}

QByteArray endOfRows(quint32 capabilities, int status = 2)
{
    return capabilities & NewEof ? Wire::ok(status, 0xFE) : Wire::eof(status);
}

} // namespace

class tst_Results : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void header_data();
    void header();
    void firstByteOfRows_data();
    void firstByteOfRows();
    void hugeFirstCell_data();
    void hugeFirstCell();
    void textRow_data();
    void textRow();
    void endOfRows_data();
    void endOfRows();
    void endOfColumns_data();
    void endOfColumns();
    void errorAnywhere_data();
    void errorAnywhere();
    void manyResults();
    void outParametersWithOldEof();
    void endlessResults();
    void manyColumns();
    void metadataLimit();
    void binaryRow_data();
    void binaryRow();
    void binaryTypes_data();
    void binaryTypes();
    void unaskedCursor_data();
    void unaskedCursor();
    void emptyPacketAmongRows();
};

void tst_Results::header_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<Fault::Kind>("fault");
    QTest::newRow("OK") << Wire::ok() << NoFault;
    QTest::newRow("cut OK") << hex("000000") << Fault::Kind::Malformed;
    QTest::newRow("ERR") << Wire::err(1, "x") << NoFault;
    QTest::newRow("cut ERR") << hex("ff01") << Fault::Kind::Malformed;
    QTest::newRow("empty") << QByteArray() << Fault::Kind::Malformed;
    QTest::newRow("EOF") << Wire::eof() << Fault::Kind::Malformed;
    QTest::newRow("OK with the header of EOF") << Wire::ok(2, 0xFE) << Fault::Kind::Malformed;
    QTest::newRow("count with a tail") << hex("0101") << Fault::Kind::Malformed;
    QTest::newRow("count cut: fc") << hex("fc") << Fault::Kind::Malformed;
    QTest::newRow("count cut: fd") << hex("fd0100") << Fault::Kind::Malformed;
    QTest::newRow("count cut: fe") << hex("fe") << Fault::Kind::Malformed;
    QTest::newRow("count 0") << hex("fc0000") << Fault::Kind::Malformed;
    QTest::newRow("count 2^24") << hex("fe0000000100000000") << Fault::Kind::Limit;
    QTest::newRow("count 2^63") << hex("fe0000000000000080") << Fault::Kind::Limit;
    QTest::newRow("count 2^64-1") << hex("feffffffffffffffff") << Fault::Kind::Limit;
    QTest::newRow("local file") << QByteArray("\xFB/etc/passwd") << Fault::Kind::Security;
    QTest::newRow("local file without a name") << QByteArray("\xFB") << Fault::Kind::Security;
}

// Pitfall 18.
void tst_Results::header()
{
    QFETCH(QByteArray, packet);
    QFETCH(Fault::Kind, fault);
    for (const bool binary : {false, true}) {
        const Outcome outcome = answer({packet}, NewEof, binary);
        QCOMPARE(outcome.fault.kind, fault);
        QCOMPARE(outcome.done, fault == NoFault);
        QCOMPARE(outcome.events.size(), fault == NoFault ? 1 : 0);
        QVERIFY(outcome.output.isEmpty());
    }
}

void tst_Results::firstByteOfRows_data()
{
    QTest::addColumn<QByteArrayList>("cells");
    QTest::newRow("empty: 0x00, as OK") << QByteArrayList({QByteArray(""), "b"});
    QTest::newRow("NULL: 0xFB, as a local file") << QByteArrayList({QByteArray(), "b"});
    QTest::newRow("all NULL") << QByteArrayList({QByteArray(), QByteArray()});
    QTest::newRow("all empty") << QByteArrayList({QByteArray(""), QByteArray("")});
    QTest::newRow("250 bytes: 0xFA") << QByteArrayList({QByteArray(250, 'x'), QByteArray()});
    QTest::newRow("251 bytes: 0xFC") << QByteArrayList({QByteArray(251, 'x'), QByteArray()});
    QTest::newRow("64 KiB: 0xFD") << QByteArrayList({QByteArray(65536, 'x'), QByteArray()});
}

// Pitfall 19.
void tst_Results::firstByteOfRows()
{
    QFETCH(QByteArrayList, cells);
    for (const quint32 capabilities : {NewEof, OldEof}) {
        QByteArrayList packets = ::header(2, capabilities);
        packets << Wire::row(cells) << Wire::row({"1", "2"}) << ::endOfRows(capabilities);
        const Outcome outcome = answer(packets, capabilities);
        QVERIFY2(!outcome.fault, qPrintable(outcome.fault.text));
        QVERIFY(outcome.done);
        QCOMPARE(outcome.events.size(), 1 + 2 + 2 + 1);
        QVERIFY(outcome.events.at(3).startsWith("row "));
        QCOMPARE(outcome.events.at(4), QByteArray("row 01310132"));
    }
}

void tst_Results::hugeFirstCell_data()
{
    QTest::addColumn<quint32>("capabilities");
    QTest::addColumn<qsizetype>("size"); // of the first cell
    for (const quint32 capabilities : {NewEof, OldEof}) {
        const char *mode = capabilities == NewEof ? "new" : "old";
        // 0xFE begins a cell of 2^24 bytes and more.
        QTest::addRow("%s, 16 MiB - 1", mode) << capabilities << qsizetype(0xFFFFFF);
        QTest::addRow("%s, 16 MiB", mode) << capabilities << qsizetype(0x1000000);
        QTest::addRow("%s, 16 MiB + 1", mode) << capabilities << qsizetype(0x1000001);
        // The row's size, not the cell's, is at the edge of a frame.
        QTest::addRow("%s, row of 16 MiB - 1", mode) << capabilities << qsizetype(0xFFFFFF - 4 - 1);
    }
}

// Pitfall 19.
void tst_Results::hugeFirstCell()
{
    QFETCH(quint32, capabilities);
    QFETCH(qsizetype, size);
    Session session;
    Wire::logIn(session, capabilities);
    CountingSink sink;
    QueryExchange query("q", sink);
    session.begin(&query);
    const QByteArray row = Wire::row({QByteArray(size, 'x'), QByteArray()});
    QByteArrayList packets = ::header(2, capabilities);
    packets << row << Wire::row({QByteArray(), "y"}) << ::endOfRows(capabilities);
    const QByteArray bytes = Wire::stream(packets, 1);
    constexpr qsizetype piece = 1 << 16;
    Progress progress = Progress::NeedInput;
    for (qsizetype from = 0; from < bytes.size(); from += piece) {
        Wire::feed(session, QByteArrayView(bytes).sliced(from, std::min(piece, bytes.size() - from)));
        do
            progress = session.advance(1 << 16);
        while (progress == Progress::Budget);
        QVERIFY(progress != Progress::Failed);
    }
    QCOMPARE(progress, Progress::ExchangeDone);
    QCOMPARE(sink.sizes, QList<qsizetype>({row.size(), 3}));
    QCOMPARE(sink.ends, 1);
}

void tst_Results::textRow_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::newRow("too few cells") << Wire::row({"a"});
    QTest::newRow("too many cells") << Wire::row({"a", "b", "c"});
    QTest::newRow("a byte too many") << QByteArray(Wire::row({"a", "b"}) + hex("00"));
    QTest::newRow("cell beyond the row") << hex("0161"
                                                "0562");
    QTest::newRow("cell of 2^63 bytes") << hex("0161"
                                               "fe0000000000000080"
                                               "62");
    QTest::newRow("cell of 2^64-1 bytes") << hex("0161"
                                                 "feffffffffffffffff"
                                                 "62");
    QTest::newRow("cut length fc") << hex("0161"
                                          "fc01");
    QTest::newRow("cut length fd") << hex("0161"
                                          "fd0101");
    QTest::newRow("cut length fe") << hex("0161"
                                          "fe010101010101");
    QTest::newRow("0xFF as a length") << hex("0161"
                                             "ff62");
}

void tst_Results::textRow()
{
    QFETCH(QByteArray, row);
    for (const quint32 capabilities : {NewEof, OldEof}) {
        QByteArrayList packets = ::header(2, capabilities);
        packets << row << ::endOfRows(capabilities);
        const Outcome outcome = answer(packets, capabilities);
        QCOMPARE(outcome.fault.kind, Fault::Kind::Malformed);
        QCOMPARE(outcome.events.size(), 3); // no row was handed out
    }
}

void tst_Results::endOfRows_data()
{
    QTest::addColumn<quint32>("capabilities");
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<bool>("good");
    QTest::newRow("new: OK") << NewEof << Wire::ok(2, 0xFE) << true;
    QTest::newRow("new: EOF") << NewEof << Wire::eof() << false;
    QTest::newRow("new: OK, cut") << NewEof << hex("fe00") << false;
    QTest::newRow("new: OK with a long info")
        << NewEof << QByteArray(Wire::ok(2, 0xFE) + QByteArray(70000, 'i')) << true;
    QTest::newRow("old: EOF") << OldEof << Wire::eof() << true;
    QTest::newRow("old: OK") << OldEof << Wire::ok(2, 0xFE) << false;
    QTest::newRow("old: EOF, cut") << OldEof << hex("fe0000") << false;
    // Nine bytes could be a row with a cell of 2^24 bytes and more: this one is not.
    QTest::newRow("old: nine bytes") << OldEof << hex("fe0000000000000000") << false;
    // An OK packet with header 0x00 is not the end of rows, but neither does it fit as a row.
    QTest::newRow("new: OK of a command") << NewEof << Wire::ok() << false;
    QTest::newRow("old: OK of a command") << OldEof << Wire::ok() << false;
}

// Pitfall 19.
void tst_Results::endOfRows()
{
    QFETCH(quint32, capabilities);
    QFETCH(QByteArray, packet);
    QFETCH(bool, good);
    for (const bool binary : {false, true}) {
        QByteArrayList packets = ::header(2, capabilities);
        packets << packet;
        const Outcome outcome = answer(packets, capabilities, binary);
        QCOMPARE(outcome.done, good);
        QCOMPARE(outcome.fault.kind, good ? NoFault : Fault::Kind::Malformed);
        QCOMPARE(outcome.events.size(), good ? 4 : 3);
    }
}

void tst_Results::endOfColumns_data()
{
    QTest::addColumn<quint32>("capabilities");
    QTest::addColumn<QByteArray>("packet");
    QTest::newRow("old: EOF is missing") << OldEof << Wire::row({"a"});
    QTest::newRow("old: OK in its place") << OldEof << Wire::ok(2, 0xFE);
    QTest::newRow("new: an EOF nobody wants") << NewEof << Wire::eof();
}

// Pitfall 22.
void tst_Results::endOfColumns()
{
    QFETCH(quint32, capabilities);
    QFETCH(QByteArray, packet);
    const Outcome outcome = answer({Wire::hex("01"), Wire::column("c"), packet}, capabilities);
    QCOMPARE(outcome.fault.kind, Fault::Kind::Malformed);
}

void tst_Results::errorAnywhere_data()
{
    QTest::addColumn<int>("position");
    for (int i = 0; i < 7; ++i)
        QTest::addRow("packet %d", i) << i;
}

// Pitfall 20.
void tst_Results::errorAnywhere()
{
    QFETCH(int, position);
    for (const quint32 capabilities : {NewEof, OldEof}) {
        QByteArrayList packets = ::header(2, capabilities);
        packets << Wire::row({"1", "2"}) << Wire::row({"3", "4"}) << ::endOfRows(capabilities);
        if (position >= packets.size())
            continue;
        packets = packets.first(position);
        packets << Wire::err(1317, "interrupted");
        const Outcome outcome = answer(packets, capabilities);
        QVERIFY(outcome.done);
        QCOMPARE(outcome.events.last(), QByteArray("error 1317 HY000 interrupted"));
        QCOMPARE(count(outcome.events, "end"), 0);
    }
}

// Pitfall 23.
void tst_Results::manyResults()
{
    for (const quint32 capabilities : {NewEof, OldEof}) {
        QByteArrayList packets = ::header(1, capabilities);
        packets << Wire::row({"1"}) << ::endOfRows(capabilities, Status::MoreResults);
        packets << Wire::ok(Status::MoreResults);
        packets += ::header(2, capabilities);
        packets << ::endOfRows(capabilities, Status::MoreResults);
        packets << Wire::ok(2);
        const Outcome outcome = answer(packets, capabilities);
        QVERIFY(outcome.done);
        QByteArrayList kinds;
        for (const QByteArray &event : outcome.events)
            kinds.append(event.split(' ').first());
        QCOMPARE(kinds,
                 QByteArrayList({"columns", "column", "row", "end", "end", "columns", "column", "column",
                                 "end", "end"}));
    }
}

// Pitfall 23.
// MySQL flags the result of OUT parameters only behind its column definitions when EOF packets are in use.
void tst_Results::outParametersWithOldEof()
{
    QByteArrayList packets = {Wire::hex("01"),
                              Wire::column("c", 3),
                              Wire::eof(Status::OutParameters | Status::MoreResults | 2),
                              hex("0000"
                                  "01000000"),
                              Wire::eof(2),
                              Wire::ok(2)};
    const Outcome outcome = answer(packets, OldEof, true);
    QVERIFY(outcome.done);
    QCOMPARE(outcome.events.size(), 5);
    QVERIFY(outcome.events.at(3).contains("status 100a"));
}

void tst_Results::endlessResults()
{
    Limits limits;
    limits.resultSets = 3;
    const Outcome few = answer({Wire::ok(Status::MoreResults), Wire::ok(Status::MoreResults), Wire::ok()},
                               NewEof, false, limits);
    QVERIFY(few.done);
    const Outcome many = answer(QByteArrayList(10, Wire::ok(Status::MoreResults)), NewEof, false, limits);
    QCOMPARE(many.fault.kind, Fault::Kind::Limit);
    QCOMPARE(many.events.size(), 3);
}

// Pitfall 24.
void tst_Results::manyColumns()
{
    // Both servers give 70,000 columns in the text protocol.
    constexpr int count = 70'000;
    QByteArrayList packets = ::header(count, NewEof);
    QByteArrayList cells(count, QByteArray("1"));
    packets << Wire::row(cells) << ::endOfRows(NewEof);
    const Outcome outcome = answer(packets, NewEof);
    QVERIFY2(outcome.done, qPrintable(outcome.fault.text));
    QCOMPARE(outcome.events.first(), QByteArray("columns 70000 text"));
    QCOMPARE(outcome.events.size(), count + 3);

    const Outcome tooMany = answer({Wire::lenenc(Limits().columns + 1)}, NewEof);
    QCOMPARE(tooMany.fault.kind, Fault::Kind::Limit);
}

void tst_Results::metadataLimit()
{
    Limits limits;
    limits.metadata = 3 * quint64(Wire::column("c0").size());
    QVERIFY(answer(::header(3, NewEof) << ::endOfRows(NewEof), NewEof, false, limits).done);
    QCOMPARE(answer(::header(4, NewEof) << ::endOfRows(NewEof), NewEof, false, limits).fault.kind,
             Fault::Kind::Limit);
}

void tst_Results::binaryRow_data()
{
    QTest::addColumn<QByteArray>("row"); // of ten INT columns: the bitmap has two bytes
    QTest::addColumn<bool>("good");
    QTest::newRow("all") << QByteArray(hex("00"
                                           "0000")
                                       + QByteArray(40, 'x'))
                         << true;
    QTest::newRow("all NULL") << hex("00"
                                     "fcff")
                              << true; // 0xFF as the last byte is no ERR
    QTest::newRow("all NULL, and the unused bits") << hex("00"
                                                          "ffff")
                                                   << true;
    QTest::newRow("first NULL") << QByteArray(hex("00"
                                                  "0400")
                                              + QByteArray(36, 'x'))
                                << true;
    QTest::newRow("last NULL") << QByteArray(hex("00"
                                                 "0008")
                                             + QByteArray(36, 'x'))
                               << true;
    QTest::newRow("other header") << QByteArray(hex("01"
                                                    "0000")
                                                + QByteArray(40, 'x'))
                                  << false;
    QTest::newRow("header alone") << hex("00") << false;
    QTest::newRow("cut bitmap") << hex("00"
                                       "ff")
                                << false;
    QTest::newRow("cut value") << QByteArray(hex("00"
                                                 "0000")
                                             + QByteArray(39, 'x'))
                               << false;
    QTest::newRow("tail") << QByteArray(hex("00"
                                            "0000")
                                        + QByteArray(41, 'x'))
                          << false;
    QTest::newRow("tail behind NULLs") << hex("00"
                                              "fcff"
                                              "00")
                                       << false;
}

// Pitfalls 20 and 27.
void tst_Results::binaryRow()
{
    QFETCH(QByteArray, row);
    QFETCH(bool, good);
    for (const quint32 capabilities : {NewEof, OldEof}) {
        QByteArrayList packets = ::header(10, capabilities, int(ColumnType::Long));
        packets << row << ::endOfRows(capabilities);
        const Outcome outcome = answer(packets, capabilities, true);
        QCOMPARE(outcome.done, good);
        QCOMPARE(outcome.fault.kind, good ? NoFault : Fault::Kind::Malformed);
    }
}

void tst_Results::binaryTypes_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("good");
    const auto fixed = [](const char *name, ColumnType type, int size) {
        for (int length = 0; length <= 9; ++length)
            QTest::addRow("%s of %d bytes", name, length)
                << int(type) << QByteArray(length, 'x') << (length == size);
    };
    fixed("TINYINT", ColumnType::Tiny, 1);
    fixed("SMALLINT", ColumnType::Short, 2);
    fixed("YEAR", ColumnType::Year, 2);
    fixed("MEDIUMINT", ColumnType::Int24, 4);
    fixed("INT", ColumnType::Long, 4);
    fixed("BIGINT", ColumnType::LongLong, 8);
    fixed("FLOAT", ColumnType::Float, 4);
    fixed("DOUBLE", ColumnType::Double, 8);
    fixed("NULL", ColumnType::Null, 0);
    for (int length = 0; length < 256; ++length) {
        const QByteArray value = QByteArray(QByteArray(1, char(length)) + QByteArray(length, 'x'));
        const bool isDate = length == 0 || length == 4 || length == 7 || length == 11;
        const bool isTime = length == 0 || length == 8 || length == 12;
        if (length > 14 && length < 250)
            continue;
        QTest::addRow("DATE, length %d", length) << int(ColumnType::Date) << value << isDate;
        QTest::addRow("DATETIME, length %d", length) << int(ColumnType::DateTime) << value << isDate;
        QTest::addRow("TIMESTAMP, length %d", length) << int(ColumnType::Timestamp) << value << isDate;
        QTest::addRow("TIME, length %d", length) << int(ColumnType::Time) << value << isTime;
    }
    QTest::newRow("DATE, cut") << int(ColumnType::Date) << hex("04ea0702") << false;
    QTest::newRow("TIME, cut") << int(ColumnType::Time) << hex("0800000000") << false;
    for (const ColumnType type :
         {ColumnType::Decimal, ColumnType::NewDecimal, ColumnType::VarChar, ColumnType::Bit, ColumnType::Enum,
          ColumnType::Set, ColumnType::TinyBlob, ColumnType::Blob, ColumnType::String, ColumnType::VarString,
          ColumnType::Json, ColumnType::Geometry, ColumnType::Vector, ColumnType(0xC8)}) {
        QTest::addRow("type %d", int(type)) << int(type) << Wire::counted("abc") << true;
        QTest::addRow("type %d, long", int(type))
            << int(type) << Wire::counted(QByteArray(70000, 'x')) << true;
        QTest::addRow("type %d, cut", int(type)) << int(type) << hex("04616263") << false;
        QTest::addRow("type %d, NULL", int(type)) << int(type) << hex("fb") << false;
        QTest::addRow("type %d, 2^64-1", int(type)) << int(type) << hex("feffffffffffffffff61") << false;
    }
}

void tst_Results::binaryTypes()
{
    QFETCH(int, type);
    QFETCH(QByteArray, value);
    QFETCH(bool, good);
    QByteArrayList packets = ::header(1, NewEof, type);
    packets << QByteArray(hex("0000") + value) << ::endOfRows(NewEof);
    const Outcome outcome = answer(packets, NewEof, true);
    QCOMPARE(outcome.done, good);
    QCOMPARE(outcome.fault.kind, good ? NoFault : Fault::Kind::Malformed);
}

void tst_Results::unaskedCursor_data()
{
    QTest::addColumn<quint32>("capabilities");
    QTest::newRow("new") << NewEof;
    QTest::newRow("old") << OldEof;
}

// Pitfall 22.
void tst_Results::unaskedCursor()
{
    QFETCH(quint32, capabilities);
    QByteArrayList packets
        = {Wire::hex("01"), Wire::column("c"),
           capabilities == NewEof ? Wire::ok(Status::CursorExists, 0xFE) : Wire::eof(Status::CursorExists)};
    QCOMPARE(answer(packets, capabilities, true).fault.kind, Fault::Kind::Unexpected);
}

void tst_Results::emptyPacketAmongRows()
{
    QByteArrayList packets = ::header(1, NewEof);
    packets << QByteArray() << ::endOfRows(NewEof);
    QCOMPARE(answer(packets, NewEof).fault.kind, Fault::Kind::Malformed);
}

QTEST_APPLESS_MAIN(tst_Results)
#include "tst_results.moc"
