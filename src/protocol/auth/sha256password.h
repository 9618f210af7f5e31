// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/auth/authmethod.h"

namespace QAsyncMySql::Protocol {

//! sha256_password: the password itself over TLS, or encrypted for the server's RSA key.
class Sha256Password final : public AuthMethod
{
public:
    static constexpr QByteArrayView Name = "sha256_password";

    QByteArrayView name() const noexcept override { return Name; }
    QByteArray start(QByteArrayView challenge, const Secret &password, const Channel &channel) override;
    QByteArray more(QByteArrayView data, const Secret &password, const Channel &channel) override;

private:
    QByteArray encrypted(QByteArrayView key, const Secret &password);

    QByteArray m_challenge;
    bool m_wantsKey = false;
};

} // namespace QAsyncMySql::Protocol
