// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connectionhook.h>
#include <QAsyncMySql/connectoptions.h>

#include <chrono>

namespace QAsyncMySql::Internal {

//! What a program can set of a pool. In ms; 0 is never.
struct PoolSettings
{
    ConnectOptions options;
    quint64 generation = 0; // of the options: connections of an older one leave as they come back
    ConnectionHook initializer;
    ConnectionHook acquireHook;
    ConnectionHook releaseHook;
    std::chrono::milliseconds acquireTimeout = std::chrono::seconds(30);
    std::chrono::milliseconds idleTimeout = std::chrono::minutes(10);
    std::chrono::milliseconds maximumLifetime = std::chrono::minutes(30);
    std::chrono::milliseconds validateAfter = std::chrono::seconds(30);
    std::chrono::milliseconds leakTimeout{0};
    std::chrono::milliseconds serverCheckInterval = std::chrono::seconds(1);
    std::chrono::milliseconds replicaLagLimit{0};
    std::chrono::milliseconds replicaSyncTimeout{0};
    int minimumSize = 0;
    int maximumSize = 10;
    int maximumOpening = 4;
    bool reservesControl = true;
};

} // namespace QAsyncMySql::Internal
