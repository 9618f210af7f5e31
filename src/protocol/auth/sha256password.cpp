// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/sha256password.h"

#include "protocol/auth/rsapassword.h"

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

constexpr char RequestPublicKey = 1;

} // namespace

QByteArray Sha256Password::start(QByteArrayView challenge, const Secret &password, const Channel &channel)
{
    if (!checkChallenge(challenge))
        return {};
    m_challenge = challenge.toByteArray();
    if (password.isEmpty())
        return QByteArray("");
    if (channel.tls) {
        if (channel.identityVerified)
            return clearPassword(password);
        return refusePassword(channel);
    }
    // The server takes the clear password over TLS only; over a local socket, too, it wants it encrypted.
    if (!channel.serverPublicKey.isEmpty())
        return encrypted(channel.serverPublicKey, password);
    const bool isLocal = channel.confidential && channel.identityVerified;
    if (!isLocal && !channel.publicKeyRetrieval)
        return refusePassword(channel);
    m_wantsKey = true;
    return QByteArray(1, RequestPublicKey);
}

QByteArray Sha256Password::more(QByteArrayView data, const Secret &password, const Channel &channel)
{
    Q_UNUSED(channel)
    if (!m_wantsKey)
        return unexpectedData();
    m_wantsKey = false;
    return encrypted(data, password);
}

QByteArray Sha256Password::encrypted(QByteArrayView key, const Secret &password)
{
    Fault fault;
    const QByteArray result = rsaEncryptPassword(key, m_challenge, password, fault);
    return fault ? failWith(fault.kind, fault.text) : result;
}

} // namespace QAsyncMySql::Protocol
