// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/stepqueue.h"

#include <QAsyncMySql/xatransaction.h>

#include <memory>
#include <mutex>

namespace QAsyncMySql::Internal {

/*!
    A transaction of XA without its handle: what state it is in, and the statements that lead from one to the
    next. The server's status flags say nothing of these states; the errors do.
*/
class XaCore final : public std::enable_shared_from_this<XaCore>
{
public:
    using State = XaTransaction::State;

    XaCore(std::shared_ptr<StepQueue> queue, const XaId &id);

    //! Begins \a id on \a connection; \a keeper is held until it has ended (the lease).
    static void begin(const std::shared_ptr<ConnectionCore> &connection, Connection *face, const XaId &id,
                      std::shared_ptr<void> keeper, std::unique_ptr<Completion<XaTransaction>> completion);

    // From any thread.
    const XaId &id() const noexcept { return m_id; }
    State state() const;
    Error endError() const;
    Connection *connection() const;
    ReplyControl::Post post() const { return m_queue->post(); }
    void run(std::unique_ptr<Operation> operation);
    void end(std::unique_ptr<Completion<void>> completion);
    void prepare(std::unique_ptr<Completion<void>> completion);
    void commit(std::unique_ptr<Completion<void>> completion);
    void rollback(std::unique_ptr<Completion<void>> completion);
    //! The last handle is gone.
    void dropped();

    // In the connection's thread.
    std::shared_ptr<CursorCore> runCursor(StatementRequest request);

private:
    using Then = std::function<void(const Error &)>;

    //! Pushes a step that is to end with \a completion; refused by \a objection, run by \a now.
    void push(std::unique_ptr<Completion<void>> completion, std::function<Error()> objection,
              void (XaCore::*now)(const Then &));
    void say(const char *verb, const char *how, Then then);
    //! Says XA END if that has not been said, and goes on with \a then.
    void leave(Then then);
    void leaveFor(State reached, const char *verb, const char *how, const Then &done);
    void leaveAndRollBack(Then then);
    void endNow(const Then &done) { leave(done); }
    void prepareNow(const Then &done);
    void commitNow(const Then &done);
    void commitPrepared(const Then &done);
    void rollbackNow(const Then &done);
    void rollbackUnprepared(const Then &done);
    void giveUp(const Error &error, const Then &done);
    StepQueue::Settle settler();
    void noticeLoss();
    bool isOpen() const;
    Error objectionToStatement();
    Error objectionToEnd();
    Error whyOver() const;
    void setState(State state, const Error &error = {});

    std::shared_ptr<StepQueue> m_queue;
    XaId m_id;
    mutable std::mutex m_mutex; // of the two below
    State m_state = State::Active;
    Error m_endError;
};

//! What the copies of an XaTransaction share; rolls back what is not prepared when the last of them goes.
class XaHandle
{
public:
    explicit XaHandle(std::shared_ptr<XaCore> core)
        : m_core(std::move(core))
    {
    }
    ~XaHandle() { m_core->dropped(); }
    XaHandle(const XaHandle &) = delete;
    XaHandle &operator=(const XaHandle &) = delete;
    const std::shared_ptr<XaCore> &core() const noexcept { return m_core; }

private:
    std::shared_ptr<XaCore> m_core;
};

} // namespace QAsyncMySql::Internal
