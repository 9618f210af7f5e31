// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/executor.h>
#include <QAsyncMySql/transactionoptions.h>

#include <memory>

namespace QAsyncMySql {

class Connection;

namespace Internal {
class TransactionCore;
class TransactionHandle;
} // namespace Internal

/*!
    A transaction, or a savepoint within one: from Connection::begin(), Pool::begin() or savepoint().

    The statements run on it (query(), execute(), stream(), ...) are sent one after the other, each when the
   one before has its answer: a deadlock in one does not let the next run outside of the transaction. It ends
   by commit() or rollback(). Dropping the last copy of the handle rolls back what has not ended, once the
   statements that were given to it are through.

    When it has ended, for whatever reason, statements fail with an Error that says why, and are not
    sent: state() tells whether it was committed, rolled back by the server (deadlock), ended by a
    statement that commits implicitly (such as CREATE TABLE), or lost with the connection.

    Handles are shared because a QFuture hands out copies. With a Pool, the connection goes back when the
    transaction has ended; its handle may be used in any thread that the pool's functions may be called in.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Transaction final : public Executor
{
public:
    enum class State : quint8
    {
        None, //!< a default-constructed handle
        Active,
        Committing, //!< commit() is at work
        Committed,
        RolledBack, //!< by rollback(), or because it was dropped
        Failed, //!< the server has rolled it back: a deadlock, a lock timeout, an interrupted statement
        ImplicitlyCommitted, //!< a statement such as CREATE TABLE, or a COMMIT by hand, has ended it
        Lost, //!< the connection was lost, reset or given back: the server rolls it back
        Unknown, //!< the connection was lost while it was being committed
    };

    Transaction() noexcept;
    explicit Transaction(std::shared_ptr<Internal::TransactionHandle> handle) noexcept;
    ~Transaction();
    Transaction(const Transaction &) noexcept;
    Transaction(Transaction &&) noexcept;
    Transaction &operator=(const Transaction &) noexcept;
    Transaction &operator=(Transaction &&) noexcept;

    State state() const;
    bool isActive() const { return state() == State::Active; }
    explicit operator bool() const { return isActive(); }
    //! Why it has ended, if it was not by commit() or rollback(); for a deadlock the server's error.
    Error endError() const;
    //! The connection it runs on. What is run on that directly may come between.
    Connection *connection() const;

    /*! Commits once all statements given to it have ended; a savepoint is released.

        An Error with the outcome Unknown says that the connection was lost before the answer: only the data
       can tell whether it was committed. Any other Error says that it was not. */
    Reply<void> commit();
    //! Rolls back; does nothing for a transaction that the server has rolled back already.
    Reply<void> rollback();
    //! A transaction within this one. It ends with this one at the latest.
    Reply<Transaction> savepoint();

private:
    void startStatement(Internal::StatementRequest request,
                        std::unique_ptr<Internal::Completion<ResultSet>> completion) override;
    void startOperation(std::unique_ptr<Internal::Operation> operation) override;
    std::shared_ptr<Internal::CursorCore> startCursor(Internal::StatementRequest request) override;
    Internal::ReplyControl::Post replyPost() const override;

    std::shared_ptr<Internal::TransactionHandle> d;
};

} // namespace QAsyncMySql
