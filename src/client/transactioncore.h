// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/stepqueue.h"

#include <QAsyncMySql/transaction.h>

#include <memory>
#include <mutex>

namespace QAsyncMySql::Internal {

class Operation;

/*!
    A transaction without its handle, and its savepoints: whether it is still there.

    Its steps, and those of its savepoints, go through one queue. After a statement that failed the server is
   asked whether the transaction has survived (COM_PING: its answer carries the status flags), since that
   depends on the error and on the server's settings; after one that succeeded its own answer says so.
*/
class TransactionCore final : public std::enable_shared_from_this<TransactionCore>
{
public:
    using State = Transaction::State;

    explicit TransactionCore(std::shared_ptr<StepQueue> queue);
    TransactionCore(std::shared_ptr<TransactionCore> parent, int number);

    //! Begins on \a connection; \a keeper is held until it has ended (the lease).
    static void begin(const std::shared_ptr<ConnectionCore> &connection, Connection *face,
                      const TransactionOptions &options, std::shared_ptr<void> keeper,
                      std::unique_ptr<Completion<Transaction>> completion);

    // From any thread.
    State state() const;
    Error endError() const;
    //! Null once it has ended: then somebody else may have it.
    Connection *connection() const;
    ReplyControl::Post post() const { return m_queue->post(); }
    void run(std::unique_ptr<Operation> operation);
    void commit(std::unique_ptr<Completion<void>> completion);
    void rollback(std::unique_ptr<Completion<void>> completion);
    void savepoint(std::unique_ptr<Completion<Transaction>> completion);
    //! The last handle is gone.
    void dropped();

    // In the connection's thread.
    std::shared_ptr<CursorCore> runCursor(StatementRequest request);

private:
    TransactionCore &root() { return m_parent ? m_parent->root() : *this; }
    const TransactionCore &root() const { return m_parent ? m_parent->root() : *this; }
    StepQueue::Step step(bool evenIfEnded = false);
    std::function<Error()> objection();
    StepQueue::Settle settler();
    Error whyEnded();
    void noticeLoss();
    void settle(const Error &error, std::optional<quint16> status, std::function<void()> then);
    void settleByStatus(const Error &error, quint16 status);
    void end(State state, const Error &error);
    void commitNow(const std::shared_ptr<Completion<void>> &completion);
    void rollbackNow(const std::shared_ptr<Completion<void>> &completion);
    QString quotedName() const { return QStringLiteral("`qasyncmysql_%1`").arg(m_number); }

    std::shared_ptr<StepQueue> m_queue;
    int m_lastNumber = 0; // of the root's savepoints
    std::shared_ptr<TransactionCore> m_parent;
    int m_number = 0;
    mutable std::mutex m_mutex; // of the two below
    State m_state = State::Active;
    Error m_endError;
};

//! What the copies of a Transaction share; rolls back when the last of them goes.
class TransactionHandle
{
public:
    explicit TransactionHandle(std::shared_ptr<TransactionCore> core)
        : m_core(std::move(core))
    {
    }
    ~TransactionHandle() { m_core->dropped(); }
    TransactionHandle(const TransactionHandle &) = delete;
    TransactionHandle &operator=(const TransactionHandle &) = delete;
    const std::shared_ptr<TransactionCore> &core() const noexcept { return m_core; }

private:
    std::shared_ptr<TransactionCore> m_core;
};

} // namespace QAsyncMySql::Internal
