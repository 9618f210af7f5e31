// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/connectioncore.h"

#include <QAsyncMySql/transaction.h>

#include <deque>
#include <memory>
#include <mutex>

namespace QAsyncMySql::Internal {

/*!
    A transaction without its handle, and its savepoints: what waits to be run in it, and whether it is still
    there.

    One step is under way at a time. After a statement that failed the server is asked whether the
    transaction has survived (COM_PING: its answer carries the status flags), since that depends on the
    error and on the server's settings; after one that succeeded its own answer says so.

    A savepoint is a core whose steps go through the queue of the root.
*/
class TransactionCore final : public std::enable_shared_from_this<TransactionCore>
{
public:
    using State = Transaction::State;

    TransactionCore(std::shared_ptr<ConnectionCore> connection, QPointer<Connection> face);
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
    ReplyControl::Post post() const;
    void runStatement(StatementRequest request, std::unique_ptr<Completion<ResultSet>> completion);
    void commit(std::unique_ptr<Completion<void>> completion);
    void rollback(std::unique_ptr<Completion<void>> completion);
    void savepoint(std::unique_ptr<Completion<Transaction>> completion);
    //! The last handle is gone.
    void dropped();

    // In the connection's thread.
    std::shared_ptr<CursorCore> runCursor(StatementRequest request);

private:
    //! Something that waits for its turn: run() when it has come, refuse() if the transaction has ended by
    //! then.
    struct Step
    {
        std::shared_ptr<TransactionCore> of;
        std::function<void()> run;
        std::function<void(const Error &)> refuse;
        std::function<bool()> isUnwanted; // may be empty
        std::function<void(std::function<void()>)> onCancel; // may be empty
        quint64 serial = 0;
        bool evenIfEnded = false;
    };

    TransactionCore &root() { return m_parent ? m_parent->root() : *this; }
    const TransactionCore &root() const { return m_parent ? m_parent->root() : *this; }
    bool atHome(std::function<void()> function) const;
    template <class T>
    std::function<void(const Error &)> refusal(const std::shared_ptr<Completion<T>> &completion)
    {
        return [port = root().m_port, completion](const Error &error) {
            port->call([completion, error] { completion->complete(error); });
        };
    }
    void push(Step step);
    void next();
    void stepDone();
    void cancelStep(quint64 serial);
    Error whyEnded();
    void noticeLoss();
    void settle(const Error &error, quint16 status, bool hasStatus, std::function<void()> then);
    void settleByStatus(const Error &error, quint16 status);
    void end(State state, const Error &error);
    void runSql(const QString &sql, std::function<void(const Result<ResultSet> &)> done);
    void commitNow(const std::shared_ptr<Completion<void>> &completion);
    void rollbackNow(const std::shared_ptr<Completion<void>> &completion);
    QString quotedName() const { return QStringLiteral("`qasyncmysql_%1`").arg(m_number); }

    // Of the root.
    std::shared_ptr<ConnectionCore> m_connection;
    std::shared_ptr<EventPort> m_port; // the connection's
    QPointer<Connection> m_face;
    std::shared_ptr<void> m_keeper;
    std::deque<Step> m_steps;
    quint64 m_lastSerial = 0;
    quint64 m_epoch = 0;
    int m_lastNumber = 0;
    bool m_underWay = false;

    // Of each.
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
