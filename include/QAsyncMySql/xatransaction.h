// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/executor.h>
#include <QAsyncMySql/xaid.h>

#include <memory>

namespace QAsyncMySql {

class Connection;

namespace Internal {
class XaCore;
class XaHandle;
} // namespace Internal

/*!
    One branch of a distributed transaction (XA), committed in two phases: from Connection::beginXa() or
    Pool::beginXa().

    Statements are run on it while it is Active, in their order, each when the one before has its answer.
    prepare() is the first phase: after it, the server keeps the transaction, through a loss of the connection
    and through a restart, until somebody says commit() or rollback(). Dropping the last copy of the handle
    rolls back what has not been prepared, and leaves alone what has: recover() finds it.

    What is prepared can be ended on another connection by commitPrepared() and rollbackPrepared(). MySQL
    (8.0.29 and newer) lets go of it at once; MariaDB only when the connection that prepared it is closed:
    until then others are told error 1397. While it is prepared, MariaDB refuses everything else on its
    connection; a pool closes such a connection when the handle is dropped.

    Handles are shared because a QFuture hands out copies.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT XaTransaction final : public Executor
{
public:
    enum class State : quint8
    {
        None, //!< a default-constructed handle
        Active, //!< statements can be run
        Idle, //!< by end(): no more statements
        Prepared, //!< by prepare(): it survives
        Committed,
        RolledBack, //!< by rollback(), or because it was dropped
        Failed, //!< the server has rolled it back: a deadlock, a refused prepare or commit
        Lost, //!< the connection was lost before it was prepared: the server rolls it back
        Unknown, //!< the connection was lost while it was being prepared, committed or rolled back
    };

    XaTransaction() noexcept;
    explicit XaTransaction(std::shared_ptr<Internal::XaHandle> handle) noexcept;
    ~XaTransaction();
    XaTransaction(const XaTransaction &) noexcept;
    XaTransaction(XaTransaction &&) noexcept;
    XaTransaction &operator=(const XaTransaction &) noexcept;
    XaTransaction &operator=(XaTransaction &&) noexcept;

    XaId id() const;
    State state() const;
    //! Why it is Failed, Lost or Unknown; else none.
    Error endError() const;
    //! The connection it runs on; null once it has ended.
    Connection *connection() const;

    //! XA END: no more statements. prepare(), commit() and rollback() do it where it has not been done.
    Reply<void> end();
    /*! XA PREPARE. An Error with the outcome Unknown says that the connection was lost before the answer:
        recover() tells whether it was prepared. After any other Error it was not, and is rolled back. */
    Reply<void> prepare();
    /*! Commits: what is prepared for good, and what is not in one phase. An Error with the outcome Unknown
        says that the connection was lost before the answer. If it had been prepared, recover() tells: it is
        listed if it still is to be committed. */
    Reply<void> commit();
    //! Rolls back, whether prepared or not; does nothing for one that the server has rolled back.
    Reply<void> rollback();

    /*! XA RECOVER: what the server that \a executor leads to has prepared and not ended, whoever began it.
        MySQL 8 asks for the privilege XA_RECOVER_ADMIN. */
    static Reply<XaIdList> recover(Executor &executor);
    //! Commits what was prepared on another connection. Error 1397: there is no such transaction (any more).
    static Reply<ResultSet> commitPrepared(Executor &executor, const XaId &id);
    static Reply<ResultSet> rollbackPrepared(Executor &executor, const XaId &id);

private:
    using Verb = void (Internal::XaCore::*)(std::unique_ptr<Internal::Completion<void>>);
    Reply<void> runVerb(Verb verb);
    void startStatement(Internal::StatementRequest request,
                        std::unique_ptr<Internal::Completion<ResultSet>> completion) override;
    void startOperation(std::unique_ptr<Internal::Operation> operation) override;
    std::shared_ptr<Internal::CursorCore> startCursor(Internal::StatementRequest request) override;
    Internal::ReplyControl::Post replyPost() const override;

    std::shared_ptr<Internal::XaHandle> d;
};

} // namespace QAsyncMySql
