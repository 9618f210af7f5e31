// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace QAsyncMySql {

class ConnectOptions;

namespace Internal {

//! A place where a server is listening.
struct Endpoint
{
    //! From "host", "host:port" or "[address]:port"; nothing if \a text is none of these.
    static std::optional<Endpoint> parse(const QString &text, quint16 defaultPort = 3306);
    //! That of \a options and its alternatives, in their order.
    static QList<Endpoint> allOf(const ConnectOptions &options);

    QString toString() const;
    //! \a options for this place alone.
    ConnectOptions applyTo(ConnectOptions options) const;
    bool operator==(const Endpoint &other) const { return host == other.host && port == other.port; }

    QString host;
    quint16 port = 3306;
};

} // namespace Internal

} // namespace QAsyncMySql
