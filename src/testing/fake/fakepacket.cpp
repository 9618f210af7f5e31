// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/fakepacket.h>

#include <algorithm>

namespace QAsyncMySql {

namespace {

constexpr qsizetype MaxFrame = 0xFF'FF'FF;
constexpr quint16 BinaryCharset = 63;

} // namespace

QByteArray FakePacket::fixed(quint64 value, int bytes)
{
    QByteArray result(bytes, '\0');
    for (int i = 0; i < bytes; ++i)
        result[i] = char(quint8(value >> (8 * i)));
    return result;
}

QByteArray FakePacket::number(quint64 value)
{
    if (value < 0xFB)
        return fixed(value, 1);
    if (value <= 0xFF'FF)
        return '\xFC' + fixed(value, 2);
    if (value <= 0xFF'FF'FF)
        return '\xFD' + fixed(value, 3);
    return '\xFE' + fixed(value, 8);
}

QByteArray FakePacket::text(const QByteArray &bytes)
{
    return number(quint64(bytes.size())) + bytes;
}

QByteArray FakePacket::ok(quint64 affectedRows, quint64 lastInsertId, quint16 status, quint16 warnings,
                          quint8 header)
{
    return fixed(header, 1) + number(affectedRows) + number(lastInsertId) + fixed(status, 2)
        + fixed(warnings, 2);
}

QByteArray FakePacket::eof(quint16 status, quint16 warnings)
{
    return '\xFE' + fixed(warnings, 2) + fixed(status, 2);
}

QByteArray FakePacket::error(quint16 code, const QByteArray &message, const QByteArray &sqlState)
{
    QByteArray result = '\xFF' + fixed(code, 2);
    if (!sqlState.isEmpty())
        result += '#' + sqlState;
    return result + message;
}

// MySQL source documentation, "Protocol::ColumnDefinition41".
QByteArray FakePacket::column(const QByteArray &name, ColumnType type, quint16 charset, ColumnFlags flags)
{
    const quint32 length = charset == BinaryCharset ? 20 : 1020;
    return text("def") + text("fake") + text("answer") + text("answer") + text(name) + text(name) + '\x0C'
        + fixed(charset, 2) + fixed(length, 4) + fixed(quint8(type), 1) + fixed(quint64(flags.toInt()), 2)
        + fixed(type == ColumnType::Float || type == ColumnType::Double ? 31 : 0, 1) + fixed(0, 2);
}

QByteArray FakePacket::textRow(const QByteArrayList &cells)
{
    QByteArray result;
    for (const QByteArray &cell : cells)
        result += cell.isNull() ? QByteArray(1, '\xFB') : text(cell);
    return result;
}

// MySQL source documentation, "Protocol::AuthSwitchRequest".
QByteArray FakePacket::authSwitch(const QByteArray &plugin, const QByteArray &challenge)
{
    return '\xFE' + plugin + '\0' + challenge + '\0';
}

QByteArray FakePacket::framed(const QByteArray &payload, quint8 sequence)
{
    QByteArray result;
    result.reserve(payload.size() + 4 * (payload.size() / MaxFrame + 1));
    qsizetype done = 0;
    for (;;) {
        const qsizetype size = std::min(payload.size() - done, MaxFrame);
        result += fixed(quint64(size), 3) + char(sequence++);
        result.append(payload.constData() + done, size);
        done += size;
        if (size < MaxFrame) // a full frame is never the last
            return result;
    }
}

} // namespace QAsyncMySql
