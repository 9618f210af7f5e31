// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/stepqueue.h"

#include "client/cursorcore.h"
#include "client/operation.h"

#include <QtCore/QThread>

namespace QAsyncMySql::Internal {

namespace {

Error cancelledStep()
{
    return Error(Error::Kind::Cancelled, QStringLiteral("The statement was cancelled."),
                 Error::Outcome::NotSent, Error::Phase::Queue);
}

Error goneConnection()
{
    return Error(Error::Kind::Connection,
                 QStringLiteral("The connection of the transaction is gone; the server has rolled it back."),
                 Error::Outcome::NotSent, Error::Phase::Queue)
        .withConnectionLost();
}

} // namespace

Error unsentStep(const QString &text)
{
    return Error(Error::Kind::Usage, text, Error::Outcome::NotSent, Error::Phase::Queue);
}

bool mayHaveHappened(const Error &error)
{
    return error.outcome() == Error::Outcome::Unknown || error.outcome() == Error::Outcome::Executed;
}

StepQueue::StepQueue(std::shared_ptr<ConnectionCore> connection, QPointer<Connection> face,
                     std::shared_ptr<void> keeper)
    : m_connection(std::move(connection))
    , m_port(m_connection->port())
    , m_face(std::move(face))
    , m_keeper(std::move(keeper))
    , m_epoch(m_connection->epoch())
{
}

ReplyControl::Post StepQueue::post() const
{
    if (m_port->thread() == QThread::currentThread())
        return {};
    return [weak = std::weak_ptr(m_port)](std::function<void()> function) {
        const std::shared_ptr<EventPort> there = weak.lock();
        return there && there->mail(std::move(function));
    };
}

bool StepQueue::atHome(std::function<void()> function) const
{
    const ReplyControl::Post there = post();
    if (there)
        return there(std::move(function));
    function();
    return true;
}

Error::Kind StepQueue::lossKind() const
{
    return m_connection->state() == Connection::State::Closed ? Error::Kind::Connection : Error::Kind::Usage;
}

void StepQueue::push(Step step)
{
    step.serial = ++m_lastSerial;
    const auto shared = std::make_shared<Step>(std::move(step));
    const bool sent = atHome([self = shared_from_this(), shared] {
        if (shared->onCancel) {
            shared->onCancel([weak = self->weak_from_this(), serial = shared->serial] {
                if (const auto queue = weak.lock())
                    queue->cancel(serial);
            });
        }
        self->m_steps.push_back(std::move(*shared));
        self->next();
    });
    // From another thread, in which nothing but this call tells its program. (The port is no way: it belongs
    // to the connection's thread, which may push to it now, or may have ended.)
    if (!sent)
        shared->refuse(goneConnection());
}

void StepQueue::next()
{
    while (!m_underWay && !m_steps.empty()) {
        const Step step = std::move(m_steps.front());
        m_steps.pop_front();
        const Error objection = step.objection();
        if (step.isUnwanted && step.isUnwanted()) {
            refuse(step, cancelledStep());
            continue;
        }
        if (objection) {
            refuse(step, objection);
            continue;
        }
        m_underWay = true;
        step.run();
    }
}

void StepQueue::stepDone()
{
    const std::shared_ptr<StepQueue> keep = shared_from_this();
    m_underWay = false;
    next();
}

void StepQueue::cancel(quint64 serial)
{
    for (auto it = m_steps.begin(); it != m_steps.end(); ++it) {
        if (it->serial != serial)
            continue;
        const Step step = std::move(*it);
        m_steps.erase(it);
        refuse(step, cancelledStep());
        return;
    }
}

void StepQueue::refuse(const Step &step, const Error &error)
{
    m_port->call([refuse = step.refuse, error] { refuse(error); });
}

void StepQueue::run(std::unique_ptr<Operation> operation, std::function<Error()> objection, Settle settle)
{
    const std::shared_ptr<Operation> shared = std::move(operation);
    const std::shared_ptr<StepQueue> self = shared_from_this();
    Step step;
    step.objection = std::move(objection);
    step.run = [self, shared, settle = std::move(settle)] {
        shared->start(*self->m_connection,
                      [self, settle](const OperationEnd &end, std::function<void()> tell) {
                          settle(end.error, end.status, [self, tell = std::move(tell)] {
                              self->stepDone();
                              tell();
                          });
                      });
    };
    step.refuse = [shared](const Error &error) { shared->refuse(error); };
    step.onCancel = [shared](std::function<void()> cancel) { shared->onCancel(std::move(cancel)); };
    step.isUnwanted = [shared] { return shared->isAbandoned(); };
    push(std::move(step));
}

std::shared_ptr<CursorCore> StepQueue::runCursor(StatementRequest request, std::function<Error()> objection,
                                                 Settle settle)
{
    const std::shared_ptr<StepQueue> self = shared_from_this();
    auto cursor = std::make_shared<CursorCore>(m_port);
    const auto kept = std::make_shared<StatementRequest>(std::move(request));
    Step step;
    step.objection = std::move(objection);
    step.run = [self, cursor, kept, settle = std::move(settle)] {
        cursor->onEnded = [self, settle, weak = std::weak_ptr(cursor)] {
            const auto ended = weak.lock();
            settle(ended ? ended->error : Error(), std::nullopt, [self] { self->stepDone(); });
        };
        self->m_connection->runCursor(cursor, std::move(*kept));
    };
    step.refuse = [cursor](const Error &error) { cursor->finish(error); };
    step.isUnwanted = [cursor] { return cursor->isAbandoned(); };
    push(std::move(step));
    return cursor;
}

void StepQueue::runSql(const QString &sql, std::function<void(const Result<ResultSet> &)> done)
{
    m_connection->run(StatementRequest(StatementProtocol::Text, SqlStatement(sql)),
                      std::make_unique<InternalCompletion<ResultSet>>(std::move(done)));
}

} // namespace QAsyncMySql::Internal
