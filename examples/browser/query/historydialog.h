// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QDialog>

class StatementHistory;

QT_BEGIN_NAMESPACE
class QLineEdit;
class QListView;
class QSortFilterProxyModel;
QT_END_NAMESPACE

//! The statements that were run, to look for one; Enter takes it.
class HistoryDialog : public QDialog
{
    Q_OBJECT

public:
    explicit HistoryDialog(StatementHistory *history, QWidget *parent = nullptr);

    //! The statement that was taken.
    QString statement() const { return m_statement; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void take(const QModelIndex &index);

    QSortFilterProxyModel *m_found;
    QLineEdit *m_search;
    QListView *m_list;
    QString m_statement;
};
