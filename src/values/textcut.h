// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace QAsyncMySql::Internal {

//! The first \a units UTF-16 units of \a text, or one fewer where the last would be half a character.
inline QString cutText(const QString &text, qsizetype units)
{
    const bool halves = text.size() > units && units > 0 && text.at(units - 1).isHighSurrogate();
    return text.left(halves ? units - 1 : units);
}

} // namespace QAsyncMySql::Internal
