// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/tablemodel.h>

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QPushButton;
class QTableWidget;
QT_END_NAMESPACE

//! Shows what a row was, what it was to become, and what somebody else has made of it; and asks what is to
//! stay. Deciding nothing leaves the row as it is.
class ConflictDialog : public QDialog
{
    Q_OBJECT

public:
    ConflictDialog(QAsyncMySql::TableModel *model, int row, QWidget *parent = nullptr);

    QPushButton *keepMine() const { return m_keepMine; }
    QPushButton *takeTheirs() const { return m_takeTheirs; }
    QTableWidget *comparison() const { return m_comparison; }

private:
    void fill(const QAsyncMySql::RowConflict &conflict);
    void resolve(QAsyncMySql::TableModel::Resolution resolution);

    QAsyncMySql::TableModel *const m_model;
    const QPersistentModelIndex m_row;
    const bool m_removed; // to be deleted here
    QTableWidget *m_comparison;
    QPushButton *m_keepMine;
    QPushButton *m_takeTheirs;
};
