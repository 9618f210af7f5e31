// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    What ThreadSanitizer cannot see: that Qt, whose libraries are not instrumented, puts things into order
    between threads. An event is handled after it was posted, a future's result is read after it was stored, a
    thread is waited for after it has ended.

    Part of each test program of such a build. The functions of Qt that our code and the tests call are found
    here first (programs come before libraries), tell of the order, and go on to Qt's. Nothing is told of two
    threads that Qt itself does not put into order: each object, future, mutex and thread has an order of its
    own. Only calls of slots in another thread, whose receivers are not known here, share one.
*/

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QFutureInterface>
#include <QtCore/QMutex>
#include <QtCore/QThread>
#include <QtCore/QThreadStorage>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include <memory>

namespace {

char queuedCalls; // its address stands for all of them

//! Qt's own, behind the one of this file.
template <class Function> Function next(const char *name)
{
    void *symbol = dlsym(RTLD_NEXT, name);
    if (!symbol)
        qFatal("ThreadSanitizer is not told of Qt's order: this Qt has no %s", name);
    return reinterpret_cast<Function>(symbol);
}

#define NEXT(name, result, ...) static const auto original = next<result (*)(__VA_ARGS__)>(name)

void release(const void *address)
{
    __tsan_release(const_cast<void *>(address));
}
void acquire(const void *address)
{
    __tsan_acquire(const_cast<void *>(address));
}

//! The state that all futures of one promise share.
const void *sharedState(const QFutureInterfaceBase *future)
{
    return &future->mutex();
}

//! Called in the receiver's thread, before it gets an event.
bool eventComes(void **data)
{
    const auto *receiver = static_cast<const QObject *>(data[0]);
    const auto *event = static_cast<const QEvent *>(data[1]);
    acquire(receiver);
    if (event->type() == QEvent::MetaCall)
        acquire(&queuedCalls);
    return false; // go on
}

//! A call in the receiver's thread, which another one may wait for, or which may be deleted by another one.
class ToldCall : public QtPrivate::QSlotObjectBase
{
public:
    explicit ToldCall(QtPrivate::QSlotObjectBase *call)
        : QSlotObjectBase(&ToldCall::run)
        , m_call(call)
    {
    }

private:
    static void run(int which, QSlotObjectBase *self, QObject *receiver, void **arguments, bool *)
    {
        auto *told = static_cast<ToldCall *>(self);
        if (which == Call) {
            told->m_call->call(receiver, arguments);
            release(told);
        } else if (which == Destroy) {
            acquire(told);
            told->m_call->destroyIfLastRef();
            delete told;
        }
    }

    QtPrivate::QSlotObjectBase *m_call;
};

//! Tells of a thread's end, in it, when its objects have heard of it.
class EndTeller
{
public:
    explicit EndTeller(const QThread *thread)
        : m_thread(thread)
    {
    }
    ~EndTeller() { release(m_thread); }

private:
    const QThread *m_thread;
};

QThreadStorage<std::shared_ptr<EndTeller>> endTellers;

const bool registered = QInternal::registerCallback(QInternal::EventNotifyCallback, eventComes);

} // namespace

void QCoreApplication::postEvent(QObject *receiver, QEvent *event, int priority)
{
    NEXT("_ZN16QCoreApplication9postEventEP7QObjectP6QEventi", void, QObject *, QEvent *, int);
    release(receiver);
    original(receiver, event, priority);
}

void QObject::deleteLater()
{
    NEXT("_ZN7QObject11deleteLaterEv", void, QObject *);
    release(this);
    original(this);
}

void QObject::moveToThread(QThread *thread)
{
    NEXT("_ZN7QObject12moveToThreadEP7QThread", void, QObject *, QThread *);
    release(this);
    const QObjectList all = findChildren<QObject *>();
    for (const QObject *child : all)
        release(child);
    original(this, thread);
}

bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type,
                                   void *result)
{
    NEXT("_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv",
         bool, QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *);
    auto *told = new ToldCall(slot);
    told->ref(); // until we have heard of its end
    release(object);
    const bool done = original(object, told, type, result);
    if (type == Qt::BlockingQueuedConnection)
        acquire(told);
    told->destroyIfLastRef();
    return done;
}

void QMetaObject::activate(QObject *sender, const QMetaObject *meta, int signal, void **arguments)
{
    NEXT("_ZN11QMetaObject8activateEP7QObjectPKS_iPPv", void, QObject *, const QMetaObject *, int, void **);
    release(&queuedCalls);
    original(sender, meta, signal, arguments);
}

void QThread::start(Priority priority)
{
    NEXT("_ZN7QThread5startENS_8PriorityE", void, QThread *, Priority);
    QObject::connect(
        this, &QThread::started, this, [this] { endTellers.setLocalData(std::make_shared<EndTeller>(this)); },
        Qt::DirectConnection);
    original(this, priority);
}

bool QThread::wait(QDeadlineTimer deadline)
{
    NEXT("_ZN7QThread4waitE14QDeadlineTimer", bool, QThread *, QDeadlineTimer);
    const bool ended = original(this, deadline);
    if (ended)
        acquire(this);
    return ended;
}

bool QThread::isFinished() const
{
    NEXT("_ZNK7QThread10isFinishedEv", bool, const QThread *);
    const bool finished = original(this);
    if (finished)
        acquire(this);
    return finished;
}

// The part of a mutex that is not inline, and so not seen: the way of those who have to wait.
void QBasicMutex::lockInternal() noexcept
{
    NEXT("_ZN11QBasicMutex12lockInternalEv", void, QBasicMutex *);
    original(this);
    acquire(this);
}

void QBasicMutex::unlockInternal() noexcept
{
    NEXT("_ZN11QBasicMutex14unlockInternalEv", void, QBasicMutex *);
    release(this);
    original(this);
}

void QFutureInterfaceBase::reportFinished()
{
    NEXT("_ZN20QFutureInterfaceBase14reportFinishedEv", void, QFutureInterfaceBase *);
    release(sharedState(this));
    original(this);
}

void QFutureInterfaceBase::reportResultsReady(int begin, int end)
{
    NEXT("_ZN20QFutureInterfaceBase18reportResultsReadyEii", void, QFutureInterfaceBase *, int, int);
    release(sharedState(this));
    original(this, begin, end);
}

//! Who has the last one clears the results, which others may have read.
bool QFutureInterfaceBase::derefT() const noexcept
{
    NEXT("_ZNK20QFutureInterfaceBase6derefTEv", bool, const QFutureInterfaceBase *);
    release(sharedState(this));
    const bool others = original(this);
    if (!others)
        acquire(sharedState(this));
    return others;
}

void QFutureInterfaceBase::waitForResult(int index)
{
    NEXT("_ZN20QFutureInterfaceBase13waitForResultEi", void, QFutureInterfaceBase *, int);
    original(this, index);
    acquire(sharedState(this));
}

void QFutureInterfaceBase::waitForFinished()
{
    NEXT("_ZN20QFutureInterfaceBase15waitForFinishedEv", void, QFutureInterfaceBase *);
    original(this);
    acquire(sharedState(this));
}

bool QFutureInterfaceBase::isFinished() const
{
    NEXT("_ZNK20QFutureInterfaceBase10isFinishedEv", bool, const QFutureInterfaceBase *);
    const bool finished = original(this);
    if (finished)
        acquire(sharedState(this));
    return finished;
}
