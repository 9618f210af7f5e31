// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/literal.h"

#include "values/temporal.h"

#include <algorithm>
#include <charconv>

namespace QAsyncMySql::Internal {

namespace {

void appendHex(QByteArray &to, QByteArrayView bytes)
{
    static constexpr char Digits[] = "0123456789ABCDEF";
    to.append("X'");
    const qsizetype from = to.size();
    to.resize(from + bytes.size() * 2);
    char *at = to.data() + from;
    for (const char byte : bytes) {
        *at++ = Digits[uchar(byte) >> 4];
        *at++ = Digits[uchar(byte) & 15];
    }
    to.append('\'');
}

void appendText(QByteArray &to, QByteArrayView utf8)
{
    const auto needsHex = [](char c) { return c == '\\' || c == '\0' || c == 0x1A; };
    if (std::any_of(utf8.begin(), utf8.end(), needsHex)) {
        to.append("_utf8mb4 ");
        appendHex(to, utf8);
        return;
    }
    to.reserve(to.size() + utf8.size() + 2);
    to.append('\'');
    for (qsizetype from = 0;;) {
        const qsizetype quote = utf8.indexOf('\'', from);
        if (quote < 0) {
            to.append(utf8.sliced(from));
            break;
        }
        to.append(utf8.sliced(from, quote + 1 - from)).append('\'');
        from = quote + 1;
    }
    to.append('\'');
}

void appendDouble(QByteArray &to, double value)
{
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    to.append(buffer, end - buffer);
    if (std::find(buffer, end, 'e') == end)
        to.append("e0");
}

template <class T> void appendInteger(QByteArray &to, T value)
{
    char buffer[24];
    to.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr - buffer);
}

DateFields fieldsOf(const Parameter &parameter)
{
    const Parameter::DateTimeValue value = parameter.dateTimeValue();
    return {value.year, value.month, value.day, value.timeOfDay};
}

//! What \a append says, in quotes; it holds none.
template <class Append> void appendQuoted(QByteArray &to, Append &&append)
{
    to.append('\'');
    append();
    to.append('\'');
}

} // namespace

void appendLiteral(QByteArray &to, const Parameter &parameter)
{
    switch (parameter.kind()) {
    case Parameter::Kind::Boolean:
        to.append(parameter.boolean() ? '1' : '0');
        break;
    case Parameter::Kind::Signed:
        appendInteger(to, parameter.signedInteger());
        break;
    case Parameter::Kind::Unsigned:
        appendInteger(to, parameter.unsignedInteger());
        break;
    case Parameter::Kind::Float:
    case Parameter::Kind::Double:
        appendDouble(to, parameter.doubleValue());
        break;
    case Parameter::Kind::Decimal:
        to.append(parameter.bytesView());
        break;
    case Parameter::Kind::Text:
    case Parameter::Kind::Json:
        appendText(to, parameter.bytesView());
        break;
    case Parameter::Kind::Bytes:
        to.append("_binary ");
        appendHex(to, parameter.bytesView());
        break;
    case Parameter::Kind::Date:
        appendQuoted(to, [&] { appendDate(to, fieldsOf(parameter)); });
        break;
    case Parameter::Kind::DateTime:
        appendQuoted(to, [&] { appendDateTime(to, fieldsOf(parameter)); });
        break;
    case Parameter::Kind::Time:
        appendQuoted(to, [&] { appendTime(to, parameter.time().duration().count()); });
        break;
    case Parameter::Kind::List:
        for (qsizetype i = 0; i < parameter.list().size(); ++i) {
            if (i > 0)
                to.append(", ");
            appendLiteral(to, parameter.list().at(i));
        }
        break;
    case Parameter::Kind::Null:
    case Parameter::Kind::Device:
    case Parameter::Kind::Invalid: // which checkHeldParameters() keeps out, and devices
        to.append("NULL");
        break;
    }
}

} // namespace QAsyncMySql::Internal
