// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace QAsyncMySql {

class ConnectOptions;

namespace Internal {

//! The statement that gives a session the character set, time zone and sql_mode that the options ask for (one
//! round trip for all).
QByteArray sessionSetup(const ConnectOptions &options);
//! The statement that makes answers come in \a charset; both names hold nothing but letters, digits and _.
QByteArray setNames(const QString &charset, const QString &collation);

} // namespace Internal

} // namespace QAsyncMySql
