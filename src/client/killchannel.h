// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtNetwork/QHostAddress>

#include <functional>

namespace QAsyncMySql::Internal {

//! A way to the server that is there already, for the statements of others to be stopped over.
class KillChannel
{
public:
    virtual ~KillChannel() = default;
    /*! Has the statement of session \a connectionId at \a address and \a port stopped; \a done is called
       once, from the event loop, when the server has answered or cannot be reached. False, and \a done is not
        called, where there is no way. */
    virtual bool kill(const QHostAddress &address, quint16 port, quint64 connectionId,
                      std::function<void()> done)
        = 0;
};

} // namespace QAsyncMySql::Internal
