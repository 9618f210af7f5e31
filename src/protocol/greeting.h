// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/fault.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace QAsyncMySql::Protocol {

//! The server's first packet (protocol version 10).
struct Greeting
{
    QByteArray serverVersion; // as sent, "5.5.5-" of MariaDB removed
    int versionNumber = 0; // major * 10000 + minor * 100 + patch
    quint32 connectionId = 0;
    quint32 capabilities = 0;
    quint32 mariadbCapabilities = 0; // 0 unless the server is a MariaDB that has them
    quint16 status = 0;
    quint8 collation = 0;
    QByteArray challenge; // 20 bytes
    QByteArray authMethod;
    bool isMariaDb = false;
};

//! Reads a greeting. An ERR packet is not one: the caller looks for it first. Guesses other protocols (HTTP,
//! SSH, X protocol) in its Fault.
Fault parseGreeting(QByteArrayView payload, Greeting &greeting);

} // namespace QAsyncMySql::Protocol
