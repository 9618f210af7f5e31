// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/secret.h>

#include <QtCore/QDebug>

#include <openssl/crypto.h>

namespace QAsyncMySql {

namespace {

QByteArray deepCopy(const QByteArray &bytes)
{
    return QByteArray(bytes.constData(), bytes.size());
}

} // namespace

Secret::Secret() noexcept = default;

Secret::Secret(const QString &text)
    : m_utf8(text.toUtf8())
{
}

Secret Secret::fromUtf8(const QByteArray &utf8)
{
    Secret secret;
    secret.m_utf8 = deepCopy(utf8);
    return secret;
}

Secret::Secret(const Secret &other)
    : m_utf8(deepCopy(other.m_utf8))
{
}

Secret::Secret(Secret &&other) noexcept
    : m_utf8(std::move(other.m_utf8))
{
}

Secret &Secret::operator=(const Secret &other)
{
    if (this != &other) {
        wipe();
        m_utf8 = deepCopy(other.m_utf8);
    }
    return *this;
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_utf8 = std::move(other.m_utf8);
    }
    return *this;
}

Secret::~Secret()
{
    wipe();
}

void Secret::wipe() noexcept
{
    if (!m_utf8.isEmpty())
        OPENSSL_cleanse(m_utf8.data(), size_t(m_utf8.size()));
    m_utf8 = QByteArray();
}

bool Secret::isEmpty() const noexcept
{
    return m_utf8.isEmpty();
}

QByteArrayView Secret::reveal() const noexcept
{
    return m_utf8;
}

bool operator==(const Secret &a, const Secret &b) noexcept
{
    return a.m_utf8.size() == b.m_utf8.size()
        && CRYPTO_memcmp(a.m_utf8.constData(), b.m_utf8.constData(), size_t(a.m_utf8.size())) == 0;
}

QDebug operator<<(QDebug debug, const Secret &)
{
    const QDebugStateSaver saver(debug);
    debug.nospace() << "Secret(***)";
    return debug;
}

} // namespace QAsyncMySql
