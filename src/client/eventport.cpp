// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/eventport.h"

#include "client/loopturn.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QThread>
#include <QtCore/QTimerEvent>

#include <vector>

namespace QAsyncMySql::Internal {

namespace {

const auto DeliverEvent = QEvent::Type(QEvent::registerEventType());
const auto MailEvent = QEvent::Type(QEvent::registerEventType());
const auto WorkEvent = QEvent::Type(QEvent::registerEventType());

//! The ports of the main thread, so that they hear of the application's end.
class MainPorts
{
public:
    void add(const std::weak_ptr<EventPort> &port, QtCleanUpFunction whenItEnds)
    {
        const std::lock_guard lock(m_mutex);
        if (!std::exchange(m_waits, true))
            qAddPostRoutine(whenItEnds);
        // Those that are gone make room, once in a while.
        if (m_ports.size() >= m_enough) {
            std::erase_if(m_ports, [](const std::weak_ptr<EventPort> &p) { return p.expired(); });
            m_enough = std::max<size_t>(64, m_ports.size() * 2);
        }
        m_ports.push_back(port);
    }
    std::vector<std::weak_ptr<EventPort>> takeAll()
    {
        const std::lock_guard lock(m_mutex);
        m_waits = false; // another application may follow
        return std::exchange(m_ports, {});
    }

private:
    std::mutex m_mutex;
    std::vector<std::weak_ptr<EventPort>> m_ports;
    size_t m_enough = 64;
    bool m_waits = false;
};

MainPorts &ports()
{
    static MainPorts all;
    return all;
}

} // namespace

Delivery::~Delivery() = default;

std::shared_ptr<EventPort> EventPort::create(std::weak_ptr<Owner> owner)
{
    // The last who has it may be in any thread (a transaction's handle, say), while an event is on its way to
    // it.
    const auto dispose = [](EventPort *port) {
        const QThread *home = port->thread();
        if (!home || home == QThread::currentThread() || home->isFinished())
            delete port;
        else
            port->deleteLater();
    };
    return std::shared_ptr<EventPort>(new EventPort(std::move(owner)), dispose);
}

EventPort::EventPort(std::weak_ptr<Owner> owner)
    : m_owner(std::move(owner))
{
}

EventPort::~EventPort() = default;

void EventPort::push(std::unique_ptr<Delivery> delivery)
{
    m_deliveries.push_back(std::move(delivery));
    postDelivery();
}

void EventPort::postDelivery()
{
    if (m_deliveryPosted)
        return;
    m_deliveryPosted = true;
    LoopTurn *turn = thread() == QThread::currentThread() ? LoopTurn::current() : nullptr;
    if (turn)
        turn->add(weak_from_this());
    else
        QCoreApplication::postEvent(this, new QEvent(DeliverEvent));
}

void EventPort::turnEnded()
{
    if (thread() != QThread::currentThread()) { // it has been moved since
        QCoreApplication::postEvent(this, new QEvent(DeliverEvent));
        return;
    }
    m_deliveryPosted = false;
    deliver();
}

void EventPort::postWork()
{
    if (m_workPosted)
        return;
    m_workPosted = true;
    QCoreApplication::postEvent(this, new QEvent(WorkEvent));
}

void EventPort::postWork(std::chrono::milliseconds pause)
{
    if (!m_workPosted && !m_work.isActive())
        m_work.start(int(pause.count()), Qt::PreciseTimer, this);
}

void EventPort::deliver()
{
    // User code may drop the last reference to us.
    const std::shared_ptr<EventPort> self = shared_from_this();
    while (!m_deliveries.empty()) {
        const std::unique_ptr<Delivery> delivery = std::move(m_deliveries.front());
        m_deliveries.pop_front();
        // A nested event loop in there must still hear the rest.
        if (!m_deliveries.empty())
            postDelivery();
        delivery->deliver();
    }
}

void EventPort::flush()
{
    deliver();
}

void EventPort::watchThread()
{
    QThread *here = QThread::currentThread();
    QCoreApplication *application = QCoreApplication::instance();
    if (application && application->thread() == here && m_application != application) {
        m_application = application;
        ports().add(weak_from_this(), &EventPort::applicationEnds);
    }
    if (m_watched == here)
        return;
    if (m_watched)
        disconnect(m_watched, &QThread::finished, this, nullptr);
    m_watched = here;
    // Direct: events that are sent to a thread that ends are heard by nobody.
    connect(
        here, &QThread::finished, this, [this] { threadEnds(); }, Qt::DirectConnection);
}

void EventPort::threadEnds()
{
    const std::shared_ptr<EventPort> self = shared_from_this();
    if (const std::shared_ptr<Owner> owner = m_owner.lock())
        owner->onThreadEnd();
}

// The main thread goes on after it, but with nothing that sockets and timers need.
void EventPort::applicationEnds()
{
    for (const std::weak_ptr<EventPort> &weak : ports().takeAll()) {
        const std::shared_ptr<EventPort> port = weak.lock();
        if (port && port->thread() == QThread::currentThread())
            port->threadEnds();
    }
}

void EventPort::detach()
{
    m_owner.reset();
    const std::lock_guard lock(m_mailMutex);
    m_mailRefused = true;
}

bool EventPort::mail(std::function<void()> function)
{
    const std::lock_guard lock(m_mailMutex);
    if (m_mailRefused)
        return false;
    m_mail.push_back(std::move(function));
    if (!std::exchange(m_mailPosted, true))
        QCoreApplication::postEvent(this, new QEvent(MailEvent));
    return true;
}

void EventPort::readMail()
{
    const std::shared_ptr<EventPort> self = shared_from_this();
    std::unique_lock lock(m_mailMutex);
    m_mailPosted = false;
    while (!m_mail.empty()) {
        const std::function<void()> function = std::move(m_mail.front());
        m_mail.pop_front();
        lock.unlock();
        function();
        lock.lock();
    }
}

bool EventPort::event(QEvent *event)
{
    const std::shared_ptr<EventPort> self = weak_from_this().lock();
    if (!self) // nobody has it any more, and nothing is left but to delete it
        return QObject::event(event);
    if (event->type() == MailEvent) {
        readMail();
        return true;
    }
    if (event->type() == DeliverEvent) {
        m_deliveryPosted = false;
        deliver();
        return true;
    }
    if (event->type() == WorkEvent) {
        m_workPosted = false;
        if (const std::shared_ptr<Owner> owner = m_owner.lock())
            owner->onWork();
        return true;
    }
    return QObject::event(event);
}

void EventPort::startTicking(std::chrono::milliseconds interval)
{
    if (!m_tick.isActive())
        m_tick.start(int(interval.count()), Qt::CoarseTimer, this);
}

void EventPort::setDeadline(std::chrono::milliseconds fromNow)
{
    const auto bounded
        = std::clamp(fromNow, std::chrono::milliseconds(0), std::chrono::milliseconds(1'000'000'000));
    m_deadline.start(int(bounded.count()), Qt::PreciseTimer, this);
}

void EventPort::stopTimers()
{
    m_tick.stop();
    m_deadline.stop();
    m_work.stop();
}

void EventPort::timerEvent(QTimerEvent *event)
{
    const std::shared_ptr<Owner> owner = m_owner.lock();
    if (event->timerId() == m_deadline.timerId()) {
        m_deadline.stop();
        if (owner)
            owner->onDeadline();
    } else if (event->timerId() == m_work.timerId()) {
        m_work.stop();
        if (owner)
            owner->onWork();
    } else if (event->timerId() == m_tick.timerId() && owner) {
        owner->onTick();
    }
}

Error missingEventLoop()
{
    if (QAbstractEventDispatcher::instance())
        return {};
    return Error(
        Error::Kind::Usage,
        QStringLiteral("This thread has no event loop to work in. Create the QCoreApplication first, or "
                       "use a QThread that runs exec()."),
        Error::Outcome::NotSent, Error::Phase::Queue);
}

} // namespace QAsyncMySql::Internal
