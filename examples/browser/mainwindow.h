// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connectoptions.h>
#include <QAsyncMySql/querymodel.h>

#include <QtWidgets/QMainWindow>

#include <memory>

class ResultView;
class SchemaModel;
class SqlEditor;

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QLineEdit;
class QSplitter;
class QTreeView;
QT_END_NAMESPACE

namespace QAsyncMySql {
class Pool;
} // namespace QAsyncMySql

//! Schemas on the left, SQL above, rows below.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    void connectTo(const QAsyncMySql::ConnectOptions &options);
    void setSql(const QString &sql);
    void setFetchPolicy(QAsyncMySql::QueryModel::FetchPolicy policy);
    QAsyncMySql::QueryModel *model() const { return m_model.get(); }
    ResultView *result() const { return m_result; }

public Q_SLOTS:
    //! Asks where to connect. False if the user would not say.
    bool askForConnection();
    void run();
    void cancel();

private:
    QWidget *buildSchemas();
    QWidget *buildQuery();
    QWidget *buildRunBar();
    void buildActions();
    void openSchema();
    void openTable(const QModelIndex &index);
    void readServer();
    void readCipher(const QString &version);
    void updateActions();

    QAsyncMySql::ConnectOptions m_options;
    std::unique_ptr<QAsyncMySql::Pool> m_pool;
    std::unique_ptr<QAsyncMySql::QueryModel> m_model;
    SchemaModel *m_schemas;
    QTreeView *m_tree;
    SqlEditor *m_editor;
    ResultView *m_result;
    QComboBox *m_policy;
    QLabel *m_server;
    QAction *m_run = nullptr;
    QAction *m_cancel = nullptr;
};
