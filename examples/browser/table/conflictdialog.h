// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/tablemodel.h>

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QPushButton;
class QTableWidget;
QT_END_NAMESPACE

//! What a row was, what it was to become, and what somebody else has made of it; asks what is to stay.
class ConflictDialog : public QDialog
{
    Q_OBJECT

public:
    //! \a removed: it was to be deleted.
    ConflictDialog(const QAsyncMySql::RowConflict &conflict, const QList<QAsyncMySql::Column> &columns,
                   int row, bool removed, QWidget *parent = nullptr);

    QTableWidget *comparison() const { return m_comparison; }
    QPushButton *keepMineButton() const { return m_keepMine; }

public Q_SLOTS:
    //! Closes it where it is still open: there is nothing to be decided any more.
    void withdraw();

Q_SIGNALS:
    //! The user has decided; the dialog is accepted.
    void decided(QAsyncMySql::TableModel::Resolution resolution);

private:
    void fill(const QAsyncMySql::RowConflict &conflict, const QList<QAsyncMySql::Column> &columns,
              bool removed);
    void decide(QAsyncMySql::TableModel::Resolution resolution);

    QTableWidget *const m_comparison;
    QPushButton *const m_keepMine;
};
