// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/childprocess.h"

#include <memory>

namespace QAsyncMySql::Internal {

/*!
    Cleans up after a test that crashed: a small shell that waits at the end of a pipe. When this process ends
    without cancel(), however that came about, the kernel closes the pipe and the shell runs its command.
*/
class Watchdog
{
public:
    Watchdog() = default;
    ~Watchdog() { cancel(); }
    Watchdog(const Watchdog &) = delete;
    Watchdog &operator=(const Watchdog &) = delete;

    //! The \a command (a program and its arguments) to run. Returns false where there is no shell.
    bool arm(const QStringList &command);
    //! What the shell is started with to wait and then run \a command. Public for the tests.
    static QStringList shellArguments(const QStringList &command);
    //! The command that deletes \a directory and, if \a processId is not 0, kills that process first.
    static QStringList removalCommand(const QString &directory, qint64 processId);
    //! Ends the shell without running the command.
    void cancel();

private:
    std::unique_ptr<ChildProcess> m_shell;
};

} // namespace QAsyncMySql::Internal
