// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/result.h>
#include <QAsyncMySql/secret.h>

#include <QtCore/QByteArray>
#include <QtCore/QFuture>
#include <QtCore/QString>

#include <functional>
#include <memory>

namespace QAsyncMySql {

/*!
    For whom a password is wanted; given to a PasswordProvider.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT PasswordRequest
{
public:
    PasswordRequest(const QString &user, const QString &host, int factor)
        : m_user(user)
        , m_host(host)
        , m_factor(factor)
    {
    }
    QString user() const { return m_user; }
    //! The host, or the path of the local socket.
    QString host() const { return m_host; }
    //! 1 for the password itself, 2 and 3 for the further factors of an account that has them.
    int factor() const noexcept { return m_factor; }

private:
    QString m_user;
    QString m_host;
    int m_factor;
};

/*!
    Gives passwords when they are needed: a token of a cloud, or what a user types.

    Called in the connection's thread, from the event loop, for the first factor before each connect (the
    connect timeout begins afterwards), and for a further factor when the server asks for it. The future may
    take its time and finish in any thread. With an Error, or without a result, it fails the connect. When
    the connect is given up before, the future is cancelled.

    \since 1.0
*/
using PasswordProvider = std::function<QFuture<Result<Secret>>(const PasswordRequest &request)>;

/*!
    What a server wants of an AuthenticationPlugin.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT AuthenticationRequest
{
public:
    AuthenticationRequest(const QByteArray &data, bool isFirst, int factor, const QString &user,
                          const Secret &password, bool mayCarryPassword)
        : m_data(data)
        , m_user(user)
        , m_password(password)
        , m_factor(factor)
        , m_isFirst(isFirst)
        , m_mayCarryPassword(mayCarryPassword)
    {
    }
    //! What the server sent: the challenge at first, then whatever its plugin says.
    QByteArray data() const { return m_data; }
    bool isFirst() const noexcept { return m_isFirst; }
    int factor() const noexcept { return m_factor; }
    QString user() const { return m_user; }
    const Secret &password() const noexcept { return m_password; } //!< of this factor, as far as one is set
    //! True over a local socket, and inside TLS with a server whose identity is proven. Send no secret
    //! otherwise.
    bool mayCarryPassword() const noexcept { return m_mayCarryPassword; }

private:
    QByteArray m_data;
    QString m_user;
    Secret m_password;
    int m_factor;
    bool m_isFirst;
    bool m_mayCarryPassword;
};

/*!
    The client's side of an authentication plugin that this library does not have, or shall not use.

    One is made for each login that the server wants it for, see
    ConnectOptions::addAuthenticationPlugin(), and destroyed when the login ends.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT AuthenticationPlugin
{
public:
    AuthenticationPlugin();
    virtual ~AuthenticationPlugin();
    AuthenticationPlugin(const AuthenticationPlugin &) = delete;
    AuthenticationPlugin &operator=(const AuthenticationPlugin &) = delete;

    /*! The packet to answer \a request with. A null array says nothing and waits for more of the server's.
        Called in the connection's thread, from the event loop; the future may take its time and finish in any
        thread, within the connect timeout. An Error, or no result, fails the login. */
    virtual QFuture<Result<QByteArray>> answer(const AuthenticationRequest &request) = 0;
};

using AuthenticationPluginFactory = std::function<std::unique_ptr<AuthenticationPlugin>()>;

} // namespace QAsyncMySql
