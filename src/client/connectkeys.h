// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QStringList>

#include <optional>
#include <utility>

namespace QAsyncMySql::Internal {

enum class OptionKind : quint8
{
    Unknown,
    Switch, // true or false
    Other,
};

//! What ConnectOptions::setOption() takes \a canonical (small letters, dashes) for.
OptionKind optionKind(const QString &canonical);
//! true, on, yes, 1 and their opposites.
std::optional<bool> parseSwitch(const QString &text);
//! \a url with the first of its hosts alone, and the others: mysql://user@h1:3306,h2:3306/schema.
std::pair<QString, QStringList> splitHosts(const QString &url);

} // namespace QAsyncMySql::Internal
