// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "cppname.h"

namespace {

bool isAsciiLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

const QStringList &words()
{
    // C++20's, and Qt's macros that look like names (without QT_NO_KEYWORDS).
    static const QStringList Words
        = QStringLiteral(
              "alignas alignof and and_eq asm auto bitand bitor bool break case catch char "
              "char8_t char16_t char32_t class compl concept const consteval constexpr constinit "
              "const_cast continue co_await co_return co_yield decltype default delete do double "
              "dynamic_cast else enum explicit export extern false float for friend goto if "
              "inline int long mutable namespace new noexcept not not_eq nullptr operator or or_eq "
              "private protected public register reinterpret_cast requires return short signed "
              "sizeof static static_assert static_cast struct switch template this thread_local "
              "throw true try typedef typeid typename union unsigned using virtual void volatile "
              "wchar_t while xor xor_eq emit signals slots foreach forever")
              .split(u' ');
    return Words;
}

} // namespace

QString upperCamel(const QString &name)
{
    QString result;
    bool upper = true;
    for (const QChar c : name) {
        if (!isAsciiLetter(c) && !isAsciiDigit(c)) {
            upper = true;
            continue;
        }
        if (result.isEmpty() && isAsciiDigit(c))
            result += u'N';
        result += upper ? c.toUpper() : c;
        upper = false;
    }
    return result.isEmpty() ? QStringLiteral("Unnamed") : result;
}

QString lowerCamel(const QString &name)
{
    QString result = upperCamel(name);
    // "ID" as a whole, "URLPath" up to its second word, and "user_id" by its first letter.
    qsizetype upper = 0;
    while (upper < name.size() && name.at(upper).isUpper())
        ++upper;
    const bool isWhole = upper == name.size() || !isAsciiLetter(name.at(upper));
    const qsizetype count = qBound(qsizetype(1), isWhole ? upper : upper - 1, result.size());
    for (qsizetype i = 0; i < count; ++i)
        result[i] = result.at(i).toLower();
    return result;
}

NameMaker::NameMaker(const QStringList &taken)
    : m_taken(taken.cbegin(), taken.cend())
{
    m_taken.unite(QSet<QString>(words().cbegin(), words().cend()));
}

QString NameMaker::unique(const QString &name)
{
    QString candidate = name;
    for (int i = 1; m_taken.contains(candidate); ++i)
        candidate = i == 1 ? QString(name + u'_') : QString(name + QString::number(i));
    m_taken.insert(candidate);
    return candidate;
}
