// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/jsontext.h"

#include <QtCore/QString>

namespace QAsyncMySql::Internal {

// All integers up to here are doubles (RFC 8259, section 6).
static constexpr quint64 MaximumExactInteger = (quint64(1) << 53) - 1;

void appendJsonString(QByteArray &out, QByteArrayView utf8)
{
    if (!utf8.isValidUtf8()) {
        appendJsonString(out, QString::fromUtf8(utf8).toUtf8());
        return;
    }
    out += '"';
    qsizetype written = 0;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const auto c = uchar(utf8[i]);
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
            continue;
        out += utf8.sliced(written, i - written);
        written = i + 1;
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default: {
            static constexpr char digits[] = "0123456789abcdef";
            const char escape[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
            out.append(escape, sizeof(escape));
        }
        }
    }
    out += utf8.sliced(written);
    out += '"';
}

static void appendNumber(QByteArray &out, const QByteArray &digits, quint64 magnitude)
{
    if (magnitude <= MaximumExactInteger)
        out += digits;
    else
        out += '"' + digits + '"';
}

void appendJsonInteger(QByteArray &out, qint64 value)
{
    const quint64 magnitude = value < 0 ? quint64(0) - quint64(value) : quint64(value);
    appendNumber(out, QByteArray::number(value), magnitude);
}

void appendJsonInteger(QByteArray &out, quint64 value)
{
    appendNumber(out, QByteArray::number(value), value);
}

} // namespace QAsyncMySql::Internal
