// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// One packet of each kind, read by the function that reads it.

#include "fuzztarget.h"

#include "protocol/capabilities.h"
#include "protocol/framing.h"
#include "protocol/greeting.h"
#include "protocol/packetreader.h"
#include "protocol/packets.h"
#include "protocol/protocolguess.h"
#include "protocol/rowshape.h"
#include "protocol/sessionstate.h"
#include "values/columndata.h"

#include <cstring>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Test::FuzzTarget;
using Test::require;

namespace {

//! The first byte of the input says what was agreed on.
SessionState stateOf(quint8 character)
{
    SessionState state;
    state.authenticated = true;
    state.capabilities = Capability::Protocol41 | Capability::PluginAuth;
    if (character & 1)
        state.capabilities |= Capability::DeprecateEof;
    if (character & 2)
        state.capabilities |= Capability::SessionTrack;
    if (character & 4) {
        state.isMariaDb = true;
        state.mariadbCapabilities = MariaDbCapability::ExtendedMetadata;
    }
    state.limits.errorText = 64;
    return state;
}

template <class Read> FuzzTarget::Function withState(Read read)
{
    return [read](QByteArrayView input) {
        if (input.isEmpty())
            return;
        SessionState state = stateOf(quint8(input.front()));
        read(input.sliced(1), state);
    };
}

const FuzzTarget greeting("greeting", [](QByteArrayView input) {
    Greeting read;
    if (!parseGreeting(input, read))
        require(read.challenge.size() >= 20, "a greeting has a challenge of 20 bytes");
});

const FuzzTarget ok("ok", withState([](QByteArrayView input, SessionState &state) {
                        const quint16 before = state.status;
                        OkPacket read;
                        if (!parseOk(input, state, read))
                            require(state.status == before, "a bad OK packet changes nothing");
                    }));

const FuzzTarget eof("eof", withState([](QByteArrayView input, SessionState &state) {
                         OkPacket read;
                         require(!parseEof(input, state, read) || input.size() == 5,
                                 "an EOF packet has 5 bytes");
                     }));

const FuzzTarget error("error", withState([](QByteArrayView input, SessionState &state) {
                           ErrPacket read;
                           if (!parseErr(input, state, read))
                               return;
                           require(read.sqlState.size() == 5, "an SQLSTATE has 5 characters");
                           require(read.message.size() <= qsizetype(state.limits.errorText),
                                   "the text is cut");
                       }));

const FuzzTarget column("column", withState([](QByteArrayView input, SessionState &state) {
                            ColumnData read;
                            if (parseColumnDefinition(input, state, read))
                                require(read.name.size() <= input.size(), "a name is part of its packet");
                        }));

const FuzzTarget reader("reader", [](QByteArrayView input) {
    // The input is both: what is read, and in which way.
    PacketReader packet(input);
    for (const char way : input) {
        QByteArrayView view;
        switch (quint8(way) % 12) {
        case 0:
            packet.u8();
            break;
        case 1:
            packet.u16();
            break;
        case 2:
            packet.u24();
            break;
        case 3:
            packet.u32();
            break;
        case 4:
            packet.u64();
            break;
        case 5:
            packet.lenenc();
            break;
        case 6:
            view = packet.lenencString();
            break;
        case 7:
            view = packet.lenencStringOrNull();
            break;
        case 8:
            view = packet.nulString();
            break;
        case 9:
            packet.skipTextCells(quint8(way) / 12);
            break;
        case 10:
            view = packet.bytes(quint8(way) / 12);
            break;
        default:
            packet.peek();
        }
        require(view.isEmpty() || (view.begin() >= input.begin() && view.end() <= input.end()),
                "views lie within the packet");
        require(packet.remaining() <= quint64(input.size()), "no more is left than there was");
    }
});

const FuzzTarget framing("framing", [](QByteArrayView input) {
    if (input.isEmpty())
        return;
    // In pieces of one to sixteen bytes, and in one piece.
    const auto packets = [](QByteArrayView bytes, qsizetype piece) -> QByteArray {
        QByteArray told;
        FrameDecoder decoder;
        while (!bytes.isEmpty()) {
            const QByteArrayView now = bytes.first(std::min(piece, bytes.size()));
            bytes = bytes.sliced(now.size());
            std::memcpy(decoder.space(now.size()), now.data(), size_t(now.size()));
            decoder.written(now.size());
            Packet packet;
            FrameDecoder::Status status;
            while ((status = decoder.next(packet, 1024)) == FrameDecoder::Status::Packet) {
                told += QByteArray::number(packet.firstSequence) + ':';
                told.append(packet.payload);
            }
            if (status == FrameDecoder::Status::Fault)
                return told + "fault";
        }
        return told;
    };
    const qsizetype piece = 1 + quint8(input.front()) % 16;
    require(packets(input.sliced(1), piece) == packets(input.sliced(1), input.size()),
            "pieces make no difference");
});

QList<Column> columnsOf(QByteArrayView &input)
{
    QList<Column> columns;
    const qsizetype count
        = input.isEmpty() ? 0 : std::min<qsizetype>(quint8(input.front()) % 40, input.size() - 1);
    for (qsizetype i = 0; i < count; ++i) {
        auto *data = new ColumnData;
        data->type = ColumnType(quint8(input[1 + i]));
        columns.append(Column(data));
    }
    input = input.sliced(input.isEmpty() ? 0 : 1 + count);
    return columns;
}

const FuzzTarget textRow("text_row", [](QByteArrayView input) {
    const QList<Column> columns = columnsOf(input);
    RowShape shape;
    shape.setText(columns.size());
    require(!shape.fits(input) || input.size() >= columns.size(), "a cell takes a byte at least");
});

const FuzzTarget binaryRow("binary_row", [](QByteArrayView input) {
    const QList<Column> columns = columnsOf(input);
    RowShape shape;
    shape.setBinary(columns);
    require(!shape.fits(input) || input.size() >= 1 + (columns.size() + 9) / 8, "there is a NULL bitmap");
});

const FuzzTarget guess("protocol_guess", [](QByteArrayView input) { guessProtocol(input); });

} // namespace
