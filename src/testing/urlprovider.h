// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/serverprovider.h"

namespace QAsyncMySql::Internal {

//! A server that runs already and is somebody else's: it is only looked at, never stopped.
class UrlProvider final : public ServerProvider
{
public:
    using ServerProvider::ServerProvider;

    QString name() const override { return QStringLiteral("url"); }
    QString whyUnavailable() override;
    bool start(const QDeadlineTimer &deadline) override;
    void stop() override { m_running = false; }
    bool isRunning() override { return m_running; }

private:
    bool m_running = false;
};

} // namespace QAsyncMySql::Internal
