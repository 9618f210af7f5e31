// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connectionhook.h>
#include <QAsyncMySql/transaction.h>

#include <QtCore/QPointer>

#include <concepts>
#include <optional>

namespace QAsyncMySql {

namespace Internal {

//! What a transaction's function gives, without its future.
template <class Future> struct TransactionValue;
template <class T> struct TransactionValue<Reply<T>>
{
    using Type = T;
};
template <class T> struct TransactionValue<QFuture<Result<T>>>
{
    using Type = T;
};

//! runTransaction() without types: begins, calls, commits, and decides whether to repeat.
class QASYNCMYSQL_EXPORT TransactionRun : public std::enable_shared_from_this<TransactionRun>
{
public:
    using Done = std::function<void(const Error &)>;

    TransactionRun();
    ~TransactionRun();
    TransactionRun(const TransactionRun &) = delete;
    TransactionRun &operator=(const TransactionRun &) = delete;

    std::function<Reply<Transaction>()> begin;
    std::function<void(Transaction &, Done)> body;
    Done done; // called once
    std::function<bool()> isCancelled;
    RetryPolicy policy;
    bool hasSeveralServers = false; // a pool that goes on to the next primary

    void start();

private:
    void begun(const Result<Transaction> &begun);
    void bodyDone(const Error &error);
    bool isForAnother(const Error &error) const;
    void committed(const Error &error);
    void failed(const Error &error, bool mayRepeat);
    void finish(const Error &error);

    Transaction m_transaction;
    int m_attempt = 0;
};

template <class T> struct RunPromise
{
    QPromise<Result<T>> promise;
    std::shared_ptr<ReplyControl> control = std::make_shared<ReplyControl>();
    std::optional<Result<T>> value;
};

} // namespace Internal

/*!
    Runs \a function(Transaction &) in a transaction of \a source, a Connection or a Pool: commits when what
    it returns (a Reply, or another QFuture of a Result) ends with a value, and rolls back when it ends with
    an Error. The Reply that this returns gives that value after the commit, or the Error.

    \code
    const Result<ResultSet> done = co_await runTransaction(pool, transfer);
    \endcode

    After a deadlock (1213), a lock timeout (1205), a failed check of a snapshot (1020), and, with a Pool,
   after a loss of the connection before the commit and, where it has several servers, after a refusal to
   write (1290 and the like, from a server that is no longer the primary), all is done again: \a function too,
   so it must have no effect but in the database. \a policy says how often. A commit of which nothing is known
   is never repeated: the Error has the outcome Unknown.

    Runs in the thread that calls it, which needs an event loop. Cancelling the Reply ends the run before
    its next attempt or its commit.

    \since 1.0
*/
template <class Source, class F>
requires std::invocable<F &, Transaction &>
auto runTransaction(Source &source, F function, const TransactionOptions &options = {},
                    const RetryPolicy &policy = {})
{
    using T = typename Internal::TransactionValue<std::invoke_result_t<F &, Transaction &>>::Type;
    const auto kept = std::make_shared<Internal::RunPromise<T>>();
    kept->promise.start();
    const auto run = std::make_shared<Internal::TransactionRun>();
    run->policy = policy;
    if constexpr (requires { source.servers(); })
        run->hasSeveralServers = !source.options().alternativeHosts().isEmpty();
    run->begin = [from = QPointer<Source>(&source), options] {
        return from
            ? from->begin(options)
            : Reply<Transaction>::fromError(
                Error(Error::Kind::Cancelled, QStringLiteral("What the transaction was to run on is gone.")));
    };
    run->body = [function = std::move(function), kept](Transaction &transaction,
                                                       Internal::TransactionRun::Done done) mutable {
        const QFuture<Result<T>> future = function(transaction);
        Internal::whenFinished(future, [kept, future, done = std::move(done)](const Error &error) {
            kept->value.reset();
            if (future.resultCount() > 0)
                kept->value.emplace(future.resultAt(0));
            done(error);
        });
    };
    run->isCancelled = [kept] { return kept->control->isCancelRequested() || kept->promise.isCanceled(); };
    run->done = [kept](const Error &error) {
        kept->promise.addResult(error ? Result<T>(error) : *kept->value);
        kept->promise.finish();
        kept->control->finished();
    };
    const Reply<T> reply(kept->promise.future(), kept->control);
    run->start();
    return reply;
}

} // namespace QAsyncMySql
