// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGui/QColor>
#include <QtGui/QIcon>
#include <QtGui/QPalette>

QT_BEGIN_NAMESPACE
class QApplication;
QT_END_NAMESPACE

//! The looks of the program: two palettes, the colours that a palette has no name for, and icons drawn in
//! them.
namespace Theme {

//! Sets style and palette. \a mode is dark, light, or system: dark where the desktop is. May be called again.
void apply(QApplication &application, const QString &mode);
bool isDark(const QPalette &palette);

QColor good(const QPalette &palette);
QColor bad(const QPalette &palette);
QColor badBackground(const QPalette &palette);
QColor goodBackground(const QPalette &palette);
QColor editedBackground(const QPalette &palette); // what is not written yet
QColor busyBackground(const QPalette &palette);
QColor quiet(const QPalette &palette); // text of less weight

enum class Symbol
{
    Run,
    Stop,
    Schema,
    Table,
    View,
    Column,
    Key,
    Index,
    Refresh,
    Add,
    Remove,
    Undo,
    Redo,
    Write,
    Lock
};
//! Drawn whenever it is shown, so that it has the colours of that moment.
QIcon icon(Symbol symbol);

} // namespace Theme
