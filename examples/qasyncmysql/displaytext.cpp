// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "displaytext.h"

#include <QChar>
#include <QList>
#include <QString>

#include <algorithm>
#include <iterator>

namespace Cli {

// Characters that a terminal draws two columns wide (Unicode Standard Annex 11, East_Asian_Width W and F, by
// block).
static bool isWide(char32_t c)
{
    struct Range
    {
        char32_t first;
        char32_t last;
    };
    static constexpr Range ranges[] = {
        {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},
        {0x4e00, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},
        {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x17000, 0x18d08}, {0x1b000, 0x1b2fb}, {0x1f300, 0x1f64f},
        {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd},
    };
    if (c < ranges[0].first)
        return false;
    const Range *range = std::lower_bound(std::begin(ranges), std::end(ranges), c,
                                          [](const Range &r, char32_t v) { return r.last < v; });
    return range != std::end(ranges) && c >= range->first;
}

static int widthOf(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
        return 0;
    default:
        return isWide(c) ? 2 : 1;
    }
}

static bool isHarmful(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
}

static QByteArray escape(char32_t c)
{
    switch (c) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    case 0:
        return "\\0";
    default:
        if (c < 0x100)
            return "\\x" + QByteArray::number(uint(c), 16).rightJustified(2, '0');
        return "\\u" + QByteArray::number(uint(c), 16).rightJustified(4, '0');
    }
}

DisplayText::DisplayText(QByteArrayView utf8)
{
    const bool plain = std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (plain) {
        m_bytes = utf8.toByteArray();
        m_width = int(m_bytes.size());
        return;
    }
    const QString text = QString::fromUtf8(utf8); // what is not UTF-8 becomes U+FFFD
    m_bytes.reserve(utf8.size() + 16);
    for (const uint code : text.toUcs4()) {
        const auto c = char32_t(code);
        const QByteArray bytes = isHarmful(c) ? escape(c) : QString::fromUcs4(&c, 1).toUtf8();
        m_width += isHarmful(c) ? int(bytes.size()) : widthOf(c);
        m_bytes += bytes;
    }
}

} // namespace Cli
