// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/watchdog.h"

namespace QAsyncMySql::Internal {

bool Watchdog::arm(const QStringList &command)
{
    cancel();
    m_shell = std::make_unique<ChildProcess>();
    m_shell->setInputPipe();
    m_shell->setDiesWithParent(false);
    if (m_shell->start(QStringLiteral("/bin/sh"), shellArguments(command)))
        return true;
    m_shell.reset();
    return false;
}

QStringList Watchdog::shellArguments(const QStringList &command)
{
    // read succeeds if a whole line came, which cancel() writes, and fails at the end of the pipe.
    return QStringList{
               QStringLiteral("-c"),
               QStringLiteral("trap '' HUP INT TERM; read -r line || \"$@\" >/dev/null 2>&1"),
               QStringLiteral("qasyncmysql-watchdog"),
           }
    + command;
}

QStringList Watchdog::removalCommand(const QString &directory, qint64 processId)
{
    return {
        QStringLiteral("/bin/sh"),
        QStringLiteral("-c"),
        // The server may still be dying and making files.
        QStringLiteral("[ \"$2\" = 0 ] || kill -9 \"$2\"; rm -rf \"$1\" || { sleep 1; rm -rf \"$1\"; }"),
        QStringLiteral("qasyncmysql-watchdog"),
        directory,
        QString::number(processId),
    };
}

void Watchdog::cancel()
{
    if (!m_shell)
        return;
    m_shell->finishInput("done\n");
    if (!m_shell->waitForFinished(QDeadlineTimer(5000)))
        m_shell->kill();
    m_shell.reset();
}

} // namespace QAsyncMySql::Internal
