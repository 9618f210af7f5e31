// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

namespace QAsyncMySql::Internal {

//! A character set of the servers, and how its texts are read.
class CharacterSet
{
public:
    enum class Coding : quint8
    {
        Utf8, //!< and ASCII and bytes: nothing to do
        SingleByte, //!< by a table
        Utf16BigEndian,
        Utf16LittleEndian,
        Utf32BigEndian,
        MultiByte, //!< by the system's iconv()
    };
    enum class Outcome : quint8
    {
        Ok,
        Lossy, //!< some bytes are no character; U+FFFD stands for them
        Unknown, //!< the system does not know this character set
    };

    //! That of the collation with \a number; null for one that came after us, whose texts are taken for
    //! UTF-8.
    static const CharacterSet *ofCollation(quint16 number) noexcept;
    //! That called \a name in the server's words, in lower case; null if there is none.
    static const CharacterSet *named(QByteArrayView name) noexcept;

    QByteArrayView name() const noexcept { return m_name; }
    bool isUtf8() const noexcept { return m_coding == Coding::Utf8; }
    //! The most bytes that a character takes.
    int maximumBytes() const noexcept { return m_maximumBytes; }
    //! Unless the outcome is Unknown, sets \a text to what \a bytes say.
    Outcome decode(QByteArrayView bytes, QString &text) const;

    // For the table of them all.
    constexpr CharacterSet(const char *name, Coding coding, int maximumBytes, const char16_t *upper = nullptr,
                           const char *systemName = nullptr) noexcept
        : m_name(name)
        , m_upper(upper)
        , m_systemName(systemName)
        , m_maximumBytes(quint8(maximumBytes))
        , m_coding(coding)
    {
    }

private:
    Outcome decodeSingleBytes(QByteArrayView bytes, QString &text) const;

    const char *m_name;
    const char16_t *m_upper; // the characters from 0x80 on; null for swe7
    const char *m_systemName; // to iconv()
    quint8 m_maximumBytes;
    Coding m_coding;
};

} // namespace QAsyncMySql::Internal
