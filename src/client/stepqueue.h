// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/connectioncore.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace QAsyncMySql::Internal {

class Operation;

/*!
    What is run in a transaction waits here, and is sent step by step, each when the one before has its
    answer. Holds the connection (and the lease that it was borrowed with) for as long as the transaction
    is there.

    Which steps are still wanted when their turn comes, those who push them say.
*/
class StepQueue final : public std::enable_shared_from_this<StepQueue>
{
public:
    //! Something that waits for its turn: run() when it has come and objection() is none, else refuse().
    struct Step
    {
        std::function<Error()> objection;
        std::function<void()> run;
        std::function<void(const Error &)> refuse; // tells the program, at once
        std::function<bool()> isUnwanted; // may be empty
        std::function<void(std::function<void()>)> onCancel; // may be empty
        quint64 serial = 0;
    };
    /*! Hears of the end of an operation: the error if it failed, or the server's status flags behind its
        answer (a cursor has neither). Calls the function when the next step may be run. */
    using Settle = std::function<void(const Error &, std::optional<quint16>, std::function<void()>)>;

    StepQueue(std::shared_ptr<ConnectionCore> connection, QPointer<Connection> face,
              std::shared_ptr<void> keeper);

    // From any thread.
    ReplyControl::Post post() const;
    //! Runs \a function in the connection's thread; false if that can no longer be.
    bool atHome(std::function<void()> function) const;
    void push(Step step);
    void run(std::unique_ptr<Operation> operation, std::function<Error()> objection, Settle settle);
    //! What tells \a completion of an error.
    template <class T>
    static std::function<void(const Error &)> refusal(const std::shared_ptr<Completion<T>> &completion)
    {
        return [completion](const Error &error) { completion->complete(error); };
    }

    // In the connection's thread.
    std::shared_ptr<CursorCore> runCursor(StatementRequest request, std::function<Error()> objection,
                                          Settle settle);
    //! The step under way has ended.
    void stepDone();
    //! A statement of the transaction's own: it is not cancelled with a future.
    void runSql(const QString &sql, std::function<void(const Result<ResultSet> &)> done);
    //! True once the session is no longer the one, or no longer ours.
    bool isLost() const { return m_connection->epoch() != m_epoch; }
    //! Why, for isLost(): a connection that is closed, or one that was reset or given back.
    Error::Kind lossKind() const;
    //! Lets go of the lease.
    void release() { m_keeper.reset(); }
    Connection *face() const { return m_face; }
    const std::shared_ptr<ConnectionCore> &connection() const noexcept { return m_connection; }
    const std::shared_ptr<EventPort> &port() const noexcept { return m_port; }

private:
    void next();
    void cancel(quint64 serial);
    //! From the event loop.
    void refuse(const Step &step, const Error &error);

    std::shared_ptr<ConnectionCore> m_connection;
    std::shared_ptr<EventPort> m_port; // the connection's
    QPointer<Connection> m_face;
    std::shared_ptr<void> m_keeper;
    std::deque<Step> m_steps;
    std::atomic<quint64> m_lastSerial = 0;
    quint64 m_epoch;
    bool m_underWay = false;
};

//! The error of a step that was not sent.
Error unsentStep(const QString &text);
//! Whether what \a error has ended may have happened all the same: a commit above all.
bool mayHaveHappened(const Error &error);

} // namespace QAsyncMySql::Internal
