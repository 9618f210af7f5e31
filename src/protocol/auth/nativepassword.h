// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/auth/authmethod.h"

namespace QAsyncMySql::Protocol {

//! mysql_native_password: SHA-1, one answer.
class NativePassword final : public AuthMethod
{
public:
    static constexpr QByteArrayView Name = "mysql_native_password";

    QByteArrayView name() const noexcept override { return Name; }
    QByteArray start(QByteArrayView challenge, const Secret &password, const Channel &channel) override;
    QByteArray more(QByteArrayView data, const Secret &password, const Channel &channel) override;
    QByteArray storedHash(const Secret &password) const override;
};

} // namespace QAsyncMySql::Protocol
