// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/framing.h"
#include "unit/protocol/wire.h"

#include <QtTest/QTest>

using namespace QAsyncMySql::Protocol;

namespace {

constexpr quint64 NoLimit = quint64(1) << 40;

void give(FrameDecoder &decoder, QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    std::memcpy(decoder.space(bytes.size()), bytes.data(), size_t(bytes.size()));
    decoder.written(bytes.size());
}

// Bytes that differ from place to place, so that a frame out of place shows.
QByteArray pattern(qsizetype size)
{
    QByteArray result(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char &c : result) {
        state = state * 1664525 + 1013904223;
        c = char(state >> 24);
    }
    return result;
}

} // namespace

class tst_Framing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headers();
    void byteByByte();
    void manyInOne();
    void emptyPacket();
    void large_data();
    void large();
    void largeIsHandedOver();
    void largeByBeginAndEnd_data();
    void largeByBeginAndEnd();
    void sequenceWraps();
    void continuationOutOfSequence();
    void limit_data();
    void limit();
    void endlessContinuations();
    void announcedIsNotAllocated();
    void faultSticks();
};

void tst_Framing::headers()
{
    FrameDecoder decoder;
    Packet packet;
    QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::NeedInput);
    give(decoder,
         Wire::hex("030000ff"
                   "616263"));
    QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::Packet);
    QCOMPARE(packet.payload, QByteArrayView("abc"));
    QCOMPARE(packet.firstSequence, quint8(255));
    QCOMPARE(packet.nextSequence, quint8(0));
    QCOMPARE(decoder.pending(), qsizetype(0));
    QVERIFY(!decoder.isInsidePacket());
    QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::NeedInput);
}

void tst_Framing::byteByByte()
{
    const QByteArray bytes = Wire::stream({"first", "", "third"}, 3);
    FrameDecoder decoder;
    QByteArrayList got;
    for (const char byte : bytes) {
        give(decoder, QByteArrayView(&byte, 1));
        Packet packet;
        while (decoder.next(packet, NoLimit) == FrameDecoder::Status::Packet)
            got.append(packet.payload.toByteArray());
    }
    QCOMPARE(got, QByteArrayList({"first", "", "third"}));
}

void tst_Framing::manyInOne()
{
    QByteArrayList sent;
    for (int i = 0; i < 1000; ++i)
        sent.append(QByteArray(i, char(i)));
    const QByteArray bytes = Wire::stream(sent, 0);
    FrameDecoder decoder;
    give(decoder, bytes);
    for (int i = 0; i < 1000; ++i) {
        Packet packet;
        QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::Packet);
        QCOMPARE(packet.firstSequence, quint8(i));
        QCOMPARE(packet.payload, QByteArrayView(sent.at(i)));
    }
    QVERIFY(!decoder.isInsidePacket());
}

void tst_Framing::emptyPacket()
{
    FrameDecoder decoder;
    give(decoder, Wire::hex("00000005"));
    Packet packet;
    QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::Packet);
    QVERIFY(packet.payload.isEmpty());
    QCOMPARE(packet.nextSequence, quint8(6));
}

void tst_Framing::large_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<int>("frameCount");
    QTest::newRow("16 MiB - 2") << MaxFramePayload - 1 << 1;
    QTest::newRow("16 MiB - 1") << MaxFramePayload << 2;
    QTest::newRow("16 MiB") << MaxFramePayload + 1 << 2;
    QTest::newRow("16 MiB + 1") << MaxFramePayload + 2 << 2;
    QTest::newRow("32 MiB - 2") << MaxFramePayload * 2 << 3;
    QTest::newRow("32 MiB - 1") << MaxFramePayload * 2 + 1 << 3;
}

// Pitfall 3.
void tst_Framing::large()
{
    QFETCH(qsizetype, size);
    QFETCH(int, frameCount);
    const QByteArray payload = pattern(size);
    const QByteArray bytes = Wire::frames(payload, 254);
    QCOMPARE(bytes.size(), size + FrameHeaderSize * frameCount);

    FrameDecoder decoder;
    Packet packet;
    constexpr qsizetype piece = 100'003;
    for (qsizetype from = 0; from < bytes.size(); from += piece) {
        QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::NeedInput);
        give(decoder, QByteArrayView(bytes).sliced(from, std::min(piece, bytes.size() - from)));
    }
    give(decoder, Wire::frames("next", 254 + frameCount));
    QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::Packet);
    QVERIFY(packet.payload == QByteArrayView(payload));
    QCOMPARE(packet.firstSequence, quint8(254));
    QCOMPARE(packet.nextSequence, quint8(254 + frameCount));
    QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::Packet);
    QCOMPARE(packet.payload, QByteArrayView("next"));
    QVERIFY(!decoder.isInsidePacket());
}

// A row of many MiB is not copied by who keeps it.
void tst_Framing::largeIsHandedOver()
{
    const QByteArray payload = pattern(MaxFramePayload + 1000);
    FrameDecoder decoder;
    Packet packet;
    give(decoder, Wire::frames("small", 0));
    QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::Packet);
    QVERIFY(!decoder.joined());
    for (int time = 0; time < 2; ++time) {
        give(decoder, Wire::frames(payload, 1));
        QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::Packet);
        QVERIFY(decoder.joined());
        const QAsyncMySql::Internal::ByteBuffer taken = std::move(*decoder.joined());
        QVERIFY(taken.view() == QByteArrayView(payload));
        give(decoder, Wire::frames("next", 3));
        QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::Packet);
        QCOMPARE(packet.payload, QByteArrayView("next"));
        QVERIFY(!decoder.joined());
    }
    QVERIFY(!decoder.isInsidePacket());
}

void tst_Framing::largeByBeginAndEnd_data()
{
    large_data();
}

void tst_Framing::largeByBeginAndEnd()
{
    QFETCH(qsizetype, size);
    QFETCH(int, frameCount);
    const QByteArray payload = pattern(size);
    QByteArray out("before");
    PacketWriter writer(out, 7);
    writer.begin();
    writer.bytes(payload);
    writer.end();
    QCOMPARE(writer.nextSequence(), quint8(7 + frameCount));
    QVERIFY(out == QByteArray("before" + Wire::frames(payload, 7)));
}

// Pitfall 1.
void tst_Framing::sequenceWraps()
{
    QByteArray out;
    PacketWriter writer(out, 254);
    for (int i = 0; i < 4; ++i)
        writer.packet("x");
    QCOMPARE(out,
             Wire::hex("010000fe78"
                       "010000ff78"
                       "0100000078"
                       "0100000178"));
}

void tst_Framing::continuationOutOfSequence()
{
    FrameDecoder decoder;
    QByteArray bytes = Wire::frames(QByteArray(MaxFramePayload, 'x'), 1);
    bytes[bytes.size() - 1] = 3; // of the second frame: 2 would be right
    give(decoder, bytes);
    Packet packet;
    QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::Fault);
    QCOMPARE(decoder.fault().kind, Fault::Kind::Sequence);
}

void tst_Framing::limit_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<FrameDecoder::Status>("status");
    // Headers alone: the rest need not come for the fault.
    QTest::newRow("at the limit") << Wire::hex("e8030000") << FrameDecoder::Status::NeedInput;
    QTest::newRow("over the limit") << Wire::hex("e9030000") << FrameDecoder::Status::Fault;
    QTest::newRow("a full frame") << Wire::hex("ffffff00") << FrameDecoder::Status::Fault;
    QTest::newRow("over the limit, complete")
        << QByteArray(Wire::hex("e9030000") + QByteArray(1001, 'x')) << FrameDecoder::Status::Fault;
}

void tst_Framing::limit()
{
    QFETCH(QByteArray, bytes);
    QFETCH(FrameDecoder::Status, status);
    FrameDecoder decoder;
    give(decoder, bytes);
    Packet packet;
    QCOMPARE(decoder.next(packet, 1000), status);
    if (status == FrameDecoder::Status::Fault)
        QCOMPARE(decoder.fault().kind, Fault::Kind::Limit);
}

void tst_Framing::endlessContinuations()
{
    constexpr quint64 limit = quint64(MaxFramePayload) * 2 + 10;
    FrameDecoder decoder;
    Packet packet;
    const QByteArray frame(MaxFramePayload, 'x');
    int frames = 0;
    FrameDecoder::Status status = FrameDecoder::Status::NeedInput;
    for (; status == FrameDecoder::Status::NeedInput && frames < 10; ++frames) {
        give(decoder, QByteArray(Wire::hex("ffffff") + char(frames)));
        status = decoder.next(packet, limit);
        if (status == FrameDecoder::Status::NeedInput)
            give(decoder, frame);
    }
    QCOMPARE(status, FrameDecoder::Status::Fault);
    QCOMPARE(decoder.fault().kind, Fault::Kind::Limit);
    QCOMPARE(frames, 3);
}

// Pitfall 5.
void tst_Framing::announcedIsNotAllocated()
{
    FrameDecoder decoder;
    give(decoder, Wire::hex("feffff00")); // 16 MiB - 2 are to come
    Packet packet;
    QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::NeedInput);
    // Room is made for what is read, and doubled as it comes.
    char *first = decoder.space(1000);
    QVERIFY(first != nullptr);
    QCOMPARE(decoder.peek().size(), FrameHeaderSize);
    QVERIFY(decoder.isInsidePacket());
}

void tst_Framing::faultSticks()
{
    FrameDecoder decoder;
    give(decoder, Wire::hex("05000000"));
    Packet packet;
    QCOMPARE(decoder.next(packet, 4), FrameDecoder::Status::Fault);
    give(decoder, Wire::stream({"abc", "abc", "abc"}, 0));
    QCOMPARE(decoder.next(packet, NoLimit), FrameDecoder::Status::Fault);
}

QTEST_APPLESS_MAIN(tst_Framing)
#include "tst_framing.moc"
