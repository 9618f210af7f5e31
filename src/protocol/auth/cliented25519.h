// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/auth/authmethod.h"

namespace QAsyncMySql::Protocol {

//! client_ed25519 of MariaDB: a signature of the challenge by a key that is made of the password.
class ClientEd25519 final : public AuthMethod
{
public:
    static constexpr QByteArrayView Name = "client_ed25519";

    QByteArrayView name() const noexcept override { return Name; }
    QByteArray start(QByteArrayView challenge, const Secret &password, const Channel &channel) override;
    QByteArray more(QByteArrayView data, const Secret &password, const Channel &channel) override;
    QByteArray storedHash(const Secret &password) const override;
    qsizetype challengeSize() const noexcept override { return 32; }

private:
    QByteArray m_publicKey;
};

} // namespace QAsyncMySql::Protocol
