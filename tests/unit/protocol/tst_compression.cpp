// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/compressedframes.h"
#include "protocol/queryexchange.h"
#include "protocol/simpleexchange.h"
#include "support/conversation/eventlog.h"
#include "unit/protocol/login.h"

#include <QtTest/QTest>

#include <memory>

#include <zlib.h>
#include <zstd.h>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Progress = Session::Progress;

namespace {

// The codecs are called here by themselves, so that the frames of the tests are not those of our own writer.
QByteArray packed(Compression algorithm, const QByteArray &plain)
{
    QByteArray out(plain.size() + plain.size() / 100 + 1024, '\0');
    if (algorithm == Compression::Zlib) {
        auto size = uLongf(out.size());
        compress2(reinterpret_cast<Bytef *>(out.data()), &size,
                  reinterpret_cast<const Bytef *>(plain.constData()), uLong(plain.size()), 9);
        out.resize(qsizetype(size));
    } else {
        out.resize(qsizetype(
            ZSTD_compress(out.data(), size_t(out.size()), plain.constData(), size_t(plain.size()), 3)));
    }
    return out;
}

QByteArray u24(qsizetype value)
{
    return Wire::u32(quint32(value)).first(3);
}

QByteArray frame(const QByteArray &payload, int sequence, qsizetype declared)
{
    return QByteArray(u24(payload.size()) + QByteArray(1, char(sequence)) + u24(declared) + payload);
}

QByteArray compressedFrame(Compression algorithm, const QByteArray &plain, int sequence)
{
    return frame(packed(algorithm, plain), sequence, plain.size());
}

// A session that has logged in with compression. The server's OK of a ping starts it.
class Packed
{
public:
    explicit Packed(Compression algorithm, int level = 0)
    {
        session.state().compression = algorithm;
        session.state().compressionLevel = level;
        Wire::logIn(session);
        const std::unique_ptr<SimpleExchange> login(SimpleExchange::ping());
        session.begin(login.get());
        session.takeOutput();
        Wire::feed(session, Wire::frames(Wire::ok(), 1));
        session.advance(1000);
    }
    Progress feed(const QByteArray &bytes)
    {
        Wire::feed(session, bytes);
        return session.advance(1 << 30);
    }

    Session session;
};

// What a server would make of our output: the packets inside of the frames.
struct Sent
{
    QByteArray packets;
    QByteArray sequences; // of the frames
    int compressed = 0;
    bool good = true;
};

Sent unpack(Compression algorithm, const QByteArray &output)
{
    Sent sent;
    for (PacketReader reader(output); !reader.atEnd();) {
        const quint32 size = reader.u24();
        sent.sequences += char(reader.u8());
        const quint32 declared = reader.u24();
        const QByteArray payload = reader.bytes(size).toByteArray();
        sent.good = sent.good && !reader.failed();
        if (declared == 0) {
            sent.packets += payload;
            continue;
        }
        ++sent.compressed;
        QByteArray plain(qsizetype(declared), '\0');
        if (algorithm == Compression::Zlib) {
            auto length = uLongf(declared);
            sent.good = sent.good
                && uncompress(reinterpret_cast<Bytef *>(plain.data()), &length,
                              reinterpret_cast<const Bytef *>(payload.constData()), uLong(payload.size()))
                    == Z_OK
                && length == declared;
        } else {
            sent.good = sent.good
                && ZSTD_decompress(plain.data(), declared, payload.constData(), size_t(payload.size()))
                    == declared;
        }
        sent.packets += plain;
    }
    return sent;
}

QByteArray bigAnswer(int rows)
{
    QByteArrayList packets{Wire::lenenc(1), Wire::column("c")};
    for (int i = 0; i < rows; ++i)
        packets << Wire::row({QByteArray::number(i) + ": the same text again and again"});
    packets << Wire::ok(2, 0xFE);
    return Wire::stream(packets, 1);
}

constexpr Compression Algorithms[] = {Compression::Zlib, Compression::Zstd};

} // namespace

class tst_Compression : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void negotiation_data();
    void negotiation();
    void startsAfterTheLogin_data() { algorithms(); }
    void startsAfterTheLogin();
    void smallCommandsAreStored_data() { algorithms(); }
    void smallCommandsAreStored();
    void largeCommands_data() { algorithms(); }
    void largeCommands();
    void answerCutAtEveryByte_data() { algorithms(); }
    void answerCutAtEveryByte();
    void packetsAcrossFrames_data() { algorithms(); }
    void packetsAcrossFrames();
    void innerSequenceIsNotChecked();
    void outerSequenceIsChecked();
    void errorOutOfSequence();
    void pipelined_data() { algorithms(); }
    void pipelined();
    void manySmallFrames();
    void bomb_data() { algorithms(); }
    void bomb();
    void less_data() { algorithms(); }
    void less();
    void storedThatLooksCompressed();
    void corrupt_data();
    void corrupt();
    void windowTooLarge();
    void emptyFrames();
    void limitsHold_data() { algorithms(); }
    void limitsHold();
    void budget_data() { algorithms(); }
    void budget();
    void notNegotiated();
    void idleErrorIsTold();

private:
    static void algorithms()
    {
        QTest::addColumn<int>("algorithm");
        QTest::newRow("zlib") << int(Compression::Zlib);
        QTest::newRow("zstd") << int(Compression::Zstd);
    }
};

void tst_Compression::negotiation_data()
{
    QTest::addColumn<QList<int>>("wanted");
    QTest::addColumn<quint32>("offered");
    QTest::addColumn<int>("chosen"); // -1: refused
    const int none = int(Compression::Uncompressed);
    const int zlib = int(Compression::Zlib);
    const int zstd = int(Compression::Zstd);
    const quint32 both = Capability::Compress | Capability::ZstdCompression;
    QTest::newRow("not wanted") << QList<int>{} << both << none;
    QTest::newRow("uncompressed first") << QList<int>{none, zlib} << both << none;
    QTest::newRow("zstd preferred") << QList<int>{zstd, zlib} << both << zstd;
    QTest::newRow("zlib preferred") << QList<int>{zlib, zstd} << both << zlib;
    QTest::newRow("zstd not offered") << QList<int>{zstd, zlib} << Capability::Compress << zlib;
    QTest::newRow("nothing offered, allowed") << QList<int>{zstd, none} << 0u << none;
    QTest::newRow("nothing offered, demanded") << QList<int>{zstd, zlib} << 0u << -1;
}

void tst_Compression::negotiation()
{
    QFETCH(QList<int>, wanted);
    QFETCH(quint32, offered);
    QFETCH(int, chosen);
    HandshakeOptions options = Wire::options();
    for (const int algorithm : std::as_const(wanted))
        options.compression.append(Compression(algorithm));
    options.compressionLevel = 7;
    Wire::Login login(options);
    const quint32 all = 0xFFFF'FFFF & ~(Capability::Ssl | Capability::Compress | Capability::ZstdCompression);
    const Progress progress = login.server(Wire::greeting(all | offered));
    if (chosen < 0) {
        QCOMPARE(progress, Progress::Failed);
        QCOMPARE(login.session.fault().kind, Fault::Kind::Refused);
        QVERIFY(login.session.fault().text.contains(u"UNCOMPRESSED"));
        QVERIFY(login.said().isEmpty());
        return;
    }
    QByteArray response = login.said().constFirst();
    const bool zstd = chosen == int(Compression::Zstd);
    if (zstd) { // the level follows the attributes
        QCOMPARE(response.back(), char(7));
        response.chop(1);
    }
    const Wire::Response parsed = Wire::parseResponse(response);
    QVERIFY(parsed.good);
    QCOMPARE(bool(parsed.capabilities & Capability::Compress), chosen == int(Compression::Zlib));
    QCOMPARE(bool(parsed.capabilities & Capability::ZstdCompression), zstd);
}

// The login itself is never compressed, and the first command after it is.
void tst_Compression::startsAfterTheLogin()
{
    QFETCH(int, algorithm);
    HandshakeOptions options = Wire::options();
    options.compression = {Compression(algorithm)};
    Wire::Login login(options);
    login.server(Wire::greeting(0xFFFF'FFFF & ~Capability::Ssl));
    QCOMPARE(login.said().size(), 1);
    login.server(Wire::hex("01 03"));
    QCOMPARE(login.server(Wire::ok()), Progress::ExchangeDone);
    const std::unique_ptr<SimpleExchange> ping(SimpleExchange::ping());
    login.session.begin(ping.get());
    QCOMPARE(login.session.takeOutput(), Wire::hex("050000 00 000000 01000000 0e"));
    Wire::feed(login.session, frame(Wire::frames(Wire::ok(), 1), 1, 0));
    QCOMPARE(login.session.advance(1000), Progress::ExchangeDone);
}

void tst_Compression::smallCommandsAreStored()
{
    QFETCH(int, algorithm);
    Packed peer{Compression(algorithm)};
    EventLog log;
    QueryExchange query("SELECT 1", log);
    peer.session.begin(&query);
    const Sent sent = unpack(Compression(algorithm), peer.session.takeOutput());
    QVERIFY(sent.good);
    QCOMPARE(sent.compressed, 0);
    QCOMPARE(sent.packets, Wire::frames("\x03SELECT 1", 0));
}

void tst_Compression::largeCommands()
{
    QFETCH(int, algorithm);
    for (const qsizetype size : {qsizetype(50), qsizetype(4000), MaxFramePayload - 1, MaxFramePayload + 5}) {
        Packed peer(Compression(algorithm), 1);
        QByteArray sql = QByteArray("SELECT '").repeated(size / 8 + 1).first(size);
        EventLog log;
        QueryExchange query(sql, log);
        peer.session.begin(&query);
        const QByteArray output = peer.session.takeOutput();
        QVERIFY(output.size() < size);
        const Sent sent = unpack(Compression(algorithm), output);
        QVERIFY(sent.good);
        QCOMPARE(sent.packets, Wire::frames(QByteArray('\x03' + sql), 0));
        for (qsizetype i = 0; i < sent.sequences.size(); ++i)
            QCOMPARE(sent.sequences[i], char(i));
        // The answer goes on counting where the command ended.
        const QByteArray answer = frame(Wire::frames(Wire::ok(), 9), int(sent.sequences.size()), 0);
        QCOMPARE(peer.feed(answer), Progress::ExchangeDone);
    }
}

// Z07
void tst_Compression::answerCutAtEveryByte()
{
    QFETCH(int, algorithm);
    const QByteArray bytes = compressedFrame(Compression(algorithm), bigAnswer(20), 1);
    QByteArrayList whole;
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        Packed peer{Compression(algorithm)};
        EventLog log;
        QueryExchange query("SELECT 1", log);
        peer.session.begin(&query);
        peer.session.takeOutput();
        // The packets may be whole before the checksum at the end of the frame has come.
        const Progress early = peer.feed(bytes.first(cut));
        QVERIFY(early == Progress::NeedInput || (early == Progress::ExchangeDone && cut > bytes.size() - 12));
        QCOMPARE(peer.session.isInsidePacket(), cut > 0 && cut < bytes.size());
        const std::unique_ptr<SimpleExchange> ping(SimpleExchange::ping());
        if (early == Progress::ExchangeDone) {
            peer.session.begin(ping.get());
            QVERIFY(peer.session.hasOutput());
            QCOMPARE(peer.feed(bytes.sliced(cut)), Progress::NeedInput);
        } else {
            QCOMPARE(peer.feed(bytes.sliced(cut)), Progress::ExchangeDone);
            peer.session.begin(ping.get());
        }
        QVERIFY(!peer.session.isInsidePacket());
        QCOMPARE(peer.session.pendingInput(), 0);
        QCOMPARE(peer.feed(frame(Wire::frames(Wire::ok(), 1), 1, 0)), Progress::ExchangeDone);
        if (cut == 0)
            whole = log.lines();
        QVERIFY(whole.size() > 20);
        QCOMPARE(log.lines(), whole);
    }
}

// Z07: a packet may lie in several frames, cut anywhere, and several packets in one frame.
void tst_Compression::packetsAcrossFrames()
{
    QFETCH(int, algorithm);
    const QByteArray plain = bigAnswer(3);
    for (qsizetype cut = 1; cut < plain.size(); ++cut) {
        Packed peer{Compression(algorithm)};
        EventLog log;
        QueryExchange query("SELECT 1", log);
        peer.session.begin(&query);
        peer.session.takeOutput();
        QCOMPARE(peer.feed(compressedFrame(Compression(algorithm), plain.first(cut), 1)),
                 Progress::NeedInput);
        QVERIFY(peer.session.isInsidePacket() || cut == plain.size() || !log.lines().isEmpty() || cut < 200);
        QCOMPARE(peer.feed(frame(plain.sliced(cut), 2, 0)), Progress::ExchangeDone);
        QVERIFY(log.lines().size() >= 4);
    }
}

// Z06
void tst_Compression::innerSequenceIsNotChecked()
{
    Packed peer(Compression::Zlib);
    const std::unique_ptr<SimpleExchange> ping(SimpleExchange::ping());
    peer.session.begin(ping.get());
    peer.session.takeOutput();
    QCOMPARE(peer.feed(frame(Wire::frames(Wire::ok(), 77), 1, 0)), Progress::ExchangeDone);
}

// Z06
void tst_Compression::outerSequenceIsChecked()
{
    Packed peer(Compression::Zlib);
    const std::unique_ptr<SimpleExchange> ping(SimpleExchange::ping());
    peer.session.begin(ping.get());
    peer.session.takeOutput();
    QCOMPARE(peer.feed(frame(Wire::frames(Wire::ok(), 1), 2, 0)), Progress::Failed);
    QCOMPARE(peer.session.fault().kind, Fault::Kind::Sequence);
}

// What a server says when it goes down may have any number; it is the reason, and must be told.
void tst_Compression::errorOutOfSequence()
{
    Packed peer(Compression::Zlib);
    const std::unique_ptr<SimpleExchange> ping(SimpleExchange::ping());
    peer.session.begin(ping.get());
    peer.session.takeOutput();
    QCOMPARE(peer.feed(frame(Wire::frames(Wire::err(1053, "Server shutdown in progress"), 0), 0, 0)),
             Progress::Failed);
    QVERIFY(peer.session.unsolicitedError());
    QCOMPARE(peer.session.unsolicitedError()->code, 1053);
}

void tst_Compression::pipelined()
{
    QFETCH(int, algorithm);
    Packed peer{Compression(algorithm)};
    EventLog log;
    const QByteArray longText = "SELECT 'a" + QByteArray(2 << 20, 'a') + '\'';
    QueryExchange first(longText, log);
    const std::unique_ptr<SimpleExchange> second(SimpleExchange::ping());
    peer.session.begin(&first);
    peer.session.begin(second.get());
    const Sent sent = unpack(Compression(algorithm), peer.session.takeOutput());
    QCOMPARE(sent.sequences, Wire::hex("00010200")); // each command counts from 0
    QCOMPARE(peer.feed(compressedFrame(Compression(algorithm), bigAnswer(5), 3)), Progress::ExchangeDone);
    QCOMPARE(peer.feed(frame(Wire::frames(Wire::ok(), 1), 1, 0)), Progress::ExchangeDone);
    QVERIFY(peer.session.isIdle());
}

// Frame numbers wrap at 256.
void tst_Compression::manySmallFrames()
{
    Packed peer(Compression::Zlib);
    EventLog log;
    QueryExchange query("SELECT 1", log);
    peer.session.begin(&query);
    peer.session.takeOutput();
    const QByteArray plain = bigAnswer(100);
    QByteArray bytes;
    int sequence = 1;
    for (qsizetype at = 0; at < plain.size(); at += 5)
        bytes += frame(plain.mid(at, 5), sequence++, 0);
    QVERIFY(sequence > 600);
    QCOMPARE(peer.feed(bytes), Progress::ExchangeDone);
    QVERIFY(log.lines().size() > 100);
}

// Z01: nothing beyond the announced length is ever made.
void tst_Compression::bomb()
{
    QFETCH(int, algorithm);
    Packed peer{Compression(algorithm)};
    EventLog log;
    QueryExchange query("SELECT 1", log);
    peer.session.begin(&query);
    peer.session.takeOutput();
    const QByteArray zeros = packed(Compression(algorithm), QByteArray(64 << 20, '\0'));
    QVERIFY(zeros.size() < 100'000);
    // A row of 1,000 bytes begins, so that no packet is complete before the limit.
    QCOMPARE(peer.feed(frame(zeros, 1, 3)), Progress::Failed);
    QCOMPARE(peer.session.fault().kind, Fault::Kind::Limit);
    QVERIFY2(peer.session.fault().text.contains(u"3 bytes"), qPrintable(peer.session.fault().text));
}

// Z02
void tst_Compression::less()
{
    QFETCH(int, algorithm);
    Packed peer{Compression(algorithm)};
    const std::unique_ptr<SimpleExchange> ping(SimpleExchange::ping());
    peer.session.begin(ping.get());
    peer.session.takeOutput();
    const QByteArray plain = Wire::frames(Wire::err(1064, QByteArray(100, 'x')), 1);
    const QByteArray payload = packed(Compression(algorithm), plain.first(plain.size() - 20));
    QCOMPARE(peer.feed(frame(payload, 1, plain.size())), Progress::Failed);
    QCOMPARE(peer.session.fault().kind, Fault::Kind::Malformed);
}

// Z03: a declared length of 0 says "stored", whatever the bytes look like.
void tst_Compression::storedThatLooksCompressed()
{
    Packed peer(Compression::Zlib);
    EventLog log;
    QueryExchange query("SELECT 1", log);
    peer.session.begin(&query);
    peer.session.takeOutput();
    const QByteArray zlibText = packed(Compression::Zlib, "some text");
    const QByteArray answer
        = Wire::stream({Wire::lenenc(1), Wire::column("c"), Wire::row({zlibText}), Wire::ok(2, 0xFE)}, 1);
    QCOMPARE(peer.feed(frame(answer, 1, 0)), Progress::ExchangeDone);
    QVERIFY(log.lines().size() >= 3);
}

void tst_Compression::corrupt_data()
{
    QTest::addColumn<int>("algorithm");
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray plain = Wire::frames(Wire::err(1064, QByteArray(1000, 'x') + "abcdefgh"), 1);
    for (const Compression algorithm : Algorithms) {
        const char *name = algorithm == Compression::Zlib ? "zlib" : "zstd";
        const QByteArray good = packed(algorithm, plain);
        QByteArray flipped = good;
        flipped[0] = char(flipped[0] ^ 0x55);
        QTest::addRow("%s, header", name) << int(algorithm) << frame(flipped, 1, plain.size());
        QTest::addRow("%s, cut", name) << int(algorithm) << frame(good.chopped(3), 1, plain.size());
        QTest::addRow("%s, garbage behind", name) << int(algorithm) << frame(good + "zz", 1, plain.size());
        QTest::addRow("%s, no content", name) << int(algorithm) << frame({}, 1, plain.size());
    }
    QTest::addRow("the other algorithm")
        << int(Compression::Zlib) << compressedFrame(Compression::Zstd, plain, 1);
    QTest::addRow("needs a dictionary")
        << int(Compression::Zlib) << frame(Wire::hex("78bb 12345678 4b4c") + QByteArray(20, 'a'), 1, 100);
}

// Z04
void tst_Compression::corrupt()
{
    QFETCH(int, algorithm);
    QFETCH(QByteArray, bytes);
    Packed peer{Compression(algorithm)};
    const std::unique_ptr<SimpleExchange> ping(SimpleExchange::ping());
    peer.session.begin(ping.get());
    peer.session.takeOutput();
    Progress progress = peer.feed(bytes);
    // The packet may have been whole before the fault was met: then it is met by what comes next.
    if (progress == Progress::ExchangeDone) {
        const std::unique_ptr<SimpleExchange> next(SimpleExchange::ping());
        peer.session.begin(next.get());
        progress = peer.session.advance(1000);
    }
    QCOMPARE(progress, Progress::Failed);
    QVERIFY(peer.session.fault().kind == Fault::Kind::Malformed
            || peer.session.fault().kind == Fault::Kind::Unexpected);
}

// Z05: magic number, frame header without content size, a window of 2 GiB
void tst_Compression::windowTooLarge()
{
    Packed peer(Compression::Zstd);
    const std::unique_ptr<SimpleExchange> ping(SimpleExchange::ping());
    peer.session.begin(ping.get());
    peer.session.takeOutput();
    const QByteArray payload = Wire::hex("28b52ffd 00 a8 010000") + QByteArray(30, 'a');
    QCOMPARE(peer.feed(frame(payload, 1, 100)), Progress::Failed);
    QCOMPARE(peer.session.fault().kind, Fault::Kind::Limit);
}

// Z08
void tst_Compression::emptyFrames()
{
    Packed peer(Compression::Zlib);
    const std::unique_ptr<SimpleExchange> ping(SimpleExchange::ping());
    peer.session.begin(ping.get());
    peer.session.takeOutput();
    QByteArray bytes;
    for (int i = 0; i < 10'000; ++i)
        bytes += frame({}, 1 + i, 0);
    QCOMPARE(peer.feed(bytes), Progress::Failed);
    QCOMPARE(peer.session.fault().kind, Fault::Kind::Limit);
}

// Z10: frames of an honest ratio of 1000:1 meet the usual limits, and only one piece is made at a time.
void tst_Compression::limitsHold()
{
    QFETCH(int, algorithm);
    Packed peer{Compression(algorithm)};
    peer.session.state().limits.packet = 1 << 20;
    EventLog log;
    QueryExchange query("SELECT 1", log);
    peer.session.begin(&query);
    peer.session.takeOutput();
    const QByteArray plain
        = Wire::stream({Wire::lenenc(1), Wire::column("c"), Wire::row({QByteArray(8 << 20, '\0')})}, 1);
    QCOMPARE(peer.feed(compressedFrame(Compression(algorithm), plain, 1)), Progress::Failed);
    QCOMPARE(peer.session.fault().kind, Fault::Kind::Limit);
}

// All of a frame's bytes may have come while most of what it holds is still to be made.
void tst_Compression::budget()
{
    QFETCH(int, algorithm);
    Packed peer{Compression(algorithm)};
    EventLog log;
    QueryExchange query("SELECT 1", log);
    peer.session.begin(&query);
    peer.session.takeOutput();
    Wire::feed(peer.session, compressedFrame(Compression(algorithm), bigAnswer(20'000), 1));
    int slices = 1;
    Progress progress = peer.session.advance(10'000);
    for (; progress == Progress::Budget; ++slices)
        progress = peer.session.advance(10'000);
    QCOMPARE(progress, Progress::ExchangeDone);
    QVERIFY(slices > 50);
}

// Z09
void tst_Compression::notNegotiated()
{
    Session session;
    Wire::logIn(session);
    EventLog log;
    QueryExchange query("SELECT 1", log);
    session.begin(&query);
    session.takeOutput();
    Wire::feed(session, compressedFrame(Compression::Zlib, bigAnswer(101), 1));
    QCOMPARE(session.advance(1 << 20), Progress::Failed);
}

// The farewell of an idle session comes in a frame numbered 0, and is read before the next command is sent.
void tst_Compression::idleErrorIsTold()
{
    Packed peer(Compression::Zlib);
    const QByteArray farewell = frame(Wire::frames(Wire::err(4031, "inactive"), 0), 0, 0);
    QCOMPARE(peer.feed(farewell), Progress::Failed);
    QCOMPARE(peer.session.unsolicitedError()->code, 4031);

    Packed late(Compression::Zlib);
    Wire::feed(late.session, farewell);
    const std::unique_ptr<SimpleExchange> ping(SimpleExchange::ping());
    late.session.begin(ping.get());
    QVERIFY(!late.session.hasOutput());
    QCOMPARE(late.session.unsolicitedError()->code, 4031);
}

QTEST_APPLESS_MAIN(tst_Compression)
#include "tst_compression.moc"
