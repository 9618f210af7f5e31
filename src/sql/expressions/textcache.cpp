// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/expressions/textcache.h"

#include "sql/expressions/token.h"

#include <QtCore/QHash>

namespace QAsyncMySql::Sql::Internal {

namespace {

// Programs have some hundred statements. One that makes ever new ones (long IN lists) must not fill the
// memory.
constexpr qsizetype MaximumTexts = 512;
constexpr qsizetype LongestText = 16 * 1024;

struct Key
{
    QByteArray code;
    int server = 0; //!< the version, negative for MariaDB; 0 for any server

    friend bool operator==(const Key &, const Key &) = default;
    friend size_t qHash(const Key &key, size_t seed = 0) noexcept
    {
        return qHash(key.code, seed) ^ size_t(key.server);
    }
};

QHash<Key, QString> &cache()
{
    static thread_local QHash<Key, QString> texts;
    return texts;
}

} // namespace

Result<QString> cachedText(const QByteArray &code, const Dialect *dialect)
{
    const Key key{code, !dialect ? 0 : dialect->isMariaDb() ? -dialect->version() : dialect->version()};
    QHash<Key, QString> &texts = cache();
    if (const auto found = texts.constFind(key); found != texts.cend())
        return *found;
    QString text;
    if (dialect) {
        const Result<QByteArray> resolved = resolveTokens(code, *dialect);
        if (!resolved)
            return resolved.error();
        text = QString::fromUtf8(*resolved);
    } else {
        text = QString::fromUtf8(code);
    }
    if (code.size() > LongestText)
        return text;
    if (texts.size() >= MaximumTexts)
        texts.clear();
    // A copy of its own, without the room for more that the code may have.
    texts.insert(Key{QByteArray(code.constData(), code.size()), key.server}, text);
    return text;
}

qsizetype cachedTexts()
{
    return cache().size();
}

} // namespace QAsyncMySql::Sql::Internal
