// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QDialog>

class QMainWindow;

//! What can be done by the keyboard: all that the menus of a window have, and a little more.
class ShortcutList : public QDialog
{
    Q_OBJECT

public:
    static void show(QMainWindow *window);

private:
    explicit ShortcutList(QMainWindow *window);
};
