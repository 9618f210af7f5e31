// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/loopturn.h"

#include "client/eventport.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QPointer>
#include <QtCore/QTimerEvent>

#include <utility>

namespace QAsyncMySql::Internal {

// A child of the dispatcher, and gone with it.
LoopTurn::LoopTurn(QAbstractEventDispatcher *dispatcher)
    : QObject(dispatcher)
{
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &LoopTurn::beforeSleep);
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] { ++m_awakenings; });
}

LoopTurn *LoopTurn::current()
{
    thread_local QPointer<LoopTurn> own;
    QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
    if (!dispatcher) // no more, perhaps: the application may end before its objects do
        return nullptr;
    if (!own)
        own = new LoopTurn(dispatcher);
    return own;
}

void LoopTurn::add(std::weak_ptr<EventPort> port)
{
    m_ports.push_back(std::move(port));
    if (!m_timer.isActive())
        m_timer.start(0, this);
}

void LoopTurn::timerEvent(QTimerEvent *event)
{
    Q_UNUSED(event)
    run();
}

// What is delivered may run an event loop of its own. A quit() of the loop out here that is called in there
// has woken that one, and nobody would wake this one, which is about to sleep and looks only afterwards.
void LoopTurn::beforeSleep()
{
    const QPointer<LoopTurn> self = this;
    const quint64 before = m_awakenings;
    run();
    if (self && m_awakenings != before)
        static_cast<QAbstractEventDispatcher *>(parent())->wakeUp();
}

// What is delivered may run an event loop of its own, in which those that wait here get their turn. What
// comes while this runs waits for the next turn, so that a program that keeps asking does not keep out all
// others.
void LoopTurn::run()
{
    const QPointer<LoopTurn> self = this;
    for (size_t left = m_ports.size(); self && left > 0 && !m_ports.empty(); --left) {
        const std::shared_ptr<EventPort> port = m_ports.front().lock();
        m_ports.erase(m_ports.begin());
        if (port)
            port->turnEnded();
    }
    if (self && m_ports.empty())
        m_timer.stop();
}

} // namespace QAsyncMySql::Internal
