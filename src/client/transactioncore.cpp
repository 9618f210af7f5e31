// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/transactioncore.h"

#include "client/cursorcore.h"
#include "client/simplecommand.h"

#include <QtCore/QThread>

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

Error unsent(const QString &text)
{
    return Error(Error::Kind::Usage, text, Error::Outcome::NotSent, Error::Phase::Queue);
}

//! Runs user code as the completion inside does.
class WatchedCompletion final : public ForwardingCompletion<ResultSet>
{
public:
    WatchedCompletion(std::shared_ptr<Completion<ResultSet>> inner,
                      std::function<void(const Result<ResultSet> &, std::function<void()>)> watch)
        : ForwardingCompletion(std::move(inner))
        , m_watch(std::move(watch))
    {
    }
    void complete(const Result<ResultSet> &result) override
    {
        m_watch(result, [inner = inner(), result] { inner->complete(result); });
    }

private:
    std::function<void(const Result<ResultSet> &, std::function<void()>)> m_watch;
};

//! The flags behind the last of \a result's results.
quint16 lastStatus(ResultSet result)
{
    while (result.hasNext())
        result = result.next();
    return result.serverStatus();
}

} // namespace

TransactionCore::TransactionCore(std::shared_ptr<ConnectionCore> connection, QPointer<Connection> face)
    : m_connection(std::move(connection))
    , m_port(m_connection->port())
    , m_face(std::move(face))
    , m_epoch(m_connection->epoch())
{
}

TransactionCore::TransactionCore(std::shared_ptr<TransactionCore> parent, int number)
    : m_parent(std::move(parent))
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
        auto core = std::make_shared<TransactionCore>(connection, face);
        core->m_keeper = std::move(keeper);
        shared->complete(Transaction(std::make_shared<TransactionHandle>(std::move(core))));
    };
    shared->onCancel(connection->canceller());
    connection->enqueue(SimpleCommand::beginTransaction(
        statements, std::make_unique<InternalCompletion<void>>(std::move(begun))));
}

Connection *TransactionCore::connection() const
{
    const State now = root().state();
    return now == State::Active || now == State::Committing ? root().m_face.data() : nullptr;
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

ReplyControl::Post TransactionCore::post() const
{
    const std::shared_ptr<EventPort> &port = root().m_port;
    if (port->thread() == QThread::currentThread())
        return {};
    return [weak = std::weak_ptr(port)](std::function<void()> function) {
        const std::shared_ptr<EventPort> there = weak.lock();
        return there && there->mail(std::move(function));
    };
}

//! Runs \a function in the connection's thread; false if that can no longer be.
bool TransactionCore::atHome(std::function<void()> function) const
{
    const ReplyControl::Post there = post();
    if (there)
        return there(std::move(function));
    function();
    return true;
}

void TransactionCore::push(Step step)
{
    TransactionCore &queue = root();
    step.of = shared_from_this();
    step.serial = ++queue.m_lastSerial;
    const auto shared = std::make_shared<Step>(std::move(step));
    const bool sent = atHome([keep = queue.shared_from_this(), shared] {
        if (shared->onCancel) {
            shared->onCancel([weak = keep->weak_from_this(), serial = shared->serial] {
                if (const auto self = weak.lock())
                    self->cancelStep(serial);
            });
        }
        keep->m_steps.push_back(std::move(*shared));
        keep->next();
    });
    if (!sent)
        shared->refuse(unsent(QStringLiteral("The connection of the transaction is gone.")));
}

void TransactionCore::next()
{
    while (!m_underWay && !m_steps.empty()) {
        const Step step = std::move(m_steps.front());
        m_steps.pop_front();
        noticeLoss();
        if (step.isUnwanted && step.isUnwanted()) {
            step.refuse(Error(Error::Kind::Cancelled, QStringLiteral("The statement was cancelled."),
                              Error::Outcome::NotSent, Error::Phase::Queue));
            continue;
        }
        const Error ended = step.of->whyEnded();
        if (ended && !step.evenIfEnded) {
            step.refuse(ended);
            continue;
        }
        m_underWay = true;
        step.run();
    }
}

void TransactionCore::stepDone()
{
    const std::shared_ptr<TransactionCore> keep = shared_from_this();
    m_underWay = false;
    next();
}

void TransactionCore::cancelStep(quint64 serial)
{
    for (auto it = m_steps.begin(); it != m_steps.end(); ++it) {
        if (it->serial != serial)
            continue;
        const Step step = std::move(*it);
        m_steps.erase(it);
        step.refuse(Error(Error::Kind::Cancelled, QStringLiteral("The statement was cancelled."),
                          Error::Outcome::NotSent, Error::Phase::Queue));
        return;
    }
}

void TransactionCore::noticeLoss()
{
    if (state() != State::Active || m_connection->epoch() == m_epoch)
        return;
    const bool closed = m_connection->state() == Connection::State::Closed;
    end(State::Lost,
        Error(
            closed ? Error::Kind::Connection : Error::Kind::Usage,
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
        return unsent(QStringLiteral("The transaction has been committed."));
    case State::RolledBack:
        return unsent(QStringLiteral("The transaction has been rolled back."));
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
        m_keeper.reset();
}

/*
    Of the root: finds out whether the transaction is still there after a step that ended with \a error and,
   where it succeeded, the flags \a status; then calls \a then.
*/
void TransactionCore::settle(const Error &error, quint16 status, bool hasStatus, std::function<void()> then)
{
    noticeLoss();
    const bool asks = state() == State::Active && !hasStatus && error.outcome() != Error::Outcome::NotSent;
    if (!asks) {
        if (state() == State::Active && hasStatus)
            settleByStatus(error, status);
        then();
        return;
    }
    m_connection->enqueue(SimpleCommand::ping(std::make_unique<InternalCompletion<void>>(
        [keep = shared_from_this(), error, then = std::move(then)](const Result<void> &result) {
            keep->noticeLoss();
            if (result && keep->state() == State::Active)
                keep->settleByStatus(error, keep->m_connection->session().status);
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
        unsent(QStringLiteral(
            "The transaction was ended by a statement run in it: by COMMIT or ROLLBACK, or by one "
            "that commits implicitly, such as CREATE TABLE.")));
}

void TransactionCore::runStatement(StatementRequest request,
                                   std::unique_ptr<Completion<ResultSet>> completion)
{
    const auto shared = std::shared_ptr(std::move(completion));
    const auto kept = std::make_shared<StatementRequest>(std::move(request));
    TransactionCore *top = &root();
    const std::shared_ptr<TransactionCore> keep = top->shared_from_this();
    Step step;
    step.run = [keep, shared, kept] {
        auto watch = [keep](const Result<ResultSet> &result, std::function<void()> tell) {
            const quint16 status = result ? lastStatus(*result) : quint16(0);
            keep->settle(result.error(), status, result.hasValue(), [keep, tell = std::move(tell)] {
                keep->stepDone();
                tell();
            });
        };
        keep->m_connection->run(std::move(*kept),
                                std::make_unique<WatchedCompletion>(shared, std::move(watch)));
    };
    step.refuse = [refuse = refusal(shared), sql = kept->statement.text()](const Error &error) {
        refuse(error.withStatement(sql));
    };
    step.onCancel = [shared](std::function<void()> cancel) { shared->onCancel(std::move(cancel)); };
    step.isUnwanted = [shared] { return shared->isAbandoned(); };
    push(std::move(step));
}

std::shared_ptr<CursorCore> TransactionCore::runCursor(StatementRequest request)
{
    const std::shared_ptr<TransactionCore> keep = root().shared_from_this();
    auto cursor = std::make_shared<CursorCore>(keep->m_port);
    const auto kept = std::make_shared<StatementRequest>(std::move(request));
    Step step;
    step.run = [keep, cursor, kept] {
        cursor->onEnded = [keep, weak = std::weak_ptr(cursor)] {
            const auto ended = weak.lock();
            const Error error = ended ? ended->error : Error();
            keep->settle(error, 0, false, [keep] { keep->stepDone(); });
        };
        keep->m_connection->runCursor(cursor, std::move(*kept));
    };
    step.refuse = [cursor](const Error &error) { cursor->finish(error); };
    step.isUnwanted = [cursor] { return cursor->isAbandoned(); };
    push(std::move(step));
    return cursor;
}

//! A statement of the transaction's own: it is not cancelled with a future.
void TransactionCore::runSql(const QString &sql, std::function<void(const Result<ResultSet> &)> done)
{
    m_connection->run(StatementRequest(StatementProtocol::Text, SqlStatement(sql)),
                      std::make_unique<InternalCompletion<ResultSet>>(std::move(done)));
}

void TransactionCore::commit(std::unique_ptr<Completion<void>> completion)
{
    const auto shared = std::shared_ptr(std::move(completion));
    Step step;
    step.run = [self = shared_from_this(), shared] { self->commitNow(shared); };
    step.refuse = refusal(shared);
    push(std::move(step));
}

void TransactionCore::commitNow(const std::shared_ptr<Completion<void>> &completion)
{
    const std::shared_ptr<TransactionCore> top = root().shared_from_this();
    const bool whole = !m_parent;
    if (whole) {
        const std::lock_guard lock(m_mutex);
        m_state = State::Committing;
    }
    const QString sql
        = whole ? QStringLiteral("COMMIT") : QStringLiteral("RELEASE SAVEPOINT ") + quotedName();
    top->runSql(sql, [self = shared_from_this(), top, whole, completion](const Result<ResultSet> &result) {
        const Error error = result.error();
        if (!error) {
            self->end(State::Committed, {});
        } else if (whole
                   && (error.outcome() == Error::Outcome::Unknown
                       || error.outcome() == Error::Outcome::Executed)) {
            self->end(State::Unknown, error);
        } else if (whole) {
            // The server has refused it (Galera's certification does), or never got it. Before end(), which
            // may give the connection back.
            if (!error.isConnectionLost())
                top->runSql(QStringLiteral("ROLLBACK"), [](const Result<ResultSet> &) {});
            self->end(error.isConnectionLost() ? State::Lost : State::Failed, error);
        }
        top->stepDone();
        completion->complete(error ? Result<void>(error) : Result<void>());
    });
}

void TransactionCore::rollback(std::unique_ptr<Completion<void>> completion)
{
    const auto shared = std::shared_ptr(std::move(completion));
    Step step;
    step.evenIfEnded = true;
    step.run = [self = shared_from_this(), shared] { self->rollbackNow(shared); };
    step.refuse = refusal(shared);
    push(std::move(step));
}

void TransactionCore::rollbackNow(const std::shared_ptr<Completion<void>> &completion)
{
    const std::shared_ptr<TransactionCore> top = root().shared_from_this();
    const State now = state();
    if (now != State::Active) {
        const bool rolledBack = now == State::RolledBack || now == State::Failed || now == State::Lost;
        const Error error = rolledBack ? Error() : whyEnded();
        top->m_port->call(
            [completion, error] { completion->complete(error ? Result<void>(error) : Result<void>()); });
        top->stepDone();
        return;
    }
    const bool whole = !m_parent;
    const QString sql
        = whole ? QStringLiteral("ROLLBACK") : QStringLiteral("ROLLBACK TO SAVEPOINT ") + quotedName();
    top->runSql(sql, [self = shared_from_this(), top, completion](const Result<ResultSet> &result) {
        const Error error = result.error();
        // A lost session is rolled back as well.
        self->end(error ? State::Lost : State::RolledBack, error);
        top->stepDone();
        const bool done = !error || error.isConnectionLost();
        completion->complete(done ? Result<void>() : Result<void>(error));
    });
}

void TransactionCore::savepoint(std::unique_ptr<Completion<Transaction>> completion)
{
    const auto shared = std::shared_ptr(std::move(completion));
    const std::shared_ptr<TransactionCore> top = root().shared_from_this();
    Step step;
    step.run = [self = shared_from_this(), top, shared] {
        auto child = std::make_shared<TransactionCore>(self, ++top->m_lastNumber);
        top->runSql(QStringLiteral("SAVEPOINT ") + child->quotedName(),
                    [top, child, shared](const Result<ResultSet> &result) {
                        top->settle(result.error(), result ? lastStatus(*result) : quint16(0),
                                    result.hasValue(), [top, child, shared, error = result.error()] {
                                        top->stepDone();
                                        if (error)
                                            shared->complete(error);
                                        else
                                            shared->complete(
                                                Transaction(std::make_shared<TransactionHandle>(child)));
                                    });
                    });
    };
    step.refuse = refusal(shared);
    push(std::move(step));
}

void TransactionCore::dropped()
{
    if (state() == State::Active)
        rollback(std::make_unique<InternalCompletion<void>>([](const Result<void> &) {}));
}

} // namespace QAsyncMySql::Internal
