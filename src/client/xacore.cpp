// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/xacore.h"

#include "client/cursorcore.h"
#include "client/operation.h"
#include "client/simplecommand.h"

namespace QAsyncMySql::Internal {

namespace {

//! The server has rolled the whole transaction back, or refuses everything but that (MySQL manual, "XA
//! Transaction States").
bool isRolledBack(const Error &error)
{
    switch (error.code()) {
    case 1213: // ER_LOCK_DEADLOCK
    case 1402: // ER_XA_RBROLLBACK
    case 1613: // ER_XA_RBTIMEOUT
    case 1614: // ER_XA_RBDEADLOCK
        return true;
    default:
        return false;
    }
}

bool isUnknownId(const Error &error)
{
    return error.code() == 1397; // ER_XAER_NOTA
}

} // namespace

XaCore::XaCore(std::shared_ptr<StepQueue> queue, const XaId &id)
    : m_queue(std::move(queue))
    , m_id(id)
{
}

void XaCore::begin(const std::shared_ptr<ConnectionCore> &connection, Connection *face, const XaId &id,
                   std::shared_ptr<void> keeper, std::unique_ptr<Completion<XaTransaction>> completion)
{
    const auto shared = std::shared_ptr(std::move(completion));
    if (const Error fault = id.validate()) {
        connection->port()->call([shared, fault] { shared->complete(fault); });
        return;
    }
    auto begun = [connection, face = QPointer(face), id, keeper = std::move(keeper),
                  shared](const Result<void> &result) mutable {
        if (!result) {
            keeper.reset(); // the connection is back before the program hears
            shared->complete(result.error());
            return;
        }
        const auto queue = std::make_shared<StepQueue>(connection, face, std::move(keeper));
        shared->complete(XaTransaction(std::make_shared<XaHandle>(std::make_shared<XaCore>(queue, id))));
    };
    shared->onCancel(connection->canceller());
    const QString name = id.toSql();
    const QStringList undo{QStringLiteral("XA END ") + name, QStringLiteral("XA ROLLBACK ") + name};
    connection->enqueue(
        SimpleCommand::beginXa(QStringLiteral("XA START ") + name, undo,
                               std::make_unique<BegunCompletion<XaTransaction>>(shared, std::move(begun))));
}

XaCore::State XaCore::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

Error XaCore::endError() const
{
    const std::lock_guard lock(m_mutex);
    return m_endError;
}

bool XaCore::isOpen() const
{
    const State now = state();
    return now == State::Active || now == State::Idle || now == State::Prepared;
}

Connection *XaCore::connection() const
{
    return isOpen() ? m_queue->face() : nullptr;
}

void XaCore::setState(State state, const Error &error)
{
    {
        const std::lock_guard lock(m_mutex);
        m_state = state;
        m_endError = error;
    }
    if (!isOpen())
        m_queue->release();
}

void XaCore::noticeLoss()
{
    const State now = state();
    if ((now != State::Active && now != State::Idle) || !m_queue->isLost())
        return;
    setState(State::Lost,
             Error(m_queue->lossKind(),
                   QStringLiteral("The connection of the transaction was lost, reset or given back before it "
                                  "was prepared; the server rolls it back."),
                   Error::Outcome::NotSent, Error::Phase::Queue));
}

//! What is told to who comes after the end.
Error XaCore::whyOver() const
{
    switch (state()) {
    case State::None:
    case State::Active:
    case State::Idle:
        return {};
    case State::Prepared:
        if (!m_queue->isLost())
            return {};
        return Error(m_queue->lossKind(),
                     QStringLiteral("The connection of the transaction was lost, reset or given back. The "
                                    "transaction is prepared: end it over another connection, by "
                                    "XaTransaction::commitPrepared() or rollbackPrepared()."),
                     Error::Outcome::NotSent, Error::Phase::Queue);
    case State::Committed:
        return unsentStep(QStringLiteral("The transaction has been committed."));
    case State::RolledBack:
        return unsentStep(QStringLiteral("The transaction has been rolled back."));
    case State::Failed:
    case State::Lost:
    case State::Unknown:
        break;
    }
    return endError().withOutcome(Error::Outcome::NotSent).withPhase(Error::Phase::Queue);
}

Error XaCore::objectionToStatement()
{
    noticeLoss();
    if (state() == State::Idle)
        return unsentStep(QStringLiteral("The transaction has had its end(): prepare, commit or roll back."));
    if (state() == State::Prepared)
        return unsentStep(QStringLiteral("The transaction is prepared: commit it or roll it back."));
    return whyOver();
}

Error XaCore::objectionToEnd()
{
    noticeLoss();
    if (state() == State::Prepared)
        return unsentStep(QStringLiteral("The transaction is prepared already."));
    return whyOver();
}

StepQueue::Settle XaCore::settler()
{
    return
        [self = shared_from_this()](const Error &error, std::optional<quint16>, std::function<void()> then) {
            self->noticeLoss();
            if (self->state() == State::Active && isRolledBack(error))
                self->giveUp(error, [then = std::move(then)](const Error &) { then(); });
            else
                then();
        };
}

void XaCore::run(std::unique_ptr<Operation> operation)
{
    m_queue->run(
        std::move(operation), [self = shared_from_this()] { return self->objectionToStatement(); },
        settler());
}

std::shared_ptr<CursorCore> XaCore::runCursor(StatementRequest request)
{
    return m_queue->runCursor(
        std::move(request), [self = shared_from_this()] { return self->objectionToStatement(); }, settler());
}

void XaCore::push(std::unique_ptr<Completion<void>> completion, std::function<Error()> objection,
                  void (XaCore::*now)(const Then &))
{
    const auto shared = std::shared_ptr(std::move(completion));
    StepQueue::Step step;
    step.objection = std::move(objection);
    step.run = [self = shared_from_this(), shared, now] {
        (self.get()->*now)([self, shared](const Error &error) {
            self->m_queue->stepDone();
            self->m_queue->port()->call(
                [shared, error] { shared->complete(error ? Result<void>(error) : Result<void>()); });
        });
    };
    step.refuse = StepQueue::refusal(shared);
    m_queue->push(std::move(step));
}

void XaCore::end(std::unique_ptr<Completion<void>> completion)
{
    push(
        std::move(completion), [self = shared_from_this()] { return self->objectionToEnd(); },
        &XaCore::endNow);
}

void XaCore::prepare(std::unique_ptr<Completion<void>> completion)
{
    push(
        std::move(completion), [self = shared_from_this()] { return self->objectionToEnd(); },
        &XaCore::prepareNow);
}

void XaCore::commit(std::unique_ptr<Completion<void>> completion)
{
    const auto objection = [self = shared_from_this()] {
        self->noticeLoss();
        return self->whyOver();
    };
    push(std::move(completion), objection, &XaCore::commitNow);
}

void XaCore::rollback(std::unique_ptr<Completion<void>> completion)
{
    const auto objection = [self = shared_from_this()] {
        self->noticeLoss();
        const State now = self->state();
        const bool rolledBack = now == State::RolledBack || now == State::Failed || now == State::Lost;
        return rolledBack ? Error() : self->whyOver();
    };
    push(std::move(completion), objection, &XaCore::rollbackNow);
}

void XaCore::dropped()
{
    const State now = state();
    if (now != State::Active && now != State::Idle)
        return;
    // By the time it is run, it may be prepared; then that is what was asked for last.
    const auto objection = [self = shared_from_this()] {
        self->noticeLoss();
        const State then = self->state();
        const bool open = then == State::Active || then == State::Idle;
        return open ? Error() : unsentStep(QStringLiteral("The transaction has ended."));
    };
    push(std::make_unique<InternalCompletion<void>>([](const Result<void> &) {}), objection,
         &XaCore::rollbackNow);
}

void XaCore::say(const char *verb, const char *how, Then then)
{
    const QString sql = u"XA " % QLatin1StringView(verb) % u' ' % m_id.toSql() % QLatin1StringView(how);
    m_queue->runSql(sql,
                    [self = shared_from_this(), then = std::move(then)](const Result<ResultSet> &result) {
                        then(result.error());
                    });
}

void XaCore::leave(Then then)
{
    if (state() != State::Active) {
        then({});
        return;
    }
    say("END", "", [self = shared_from_this(), then = std::move(then)](const Error &error) {
        if (!error)
            self->setState(State::Idle);
        if (error.isConnectionLost())
            self->noticeLoss();
        if (isRolledBack(error))
            self->giveUp(error, then);
        else // nothing is prepared yet: what is lost here is rolled back
            then(error.isConnectionLost() ? error.withOutcome(Error::Outcome::NotExecuted) : error);
    });
}

//! Both at once, so that what the program runs on the connection next does not come between.
void XaCore::leaveAndRollBack(Then then)
{
    // What XA END says does not matter: where it fails, the transaction is to be rolled back all the same.
    if (state() == State::Active)
        say("END", "", [](const Error &) {});
    say("ROLLBACK", "", std::move(then));
}

//! The server will not keep what was done: rolls back, which it still asks for, and tells \a error.
void XaCore::giveUp(const Error &error, const Then &done)
{
    // Whatever the answer: one that is not rolled back by this is by the loss of the connection.
    leaveAndRollBack([self = shared_from_this(), error, done](const Error &) {
        self->setState(State::Failed, error);
        done(error);
    });
}

//! Leaves the transaction, and says the word that brings it to \a reached.
void XaCore::leaveFor(State reached, const char *verb, const char *how, const Then &done)
{
    leave([self = shared_from_this(), reached, verb, how, done](const Error &failure) {
        if (failure) {
            done(failure);
            return;
        }
        self->say(verb, how, [self, reached, done](const Error &error) {
            if (!error) {
                self->setState(reached);
            } else if (mayHaveHappened(error)) {
                self->setState(State::Unknown, error);
            } else if (error.isConnectionLost()) {
                self->setState(State::Lost, error);
            } else {
                self->giveUp(error, done);
                return;
            }
            done(error);
        });
    });
}

void XaCore::prepareNow(const Then &done)
{
    leaveFor(State::Prepared, "PREPARE", "", done);
}

void XaCore::commitNow(const Then &done)
{
    if (state() == State::Prepared)
        commitPrepared(done);
    else
        leaveFor(State::Committed, "COMMIT", " ONE PHASE", done);
}

void XaCore::commitPrepared(const Then &done)
{
    say("COMMIT", "", [self = shared_from_this(), done](const Error &error) {
        if (!error)
            self->setState(State::Committed);
        else if (mayHaveHappened(error))
            self->setState(State::Unknown, error);
        else if (isRolledBack(error) || isUnknownId(error))
            self->setState(State::Failed, error);
        // With any other error it stays prepared.
        done(error);
    });
}

void XaCore::rollbackNow(const Then &done)
{
    if (state() != State::Prepared) {
        rollbackUnprepared(done);
        return;
    }
    say("ROLLBACK", "", [self = shared_from_this(), done](const Error &error) {
        const bool rolledBack = !error || isRolledBack(error);
        if (rolledBack)
            self->setState(State::RolledBack);
        else if (mayHaveHappened(error))
            self->setState(State::Unknown, error);
        else if (isUnknownId(error))
            self->setState(State::Failed, error);
        done(rolledBack ? Error() : error);
    });
}

void XaCore::rollbackUnprepared(const Then &done)
{
    const State now = state();
    if (now != State::Active && now != State::Idle) {
        done({}); // it is
        return;
    }
    leaveAndRollBack([self = shared_from_this(), done](const Error &error) {
        // A lost session is rolled back as well.
        const bool gone = !error || error.isConnectionLost() || isRolledBack(error) || isUnknownId(error);
        self->setState(gone ? State::RolledBack : State::Idle);
        done(gone ? Error() : error);
    });
}

} // namespace QAsyncMySql::Internal
