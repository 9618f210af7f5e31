// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Servers that compress wrongly, or to do harm (series Z of the catalogue in doc/catalogue.md). By bytes
// alone they are in tst_compression.

#include "hostilecase.h"

#include <QAsyncMySql/Connection>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;
using Phase = Error::Phase;
using Outcome = Error::Outcome;
using Operation = HostileCase::Operation;

namespace {

constexpr quint32 Zlib = 1u << 5; // capabilities
constexpr quint32 Zstd = 1u << 26;

QByteArray packed(const QByteArray &plain)
{
    return qCompress(plain, 9).sliced(4); // Qt's own length stands before what zlib makes
}

QByteArray frame(const QByteArray &payload, quint8 sequence, qsizetype declared)
{
    return FakePacket::fixed(quint64(payload.size()), 3) + char(sequence)
        + FakePacket::fixed(quint64(declared), 3) + payload;
}

QByteArray compressed(const QByteArray &plain, quint8 sequence = 1)
{
    return frame(packed(plain), sequence, plain.size());
}

QByteArray answerOf(const QByteArrayList &rows)
{
    QByteArrayList packets{FakePacket::columnCount(1), FakePacket::column("c")};
    for (const QByteArray &row : rows)
        packets << FakePacket::textRow({row});
    packets << FakePacket::ok(0, 0, 2, 0, 0xFE);
    QByteArray bytes;
    quint8 sequence = 1;
    for (const QByteArray &packet : std::as_const(packets))
        bytes += FakePacket::framed(packet, sequence++);
    return bytes;
}

//! Compression is agreed on, and the answer to the first statement, our own, consists of \a bytes.
HostileCase answer(const QByteArray &bytes, quint32 capability = Zlib)
{
    return HostileCase::login(FakeScript()
                                  .greet(FakeGreeting().addCapabilities(capability))
                                  .expectLogin()
                                  .send(FakePacket::ok())
                                  .expectPacket() // a part of the compressed one
                                  .sendBytes(bytes))
        .withOptions([capability](ConnectOptions &options) {
            options.setCompression(capability == Zlib ? Compression::Zlib : Compression::Zstd)
                .setMaxBufferedResult(1 << 20);
        });
}

} // namespace

class tst_CompressionHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behaviour_data();
    void behaviour();
};

void tst_CompressionHostile::behaviour_data()
{
    QTest::addColumn<HostileCase>("hostile");
    const QByteArray good = answerOf({QByteArray(1000, 'x')});
    addCase(
        "Z01 more than was announced",
        answer(frame(packed(QByteArray(64 << 20, '\0')), 1, 3)).fails(Kind::Limit, Phase::Initialization));
    addCase(
        "Z02 less than was announced",
        answer(frame(packed(good.chopped(20)), 1, good.size())).fails(Kind::Protocol, Phase::Initialization));
    addCase(
        "Z04 cut",
        answer(frame(packed(good).chopped(12), 1, good.size())).fails(Kind::Protocol, Phase::Initialization));
    addCase("Z04 no such thing",
            answer(frame(QByteArray(200, 'x'), 1, good.size())).fails(Kind::Protocol, Phase::Initialization));
    addCase("Z04 zlib where zstd was agreed on",
            answer(compressed(good), Zstd).fails(Kind::Protocol, Phase::Initialization));
    addCase("Z05 a window of 2 GiB",
            answer(frame(QByteArray::fromHex("28b52ffd00a8010000") + QByteArray(30, 'a'), 1, 100), Zstd)
                .fails(Kind::Limit, Phase::Initialization));
    addCase("Z06 a wrong number", answer(compressed(good, 9)).fails(Kind::Protocol, Phase::Initialization));
    QByteArray empty;
    for (int i = 0; i < 1000; ++i)
        empty += frame({}, quint8(1 + i), 0);
    addCase("Z08 empty frames for ever", answer(empty).fails(Kind::Limit, Phase::Initialization));
    addCase(
        "Z09 compresses though nobody has agreed to",
        HostileCase::answer(FakeScript().sendBytes(compressed(good))).fails(Kind::Protocol, Phase::Command));
    addCase("Z10 an honest answer that unpacks to more than a result may have",
            answer(compressed(answerOf(QByteArrayList(200, QByteArray(60'000, '\0')))))
                .fails(Kind::Limit, Phase::Initialization));
}

void tst_CompressionHostile::behaviour()
{
    QFETCH(HostileCase, hostile);
    hostile.run();
}

QTEST_GUILESS_MAIN(tst_CompressionHostile)
#include "tst_compression_hostile.moc"
