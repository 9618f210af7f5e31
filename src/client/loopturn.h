// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QBasicTimer>
#include <QtCore/QObject>

#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QAbstractEventDispatcher;
QT_END_NAMESPACE

namespace QAsyncMySql::Internal {

class EventPort;

/*!
    Lets the ports of a thread deliver at the end of that turn of its event loop in which there came something
   to deliver: behind all that the loop was woken for, before it sleeps.

    A posted event would do the same for three system calls more: one to wake the loop, which is awake, one to
   see that it was woken, and one to see that there is nothing else. A timer without delay stands behind this,
   for loops that never sleep.
*/
class LoopTurn final : public QObject
{
public:
    //! That of the current thread; null if that has no event dispatcher yet.
    static LoopTurn *current();
    void add(std::weak_ptr<EventPort> port);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    explicit LoopTurn(QAbstractEventDispatcher *dispatcher);
    void beforeSleep();
    void run();

    std::vector<std::weak_ptr<EventPort>> m_ports;
    QBasicTimer m_timer;
    quint64 m_awakenings = 0; // of this loop, and of those inside
};

} // namespace QAsyncMySql::Internal
