// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/testserveroptions.h>

#include <QtCore/QByteArray>
#include <QtCore/QDeadlineTimer>

#include <functional>

namespace QAsyncMySql::Internal {

//! What a server said first. Reading it needs no account, and it proves that the server takes connections.
class Greeting
{
public:
    static Greeting fromPacket(const QByteArray &packet);
    bool isReady() const { return error.isEmpty(); }

    QString version; //!< empty when the server greets with an error, such as "host not allowed"
    TestServerOptions::Flavor flavor = TestServerOptions::Flavor::Any;
    QString error = QStringLiteral("nothing was received");
};

//! One attempt. Blocks.
Greeting readLocalGreeting(const QString &socketPath, const QDeadlineTimer &deadline);
//! Attempts until one succeeds or \a deadline passes. Blocks.
Greeting readTcpGreeting(const QString &host, quint16 port, const QDeadlineTimer &deadline);
//! Attempts every few milliseconds until one succeeds, \a deadline passes or \a isAlive returns false.
//! Blocks.
Greeting waitForLocalGreeting(const QString &socketPath, const QDeadlineTimer &deadline,
                              const std::function<bool()> &isAlive);

} // namespace QAsyncMySql::Internal
