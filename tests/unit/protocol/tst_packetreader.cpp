// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/packetreader.h"
#include "protocol/packetwriter.h"

#include <QtTest/QTest>

#include <limits>

using namespace QAsyncMySql::Protocol;

class tst_PacketReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void integers();
    void lenenc_data();
    void lenenc();
    void lenencBad_data();
    void lenencBad();
    void lengthsNeverWrap_data();
    void lengthsNeverWrap();
    void strings();
    void nulStrings();
    void failureSticks();
    void textCells_data();
    void textCells();
    void writerRoundTrip();
};

void tst_PacketReader::integers()
{
    const QByteArray bytes = QByteArray::fromHex("01"
                                                 "0302"
                                                 "060504"
                                                 "0a090807"
                                                 "1211100f0e0d0c0b");
    PacketReader reader(bytes);
    QCOMPARE(reader.u8(), quint8(0x01));
    QCOMPARE(reader.u16(), quint16(0x0203));
    QCOMPARE(reader.u24(), quint32(0x040506));
    QCOMPARE(reader.u32(), quint32(0x0708090A));
    QCOMPARE(reader.u64(), quint64(0x0B0C0D0E0F101112));
    QVERIFY(reader.finished());
    QCOMPARE(reader.u8(), quint8(0));
    QVERIFY(reader.failed());
    QVERIFY(!reader.finished());
}

void tst_PacketReader::lenenc_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<quint64>("value");
    QTest::newRow("0") << QByteArray::fromHex("00") << quint64(0);
    QTest::newRow("250") << QByteArray::fromHex("fa") << quint64(250);
    QTest::newRow("251") << QByteArray::fromHex("fcfb00") << quint64(251);
    QTest::newRow("65535") << QByteArray::fromHex("fcffff") << quint64(65535);
    QTest::newRow("65536") << QByteArray::fromHex("fd000001") << quint64(65536);
    QTest::newRow("2^24-1") << QByteArray::fromHex("fdffffff") << quint64(0xFFFFFF);
    QTest::newRow("2^24") << QByteArray::fromHex("fe0000000100000000") << quint64(0x1000000);
    QTest::newRow("2^64-1") << QByteArray::fromHex("feffffffffffffffff")
                            << std::numeric_limits<quint64>::max();
    QTest::newRow("longer than needed") << QByteArray::fromHex("fe0100000000000000") << quint64(1);
}

void tst_PacketReader::lenenc()
{
    QFETCH(QByteArray, bytes);
    QFETCH(quint64, value);
    PacketReader reader(bytes);
    QCOMPARE(reader.lenenc(), value);
    QVERIFY(reader.finished());
    // Every shorter form of it is an error.
    for (qsizetype size = 0; size < bytes.size(); ++size) {
        PacketReader cut(QByteArrayView(bytes).first(size));
        cut.lenenc();
        QVERIFY(cut.failed());
    }
}

void tst_PacketReader::lenencBad_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("NULL") << QByteArray::fromHex("fb00000000000000000000");
    QTest::newRow("0xFF") << QByteArray::fromHex("ff00000000000000000000");
    QTest::newRow("nothing") << QByteArray();
}

// Pitfall 4.
void tst_PacketReader::lenencBad()
{
    QFETCH(QByteArray, bytes);
    PacketReader reader(bytes);
    QCOMPARE(reader.lenenc(), quint64(0));
    QVERIFY(reader.failed());
}

// Pitfall 4: a length beyond what is there is an error, however large it is.
void tst_PacketReader::lengthsNeverWrap_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("2^64-1") << QByteArray::fromHex("feffffffffffffffff"
                                                   "616263");
    QTest::newRow("2^63") << QByteArray::fromHex("fe0000000000000080"
                                                 "616263");
    QTest::newRow("2^63-1") << QByteArray::fromHex("feffffffffffffff7f"
                                                   "616263");
    QTest::newRow("2^32+1") << QByteArray::fromHex("fe0100000001000000"
                                                   "616263");
    QTest::newRow("one too many") << QByteArray::fromHex("04"
                                                         "616263");
}

// Pitfall 4.
void tst_PacketReader::lengthsNeverWrap()
{
    QFETCH(QByteArray, bytes);
    PacketReader strings(bytes);
    QVERIFY(strings.lenencString().isEmpty());
    QVERIFY(strings.failed());
    PacketReader skips(bytes);
    skips.skip(skips.lenenc());
    QVERIFY(skips.failed());
    PacketReader cells(bytes);
    cells.skipTextCells(1);
    QVERIFY(cells.failed());
}

void tst_PacketReader::strings()
{
    const QByteArray bytes = QByteArray::fromHex("03616263"
                                                 "00"
                                                 "fb"
                                                 "0164");
    PacketReader reader(bytes);
    QCOMPARE(reader.lenencString(), QByteArrayView("abc"));
    const QByteArrayView empty = reader.lenencStringOrNull();
    QVERIFY(empty.isEmpty());
    QVERIFY(empty.data() != nullptr);
    QVERIFY(reader.lenencStringOrNull().data() == nullptr);
    QVERIFY(!reader.failed());
    QCOMPARE(reader.peek(), quint8(1));
    QCOMPARE(reader.rest(), QByteArrayView("\1d"));
    QVERIFY(reader.finished());
}

void tst_PacketReader::nulStrings()
{
    const QByteArray bytes("one\0two", 7);
    PacketReader reader(bytes);
    QCOMPARE(reader.nulString(), QByteArrayView("one"));
    PacketReader lenient = reader;
    QVERIFY(reader.nulString().isEmpty());
    QVERIFY(reader.failed());
    QCOMPARE(lenient.nulStringOrRest(), QByteArrayView("two"));
    QVERIFY(lenient.finished());
}

void tst_PacketReader::failureSticks()
{
    const QByteArray bytes("\1\2\3", 3);
    PacketReader reader(bytes);
    reader.u32();
    QVERIFY(reader.failed());
    QCOMPARE(reader.u8(), quint8(0));
    QCOMPARE(reader.remaining(), quint64(0));
    QVERIFY(reader.rest().isEmpty());
    QVERIFY(reader.failed());
    QVERIFY(!reader.finished());
}

void tst_PacketReader::textCells_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("cells");
    QTest::addColumn<bool>("fits");
    QTest::newRow("two") << QByteArray::fromHex("0161"
                                                "fb")
                         << 2 << true;
    QTest::newRow("one missing") << QByteArray::fromHex("0161") << 2 << false;
    QTest::newRow("one too many") << QByteArray::fromHex("0161"
                                                         "fb")
                                  << 1 << false;
    QTest::newRow("cut") << QByteArray::fromHex("0261") << 1 << false;
    QTest::newRow("0xFF") << QByteArray::fromHex("ff") << 1 << false;
    QTest::newRow("two byte length") << QByteArray(QByteArray::fromHex("fc0001") + QByteArray(256, 'x')) << 1
                                     << true;
    QTest::newRow("two byte length, cut")
        << QByteArray(QByteArray::fromHex("fc0001") + QByteArray(255, 'x')) << 1 << false;
    QTest::newRow("length marker alone") << QByteArray::fromHex("fc") << 1 << false;
}

void tst_PacketReader::textCells()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, cells);
    QFETCH(bool, fits);
    PacketReader reader(bytes);
    reader.skipTextCells(cells);
    QCOMPARE(reader.finished(), fits);
}

void tst_PacketReader::writerRoundTrip()
{
    QByteArray out;
    PacketWriter writer(out, 9);
    writer.begin();
    writer.u8(1);
    writer.u16(0x0203);
    writer.u24(0x040506);
    writer.u32(0x0708090A);
    writer.u64(0x0B0C0D0E0F101112);
    writer.f32(1.5f);
    writer.f64(-0.25);
    writer.lenenc(250);
    writer.lenenc(251);
    writer.lenenc(65536);
    writer.lenenc(quint64(1) << 40);
    writer.nulString("name");
    writer.lenencString("value");
    writer.zeros(3);
    writer.bytes("tail");
    writer.end();
    QCOMPARE(writer.nextSequence(), quint8(10));
    QVERIFY(writer.wroteAnything());

    PacketReader reader(out);
    QCOMPARE(reader.u24(), quint32(out.size() - 4));
    QCOMPARE(reader.u8(), quint8(9));
    QCOMPARE(reader.u8(), quint8(1));
    QCOMPARE(reader.u16(), quint16(0x0203));
    QCOMPARE(reader.u24(), quint32(0x040506));
    QCOMPARE(reader.u32(), quint32(0x0708090A));
    QCOMPARE(reader.u64(), quint64(0x0B0C0D0E0F101112));
    QCOMPARE(reader.u32(), quint32(0x3FC00000));
    QCOMPARE(reader.u64(), quint64(0xBFD0000000000000));
    QCOMPARE(reader.lenenc(), quint64(250));
    QCOMPARE(reader.lenenc(), quint64(251));
    QCOMPARE(reader.lenenc(), quint64(65536));
    QCOMPARE(reader.lenenc(), quint64(1) << 40);
    QCOMPARE(reader.nulString(), QByteArrayView("name"));
    QCOMPARE(reader.lenencString(), QByteArrayView("value"));
    QCOMPARE(reader.bytes(3), QByteArrayView("\0\0\0", 3));
    QCOMPARE(reader.rest(), QByteArrayView("tail"));
    QVERIFY(reader.finished());
}

QTEST_APPLESS_MAIN(tst_PacketReader)
#include "tst_packetreader.moc"
