// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtNetwork/QHostAddress>

#include <functional>

namespace QAsyncMySql::Internal {

//! A session whose statement is to be stopped.
struct KillTarget
{
    //! Behind an address there may be several servers; \a version is told by one that is the same.
    bool mayBe(const QByteArray &version) const { return version.isEmpty() || version == serverVersion; }

    QHostAddress address;
    quint16 port = 0;
    quint64 connectionId = 0;
    QByteArray serverVersion;
};

//! A way to the server that is there already, for the statements of others to be stopped over.
class KillChannel
{
public:
    virtual ~KillChannel() = default;
    /*! Has the statement of \a target stopped; \a done is called once, from the event loop, when the server
       has answered or cannot be reached. False, and \a done is not called, where there is no way. */
    virtual bool kill(const KillTarget &target, std::function<void()> done) = 0;
};

} // namespace QAsyncMySql::Internal
