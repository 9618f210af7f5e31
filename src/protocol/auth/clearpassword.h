// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/auth/authmethod.h"

#include <QtCore/QList>

namespace QAsyncMySql::Protocol {

//! mysql_clear_password: the password, as it is. For servers that check it elsewhere (LDAP, PAM, cloud
//! tokens).
class ClearPassword final : public AuthMethod
{
public:
    static constexpr QByteArrayView Name = "mysql_clear_password";

    QByteArrayView name() const noexcept override { return Name; }
    QByteArray start(QByteArrayView challenge, const Secret &password, const Channel &channel) override;
    QByteArray more(QByteArrayView data, const Secret &password, const Channel &channel) override;
    qsizetype challengeSize() const noexcept override { return 0; }
};

/*!
    dialog of MariaDB: the server (a PAM module, usually) asks questions in plain text. Those for a password
   are answered with the passwords in their order; other questions take a plugin of the program's own.
*/
class Dialog final : public AuthMethod
{
public:
    static constexpr QByteArrayView Name = "dialog";

    explicit Dialog(QList<Secret> passwords);

    QByteArrayView name() const noexcept override { return Name; }
    QByteArray start(QByteArrayView challenge, const Secret &password, const Channel &channel) override;
    QByteArray more(QByteArrayView data, const Secret &password, const Channel &channel) override;
    qsizetype challengeSize() const noexcept override { return 0; }

private:
    QList<Secret> m_passwords;
    qsizetype m_asked = 0; // passwords given
    bool m_finished = false;
};

} // namespace QAsyncMySql::Protocol
