// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/eventport.h"
#include "protocol/auth/authmethod.h"

#include <QAsyncMySql/connectoptions.h>

#include <functional>
#include <map>
#include <memory>

QT_BEGIN_NAMESPACE
class QFutureWatcherBase;
QT_END_NAMESPACE

namespace QAsyncMySql::Internal {

/*!
    Finds what a login needs from outside: passwords from the program's provider, answers from its
    plugins, and heavy work, which other threads do. One per connection that is being opened; destroying it
    ends all that with no answer.
*/
class Authenticator final : public std::enable_shared_from_this<Authenticator>
{
public:
    //! Called from the event loop, once for each question; the bytes may be a password.
    using Answered = std::function<void(Result<QByteArray> &&)>;

    static std::shared_ptr<Authenticator> create(std::shared_ptr<EventPort> port,
                                                 const ConnectOptions &options, Answered answered);
    ~Authenticator();

    bool isWaiting() const noexcept { return m_waiting; }
    //! \a mayCarryPassword: of the line.
    void ask(const Protocol::AuthQuestion &question, bool mayCarryPassword);
    void askPassword(int factor);
    //! Where the password of the first factor was asked for, it is that.
    const ConnectOptions &options() const noexcept { return m_options; }
    void setPassword(const Secret &password) { m_options.setPassword(password); }

private:
    Authenticator(std::shared_ptr<EventPort> port, const ConnectOptions &options, Answered answered);
    void askPlugin(const QByteArray &name, const AuthenticationRequest &request);
    void work(const std::function<QByteArray()> &work);
    //! Calls into the program from the event loop.
    void later(std::function<void()> call);
    template <class T> void watch(const QFuture<Result<T>> &future, const QString &what);
    void finish(Result<QByteArray> result);

    std::shared_ptr<EventPort> m_port;
    ConnectOptions m_options;
    Answered m_answered;
    std::map<QByteArray, std::unique_ptr<AuthenticationPlugin>> m_plugins; // of this login
    std::unique_ptr<QFutureWatcherBase> m_watcher;
    bool m_waiting = false;
};

} // namespace QAsyncMySql::Internal
