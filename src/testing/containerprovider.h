// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/serverprovider.h"
#include "testing/watchdog.h"

#include <QtCore/QProcessEnvironment>
#include <QtCore/QTemporaryDir>

namespace QAsyncMySql::Internal {

/*!
    A container of an official `mysql` or `mariadb` image, by Docker or Podman.

    \warning Only the composition of its commands is tested, as no container engine was at hand; it follows
   the documentation of the engines and of the images. Its data lies in memory and is gone with the container,
   so there is no restart().
*/
class ContainerProvider final : public ServerProvider
{
public:
    //! \a engine is "docker" or "podman".
    ContainerProvider(const QString &engine, const TestServerOptions &options);
    ~ContainerProvider() override;

    QString name() const override { return m_engine; }
    QString whyUnavailable() override;
    bool start(const QDeadlineTimer &deadline) override;
    void stop() override;
    bool kill() override;
    bool isRunning() override;
    QString logText() override;

    //! The arguments of `docker run`. Public for the tests, as is the next.
    static QStringList runArguments(const TestServerOptions &options, const QString &containerName,
                                    const QString &directory);
    //! The port in the output of `docker port NAME 3306/tcp`, or 0.
    static quint16 parsePort(const QString &output);

private:
    bool prepareFiles();
    bool run(const QStringList &arguments, const QDeadlineTimer &deadline, QString *output);

    QString m_engine;
    QString m_name;
    QProcessEnvironment m_environment;
    std::unique_ptr<QTemporaryDir> m_directory;
    Watchdog m_watchdog;
};

} // namespace QAsyncMySql::Internal
