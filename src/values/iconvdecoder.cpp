// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "values/iconvdecoder.h"

#include <QtCore/QHash>
#include <QtCore/QSysInfo>

#include <cerrno>
#include <cstring>

#ifdef QASYNCMYSQL_ICONV
#include <iconv.h>
#endif

namespace QAsyncMySql::Internal {

#ifdef QASYNCMYSQL_ICONV

namespace {

using Outcome = CharacterSet::Outcome;

//! The descriptors of a thread: opening one loads tables from disk.
class Descriptors
{
public:
    Descriptors() = default;
    ~Descriptors()
    {
        for (const iconv_t descriptor : std::as_const(m_opened)) {
            if (descriptor != None)
                iconv_close(descriptor);
        }
    }
    Q_DISABLE_COPY_MOVE(Descriptors)

    //! None if the system does not know \a name.
    iconv_t find(const char *name)
    {
        const auto known = m_opened.constFind(QByteArrayView(name));
        if (known != m_opened.cend())
            return *known;
        constexpr bool LittleEndian = QSysInfo::ByteOrder == QSysInfo::LittleEndian;
        return *m_opened.insert(QByteArrayView(name),
                                iconv_open(LittleEndian ? "UTF-16LE" : "UTF-16BE", name));
    }

    static inline const auto None = reinterpret_cast<iconv_t>(qintptr(-1));

private:
    QHash<QByteArrayView, iconv_t> m_opened; // by names that live as long as the program
};

} // namespace

Outcome decodeByIconv(const char *systemName, QByteArrayView bytes, QString &text)
{
    static thread_local Descriptors descriptors;
    const iconv_t descriptor = descriptors.find(systemName);
    if (descriptor == Descriptors::None)
        return Outcome::Unknown;

    constexpr size_t Unit = sizeof(char16_t);
    iconv(descriptor, nullptr, nullptr, nullptr, nullptr); // as if newly opened
    QString decoded(bytes.size() + 2, Qt::Uninitialized); // no character has more units than bytes
    auto *out = reinterpret_cast<char *>(decoded.data());
    auto left = size_t(decoded.size()) * Unit;
    auto *in = const_cast<char *>(bytes.data()); // iconv() does not write to it
    auto remaining = size_t(bytes.size());
    bool lossy = false;
    while (remaining > 0 && iconv(descriptor, &in, &remaining, &out, &left) == size_t(-1)) {
        if (errno == E2BIG) {
            const qsizetype used = decoded.size() - qsizetype(left / Unit);
            decoded.resize(decoded.size() * 2);
            out = reinterpret_cast<char *>(decoded.data() + used);
            left = size_t(decoded.size() - used) * Unit;
            continue;
        }
        // No character, or the beginning of one that never ends.
        lossy = true;
        if (left >= Unit) {
            constexpr char16_t Replacement = QChar::ReplacementCharacter;
            std::memcpy(out, &Replacement, Unit);
            out += Unit;
            left -= Unit;
        }
        ++in;
        --remaining;
    }
    decoded.resize(decoded.size() - qsizetype(left / Unit));
    text = std::move(decoded);
    return lossy ? Outcome::Lossy : Outcome::Ok;
}

#else

CharacterSet::Outcome decodeByIconv(const char *, QByteArrayView, QString &)
{
    return CharacterSet::Outcome::Unknown;
}

#endif

} // namespace QAsyncMySql::Internal
