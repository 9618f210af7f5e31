// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "table/conflictdialog.h"

#include <QAsyncMySql/querymodel.h>

#include <QtCore/QPersistentModelIndex>
#include <QtCore/QPointer>

class ResultView;

QT_BEGIN_NAMESPACE
class QAction;
QT_END_NAMESPACE

/*!
    Editing the rows of a query: cells that come from tables, each written at once. Says why the others cannot
    be edited, keeps account of what could not be written, and has conflicts decided.
*/
class ResultEditing : public QObject
{
    Q_OBJECT

public:
    ResultEditing(QAsyncMySql::QueryModel *model, ResultView *view, QObject *parent);

    QList<QAction *> commands() const { return m_commands; }
    //! There are edits that could not be written.
    bool hasUnwritten() const;
    ConflictDialog *conflictDialog() const { return m_dialog; }

Q_SIGNALS:
    //! hasUnwritten() may be another.
    void changed();

private:
    QAction *addCommand(const QString &text, QKeySequence keys, void (ResultEditing::*does)());
    void showHint();
    void showLocks();
    void tellReadOnly(const QModelIndex &cell);
    void note(const QModelIndex &cell);
    void failed(const QModelIndex &cell, const QAsyncMySql::Error &error);
    void conflictFound(const QModelIndex &cell);
    void forgetSettled();
    void setNull();
    void writeAgain();
    void forget();
    void resolveConflicts();

    QAsyncMySql::QueryModel *const m_model;
    ResultView *const m_view;
    QList<QAction *> m_commands;
    QAction *m_null;
    QAction *m_again;
    QAction *m_forget;
    QAction *m_resolve;
    QList<QPersistentModelIndex> m_unwritten;
    QPointer<ConflictDialog> m_dialog;
};
