// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "values/hexline.h"

namespace {
constexpr qsizetype BytesInLine = 16;
} // namespace

qsizetype HexLine::count(const QByteArray &bytes)
{
    return (bytes.size() + BytesInLine - 1) / BytesInLine;
}

int HexLine::length()
{
    return int(10 + 3 * BytesInLine + 2 + BytesInLine);
}

QString HexLine::text(const QByteArray &all, qsizetype line)
{
    const qsizetype first = line * BytesInLine;
    const QByteArrayView bytes
        = QByteArrayView(all).sliced(first).first(qMin(BytesInLine, all.size() - first));
    QString digits;
    QString characters;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<uchar>(bytes.at(i));
        digits += QStringLiteral("%1 ").arg(byte, 2, 16, QLatin1Char('0'));
        if (i == BytesInLine / 2 - 1)
            digits += QLatin1Char(' ');
        characters += byte >= 0x20 && byte < 0x7f ? QLatin1Char(char(byte)) : QLatin1Char('.');
    }
    return QStringLiteral("%1  %2 %3")
        .arg(first, 8, 16, QLatin1Char('0'))
        .arg(digits, -int(3 * BytesInLine + 1))
        .arg(characters);
}
