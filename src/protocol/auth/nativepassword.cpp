// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/nativepassword.h"

#include "protocol/auth/digest.h"

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

// SHA1(password) XOR SHA1(challenge + SHA1(SHA1(password))); nothing for an empty password.
QByteArray NativePassword::start(QByteArrayView challenge, const Secret &password, const Channel &channel)
{
    Q_UNUSED(channel)
    if (!checkChallenge(challenge))
        return {};
    if (password.isEmpty())
        return QByteArray("");
    const QByteArray once = sha1({password.reveal()});
    const QByteArray key = sha1({challenge, sha1({once})});
    if (once.isEmpty() || key.isEmpty())
        return failWith(Fault::Kind::Refused, u"OpenSSL refuses SHA-1, which mysql_native_password needs."_s);
    return xored(once, key);
}

QByteArray NativePassword::more(QByteArrayView data, const Secret &password, const Channel &channel)
{
    Q_UNUSED(data)
    Q_UNUSED(password)
    Q_UNUSED(channel)
    return unexpectedData();
}

QByteArray NativePassword::storedHash(const Secret &password) const
{
    return sha1({sha1({password.reveal()})});
}

} // namespace QAsyncMySql::Protocol
