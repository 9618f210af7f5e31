// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/connectoptions.h>

#include <QtCore/QStringList>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace QAsyncMySql::Internal {

//! An option by its name, which has small letters and dashes.
struct ConnectKey
{
    const char *name;
    const char *expects; // in words, for the error
    // Sets the option; false if the text is not a value for it.
    std::function<bool(ConnectOptions &, const QString &)> set;
    // The text of the option where it is not the default.
    std::function<QStringList(const ConnectOptions &)> get;
};

//! All but what stands in front of the query of a URL: host, port, user, password and database.
const std::vector<ConnectKey> &connectKeys();
//! That of \a canonical, or nullptr.
const ConnectKey *findConnectKey(const QString &canonical);
//! \a name as the keys have it.
QString canonicalKey(const QString &name);
//! Wrong use of an option, or of a URL.
Error optionError(const QString &text);

enum class OptionKind : quint8
{
    Unknown,
    Switch, // true or false
    Other,
};

//! What ConnectOptions::setOption() takes \a canonical for.
OptionKind optionKind(const QString &canonical);
//! true, on, yes, 1 and their opposites.
std::optional<bool> parseSwitch(const QString &text);
//! \a url with the first of its hosts alone, and the others: mysql://user@h1:3306,h2:3306/schema.
std::pair<QString, QStringList> splitHosts(const QString &url);

} // namespace QAsyncMySql::Internal
