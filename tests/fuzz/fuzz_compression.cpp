// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Compressed frames: those of a server that may put anything into them, and our own, read back.

#include "fuzztarget.h"

#include "protocol/compressedframes.h"
#include "protocol/framing.h"

#include <algorithm>
#include <cstring>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Test::FuzzTarget;
using Test::require;

namespace {

constexpr quint64 MostPacket = 1 << 16;

struct Told
{
    QByteArray packets; // the size of each, and what it holds
    bool good = true; // to the end
};

Told packetsOf(CompressedReader &reader, QByteArrayView bytes, qsizetype piece)
{
    Told told;
    FrameDecoder decoder;
    while (!bytes.isEmpty()) {
        const QByteArrayView now = bytes.first(std::min(piece, bytes.size()));
        bytes = bytes.sliced(now.size());
        std::memcpy(reader.space(now.size()), now.data(), size_t(now.size()));
        reader.written(now.size());
        CompressedReader::Status status;
        do {
            status = reader.read(decoder);
            Packet packet;
            FrameDecoder::Status found;
            while ((found = decoder.next(packet, MostPacket)) == FrameDecoder::Status::Packet) {
                told.packets += QByteArray::number(packet.payload.size()) + ':';
                told.packets.append(packet.payload);
            }
            require((status == CompressedReader::Status::Fault) == bool(reader.fault()), "a fault says why");
            told.good = found != FrameDecoder::Status::Fault && status != CompressedReader::Status::Fault;
        } while (told.good && status == CompressedReader::Status::Produced);
        if (!told.good)
            break;
    }
    return told;
}

void appendHeader(QByteArray &out, qsizetype size, quint8 sequence, qsizetype declared)
{
    const char header[] = {char(size),     char(size >> 8),     char(size >> 16),    char(sequence),
                           char(declared), char(declared >> 8), char(declared >> 16)};
    out.append(header, sizeof(header));
}

/*!
    The frames that the input describes. Each begins with a byte that says what it is, and one with the
    size of what follows it:

    \list
    \li 0: bytes that are not compressed
    \li 1: bytes that are packed here, as a server does it
    \li 2: the same, with another size declared
    \li 3: bytes that are said to be compressed
    \endlist
*/
QByteArray framesOf(QByteArrayView input, Deflater &deflater)
{
    QByteArray frames;
    for (quint8 sequence = 0; input.size() >= 2; ++sequence) {
        const auto way = quint8(input[0]);
        const qsizetype size = std::min<qsizetype>(quint8(input[1]), input.size() - 2);
        QByteArray payload = input.sliced(2, size).toByteArray();
        input = input.sliced(2 + size);
        qsizetype declared = 0;
        if (const int kind = way % 4; kind == 1 || kind == 2) {
            QByteArray packed(payload.size() + 512, '\0');
            declared = payload.size() + (kind == 2 ? way / 4 - 32 : 0);
            packed.resize(deflater.compress(payload, packed.data(), packed.size()));
            payload = packed;
        } else if (kind == 3) {
            declared = 1 + (way / 4) * 1024;
        }
        appendHeader(frames, payload.size(), sequence, declared);
        frames += payload;
    }
    return frames;
}

//! The first byte says how the bytes come, the rest which frames.
FuzzTarget::Function reading(Compression algorithm)
{
    return [algorithm](QByteArrayView input) {
        if (input.isEmpty())
            return;
        static const std::unique_ptr<Deflater> deflater = Deflater::create(algorithm, 0);
        const qsizetype piece = 1 + quint8(input.front()) % 64;
        const QByteArray frames = framesOf(input.sliced(1), *deflater);
        CompressedReader whole(algorithm);
        CompressedReader pieces(algorithm);
        const Told atOnce = packetsOf(whole, frames, std::max<qsizetype>(1, frames.size()));
        const Told byPieces = packetsOf(pieces, frames, piece);
        require(atOnce.good == byPieces.good, "how the bytes come decides nothing");
        // Of a frame with a fault the more is seen, the smaller the pieces are.
        require(atOnce.good ? atOnce.packets == byPieces.packets
                            : byPieces.packets.startsWith(atOnce.packets),
                "the packets do not depend on how the bytes come");
    };
}

const FuzzTarget zlib("compressed_zlib", reading(Compression::Zlib));
const FuzzTarget zstd("compressed_zstd", reading(Compression::Zstd));

//! The first byte is the level, the rest goes into packets of up to 255 bytes.
FuzzTarget::Function writing(Compression algorithm)
{
    return [algorithm](QByteArrayView input) {
        if (input.isEmpty())
            return;
        const int level = quint8(input.front()) % 10;
        input = input.sliced(1);
        QByteArray packets;
        QByteArray expected;
        for (quint8 sequence = 0; !input.isEmpty(); ++sequence) {
            const qsizetype size = std::min<qsizetype>(quint8(input.front()), input.size() - 1);
            const char header[] = {char(size), 0, 0, char(sequence)};
            packets.append(header, sizeof(header));
            packets += input.sliced(1, size);
            expected += QByteArray::number(size) + ':';
            expected += input.sliced(1, size);
            input = input.sliced(1 + size);
        }
        CompressedWriter writer(algorithm, level, 50);
        QByteArray frames;
        writer.write(packets, frames, 0);
        CompressedReader reader(algorithm);
        const Told told = packetsOf(reader, frames, 100);
        require(told.good && told.packets == expected, "what is packed can be unpacked");
        require(reader.isUsedUp(), "nothing is left");
    };
}

const FuzzTarget zlibBack("packed_zlib", writing(Compression::Zlib));
const FuzzTarget zstdBack("packed_zstd", writing(Compression::Zstd));

} // namespace
