// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/reply.h>

#include <QtCore/QFutureWatcher>

#include <concepts>
#include <functional>

namespace QAsyncMySql {

class Connection;

namespace Internal {

//! Calls \a done with how \a future ended, from the event loop.
template <class T>
void whenFinished(const QFuture<Result<T>> &future, std::function<void(const Error &)> done)
{
    auto *watcher = new QFutureWatcher<Result<T>>;
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [watcher, done = std::move(done)] {
        const QFuture<Result<T>> ended = watcher->future();
        watcher->deleteLater();
        done(ended.resultCount() > 0
                 ? ended.resultAt(0).error()
                 : Error(Error::Kind::Cancelled, QStringLiteral("The hook's future was cancelled.")));
    });
    watcher->setFuture(future);
}

} // namespace Internal

/*!
    What a Pool does with each connection at some point of its life: made of a function that takes a
    \c{Connection &} and returns nothing, a Result<void>, a Reply or any other QFuture<Result<T>>.

    \code
    pool.setInitializer([](Connection &c) { return c.query(u"SET SESSION max_statement_time = 5"); });
    \endcode

    It is called in the pool's thread. The pool waits for what it returns; an Error closes the
    connection.

    \since 1.0
*/
class ConnectionHook
{
public:
    using Done = std::function<void(const Error &)>;

    ConnectionHook() noexcept = default;
    template <class F>
    requires(std::invocable<F &, Connection &> && !std::same_as<std::remove_cvref_t<F>, ConnectionHook>)
        ConnectionHook(F function)
        : m_start([function = std::move(function)](Connection &connection, Done done) mutable {
            using Returned = std::invoke_result_t<F &, Connection &>;
            if constexpr (std::is_void_v<Returned>) {
                function(connection);
                done({});
            } else if constexpr (std::same_as<Returned, Result<void>>) {
                done(function(connection).error());
            } else {
                Internal::whenFinished(function(connection), std::move(done));
            }
        })
    {
    }

    explicit operator bool() const noexcept { return bool(m_start); }
    //! Calls the function; \a done is called once it is through.
    void start(Connection &connection, Done done) const { m_start(connection, std::move(done)); }

private:
    std::function<void(Connection &, Done)> m_start;
};

} // namespace QAsyncMySql
