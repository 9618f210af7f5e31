// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

namespace QAsyncMySql::Internal {

/*!
    A TCP port of 127.0.0.1 that nobody listens on at this moment, or 0.

    It lies between 20000 and 32000: below the range that systems take ports of outgoing connections from, so
   that a server that is restarted finds its port free. Another process can still be faster: be ready to try
   again.
*/
quint16 findFreePort();

} // namespace QAsyncMySql::Internal
