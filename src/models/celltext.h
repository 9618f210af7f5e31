// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/cell.h>

#include <QtCore/QString>

namespace QAsyncMySql::Internal {

//! The most characters of a text that a view is given to paint; the rest is an ellipsis.
inline constexpr qsizetype MaximumDisplayLength = 1000;
//! The most bytes of a binary value that are shown, in hexadecimal.
inline constexpr qsizetype MaximumDisplayBytes = 32;
//! The most characters in a tool tip.
inline constexpr qsizetype MaximumToolTipLength = 4000;

/*! What a view shows for \a cell, in one line: numbers and times as the server prints them, without any
   locale and without losing a digit; text cut to MaximumDisplayLength characters, line breaks as U+21B5;
   bytes as "0x…" with their count where they are cut. Empty for NULL. */
QString displayText(const Cell &cell);
//! The value of \a cell at more length, escaped; empty where displayText() shows all of it.
QString toolTipText(const Cell &cell);

} // namespace QAsyncMySql::Internal
