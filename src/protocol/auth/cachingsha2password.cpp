// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/auth/cachingsha2password.h"

#include "protocol/auth/digest.h"
#include "protocol/auth/rsapassword.h"

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

// MySQL source documentation, "Caching_sha2_password information".
enum Message : quint8
{
    RequestPublicKey = 2,
    FastAuthSuccess = 3,
    PerformFullAuthentication = 4
};

} // namespace

// SHA256(password) XOR SHA256(SHA256(SHA256(password)) + challenge); nothing for an empty password.
QByteArray CachingSha2Password::start(QByteArrayView challenge, const Secret &password,
                                      const Channel &channel)
{
    Q_UNUSED(channel)
    if (!checkChallenge(challenge))
        return {};
    m_challenge = challenge.toByteArray();
    if (password.isEmpty())
        return QByteArray("");
    const QByteArray once = sha256({password.reveal()});
    const QByteArray key = sha256({sha256({once}), challenge});
    if (once.isEmpty() || key.isEmpty())
        return failWith(Fault::Kind::Refused,
                        u"OpenSSL refuses SHA-256, which caching_sha2_password needs."_s);
    return xored(once, key);
}

QByteArray CachingSha2Password::more(QByteArrayView data, const Secret &password, const Channel &channel)
{
    if (m_phase == Phase::Key) {
        m_phase = Phase::Finished;
        return encrypted(data, password);
    }
    if (m_phase != Phase::Proof || data.size() != 1)
        return unexpectedData();
    switch (quint8(data.front())) {
    case FastAuthSuccess:
        m_phase = Phase::Finished; // an OK packet follows
        return {};
    case PerformFullAuthentication:
        return fullAuthentication(password, channel);
    default:
        return unexpectedData();
    }
}

QByteArray CachingSha2Password::fullAuthentication(const Secret &password, const Channel &channel)
{
    if (password.isEmpty())
        return unexpectedData(); // an honest server has nothing to ask then
    m_phase = Phase::Finished;
    if (channel.confidential && channel.identityVerified)
        return clearPassword(password);
    if (channel.confidential)
        return refusePassword(channel);
    if (!channel.serverPublicKey.isEmpty())
        return encrypted(channel.serverPublicKey, password);
    if (!channel.publicKeyRetrieval)
        return refusePassword(channel);
    m_phase = Phase::Key;
    return QByteArray(1, char(RequestPublicKey));
}

QByteArray CachingSha2Password::encrypted(QByteArrayView key, const Secret &password)
{
    Fault fault;
    const QByteArray result = rsaEncryptPassword(key, m_challenge, password, fault);
    return fault ? failWith(fault.kind, fault.text) : result;
}

} // namespace QAsyncMySql::Protocol
