// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/eventport.h"

#include <QtCore/QEventLoop>
#include <QtCore/QSemaphore>
#include <QtCore/QThread>
#include <QtCore/QTimer>
#include <QtTest/QTest>

using namespace QAsyncMySql::Internal;

class tst_EventPort : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void notAtOnce();
    void inOrder();
    void whateverRunsTheLoop_data();
    void whateverRunsTheLoop();
    void insideOfAnother();
    void otherPortsInside();
    void leftFromInside();
    void whoKeepsAskingKeepsNobodyOut();
    void portsMayGo();
    void movedToAnotherThread();
    void otherThreads();
    void workAfterAPause();

private:
    class Worker final : public EventPort::Owner
    {
    public:
        void onWork() override { ++works; }
        void onTick() override { }
        void onDeadline() override { }
        void onThreadEnd() override { }
        int works = 0;
    };
};

void tst_EventPort::workAfterAPause()
{
    using namespace std::chrono_literals;
    const auto first = std::make_shared<Worker>();
    const auto second = std::make_shared<Worker>();
    const auto firstPort = EventPort::create(first);
    const auto secondPort = EventPort::create(second);
    firstPort->postWork(1ms);
    firstPort->postWork(1ms);
    QCOMPARE(first->works, 0);
    QTRY_COMPARE(first->works, 1);

    firstPort->postWork(1ms);
    firstPort->stopTimers();
    secondPort->postWork(20ms); // is later than the one that was stopped would have been
    QTRY_COMPARE(second->works, 1);
    QCOMPARE(first->works, 1);
}

void tst_EventPort::notAtOnce()
{
    const auto port = EventPort::create({});
    bool called = false;
    port->call([&] { called = true; });
    QVERIFY(!called);
    QVERIFY(port->hasDeliveries());
    QTRY_VERIFY(called);
    QVERIFY(!port->hasDeliveries());
}

void tst_EventPort::inOrder()
{
    const auto port = EventPort::create({});
    QList<int> told;
    port->call([&] {
        told.append(1);
        port->call([&] { told.append(4); }); // behind those there are
    });
    port->call([&] { told.append(2); });
    port->call([&] { told.append(3); });
    QTRY_COMPARE(told, (QList<int>{1, 2, 3, 4}));
}

void tst_EventPort::whateverRunsTheLoop_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("a loop that sleeps") << 0;
    QTest::newRow("processEvents(), which never sleeps") << 1;
    QTest::newRow("a loop that something keeps from sleeping") << 2;
}

void tst_EventPort::whateverRunsTheLoop()
{
    QFETCH(const int, how);
    const auto port = EventPort::create({});
    for (int time = 0; time < 3; ++time) {
        QEventLoop loop;
        bool called = false;
        port->call([&] {
            called = true;
            loop.quit();
        });
        QObject restless;
        std::function<void()> again = [&] {
            if (!called)
                QMetaObject::invokeMethod(&restless, again, Qt::QueuedConnection);
        };
        if (how == 2)
            again();
        if (how == 1) {
            for (int turn = 0; !called && turn < 1000; ++turn)
                QCoreApplication::processEvents();
        } else {
            QTimer::singleShot(30'000, &loop, &QEventLoop::quit);
            loop.exec();
        }
        QVERIFY(called);
    }
}

void tst_EventPort::insideOfAnother()
{
    const auto port = EventPort::create({});
    QList<int> told;
    port->call([&] {
        QEventLoop loop;
        told.append(1);
        port->call([&] {
            told.append(3);
            loop.quit();
        });
        loop.exec(); // hears what waits behind us, too
        told.append(4);
    });
    port->call([&] { told.append(2); });
    QTRY_COMPARE(told, (QList<int>{1, 2, 3, 4}));
}

void tst_EventPort::otherPortsInside()
{
    const auto first = EventPort::create({});
    const auto second = EventPort::create({});
    bool inside = false;
    bool done = false;
    first->call([&] {
        QEventLoop loop;
        second->call([&] {
            inside = true;
            loop.quit();
        });
        loop.exec();
        done = true;
    });
    second->call([&] { QVERIFY(!done); });
    QTRY_VERIFY(done);
    QVERIFY(inside);
}

// A loop that is told to end by a loop inside of a delivery does not go to sleep for ever.
void tst_EventPort::leftFromInside()
{
    const auto port = EventPort::create({});
    const auto other = EventPort::create({});
    QEventLoop loop;
    // As a dialog that a callback opens, and another in front of it: the program is left while they are open.
    port->call([&] {
        QEventLoop dialog;
        other->call([&] {
            QEventLoop question;
            QTimer::singleShot(1, &loop, &QEventLoop::quit);
            QTimer::singleShot(1, &dialog, &QEventLoop::quit);
            QTimer::singleShot(20, &question, &QEventLoop::quit);
            question.exec();
        });
        dialog.exec();
    });
    QSemaphore left;
    bool woken = false;
    const std::unique_ptr<QThread> watchdog(QThread::create([&] {
        if (!left.tryAcquire(1, 10'000)) {
            woken = true;
            QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
        }
    }));
    watchdog->start();
    loop.exec();
    left.release();
    QVERIFY(watchdog->wait());
    QVERIFY(!woken);
}

void tst_EventPort::whoKeepsAskingKeepsNobodyOut()
{
    const auto greedy = EventPort::create({});
    const auto other = EventPort::create({});
    bool heard = false;
    bool ticked = false;
    std::function<void()> ask = [&] {
        // Alternating, since one port delivers all that it has at once.
        if (!heard || !ticked)
            other->call([&] { greedy->call(ask); });
    };
    greedy->call(ask);
    QTimer::singleShot(1, this, [&] { ticked = true; });
    const auto third = EventPort::create({});
    third->call([&] { heard = true; });
    QTRY_VERIFY(heard && ticked);
}

void tst_EventPort::portsMayGo()
{
    auto port = EventPort::create({});
    const auto other = EventPort::create({});
    bool called = false;
    bool otherCalled = false;
    other->call([&] { port.reset(); });
    port->call([&] { called = true; });
    other->call([&] { otherCalled = true; });
    QTRY_VERIFY(otherCalled);
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void tst_EventPort::movedToAnotherThread()
{
    QThread thread;
    thread.start();
    const auto port = EventPort::create({});
    std::atomic<QThread *> calledIn = nullptr;
    port->call([&] { calledIn = QThread::currentThread(); });
    port->moveToThread(&thread);
    QTRY_COMPARE(calledIn.load(), &thread);
    QMetaObject::invokeMethod(
        port.get(),
        [&port, home = QThread::currentThread(), main = this->thread()] {
            Q_UNUSED(home)
            port->moveToThread(main);
        },
        Qt::BlockingQueuedConnection);
    thread.quit();
    QVERIFY(thread.wait());
}

void tst_EventPort::otherThreads()
{
    int told = 0;
    std::unique_ptr<QThread> thread(QThread::create([&told] {
        const auto port = EventPort::create({});
        QEventLoop loop;
        for (int i = 0; i < 3; ++i)
            port->call([&told] { ++told; });
        port->call([&loop] { loop.quit(); });
        loop.exec();
        port->call([&told] { ++told; }); // never: nobody runs the loop any more
    }));
    thread->start();
    QVERIFY(thread->wait(30'000));
    QCOMPARE(told, 3);
}

QTEST_GUILESS_MAIN(tst_EventPort)
#include "tst_eventport.moc"
