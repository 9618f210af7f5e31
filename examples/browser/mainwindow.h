// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connectoptions.h>

#include <QtWidgets/QMainWindow>

#include <memory>

class CellViewer;
class QueryTab;
class RunningPanel;
class SchemaTree;
class StatementHistory;
class TableTab;
class WorkTab;

QT_BEGIN_NAMESPACE
class QLabel;
class QTabWidget;
QT_END_NAMESPACE

namespace QAsyncMySql {
class Pool;
} // namespace QAsyncMySql

//! Schemas on the left, tabs to work in on the right.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    void connectTo(const QAsyncMySql::ConnectOptions &options);
    SchemaTree *schemas() const { return m_schemas; }
    QTabWidget *tabs() const { return m_tabs; }
    WorkTab *currentTab() const;
    CellViewer *viewer() const { return m_viewer; }
    RunningPanel *running() const { return m_running; }

public Q_SLOTS:
    //! Asks where to connect. False if the user would not say.
    bool askForConnection();
    //! A new tab with \a sql in its editor.
    QueryTab *newQuery(const QString &sql = {});
    //! A tab with the rows of a table: the one there is, or a new one.
    TableTab *openTable(const QString &schema, const QString &table);
    //! Closes a tab, after a question if that would lose something. False if it was not closed.
    bool closeTab(WorkTab *tab);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildMenus();
    void buildServerMenu();
    void buildViewMenu();
    void buildGoMenu();
    void addPanel(QMenu *menu, const QString &title, const QKeySequence &keys, QWidget *panel, QWidget *first,
                  Qt::DockWidgetArea area);
    void addTab(WorkTab *tab);
    void showCommands();
    void showTitle(WorkTab *tab);
    void stepTab(int step);
    bool mayLoseChanges();
    void setTheme(const QString &mode);
    void querySelectedTable();
    void exportRows();
    QString serverName() const;
    void readServer();
    void readCipher(const QString &version);

    QAsyncMySql::ConnectOptions m_options;
    std::unique_ptr<QAsyncMySql::Pool> m_pool;
    StatementHistory *m_history;
    SchemaTree *m_schemas;
    QTabWidget *m_tabs;
    CellViewer *m_viewer;
    RunningPanel *m_running;
    QLabel *m_server;
    QMenu *m_commands = nullptr; // of the current tab
};
