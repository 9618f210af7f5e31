// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtNetwork/QSslConfiguration>

namespace QAsyncMySql {
class ConnectOptions;
}

namespace QAsyncMySql::Internal {

/*!
    The TLS sessions of this process that later connections can go on with, which spares both sides
    the certificates and their verification.

    A session carries the trust of the handshake that began it, so it is used for the same server and the same
    options only. Functions may be called from any thread.
*/
class TlsSessions
{
public:
    //! For a server and what \a options demand of it; \a configuration is the one to be used, without a
    //! ticket.
    TlsSessions(const ConnectOptions &options, const QSslConfiguration &configuration);

    //! The newest ticket for that, or an empty array.
    QByteArray ticket() const;
    void store(const QByteArray &ticket) const;

private:
    QString m_key;
    QSslConfiguration m_configuration;
};

} // namespace QAsyncMySql::Internal
