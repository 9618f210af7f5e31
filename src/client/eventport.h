// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/error.h>

#include <QtCore/QBasicTimer>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QThread>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace QAsyncMySql::Internal {

//! Something to be told to the program: runs user code, once.
class Delivery
{
public:
    virtual ~Delivery();
    virtual void deliver() = 0;
};

//! A delivery that calls a function.
class CallDelivery final : public Delivery
{
public:
    explicit CallDelivery(std::function<void()> function)
        : m_function(std::move(function))
    {
    }
    void deliver() override { m_function(); }

private:
    std::function<void()> m_function;
};

/*!
    A connection's or pool's place in the event loop of its thread: queues what the program is to be
    told, and calls its owner back for work put off and for timers.

    Deliveries are run in order, in one batch per turn of the loop, never from inside socket code. A
    delivery may destroy the owner, or run a nested event loop: those behind it are then delivered
    in the nested loop.
*/
class EventPort final : public QObject, public std::enable_shared_from_this<EventPort>
{
public:
    class Owner
    {
    public:
        virtual void onWork() = 0; // asked for by postWork()
        virtual void onTick() = 0; // every tick interval
        virtual void onDeadline() = 0; // once, at the time set
        virtual void onThreadEnd() = 0; // the last moment in which this thread can be told anything

    protected:
        ~Owner() = default;
    };

    static std::shared_ptr<EventPort> create(std::weak_ptr<Owner> owner);
    ~EventPort() override;

    void push(std::unique_ptr<Delivery> delivery);
    void call(std::function<void()> function) { push(std::make_unique<CallDelivery>(std::move(function))); }
    bool hasDeliveries() const noexcept { return !m_deliveries.empty(); }
    //! Runs all deliveries now; for destructors, behind which no event comes.
    void flush();
    //! Calls Owner::onWork() in the next turn of the event loop.
    void postWork();
    //! The same after \a pause.
    void postWork(std::chrono::milliseconds pause);

    void startTicking(std::chrono::milliseconds interval);
    void stopTicking() { m_tick.stop(); }
    bool isTicking() const { return m_tick.isActive(); }
    void setDeadline(std::chrono::milliseconds fromNow);
    void clearDeadline() { m_deadline.stop(); }
    //! Nothing happens by the clock any more.
    void stopTimers();
    /*! Has Owner::onThreadEnd() called when this thread ends; in the main thread, when the application does.
       To be called in it; again does no harm. */
    void watchThread();
    //! The owner hears no more, and no mail is taken any more.
    void detach();

    /*! Runs \a function in this port's thread, in a later turn of its event loop. From any thread; false
        once the port was detached. */
    bool mail(std::function<void()> function);
    //! Runs the mail that has come; for destructors.
    void readMail();
    //! Delivers; called by LoopTurn.
    void turnEnded();

protected:
    bool event(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    explicit EventPort(std::weak_ptr<Owner> owner);
    void deliver();
    void postDelivery();
    void threadEnds();
    static void applicationEnds();

    std::weak_ptr<Owner> m_owner;
    std::deque<std::unique_ptr<Delivery>> m_deliveries;
    QBasicTimer m_tick;
    QBasicTimer m_deadline;
    QBasicTimer m_work;
    std::mutex m_mailMutex; // of the three below
    std::deque<std::function<void()>> m_mail;
    bool m_mailPosted = false;
    bool m_mailRefused = false;
    bool m_deliveryPosted = false;
    bool m_workPosted = false;
    QPointer<QThread> m_watched;
    QPointer<QObject> m_application; // that is watched
};

//! Why nothing can be done in this thread, if it has no event loop; else no error.
Error missingEventLoop();

} // namespace QAsyncMySql::Internal
