// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QDeadlineTimer>
#include <QtCore/QProcess>

namespace QAsyncMySql::Internal {

/*!
    A QProcess that does not outlive us: on Linux the kernel kills it when the thread that started it ends,
   for whatever reason. It runs in a session of its own, so Ctrl+C reaches the test and not the server.
*/
class ChildProcess
{
public:
    ChildProcess();
    //! Kills it.
    ~ChildProcess();
    ChildProcess(const ChildProcess &) = delete;
    ChildProcess &operator=(const ChildProcess &) = delete;

    //! Call before start(): the file that gets all output (appended to), and the one that is the standard
    //! input.
    void setLogFile(const QString &path);
    void setInputFile(const QString &path);
    //! The standard input becomes a pipe, see write(). Otherwise it is empty.
    void setInputPipe() { m_hasInput = true; }
    //! False for one that is to notice our end itself. Default: true.
    void setDiesWithParent(bool on) { m_diesWithParent = on; }

    bool start(const QString &program, const QStringList &arguments);
    //! Writes to the pipe and closes it.
    void finishInput(const QByteArray &data);
    //! True when it ended in time; see exitedWell().
    bool waitForFinished(const QDeadlineTimer &deadline);
    bool exitedWell() const;
    bool isRunning();
    //! SIGKILL; returns when it is gone.
    void kill();
    qint64 processId() const { return m_process.processId(); }
    //! "exit code 1", "killed by a signal", or why it did not start.
    QString endText() const;

private:
    QProcess m_process;
    bool m_hasInput = false;
    bool m_diesWithParent = true;
};

} // namespace QAsyncMySql::Internal
