// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/auth/authmethod.h"

namespace QAsyncMySql::Protocol {

//! parsec of MariaDB: a signature by a key that is derived from the password, slowly, so that a stolen hash
//! is hard to guess from.
class Parsec final : public AuthMethod
{
public:
    static constexpr QByteArrayView Name = "parsec";

    QByteArrayView name() const noexcept override { return Name; }
    QByteArray start(QByteArrayView challenge, const Secret &password, const Channel &channel) override;
    QByteArray more(QByteArrayView data, const Secret &password, const Channel &channel) override;
    QByteArray answered(QByteArray &&answer) override;
    QByteArray storedHash(const Secret &password) const override;
    qsizetype challengeSize() const noexcept override { return 32; }

private:
    QByteArray m_challenge;
    QByteArray m_parameters; // of the derivation: kind, exponent, salt
    QByteArray m_publicKey;
};

} // namespace QAsyncMySql::Protocol
