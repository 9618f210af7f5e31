// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "worktab.h"

#include <QAsyncMySql/tablemodel.h>

#include <memory>

class ConflictDialog;
class FilterHeader;
class MessageBanner;

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
QT_END_NAMESPACE

//! The rows of a table, to look at, sort, filter and edit.
class TableTab : public WorkTab
{
    Q_OBJECT

public:
    TableTab(const QString &schema, const QString &table, QWidget *parent = nullptr);
    ~TableTab() override;

    QAsyncMySql::TableModel *model() const { return m_model.get(); }
    FilterHeader *filters() const { return m_filters; }
    QLineEdit *searchField() const { return m_search; }
    MessageBanner *banner() const { return m_banner; }
    QLabel *countLabel() const { return m_count; }
    QString schema() const { return m_model->schema(); }
    QString table() const { return m_model->table(); }

    QString title() const override { return table(); }
    QString menuTitle() const override { return tr("T&able"); }
    QList<QAction *> commands() const override;
    void takeFocus() override;
    GridView *grid() const override { return m_grid; }
    void setPool(QAsyncMySql::Pool *pool) override;
    bool isBusy() const override;
    void cancel() override;
    QString unsaved() const override;

private:
    void buildCommands();
    QAction *addCommand(const QString &text, QKeySequence keys, void (TableTab::*does)());
    QWidget *buildBar();
    QWidget *buildFigures();
    void connectModel();
    void selected();
    void updateState();
    void updateCount();
    void setStrategy(QAsyncMySql::TableModel::EditStrategy strategy);

    void applyFilters();
    void searchTable();
    void filterColumn();
    void clearFilters();
    void sortColumn();
    void goToRow();
    void insertRow();
    void deleteRows();
    void setNull();
    void write();
    void revert();
    void resolveConflicts();
    void conflictFound(int row);
    void tellReadOnly(const QModelIndex &cell);

    std::unique_ptr<QAsyncMySql::TableModel> m_model;
    GridView *m_grid;
    FilterHeader *m_filters;
    MessageBanner *m_banner;
    QLineEdit *m_search;
    QComboBox *m_strategy;
    QLabel *m_state;
    QLabel *m_count;
    QLabel *m_place;
    QProgressBar *m_busy;
    QList<QAction *> m_commands;
    QAction *m_insert = nullptr;
    QAction *m_delete = nullptr;
    QAction *m_null = nullptr;
    QAction *m_undo = nullptr;
    QAction *m_redo = nullptr;
    QAction *m_write = nullptr;
    QAction *m_revert = nullptr;
    QAction *m_resolve = nullptr;
    QList<QPersistentModelIndex> m_conflicts; // to be decided
    QPointer<ConflictDialog> m_dialog;
    bool m_fitted = false;
};
