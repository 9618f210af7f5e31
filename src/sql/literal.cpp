// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/literal.h"

#include "values/bytetail.h"
#include "values/temporal.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <numeric>

namespace QAsyncMySql::Internal {

namespace {

constexpr QByteArrayView Utf8Introducer = "_utf8mb4 ";
constexpr QByteArrayView BinaryIntroducer = "_binary ";
constexpr qsizetype NumberRoom = 40; // no number, date or time takes as much, with its quotes
constexpr qsizetype ShortText = 1024; // for which room may be wasted rather than counted

char *write(char *to, QByteArrayView bytes) noexcept
{
    if (!bytes.isEmpty())
        std::memcpy(to, bytes.data(), size_t(bytes.size()));
    return to + bytes.size();
}

char *writeHex(char *to, QByteArrayView bytes) noexcept
{
    static constexpr char Digits[] = "0123456789ABCDEF";
    *to++ = 'X';
    *to++ = '\'';
    for (const char byte : bytes) {
        *to++ = Digits[uchar(byte) >> 4];
        *to++ = Digits[uchar(byte) & 15];
    }
    *to++ = '\'';
    return to;
}

constexpr qsizetype hexRoom(QByteArrayView introducer, qsizetype size) noexcept
{
    return introducer.size() + 3 + 2 * size;
}

bool needsHex(char c) noexcept
{
    return c == '\\' || c == '\0' || c == 0x1A;
}

qsizetype textRoom(QByteArrayView utf8) noexcept
{
    const qsizetype most = hexRoom(Utf8Introducer, utf8.size());
    if (utf8.size() <= ShortText || std::any_of(utf8.begin(), utf8.end(), needsHex))
        return most;
    return utf8.size() + std::count(utf8.begin(), utf8.end(), '\'') + 2;
}

char *writeText(char *to, QByteArrayView utf8) noexcept
{
    if (std::any_of(utf8.begin(), utf8.end(), needsHex))
        return writeHex(write(to, Utf8Introducer), utf8);
    *to++ = '\'';
    for (const char c : utf8) {
        *to++ = c;
        if (c == '\'')
            *to++ = c;
    }
    *to++ = '\'';
    return to;
}

char *writeDouble(char *to, double value) noexcept
{
    char *const end = std::to_chars(to, to + NumberRoom, value).ptr;
    return std::find(to, end, 'e') == end ? write(end, "e0") : end;
}

DateFields fieldsOf(const Parameter &parameter)
{
    const Parameter::DateTimeValue value = parameter.dateTimeValue();
    return {value.year, value.month, value.day, value.timeOfDay};
}

} // namespace

qsizetype literalRoom(const Parameter &parameter) noexcept
{
    switch (parameter.kind()) {
    case Parameter::Kind::Decimal:
        return parameter.bytesView().size();
    case Parameter::Kind::Text:
    case Parameter::Kind::Json:
        return textRoom(parameter.bytesView());
    case Parameter::Kind::Bytes:
        return hexRoom(BinaryIntroducer, parameter.bytesView().size());
    case Parameter::Kind::List:
        return std::accumulate(
            parameter.list().begin(), parameter.list().end(), qsizetype(0),
            [](qsizetype sum, const Parameter &value) { return sum + literalRoom(value) + 2; });
    default:
        return NumberRoom;
    }
}

char *writeLiteral(char *to, const Parameter &parameter)
{
    switch (parameter.kind()) {
    case Parameter::Kind::Boolean:
        *to++ = parameter.boolean() ? '1' : '0';
        return to;
    case Parameter::Kind::Signed:
        return std::to_chars(to, to + NumberRoom, parameter.signedInteger()).ptr;
    case Parameter::Kind::Unsigned:
        return std::to_chars(to, to + NumberRoom, parameter.unsignedInteger()).ptr;
    case Parameter::Kind::Float:
    case Parameter::Kind::Double:
        return writeDouble(to, parameter.doubleValue());
    case Parameter::Kind::Decimal:
        return write(to, parameter.bytesView());
    case Parameter::Kind::Text:
    case Parameter::Kind::Json:
        return writeText(to, parameter.bytesView());
    case Parameter::Kind::Bytes:
        return writeHex(write(to, BinaryIntroducer), parameter.bytesView());
    case Parameter::Kind::Date:
        return write(writeDate(write(to, "'"), fieldsOf(parameter)), "'");
    case Parameter::Kind::DateTime:
        return write(writeDateTime(write(to, "'"), fieldsOf(parameter)), "'");
    case Parameter::Kind::Time:
        return write(writeTime(write(to, "'"), parameter.time().duration().count()), "'");
    case Parameter::Kind::List:
        for (qsizetype i = 0; i < parameter.list().size(); ++i)
            to = writeLiteral(i > 0 ? write(to, ", ") : to, parameter.list().at(i));
        return to;
    case Parameter::Kind::Null:
    case Parameter::Kind::Device:
    case Parameter::Kind::Invalid: // which checkHeldParameters() keeps out, and devices
        break;
    }
    return write(to, "NULL");
}

void appendLiteral(QByteArray &to, const Parameter &parameter)
{
    ByteTail tail(to, literalRoom(parameter));
    tail.at = writeLiteral(tail.at, parameter);
}

} // namespace QAsyncMySql::Internal
