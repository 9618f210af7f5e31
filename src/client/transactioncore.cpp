// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/transactioncore.h"

#include "client/operation.h"
#include "client/simplecommand.h"

namespace QAsyncMySql::Internal {

namespace {

using State = Transaction::State;

QString startStatementFor(const TransactionOptions &options)
{
    QStringList traits;
    if (options.hasConsistentSnapshot())
        traits << QStringLiteral("WITH CONSISTENT SNAPSHOT");
    if (options.isReadOnly())
        traits << QStringLiteral("READ ONLY");
    return traits.isEmpty() ? QStringLiteral("START TRANSACTION")
                            : QStringLiteral("START TRANSACTION ") + traits.join(QStringLiteral(", "));
}

QString isolationName(TransactionOptions::Isolation isolation)
{
    switch (isolation) {
    case TransactionOptions::Isolation::ReadUncommitted:
        return QStringLiteral("READ UNCOMMITTED");
    case TransactionOptions::Isolation::ReadCommitted:
        return QStringLiteral("READ COMMITTED");
    case TransactionOptions::Isolation::RepeatableRead:
        return QStringLiteral("REPEATABLE READ");
    case TransactionOptions::Isolation::Serializable:
        return QStringLiteral("SERIALIZABLE");
    case TransactionOptions::Isolation::Default:
        break;
    }
    return {};
}

} // namespace

TransactionCore::TransactionCore(std::shared_ptr<StepQueue> queue)
    : m_queue(std::move(queue))
{
}

TransactionCore::TransactionCore(std::shared_ptr<TransactionCore> parent, int number)
    : m_queue(parent->m_queue)
    , m_parent(std::move(parent))
    , m_number(number)
{
}

void TransactionCore::begin(const std::shared_ptr<ConnectionCore> &connection, Connection *face,
                            const TransactionOptions &options, std::shared_ptr<void> keeper,
                            std::unique_ptr<Completion<Transaction>> completion)
{
    const QString isolation = isolationName(options.isolation());
    QStringList statements;
    if (!isolation.isEmpty())
        statements << QStringLiteral("SET TRANSACTION ISOLATION LEVEL ") + isolation;
    statements << startStatementFor(options);
    const auto shared = std::shared_ptr(std::move(completion));
    auto begun = [connection, face = QPointer(face), keeper = std::move(keeper),
                  shared](const Result<void> &result) mutable {
        if (!result) {
            keeper.reset(); // the connection is back before the program hears
            shared->complete(result.error());
            return;
        }
        auto core = std::make_shared<TransactionCore>(
            std::make_shared<StepQueue>(connection, face, std::move(keeper)));
        shared->complete(Transaction(std::make_shared<TransactionHandle>(std::move(core))));
    };
    shared->onCancel(connection->canceller());
    connection->enqueue(SimpleCommand::beginTransaction(
        statements, std::make_unique<BegunCompletion<Transaction>>(shared, std::move(begun))));
}

Connection *TransactionCore::connection() const
{
    const State now = root().state();
    return now == State::Active || now == State::Committing ? m_queue->face() : nullptr;
}

State TransactionCore::state() const
{
    State own = State::Active;
    {
        const std::lock_guard lock(m_mutex);
        own = m_state;
    }
    // A savepoint does not outlive what it is in.
    if (own == State::Active && m_parent)
        return m_parent->state();
    return own;
}

Error TransactionCore::endError() const
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_state != State::Active || !m_parent)
            return m_endError;
    }
    return m_parent->endError();
}

//! What is asked of each step when its turn has come.
std::function<Error()> TransactionCore::objection()
{
    return [self = shared_from_this()] {
        self->root().noticeLoss();
        return self->whyEnded();
    };
}

StepQueue::Step TransactionCore::step(bool evenIfEnded)
{
    StepQueue::Step step;
    step.objection = objection();
    if (evenIfEnded) {
        step.objection = [top = root().shared_from_this()] {
            top->noticeLoss();
            return Error();
        };
    }
    return step;
}

void TransactionCore::noticeLoss()
{
    if (state() != State::Active || !m_queue->isLost())
        return;
    end(State::Lost,
        Error(
            m_queue->lossKind(),
            QStringLiteral("The connection of the transaction was lost, reset or given back; the server has "
                           "rolled the transaction back."),
            Error::Outcome::NotSent, Error::Phase::Queue));
}

//! What a step is told that comes too late; no error while it is active.
Error TransactionCore::whyEnded()
{
    switch (state()) {
    case State::None:
    case State::Active:
        return {};
    case State::Committing:
    case State::Committed:
        return unsentStep(QStringLiteral("The transaction has been committed."));
    case State::RolledBack:
        return unsentStep(QStringLiteral("The transaction has been rolled back."));
    case State::Failed:
    case State::ImplicitlyCommitted:
    case State::Lost:
    case State::Unknown:
        break;
    }
    const Error cause = endError();
    return cause.withOutcome(Error::Outcome::NotSent).withPhase(Error::Phase::Queue);
}

void TransactionCore::end(State state, const Error &error)
{
    {
        const std::lock_guard lock(m_mutex);
        m_state = state;
        m_endError = error;
    }
    if (!m_parent)
        m_queue->release();
}

/*
    Of the root: finds out whether the transaction is still there after a step that ended with \a error and,
   where it succeeded, the flags \a status; then calls \a then.
*/
void TransactionCore::settle(const Error &error, std::optional<quint16> status, std::function<void()> then)
{
    noticeLoss();
    const bool asks = state() == State::Active && !status && error.outcome() != Error::Outcome::NotSent;
    if (!asks) {
        if (state() == State::Active && status)
            settleByStatus(error, *status);
        then();
        return;
    }
    m_queue->connection()->enqueue(SimpleCommand::ping(std::make_unique<InternalCompletion<void>>(
        [keep = shared_from_this(), error, then = std::move(then)](const Result<void> &result) {
            keep->noticeLoss();
            if (result && keep->state() == State::Active)
                keep->settleByStatus(error, keep->m_queue->connection()->session().status);
            then();
        })));
}

void TransactionCore::settleByStatus(const Error &error, quint16 status)
{
    if (status & Protocol::Status::InTransaction)
        return;
    if (error) {
        end(State::Failed, error);
        return;
    }
    end(State::ImplicitlyCommitted,
        unsentStep(QStringLiteral(
            "The transaction was ended by a statement run in it: by COMMIT or ROLLBACK, or by one "
            "that commits implicitly, such as CREATE TABLE.")));
}

StepQueue::Settle TransactionCore::settler()
{
    return [top = root().shared_from_this()](const Error &error, std::optional<quint16> status,
                                             std::function<void()> then) {
        top->settle(error, status, std::move(then));
    };
}

void TransactionCore::run(std::unique_ptr<Operation> operation)
{
    m_queue->run(std::move(operation), objection(), settler());
}

std::shared_ptr<CursorCore> TransactionCore::runCursor(StatementRequest request)
{
    return m_queue->runCursor(std::move(request), objection(), settler());
}

void TransactionCore::commit(std::unique_ptr<Completion<void>> completion)
{
    const auto shared = std::shared_ptr(std::move(completion));
    StepQueue::Step step = this->step();
    step.run = [self = shared_from_this(), shared] { self->commitNow(shared); };
    step.refuse = StepQueue::refusal(shared);
    m_queue->push(std::move(step));
}

void TransactionCore::commitNow(const std::shared_ptr<Completion<void>> &completion)
{
    const bool whole = !m_parent;
    if (whole) {
        const std::lock_guard lock(m_mutex);
        m_state = State::Committing;
    }
    const QString sql
        = whole ? QStringLiteral("COMMIT") : QStringLiteral("RELEASE SAVEPOINT ") + quotedName();
    m_queue->runSql(
        sql,
        [self = shared_from_this(), queue = m_queue, whole, completion](const Result<ResultSet> &result) {
            const Error error = result.error();
            if (!error) {
                self->end(State::Committed, {});
            } else if (whole && mayHaveHappened(error)) {
                self->end(State::Unknown, error);
            } else if (whole) {
                // The server has refused it (Galera's certification does), or never got it. Before end(),
                // which may give the connection back.
                if (!error.isConnectionLost())
                    queue->runSql(QStringLiteral("ROLLBACK"), [](const Result<ResultSet> &) {});
                self->end(error.isConnectionLost() ? State::Lost : State::Failed, error);
            }
            queue->stepDone();
            completion->complete(error ? Result<void>(error) : Result<void>());
        });
}

void TransactionCore::rollback(std::unique_ptr<Completion<void>> completion)
{
    const auto shared = std::shared_ptr(std::move(completion));
    StepQueue::Step step = this->step(true);
    step.run = [self = shared_from_this(), shared] { self->rollbackNow(shared); };
    // It is refused only where the session is gone, and what was done in it.
    step.refuse = [shared](const Error &) { shared->complete({}); };
    m_queue->push(std::move(step));
}

void TransactionCore::rollbackNow(const std::shared_ptr<Completion<void>> &completion)
{
    const State now = state();
    if (now != State::Active) {
        const bool rolledBack = now == State::RolledBack || now == State::Failed || now == State::Lost;
        const Error error = rolledBack ? Error() : whyEnded();
        m_queue->port()->call(
            [completion, error] { completion->complete(error ? Result<void>(error) : Result<void>()); });
        m_queue->stepDone();
        return;
    }
    const bool whole = !m_parent;
    const QString sql
        = whole ? QStringLiteral("ROLLBACK") : QStringLiteral("ROLLBACK TO SAVEPOINT ") + quotedName();
    m_queue->runSql(
        sql, [self = shared_from_this(), queue = m_queue, completion](const Result<ResultSet> &result) {
            const Error error = result.error();
            // A lost session is rolled back as well.
            self->end(error ? State::Lost : State::RolledBack, error);
            queue->stepDone();
            const bool done = !error || error.isConnectionLost();
            completion->complete(done ? Result<void>() : Result<void>(error));
        });
}

void TransactionCore::savepoint(std::unique_ptr<Completion<Transaction>> completion)
{
    const auto shared = std::shared_ptr(std::move(completion));
    const std::shared_ptr<TransactionCore> top = root().shared_from_this();
    StepQueue::Step step = this->step();
    step.run = [self = shared_from_this(), top, shared] {
        const auto child = std::make_shared<TransactionCore>(self, ++top->m_lastNumber);
        const auto made = [top, child, shared](const Result<ResultSet> &result) {
            const auto status = result ? std::optional<quint16>(result->serverStatus()) : std::nullopt;
            top->settle(result.error(), status, [top, child, shared, error = result.error()] {
                top->m_queue->stepDone();
                if (error)
                    shared->complete(error);
                else
                    shared->complete(Transaction(std::make_shared<TransactionHandle>(child)));
            });
        };
        top->m_queue->runSql(QStringLiteral("SAVEPOINT ") + child->quotedName(), made);
    };
    step.refuse = StepQueue::refusal(shared);
    m_queue->push(std::move(step));
}

void TransactionCore::dropped()
{
    if (state() == State::Active)
        rollback(std::make_unique<InternalCompletion<void>>([](const Result<void> &) {}));
}

} // namespace QAsyncMySql::Internal
