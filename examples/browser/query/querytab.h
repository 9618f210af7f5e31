// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "worktab.h"

#include <QAsyncMySql/querymodel.h>

#include <memory>

class ResultEditing;
class ResultView;
class SqlEditor;
class StatementHistory;

QT_BEGIN_NAMESPACE
class QComboBox;
QT_END_NAMESPACE

namespace QAsyncMySql {
class SchemaModel;
}

//! SQL above, the rows that come of it below.
class QueryTab : public WorkTab
{
    Q_OBJECT

public:
    //! Tabs share the \a history; names are completed from \a schemas.
    QueryTab(StatementHistory *history, QAsyncMySql::SchemaModel *schemas, QWidget *parent = nullptr);
    ~QueryTab() override;

    SqlEditor *editor() const { return m_editor; }
    ResultView *result() const { return m_result; }
    ResultEditing *editing() const { return m_editing; }
    QAsyncMySql::QueryModel *model() const { return m_model.get(); }
    void setSql(const QString &sql);
    void setFetchPolicy(QAsyncMySql::QueryModel::FetchPolicy policy);

    QString title() const override;
    QString menuTitle() const override { return tr("&Query"); }
    QList<QAction *> commands() const override { return m_commands; }
    void takeFocus() override;
    GridView *grid() const override;
    void setPool(QAsyncMySql::Pool *pool) override;
    bool isBusy() const override;
    void cancel() override;
    QString unsaved() const override;

public Q_SLOTS:
    void run();

Q_SIGNALS:
    //! There is no server to run it on yet.
    void connectionNeeded();

private:
    QWidget *buildQuery();
    QWidget *buildRunBar();
    void buildCommands();
    void statusChanged();
    void stepInHistory(int step);
    void searchHistory();

    StatementHistory *const m_history;
    QAsyncMySql::SchemaModel *const m_schemas;
    std::unique_ptr<QAsyncMySql::QueryModel> m_model;
    SqlEditor *m_editor;
    ResultView *m_result;
    ResultEditing *m_editing;
    QComboBox *m_policy;
    QList<QAction *> m_commands;
    QAction *m_run = nullptr;
    QAction *m_cancel = nullptr;
    int m_age = -1; // of what the editor shows of the history; -1 is none
    QString m_draft; // what the editor had before
};
