// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

namespace QAsyncMySql::Internal {

//! Capabilities as two sets of flags: those of both families of servers, and MariaDB's own.
struct CapabilitySet
{
    quint32 common = 0;
    quint32 mariadb = 0;
};

//! The capability called \a name (any case; with CLIENT_ or without), or nothing.
CapabilitySet capabilityByName(QStringView name);
CapabilitySet capabilitiesByName(const QStringList &names);
//! All names, for messages.
QStringList capabilityNames();

} // namespace QAsyncMySql::Internal
