// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <optional>

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

} // namespace QAsyncMySql::Internal
