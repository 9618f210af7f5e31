// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/connection.h>

#include <QtCore/QMetaMethod>

namespace QAsyncMySql::Internal {

class ConnectionCore;

//! What the library may do to a Connection that programs may not.
class ConnectionAccess
{
public:
    static bool isConnected(const Connection &connection, const QMetaMethod &signal)
    {
        return connection.isSignalConnected(signal);
    }
    static const std::shared_ptr<ConnectionCore> &core(const Connection &connection)
    {
        return connection.m_core;
    }
};

} // namespace QAsyncMySql::Internal
