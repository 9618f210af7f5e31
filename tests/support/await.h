// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/reply.h>

#include <QtCore/QEventLoop>
#include <QtCore/QFutureWatcher>
#include <QtCore/QTimer>
#include <QtTest/QTest>

/*
    Runs the event loop until a reply has finished, and gives its result:

        const auto rows = await(connection.query(u"SELECT 1"));
        QVERIFY2(rows, qPrintable(rows.error().toString()));
*/
template <class T> QAsyncMySql::Result<T> await(const QAsyncMySql::Reply<T> &reply, int timeoutMs = 30'000)
{
    // Not QTest::qWaitFor(), which sleeps 10 ms between looks.
    if (!reply.isFinished()) {
        QEventLoop loop;
        QFutureWatcher<QAsyncMySql::Result<T>> watcher;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        QTimer::singleShot(timeoutMs, &loop, &QEventLoop::quit);
        watcher.setFuture(reply);
        loop.exec();
    }
    if (!reply.isFinished()) {
        return QAsyncMySql::Error(
            QAsyncMySql::Error::Kind::Timeout,
            QStringLiteral("TEST: the reply did not finish within %1 ms").arg(timeoutMs));
    }
    return reply.result();
}

//! Fails the test unless a Result has a value, with the error in full.
#define VERIFY_OK(result)                                                                                    \
    do {                                                                                                     \
        const auto &verifiedResult = (result); /* once: it may run a statement */                            \
        QVERIFY2(verifiedResult.hasValue(), qPrintable(verifiedResult.error().toString()));                  \
    } while (false)
