// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QWidget>

class GridView;

QT_BEGIN_NAMESPACE
class QAction;
QT_END_NAMESPACE

namespace QAsyncMySql {
class Pool;
}

//! One of the tabs that a user works in: what the window needs to know of it.
class WorkTab : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual QString title() const = 0;
    //! The title of the menu with its commands.
    virtual QString menuTitle() const = 0;
    //! The commands that it has besides those of every tab; null is a separator.
    virtual QList<QAction *> commands() const = 0;
    //! Gives the keyboard to what is used first. (No focus proxy: Tab would then leave out the rest.)
    virtual void takeFocus() = 0;
    //! The table of values in it.
    virtual GridView *grid() const = 0;
    //! Works on this server from now on; null is none.
    virtual void setPool(QAsyncMySql::Pool *pool) = 0;
    virtual bool isBusy() const = 0;
    //! Stops what runs.
    virtual void cancel() = 0;
    //! There is something that closing it would lose: a sentence on what; else an empty text.
    virtual QString unsaved() const { return QString(); }

Q_SIGNALS:
    void titleChanged();
    //! isBusy() is another.
    void busyChanged();
};
