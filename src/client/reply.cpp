// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/reply.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QObject>
#include <QtCore/QThread>

namespace QAsyncMySql::Internal {

namespace {

const auto ResumeEvent = QEvent::Type(QEvent::registerEventType());

} // namespace

//! Lives in the thread of a coroutine that awaits what another thread does, and resumes it there.
class ReplyControl::Resumer final : public QObject
{
public:
    Resumer(ReplyControl *control, std::coroutine_handle<> handle)
        : m_control(control)
        , m_handle(handle)
    {
    }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != ResumeEvent)
            return QObject::event(event);
        // The coroutine may drop the last reference to the control, which must not take this along now.
        {
            const std::lock_guard lock(m_control->m_mutex);
            (void)m_control->m_resumer.release();
        }
        deleteLater();
        m_handle.resume();
        return true;
    }

private:
    ReplyControl *m_control; // whose m_resumer this is, so that it is there
    std::coroutine_handle<> m_handle;
};

ReplyControl::ReplyControl()
    : m_madeIn(QThread::currentThreadId())
{
}

ReplyControl::~ReplyControl() = default;

void ReplyControl::requestCancel()
{
    m_cancelRequested.store(true, std::memory_order_relaxed);
    if (!m_post) {
        if (m_onCancel)
            m_onCancel();
        return;
    }
    m_post([self = shared_from_this()] {
        if (self->m_onCancel)
            self->m_onCancel();
    });
}

bool ReplyControl::mayBlockHere() const noexcept
{
    return m_post || QThread::currentThreadId() != m_madeIn;
}

bool ReplyControl::suspend(std::coroutine_handle<> handle)
{
    if (m_post) {
        const std::lock_guard lock(m_mutex);
        m_resumer = std::make_unique<Resumer>(this, handle);
    }
    void *nobody = nullptr;
    if (m_waiter.compare_exchange_strong(nobody, handle.address(), std::memory_order_acq_rel))
        return true;
    const std::lock_guard lock(m_mutex);
    m_resumer.reset();
    return false;
}

void ReplyControl::forgetWaiter() noexcept
{
    void *waiter = m_waiter.load(std::memory_order_acquire);
    if (waiter != this)
        m_waiter.compare_exchange_strong(waiter, nullptr, std::memory_order_acq_rel);
    // What was posted to it goes with it.
    const std::lock_guard lock(m_mutex);
    m_resumer.reset();
}

void ReplyControl::finished()
{
    void *waiter = m_waiter.exchange(this, std::memory_order_acq_rel);
    if (!waiter)
        return;
    if (!m_post) {
        std::coroutine_handle<>::from_address(waiter).resume();
        return;
    }
    const std::lock_guard lock(m_mutex);
    // If the coroutine is destroyed first, the event goes with the resumer.
    if (m_resumer)
        QCoreApplication::postEvent(m_resumer.get(), new QEvent(ResumeEvent));
}

Error wouldDeadlock()
{
    return Error(Error::Kind::Usage,
                 QStringLiteral(
                     "The reply has not finished yet, and waiting for it here would stop the event loop that "
                     "finishes it. Await it, give it a continuation, or ask isFinished() first."),
                 Error::Outcome::Unknown);
}

} // namespace QAsyncMySql::Internal
