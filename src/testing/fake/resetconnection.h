// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/qtconfigmacros.h>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

namespace QAsyncMySql::Internal {

//! Ends \a device at once; a socket with a reset of the connection.
void resetConnection(QIODevice &device);

} // namespace QAsyncMySql::Internal
