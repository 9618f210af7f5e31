// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The protocol core against any server. Input: the kind of conversation, the character of the server, how the
// bytes arrive, then what the server says, raw or packet by packet (a length of two bytes before each;
// sequence numbers are made right, so that the fuzzer need not find them).
//
// Beside not crashing, the same bytes must give the same events however they are cut.

#include "conversation.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

using QAsyncMySql::Test::Conversation;

namespace {

constexpr qsizetype HeaderSize = 4;

QByteArray serverBytes(QByteArrayView input, quint8 firstSequence)
{
    QByteArray bytes;
    quint8 sequence = firstSequence;
    while (input.size() >= 2) {
        const qsizetype announced = quint8(input[0]) | quint8(input[1]) << 8;
        input = input.sliced(2);
        const qsizetype size = std::min(announced & 0x3FFF, input.size());
        bytes += char(size & 0xFF);
        bytes += char(size >> 8);
        bytes += '\0';
        bytes += char(sequence++);
        bytes.append(input.first(size));
        input = input.sliced(size);
        switch (announced >> 14) {
        case 1: // the client answers in between
            sequence += 1;
            break;
        case 2: // the next packet begins another answer
            sequence = 1;
            break;
        case 3: // the client asks for TLS and goes on
            sequence += 2;
            break;
        }
    }
    return bytes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView input(data, qsizetype(size));
    if (input.size() < HeaderSize)
        return 0;
    const auto kind = quint8(input[0]);
    const auto character = quint8(input[1]);
    const auto cutting = quint8(input[2]);
    const bool raw = input[3] & 1;
    const QByteArrayView said = input.sliced(HeaderSize);
    const QByteArray bytes
        = raw ? said.toByteArray() : serverBytes(said, Conversation::isLogin(kind) ? 0 : 1);

    Conversation whole(kind, character);
    whole.feed(bytes, 0, 1 << 20);
    Conversation cut(kind, character);
    cut.feed(bytes, 1 + cutting % 16, 1 + cutting / 16);
    if (whole.isComparable() && whole.events() != cut.events()) {
        std::fprintf(stderr, "the events depend on how the bytes arrive\n--- at once\n%s\n--- cut\n%s\n",
                     whole.events().constData(), cut.events().constData());
        std::abort();
    }
    return 0;
}
