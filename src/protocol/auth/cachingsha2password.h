// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/auth/authmethod.h"

namespace QAsyncMySql::Protocol {

/*!
    caching_sha2_password: a SHA-256 proof, which is enough if the server has the account in its cache;
    else the password itself, over a line that may carry it, or encrypted for the server's RSA key.
*/
class CachingSha2Password final : public AuthMethod
{
public:
    static constexpr QByteArrayView Name = "caching_sha2_password";

    QByteArrayView name() const noexcept override { return Name; }
    QByteArray start(QByteArrayView challenge, const Secret &password, const Channel &channel) override;
    QByteArray more(QByteArrayView data, const Secret &password, const Channel &channel) override;

private:
    enum class Phase : quint8
    {
        Proof,
        Key,
        Finished
    };

    QByteArray fullAuthentication(const Secret &password, const Channel &channel);
    QByteArray encrypted(QByteArrayView key, const Secret &password);

    QByteArray m_challenge;
    Phase m_phase = Phase::Proof;
};

} // namespace QAsyncMySql::Protocol
