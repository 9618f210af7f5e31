// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connectoptions.h>

#include <QtCore/QStringList>

//! The servers that were connected to, the newest first, as URLs in the settings of the program. Passwords
//! are never among them.
namespace RecentConnections {

QStringList urls();
void add(const QAsyncMySql::ConnectOptions &options);

} // namespace RecentConnections
