// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/childprocess.h"
#include "testing/serverinstallation.h"
#include "testing/serverprovider.h"
#include "testing/watchdog.h"

#include <QtCore/QTemporaryDir>

namespace QAsyncMySql::Internal {

//! Runs a server of this machine as a child process. Where the server is found is the business of the derived
//! classes.
class NativeProvider : public ServerProvider
{
public:
    using ServerProvider::ServerProvider;
    ~NativeProvider() override;

    QString whyUnavailable() final;
    bool start(const QDeadlineTimer &deadline) final;
    void stop() final;
    bool kill() final;
    bool restart(const QDeadlineTimer &deadline) final;
    bool isRunning() final { return m_process && m_process->isRunning(); }
    QString logText() final;

    //! The arguments that \a installation is run with in \a directory. Public for the tests.
    static QStringList serverArguments(const ServerInstallation &installation, const QString &directory,
                                       const TestCertificates &certificates, const TestServerOptions &options,
                                       quint16 port);

protected:
    //! The installation to run; or one that is not valid, with \a reason.
    virtual ServerInstallation findInstallation(QString *reason) = 0;

private:
    enum class Launch
    {
        Ready,
        PortTaken,
        Failed
    };
    bool makeDirectory();
    Launch launch(quint16 port, const QDeadlineTimer &deadline);
    QString path(const char *name) const { return m_directory->path() + QLatin1String(name); }

    ServerInstallation m_installation;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ChildProcess> m_process;
    Watchdog m_watchdog;
};

} // namespace QAsyncMySql::Internal
