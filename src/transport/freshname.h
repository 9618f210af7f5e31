// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace QAsyncMySql::Transport {

/*!
    \a host, written so that Qt looks it up: it remembers the answer for each spelling for a minute, which is
   a long time when a name has been given to another server. Capital and small letters are the same to name
    servers (RFC 4343), and each call takes others; a name of a few letters has few spellings. Addresses stay
   as they are.
*/
QString freshName(const QString &host);

} // namespace QAsyncMySql::Transport
