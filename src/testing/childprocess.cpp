// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/childprocess.h"

#include <QtCore/QFile>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <csignal>

#include <sys/prctl.h>
#endif

namespace QAsyncMySql::Internal {

ChildProcess::ChildProcess()
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardInputFile(QProcess::nullDevice());
}

ChildProcess::~ChildProcess()
{
    kill();
}

void ChildProcess::setLogFile(const QString &path)
{
    m_process.setStandardOutputFile(path, QIODevice::Append);
}

void ChildProcess::setInputFile(const QString &path)
{
    m_process.setStandardInputFile(path);
}

bool ChildProcess::start(const QString &program, const QStringList &arguments)
{
    if (m_hasInput)
        m_process.setStandardInputFile(QString());
#ifdef Q_OS_UNIX
    // Runs between fork and exec: nothing but system calls here.
    m_process.setChildProcessModifier([parent = ::getpid(), diesWithParent = m_diesWithParent] {
        ::setsid();
#ifdef Q_OS_LINUX
        if (diesWithParent) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (::getppid() != parent) // it ended before we could ask for the signal
                ::_exit(127);
        }
#else
        Q_UNUSED(parent);
        Q_UNUSED(diesWithParent);
#endif
    });
#endif
    m_process.start(program, arguments, m_hasInput ? QIODevice::ReadWrite : QIODevice::ReadOnly);
    return m_process.waitForStarted();
}

void ChildProcess::finishInput(const QByteArray &data)
{
    m_process.write(data);
    m_process.closeWriteChannel();
}

bool ChildProcess::waitForFinished(const QDeadlineTimer &deadline)
{
    if (m_process.state() == QProcess::NotRunning)
        return true;
    return m_process.waitForFinished(deadline.isForever() ? -1 : int(deadline.remainingTime()));
}

bool ChildProcess::exitedWell() const
{
    return m_process.state() == QProcess::NotRunning && m_process.error() != QProcess::FailedToStart
        && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
}

// The state of a QProcess changes only when it is looked at, as there may be no event loop.
bool ChildProcess::isRunning()
{
    return m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(0);
}

void ChildProcess::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(-1);
}

QString ChildProcess::endText() const
{
    if (m_process.error() == QProcess::FailedToStart)
        return m_process.errorString();
    if (m_process.exitStatus() == QProcess::CrashExit)
        return QStringLiteral("ended by a signal");
    return QStringLiteral("exit code %1").arg(m_process.exitCode());
}

} // namespace QAsyncMySql::Internal
