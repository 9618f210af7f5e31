// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    A race that ThreadSanitizer must find, "planted_race deliveries" or "planted_race future"; and the right
    way to do the same, in which it must find nothing, "planted_race none".
*/

#include "client/eventport.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFutureWatcher>
#include <QtCore/QPromise>
#include <QtCore/QThread>
#include <QtCore/QTimer>

#include <atomic>
#include <cstdio>

using namespace QAsyncMySql::Internal;

namespace {

constexpr int Calls = 200;

//! Another thread, which has nothing to do with the main one but what \a function does.
void elsewhere(QCoreApplication &application, const std::function<void()> &function)
{
    const std::unique_ptr<QThread> thread(QThread::create(function));
    QObject::connect(thread.get(), &QThread::finished, &application, &QCoreApplication::quit);
    thread->start();
    application.exec();
    thread->wait();
    QCoreApplication::processEvents();
}

//! The queue of deliveries belongs to the port's thread; what others have to say goes by mail.
void deliveries(QCoreApplication &application, bool wrong)
{
    int told = 0;
    const auto port = EventPort::create({});
    QTimer here;
    QObject::connect(&here, &QTimer::timeout, &here, [&] { port->call([&] { ++told; }); });
    here.start(0);
    elsewhere(application, [&] {
        for (int i = 0; i < Calls; ++i) {
            if (wrong)
                port->call([&] { ++told; });
            else
                port->mail([&] { port->call([&] { ++told; }); });
            QThread::usleep(100);
        }
    });
    std::printf("%d calls\n", told);
}

//! What is stored before a future finishes is there for who sees it finished; what is stored after, is not.
void future(QCoreApplication &application, bool wrong)
{
    QPromise<int> promise;
    int beside = 0;
    const auto storedAfterwards = [&] { ++beside; };
    QFutureWatcher<int> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &application,
                     [&] { beside += watcher.result(); });
    watcher.setFuture(promise.future());
    elsewhere(application, [&] {
        promise.start();
        if (!wrong)
            ++beside;
        promise.addResult(1);
        promise.finish();
        QThread::msleep(100);
        if (wrong)
            storedAfterwards();
    });
    std::printf("%d\n", beside + promise.future().result());
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QByteArray way = argc > 1 ? argv[1] : "none";
    if (way != "future")
        deliveries(application, way == "deliveries");
    if (way != "deliveries")
        future(application, way == "future");
    return 0;
}
