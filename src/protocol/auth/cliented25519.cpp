// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/cliented25519.h"

#include "protocol/auth/ed25519.h"

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

// MariaDB manual, "Authentication Plugin - ed25519".
QByteArray ClientEd25519::start(QByteArrayView challenge, const Secret &password, const Channel &channel)
{
    Q_UNUSED(channel)
    if (!checkChallenge(challenge))
        return {};
    const QByteArray signature = ed25519Sign(password.reveal(), challenge, m_publicKey);
    if (signature.isEmpty())
        return failWith(Fault::Kind::Refused, u"OpenSSL refuses SHA-512, which client_ed25519 needs."_s);
    return signature;
}

QByteArray ClientEd25519::more(QByteArrayView data, const Secret &password, const Channel &channel)
{
    Q_UNUSED(data)
    Q_UNUSED(password)
    Q_UNUSED(channel)
    return unexpectedData();
}

QByteArray ClientEd25519::storedHash(const Secret &password) const
{
    Q_UNUSED(password)
    return m_publicKey;
}

} // namespace QAsyncMySql::Protocol
