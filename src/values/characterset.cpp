// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "values/characterset.h"

#include "values/codetables.h"
#include "values/iconvdecoder.h"

#include <QtCore/QStringDecoder>
#include <QtCore/QtEndian>

#include <array>

namespace QAsyncMySql::Internal {

namespace {

using Coding = CharacterSet::Coding;

// JIS X 0201 has the signs of the yen and an overline in the places of two characters of ASCII; servers do
// not.
constexpr char16_t SjisCorrections[] = u"\u00A5\\\u203E~\uFF3C\\";

// The names are the server's (INFORMATION_SCHEMA.CHARACTER_SETS), the last column those that iconv() knows.
// "utf8" is what older servers call utf8mb3. The order is that of the enum below.
constexpr CharacterSet Sets[] = {
    {"utf8mb4", Coding::Utf8, 4},
    {"utf8mb3", Coding::Utf8, 3},
    {"utf8", Coding::Utf8, 3},
    {"ascii", Coding::Utf8, 1},
    {"binary", Coding::Utf8, 1},
    {"ucs2", Coding::Utf16BigEndian, 2},
    {"utf16", Coding::Utf16BigEndian, 4},
    {"utf16le", Coding::Utf16LittleEndian, 4},
    {"utf32", Coding::Utf32BigEndian, 4},
    {"armscii8", Coding::SingleByte, 1, Armscii8Upper},
    {"cp1250", Coding::SingleByte, 1, Cp1250Upper},
    {"cp1251", Coding::SingleByte, 1, Cp1251Upper},
    {"cp1256", Coding::SingleByte, 1, Cp1256Upper},
    {"cp1257", Coding::SingleByte, 1, Cp1257Upper},
    {"cp850", Coding::SingleByte, 1, Cp850Upper},
    {"cp852", Coding::SingleByte, 1, Cp852Upper},
    {"cp866", Coding::SingleByte, 1, Cp866Upper},
    {"dec8", Coding::SingleByte, 1, Dec8Upper},
    {"geostd8", Coding::SingleByte, 1, Geostd8Upper},
    {"greek", Coding::SingleByte, 1, GreekUpper},
    {"hebrew", Coding::SingleByte, 1, HebrewUpper},
    {"hp8", Coding::SingleByte, 1, Hp8Upper},
    {"keybcs2", Coding::SingleByte, 1, Keybcs2Upper},
    {"koi8r", Coding::SingleByte, 1, Koi8rUpper},
    {"koi8u", Coding::SingleByte, 1, Koi8uUpper},
    {"latin1", Coding::SingleByte, 1, Latin1Upper},
    {"latin2", Coding::SingleByte, 1, Latin2Upper},
    {"latin5", Coding::SingleByte, 1, Latin5Upper},
    {"latin7", Coding::SingleByte, 1, Latin7Upper},
    {"macce", Coding::SingleByte, 1, MacceUpper},
    {"macroman", Coding::SingleByte, 1, MacromanUpper},
    {"swe7", Coding::SingleByte, 1},
    {"tis620", Coding::SingleByte, 1, Tis620Upper},
    {"big5", Coding::MultiByte, 2, nullptr, "BIG5"},
    {"cp932", Coding::MultiByte, 2, nullptr, "CP932"},
    {"eucjpms", Coding::MultiByte, 3, nullptr, "EUC-JP-MS"},
    {"euckr", Coding::MultiByte, 2, nullptr, "UHC"},
    {"gb18030", Coding::MultiByte, 4, nullptr, "GB18030"},
    {"gb2312", Coding::MultiByte, 2, nullptr, "EUC-CN"},
    {"gbk", Coding::MultiByte, 2, nullptr, "GBK"},
    {"sjis", Coding::MultiByte, 2, SjisCorrections, "SJIS"},
    {"ujis", Coding::MultiByte, 3, nullptr, "EUC-JP"},
};

enum Set : quint8
{
    Utf8Mb4,
    Utf8Mb3,
    Utf8,
    Ascii,
    Binary,
    Ucs2,
    Utf16,
    Utf16Le,
    Utf32,
    Armscii8,
    Cp1250,
    Cp1251,
    Cp1256,
    Cp1257,
    Cp850,
    Cp852,
    Cp866,
    Dec8,
    Geostd8,
    Greek,
    Hebrew,
    Hp8,
    Keybcs2,
    Koi8r,
    Koi8u,
    Latin1,
    Latin2,
    Latin5,
    Latin7,
    Macce,
    Macroman,
    Swe7,
    Tis620,
    Big5,
    Cp932,
    EucJpMs,
    EucKr,
    Gb18030,
    Gb2312,
    Gbk,
    Sjis,
    Ujis,
    Count,
};
static_assert(std::size(Sets) == Count);
constexpr quint8 NoSet = Count;

// The collations of the first thousand numbers, in runs of one character set (INFORMATION_SCHEMA.COLLATIONS
// of MySQL 9.7 and MariaDB 11.8).
struct Run
{
    quint16 first;
    quint16 last;
    quint8 set;
};
constexpr Run Runs[] = {
    {1, 1, Big5},        {2, 2, Latin2},      {3, 3, Dec8},        {4, 4, Cp850},       {5, 5, Latin1},
    {6, 6, Hp8},         {7, 7, Koi8r},       {8, 8, Latin1},      {9, 9, Latin2},      {10, 10, Swe7},
    {11, 11, Ascii},     {12, 12, Ujis},      {13, 13, Sjis},      {14, 14, Cp1251},    {15, 15, Latin1},
    {16, 16, Hebrew},    {18, 18, Tis620},    {19, 19, EucKr},     {20, 20, Latin7},    {21, 21, Latin2},
    {22, 22, Koi8u},     {23, 23, Cp1251},    {24, 24, Gb2312},    {25, 25, Greek},     {26, 26, Cp1250},
    {27, 27, Latin2},    {28, 28, Gbk},       {29, 29, Cp1257},    {30, 30, Latin5},    {31, 31, Latin1},
    {32, 32, Armscii8},  {33, 33, Utf8Mb3},   {34, 34, Cp1250},    {35, 35, Ucs2},      {36, 36, Cp866},
    {37, 37, Keybcs2},   {38, 38, Macce},     {39, 39, Macroman},  {40, 40, Cp852},     {41, 42, Latin7},
    {43, 43, Macce},     {44, 44, Cp1250},    {45, 46, Utf8Mb4},   {47, 49, Latin1},    {50, 52, Cp1251},
    {53, 53, Macroman},  {54, 55, Utf16},     {56, 56, Utf16Le},   {57, 57, Cp1256},    {58, 59, Cp1257},
    {60, 61, Utf32},     {62, 62, Utf16Le},   {63, 63, Binary},    {64, 64, Armscii8},  {65, 65, Ascii},
    {66, 66, Cp1250},    {67, 67, Cp1256},    {68, 68, Cp866},     {69, 69, Dec8},      {70, 70, Greek},
    {71, 71, Hebrew},    {72, 72, Hp8},       {73, 73, Keybcs2},   {74, 74, Koi8r},     {75, 75, Koi8u},
    {76, 76, Utf8Mb3},   {77, 77, Latin2},    {78, 78, Latin5},    {79, 79, Latin7},    {80, 80, Cp850},
    {81, 81, Cp852},     {82, 82, Swe7},      {83, 83, Utf8Mb3},   {84, 84, Big5},      {85, 85, EucKr},
    {86, 86, Gb2312},    {87, 87, Gbk},       {88, 88, Sjis},      {89, 89, Tis620},    {90, 90, Ucs2},
    {91, 91, Ujis},      {92, 93, Geostd8},   {94, 94, Latin1},    {95, 96, Cp932},     {97, 98, EucJpMs},
    {99, 99, Cp1250},    {101, 124, Utf16},   {128, 151, Ucs2},    {159, 159, Ucs2},    {160, 183, Utf32},
    {192, 215, Utf8Mb3}, {223, 223, Utf8Mb3}, {224, 247, Utf8Mb4}, {248, 250, Gb18030}, {255, 323, Utf8Mb4},
    {576, 607, Utf8Mb3}, {608, 639, Utf8Mb4}, {640, 671, Ucs2},    {672, 703, Utf16},   {736, 767, Utf32},
};
constexpr quint16 WithoutPadding = 1024; // MariaDB's "nopad" collations are the others' numbers and this
constexpr quint16 Unicode14 = 2048; // MariaDB's "uca1400" collations: 256 for each character set
constexpr quint8 Unicode14Sets[] = {Utf8Mb3, Utf8Mb4, Ucs2, Utf16, Utf32};

constexpr auto makeSetsByCollation()
{
    std::array<quint8, WithoutPadding> sets{};
    for (quint8 &set : sets)
        set = NoSet;
    for (const Run &run : Runs) {
        for (int number = run.first; number <= run.last; ++number)
            sets[size_t(number)] = run.set;
    }
    return sets;
}

quint8 setOf(quint16 collation) noexcept
{
    static constexpr std::array<quint8, WithoutPadding> SetsByCollation = makeSetsByCollation();
    if (collation < WithoutPadding)
        return SetsByCollation[collation];
    if (collation < Unicode14)
        return SetsByCollation[collation - WithoutPadding];
    const size_t block = size_t(collation - Unicode14) / 256;
    return block < std::size(Unicode14Sets) ? Unicode14Sets[block] : NoSet;
}

CharacterSet::Outcome decodeUtf16(QStringConverter::Encoding encoding, QByteArrayView bytes, QString &text)
{
    // A mark of the byte order would be a character here.
    QStringDecoder decoder(encoding,
                           QStringConverter::Flag::Stateless | QStringConverter::Flag::ConvertInitialBom);
    text = decoder(bytes);
    const bool good = !decoder.hasError() && bytes.size() % 2 == 0 && text.isValidUtf16();
    for (qsizetype i = 0; !good && i < text.size(); ++i) {
        if (text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate())
            ++i;
        else if (text.at(i).isSurrogate())
            text[i] = QChar::ReplacementCharacter;
    }
    return good ? CharacterSet::Outcome::Ok : CharacterSet::Outcome::Lossy;
}

CharacterSet::Outcome decodeUtf32(QByteArrayView bytes, QString &text)
{
    constexpr qsizetype Unit = sizeof(char32_t);
    QString decoded;
    decoded.reserve(bytes.size() / Unit);
    bool lossy = bytes.size() % Unit != 0;
    for (qsizetype i = 0; i + Unit <= bytes.size(); i += Unit) {
        const auto code = qFromBigEndian<quint32>(bytes.data() + i);
        const bool good = code <= QChar::LastValidCodePoint && !QChar::isSurrogate(code);
        lossy = lossy || !good;
        decoded += QChar::fromUcs4(good ? code : char32_t(QChar::ReplacementCharacter));
    }
    text = std::move(decoded);
    return lossy ? CharacterSet::Outcome::Lossy : CharacterSet::Outcome::Ok;
}

// swe7 is ASCII but for these.
char16_t swedish(uchar byte) noexcept
{
    switch (byte) {
    case '@':
        return u'\u00C9';
    case '[':
        return u'\u00C4';
    case '\\':
        return u'\u00D6';
    case ']':
        return u'\u00C5';
    case '^':
        return u'\u00DC';
    case '`':
        return u'\u00E9';
    case '{':
        return u'\u00E4';
    case '|':
        return u'\u00F6';
    case '}':
        return u'\u00E5';
    case '~':
        return u'\u00FC';
    default:
        return byte < 0x7F ? char16_t(byte) : u'\uFFFD';
    }
}

//! \a pairs: what iconv() says, and what servers do.
void correct(QString &text, const char16_t *pairs)
{
    for (QChar &character : text) {
        for (const char16_t *pair = pairs; *pair; pair += 2) {
            if (character == QChar(pair[0]))
                character = QChar(pair[1]);
        }
    }
}

} // namespace

const CharacterSet *CharacterSet::ofCollation(quint16 number) noexcept
{
    const quint8 set = setOf(number);
    return set == NoSet ? nullptr : &Sets[set];
}

const CharacterSet *CharacterSet::named(QByteArrayView name) noexcept
{
    for (const CharacterSet &set : Sets) {
        if (set.name() == name)
            return &set;
    }
    return nullptr;
}

CharacterSet::Outcome CharacterSet::decode(QByteArrayView bytes, QString &text) const
{
    switch (m_coding) {
    case Coding::Utf8:
        text = QString::fromUtf8(bytes);
        return bytes.isValidUtf8() ? Outcome::Ok : Outcome::Lossy;
    case Coding::SingleByte:
        return decodeSingleBytes(bytes, text);
    case Coding::Utf16BigEndian:
        return decodeUtf16(QStringConverter::Utf16BE, bytes, text);
    case Coding::Utf16LittleEndian:
        return decodeUtf16(QStringConverter::Utf16LE, bytes, text);
    case Coding::Utf32BigEndian:
        return decodeUtf32(bytes, text);
    case Coding::MultiByte:
        break;
    }
    const Outcome outcome = decodeByIconv(m_systemName, bytes, text);
    if (m_upper)
        correct(text, m_upper);
    return outcome;
}

CharacterSet::Outcome CharacterSet::decodeSingleBytes(QByteArrayView bytes, QString &text) const
{
    QString decoded(bytes.size(), Qt::Uninitialized);
    QChar *out = decoded.data();
    bool lossy = false;
    for (const char byte : bytes) {
        const auto code = uchar(byte);
        char16_t character = code;
        if (!m_upper)
            character = swedish(code);
        else if (code >= 0x80)
            character = m_upper[code - 0x80];
        lossy = lossy || character == u'\uFFFD';
        *out++ = QChar(character);
    }
    text = std::move(decoded);
    return lossy ? Outcome::Lossy : Outcome::Ok;
}

} // namespace QAsyncMySql::Internal
