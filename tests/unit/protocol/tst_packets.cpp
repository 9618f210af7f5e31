// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/packets.h"
#include "protocol/sessionstate.h"
#include "unit/protocol/wire.h"
#include "values/columndata.h"

#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Wire::hex;

class tst_Packets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ok();
    void okBad_data();
    void okBad();
    void okCutAnywhere();
    void okInfo_data();
    void okInfo();
    void okTracking();
    void okTrackingOfEveryKind();
    void okTrackingBad_data();
    void okTrackingBad();
    void badOkChangesNothing();
    void eof_data();
    void eof();
    void err_data();
    void err();
    void errTextIsCut();
    void column();
    void columnExtended();
    void columnCutAnywhere();
    void columnBad_data();
    void columnBad();
};

void tst_Packets::ok()
{
    SessionState state;
    OkPacket ok;
    QVERIFY(parseOk(
        QByteArray(hex("00") + Wire::lenenc(~quint64(0)) + Wire::lenenc(quint64(1) << 63) + hex("03000500")),
        state, ok));
    QCOMPARE(ok.affectedRows, ~quint64(0));
    QCOMPARE(ok.lastInsertId, quint64(1) << 63);
    QCOMPARE(ok.status, quint16(3));
    QCOMPARE(ok.warnings, quint16(5));
    QVERIFY(ok.info.isEmpty());
    QVERIFY(!ok.moreResults());
    QCOMPARE(state.status, quint16(3));
    QVERIFY(parseOk(Wire::ok(0x000A, 0xFE), state, ok));
    QVERIFY(ok.moreResults());
}

void tst_Packets::okBad_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("tracking");
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("other header") << hex("01000002000000") << false;
    QTest::newRow("NULL for affected rows") << hex("00fb0002000000") << false;
    QTest::newRow("0xFF for affected rows") << hex("00ff0002000000") << false;
    QTest::newRow("cut length") << hex("00feff") << false;
    QTest::newRow("info beyond the packet") << hex("0000000200000005616263") << true;
    QTest::newRow("info of 2^63 bytes") << hex("00000002000000fe0000000000000080") << true;
    QTest::newRow("bytes behind the info") << hex("0000000200000001616263") << true;
    QTest::newRow("changed, but nothing follows") << hex("00000002400000") << true;
    QTest::newRow("changed, info only") << hex("0000000240000000") << true;
}

void tst_Packets::okBad()
{
    QFETCH(QByteArray, payload);
    QFETCH(bool, tracking);
    SessionState state;
    if (tracking)
        state.capabilities = Capability::SessionTrack;
    OkPacket ok;
    QVERIFY(!parseOk(payload, state, ok));
}

void tst_Packets::okCutAnywhere()
{
    SessionState state;
    state.capabilities = Capability::SessionTrack;
    OkPacket ok;
    const QByteArray whole = QByteArray(hex("00fc0001fd0000010240010003") + "abc" + hex("06010403726563"));
    QVERIFY(parseOk(whole, state, ok));
    QCOMPARE(ok.affectedRows, quint64(256));
    QCOMPARE(ok.lastInsertId, quint64(65536));
    QCOMPARE(ok.info, QByteArray("abc"));
    QCOMPARE(state.schema, QByteArray("rec"));
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY2(!parseOk(QByteArrayView(whole).first(size), state, ok),
                 QByteArray::number(size).constData());
}

void tst_Packets::okInfo_data()
{
    QTest::addColumn<QByteArray>("tail");
    QTest::addColumn<bool>("tracking");
    QTest::addColumn<QByteArray>("info");
    QTest::newRow("none") << QByteArray() << false << QByteArray();
    QTest::newRow("rest of the packet") << QByteArray("Rows: 1") << false << QByteArray("Rows: 1");
    QTest::newRow("with a length nevertheless") << QByteArray("\7Rows: 1") << false << QByteArray("Rows: 1");
    QTest::newRow("tracking: none") << QByteArray() << true << QByteArray();
    QTest::newRow("tracking: empty") << QByteArray("\0", 1) << true << QByteArray();
    QTest::newRow("tracking: with a length") << QByteArray("\7Rows: 1") << true << QByteArray("Rows: 1");
}

// Pitfall 21.
void tst_Packets::okInfo()
{
    QFETCH(QByteArray, tail);
    QFETCH(bool, tracking);
    QFETCH(QByteArray, info);
    SessionState state;
    if (tracking)
        state.capabilities = Capability::SessionTrack;
    OkPacket ok;
    QVERIFY(parseOk(QByteArray(Wire::ok() + tail), state, ok));
    QCOMPARE(ok.info, info);
}

namespace {

QByteArray trackingOk(const QByteArray &entries)
{
    return QByteArray(Wire::ok(0x4002) + Wire::counted("") + Wire::counted(entries));
}

QByteArray entry(int type, const QByteArray &data)
{
    return QByteArray(QByteArray(1, char(type)) + Wire::counted(data));
}

} // namespace

// Pitfall 21.
void tst_Packets::okTracking()
{
    SessionState state;
    state.capabilities = Capability::SessionTrack;
    OkPacket ok;
    const QByteArray charset = Wire::counted("character_set_client") + Wire::counted("utf8mb4");
    const QByteArray two = Wire::counted("autocommit") + Wire::counted("OFF")
        + Wire::counted("character_set_client") + Wire::counted("gbk");

    QVERIFY(parseOk(
        trackingOk(QByteArray(entry(0, charset) + entry(1, Wire::counted("one")) + entry(200, "what?"))),
        state, ok));
    QCOMPARE(state.characterSetClient, QByteArray("utf8mb4"));
    QVERIFY(!state.charsetTouched);
    QCOMPARE(state.schema, QByteArray("one"));
    QCOMPARE(state.status, quint16(0x4002));

    QVERIFY(parseOk(trackingOk(entry(0, two)), state, ok)); // several in one entry, as MariaDB may
    QVERIFY(state.charsetTouched);

    QVERIFY(parseOk(trackingOk(entry(0, QByteArray(Wire::counted("character_set_client") + hex("fb")))),
                    state, ok)); // NULL
    QVERIFY(state.charsetTouched);
    QVERIFY(parseOk(trackingOk(entry(1, Wire::counted(""))), state, ok)); // the schema was dropped
    QVERIFY(state.schema.isEmpty());
    QVERIFY(parseOk(trackingOk({}), state, ok));

    // Statements are prepared anew when what their columns hang on has changed.
    QCOMPARE(state.metadataGeneration, quint32(0));
    const QByteArray results = Wire::counted("character_set_results") + Wire::counted("latin1");
    QVERIFY(parseOk(trackingOk(entry(0, results)), state, ok));
    QVERIFY(parseOk(trackingOk(entry(0, results)), state, ok)); // the same
    QCOMPARE(state.metadataGeneration, quint32(1));
}

// Pitfall 21: several entries of every kind, with lengths within lengths.
void tst_Packets::okTrackingOfEveryKind()
{
    using Kind = SessionChange::Kind;
    SessionState state;
    state.capabilities = Capability::SessionTrack;
    OkPacket ok;
    const QByteArray entries = entry(0, QByteArray(Wire::counted("time_zone") + Wire::counted("+01:00")))
        + entry(0, QByteArray(Wire::counted("x") + hex("fb"))) + entry(1, Wire::counted("s")) + entry(2, "1")
        + entry(3, QByteArray(hex("00") + Wire::counted("uuid:7")))
        + entry(4, Wire::counted("START TRANSACTION;")) + entry(5, Wire::counted("T_______"))
        + entry(6, "of later servers");
    QVERIFY(parseOk(trackingOk(entries), state, ok));
    const Kind kinds[] = {Kind::SystemVariable,  Kind::SystemVariable, Kind::Schema,
                          Kind::State,           Kind::Gtid,           Kind::TransactionCharacteristics,
                          Kind::TransactionState};
    QCOMPARE(state.changes.size(), qsizetype(std::size(kinds)));
    for (qsizetype i = 0; i < state.changes.size(); ++i)
        QVERIFY(state.changes.at(i).kind == kinds[i]);
    QCOMPARE(state.variables.value("time_zone"), QByteArray("+01:00"));
    QVERIFY(state.variables.contains("x") && state.variables.value("x").isNull());
    QCOMPARE(state.lastGtid, QByteArray("uuid:7"));
    QCOMPARE(state.transactionCharacteristics, QByteArray("START TRANSACTION;"));
    QCOMPARE(state.transactionState, QByteArray("T_______"));
}

void tst_Packets::okTrackingBad_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("entry beyond its block") << trackingOk(hex("0105"));
    QTest::newRow("entry of 2^63 bytes") << trackingOk(hex("01fe0000000000000080"));
    QTest::newRow("type alone") << trackingOk(hex("01"));
    QTest::newRow("empty entry of variables") << trackingOk(entry(0, {}));
    QTest::newRow("name without value") << trackingOk(entry(0, Wire::counted("autocommit")));
    QTest::newRow("empty entry of a schema") << trackingOk(entry(1, {}));
    QTest::newRow("schema with a tail") << trackingOk(entry(1, QByteArray(Wire::counted("one") + "x")));
    for (int type = 3; type <= 5; ++type) {
        QTest::addRow("kind %d, empty", type) << trackingOk(entry(type, {}));
        QTest::addRow("kind %d, cut", type) << trackingOk(entry(type, hex("0005")));
    }
    QTest::newRow("block beyond the packet") << QByteArray(Wire::ok(0x4002)
                                                           + hex("00"
                                                                 "05"
                                                                 "01"));
    QTest::newRow("too many entries") << trackingOk(entry(7, {}).repeated(10'001));
}

// Pitfall 21.
void tst_Packets::okTrackingBad()
{
    QFETCH(QByteArray, payload);
    SessionState state;
    state.capabilities = Capability::SessionTrack;
    OkPacket ok;
    QVERIFY(!parseOk(payload, state, ok));
}

void tst_Packets::badOkChangesNothing()
{
    SessionState state;
    state.capabilities = Capability::SessionTrack;
    state.status = 77;
    state.schema = "old";
    OkPacket ok;
    QVERIFY(!parseOk(trackingOk(QByteArray(entry(1, Wire::counted("new")) + hex("0105"))), state, ok));
    QCOMPARE(state.status, quint16(77));
    QCOMPARE(state.schema, QByteArray("old"));
}

void tst_Packets::eof_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("good");
    QTest::newRow("good") << hex("fe01000a00") << true;
    QTest::newRow("cut") << hex("fe01000a") << false;
    QTest::newRow("bare") << hex("fe") << false;
    QTest::newRow("tail") << hex("fe01000a0000") << false;
    QTest::newRow("OK") << hex("0001000a00") << false;
}

void tst_Packets::eof()
{
    QFETCH(QByteArray, payload);
    QFETCH(bool, good);
    SessionState state;
    OkPacket eof;
    QCOMPARE(parseEof(payload, state, eof), good);
    QCOMPARE(eof.warnings, quint16(good ? 1 : 0));
    QCOMPARE(eof.status, quint16(good ? 10 : 0));
    QCOMPARE(state.status, eof.status);
}

void tst_Packets::err_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("good");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("sqlState");
    QTest::addColumn<QByteArray>("message");
    const auto bad = [](const char *name, const QByteArray &payload) {
        QTest::newRow(name) << payload << false << 0 << QByteArray() << QByteArray();
    };
    QTest::newRow("usual") << QByteArray(hex("ff7a04") + "#42S02No table") << true << 1146
                           << QByteArray("42S02") << QByteArray("No table");
    QTest::newRow("before the greeting") << QByteArray(hex("ff1004") + "Too many connections") << true << 1040
                                         << QByteArray("HY000") << QByteArray("Too many connections");
    QTest::newRow("no text") << QByteArray(hex("ff7a04") + "#42S02") << true << 1146 << QByteArray("42S02")
                             << QByteArray();
    QTest::newRow("state of other characters")
        << QByteArray(hex("ff7a04") + "#\x1b[0m!x") << true << 1146 << QByteArray("HY000") << QByteArray("x");
    QTest::newRow("code 0") << QByteArray(hex("ff0000") + "#HY000x") << true << 0 << QByteArray("HY000")
                            << QByteArray("x");
    bad("header alone", hex("ff"));
    bad("half a code", hex("ff10"));
    bad("code alone", hex("ff1004"));
    bad("marker alone", QByteArray(hex("ff1004") + "#"));
    bad("cut state", QByteArray(hex("ff1004") + "#HY0"));
    bad("not an error", Wire::ok());
    bad("empty", {});
}

// Pitfall 6.
void tst_Packets::err()
{
    QFETCH(QByteArray, payload);
    QFETCH(bool, good);
    QFETCH(int, code);
    QFETCH(QByteArray, sqlState);
    QFETCH(QByteArray, message);
    SessionState state;
    ErrPacket err;
    QCOMPARE(parseErr(payload, state, err), good);
    QCOMPARE(int(err.code), code);
    QCOMPARE(err.sqlState, sqlState);
    QCOMPARE(err.message, message);
}

void tst_Packets::errTextIsCut()
{
    SessionState state;
    state.limits.errorText = 10;
    ErrPacket err;
    QVERIFY(parseErr(Wire::err(1, "123456789äöü"), state, err));
    QCOMPARE(err.message, QByteArray("123456789")); // not inside of a character
    QVERIFY(parseErr(Wire::err(1, "12345678äöü"), state, err));
    QCOMPARE(err.message, QByteArray("12345678ä"));
}

void tst_Packets::column()
{
    SessionState state;
    ColumnData data;
    const QByteArray payload
        = QByteArray(Wire::counted("def") + Wire::counted("schema") + Wire::counted("alias")
                     + Wire::counted("table") + Wire::counted("name") + Wire::counted("original")
                     + hex("0c"
                           "ffff"
                           "ffffffff"
                           "f6"
                           "ffff"
                           "ff"
                           "0000"));
    QVERIFY(parseColumnDefinition(payload, state, data));
    QCOMPARE(data.schema, QByteArray("schema"));
    QCOMPARE(data.table, QByteArray("alias"));
    QCOMPARE(data.originalTable, QByteArray("table"));
    QCOMPARE(data.name, QByteArray("name"));
    QCOMPARE(data.originalName, QByteArray("original"));
    QCOMPARE(data.charset, quint16(0xFFFF));
    QCOMPARE(data.length, quint32(0xFFFFFFFF));
    QCOMPARE(data.type, ColumnType::NewDecimal);
    QCOMPARE(data.flags, quint16(0xFFFF));
    QCOMPARE(data.decimals, quint8(0xFF));
}

// Pitfall 24.
void tst_Packets::columnExtended()
{
    SessionState state;
    state.mariadbCapabilities = MariaDbCapability::ExtendedMetadata;
    const auto payload = [](const QByteArray &block) {
        return QByteArray(Wire::counted("def") + Wire::counted("") + Wire::counted("") + Wire::counted("")
                          + Wire::counted("c") + Wire::counted("") + Wire::counted(block)
                          + hex("0c"
                                "3f00"
                                "00000000"
                                "fe"
                                "0000"
                                "00"
                                "0000"));
    };
    ColumnData data;
    QVERIFY(parseColumnDefinition(payload(hex("00"
                                              "0475756964"
                                              "01"
                                              "046a736f6e"
                                              "09"
                                              "0178")),
                                  state, data));
    QCOMPARE(data.extendedType, QByteArray("uuid"));
    QCOMPARE(data.extendedFormat, QByteArray("json"));
    QVERIFY(parseColumnDefinition(payload({}), state, data));
    QVERIFY(!parseColumnDefinition(payload(hex("00"
                                               "05"
                                               "75")),
                                   state, data)); // beyond the block
    QVERIFY(!parseColumnDefinition(payload(hex("00")), state, data));
    // Without the capability the block is not there, and with it it must be.
    QVERIFY(!parseColumnDefinition(Wire::column("c"), state, data));
    state.mariadbCapabilities = 0;
    QVERIFY(!parseColumnDefinition(payload({}), state, data));
}

void tst_Packets::columnCutAnywhere()
{
    SessionState state;
    const QByteArray whole = Wire::column("name");
    ColumnData data;
    QVERIFY(parseColumnDefinition(whole, state, data));
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY2(!parseColumnDefinition(QByteArrayView(whole).first(size), state, data),
                 QByteArray::number(size).constData());
}

void tst_Packets::columnBad_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("tail") << QByteArray(Wire::column("c") + "x");
    QTest::newRow("NULL as a name") << QByteArray(Wire::counted("def") + hex("fb"));
    QTest::newRow("name beyond the packet") << QByteArray(Wire::counted("def") + hex("fdffffff") + "abc");
    QTest::newRow("name of 2^64-1 bytes")
        << QByteArray(Wire::counted("def") + hex("feffffffffffffffff") + "abc");
    QByteArray fixed = Wire::column("c");
    fixed[fixed.size() - 13] = 0x0B;
    QTest::newRow("length of the fixed part") << fixed;
    fixed[fixed.size() - 13] = 0x0D;
    QTest::newRow("greater length of the fixed part") << fixed;
}

void tst_Packets::columnBad()
{
    QFETCH(QByteArray, payload);
    SessionState state;
    ColumnData data;
    QVERIFY(!parseColumnDefinition(payload, state, data));
}

QTEST_APPLESS_MAIN(tst_Packets)
#include "tst_packets.moc"
