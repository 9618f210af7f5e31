// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/reply.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QEventLoop>
#include <QtTest/QTest>

/*
    Runs the event loop until a reply has finished, and gives its result:

        const auto rows = await(connection.query(u"SELECT 1"));
        QVERIFY2(rows, qPrintable(rows.error().toString()));
*/
template <class T> QAsyncMySql::Result<T> await(const QAsyncMySql::Reply<T> &reply, int timeoutMs = 30'000)
{
    if (!QTest::qWaitFor([&reply] { return reply.isFinished(); }, timeoutMs)) {
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
