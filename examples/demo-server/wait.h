// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/reply.h>

#include <QEventLoop>
#include <QFutureWatcher>

//! Runs an event loop until \a reply has finished. For programs that have nothing else to do.
template <class T> QAsyncMySql::Result<T> waitFor(const QAsyncMySql::Reply<T> &reply)
{
    QEventLoop loop;
    QFutureWatcher<QAsyncMySql::Result<T>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(reply);
    if (!reply.isFinished())
        loop.exec();
    return reply.result();
}
