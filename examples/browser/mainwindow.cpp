// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "mainwindow.h"

#include "connect/connectdialog.h"
#include "grid/gridview.h"
#include "look/messagebanner.h"
#include "look/theme.h"
#include "query/querytab.h"
#include "running/runningpanel.h"
#include "schema/schematree.h"
#include "shortcutlist.h"
#include "sql/statementhistory.h"
#include "table/tabletab.h"
#include "transfer/exportdialog.h"
#include "viewers/cellviewer.h"

#include <QAsyncMySql/pool.h>
#include <QAsyncMySql/sql.h>

#include <QtCore/QSettings>
#include <QtGui/QAction>
#include <QtGui/QActionGroup>
#include <QtGui/QCloseEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

using namespace QAsyncMySql;

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent)
    , m_history(new StatementHistory(this))
    , m_schemas(new SchemaTree)
    , m_tabs(new QTabWidget)
    , m_viewer(new CellViewer)
    , m_running(new RunningPanel)
    , m_server(new QLabel(tr("Not connected")))
{
    setWindowTitle(tr("QAsyncMySql browser"));
    resize(1280, 800);
    m_tabs->setDocumentMode(true);
    m_tabs->setTabsClosable(true);
    m_tabs->setMovable(true);
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setDrawBase(false);
    auto *whole = new QSplitter(Qt::Horizontal);
    whole->setHandleWidth(1);
    whole->addWidget(m_schemas);
    whole->addWidget(m_tabs);
    whole->setStretchFactor(1, 1);
    whole->setSizes({240, 1040});
    setCentralWidget(whole);
    m_server->setTextFormat(Qt::PlainText);
    m_server->setMargin(4);
    statusBar()->addWidget(m_server, 1);
    statusBar()->setSizeGripEnabled(false);
    buildMenus();

    connect(m_schemas, &SchemaTree::tableActivated, this, &MainWindow::openTable);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        showCommands();
        m_viewer->follow(currentTab() ? currentTab()->grid() : nullptr);
    });
    connect(m_tabs, &QTabWidget::tabCloseRequested, this,
            [this](int index) { closeTab(qobject_cast<WorkTab *>(m_tabs->widget(index))); });
    newQuery();
}

MainWindow::~MainWindow()
{
    // The tabs go before the pool that they work on.
    m_tabs->disconnect(this);
    m_viewer->follow(nullptr);
    delete m_tabs;
    m_schemas->setPool(nullptr, QString());
    m_running->setPool(nullptr);
}

void MainWindow::buildMenus()
{
    buildServerMenu();
    QMenu *tab = menuBar()->addMenu(tr("&Tab"));
    tab->addAction(tr("&New query"), QKeySequence(Qt::CTRL | Qt::Key_T), this, [this] { newQuery(); });
    tab->addAction(tr("&Close"), QKeySequence(Qt::CTRL | Qt::Key_W), this,
                   [this] { closeTab(currentTab()); });
    tab->addAction(tr("&Export the rows …"), QKeySequence(Qt::CTRL | Qt::Key_E), this,
                   &MainWindow::exportRows);
    tab->addSeparator();
    tab->addAction(tr("N&ext"), QKeySequence(Qt::CTRL | Qt::Key_Tab), this, [this] { stepTab(1); });
    tab->addAction(tr("&Previous"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab), this,
                   [this] { stepTab(-1); });
    m_commands = menuBar()->addMenu(QString());
    buildViewMenu();
    buildGoMenu();
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    QAction *keys = help->addAction(tr("&Keyboard shortcuts"), this, [this] { ShortcutList::show(this); });
    keys->setShortcuts({QKeySequence(Qt::Key_F1), QKeySequence(Qt::CTRL | Qt::Key_Question)});
}

void MainWindow::buildServerMenu()
{
    QMenu *server = menuBar()->addMenu(tr("&Server"));
    server->addAction(tr("&Connect …"), QKeySequence(Qt::CTRL | Qt::Key_O), this,
                      &MainWindow::askForConnection);
    server->addAction(Theme::icon(Theme::Symbol::Refresh), tr("&Refresh schemas"),
                      QKeySequence(Qt::SHIFT | Qt::Key_F5), m_schemas->schemas(), &SchemaModel::refresh);
    server->addAction(tr("&Query the selected table"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T), this,
                      &MainWindow::querySelectedTable);
    server->addSeparator();
    server->addAction(tr("E&xit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close);
}

// A panel at an edge of the window, which \a keys show and hide.
void MainWindow::addPanel(QMenu *menu, const QString &title, const QKeySequence &keys, QWidget *panel,
                          QWidget *first, Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, this);
    dock->setObjectName(title);
    dock->setWidget(panel);
    addDockWidget(area, dock);
    dock->hide();
    QAction *action = dock->toggleViewAction();
    action->setShortcut(keys);
    menu->addAction(action);
    connect(action, &QAction::triggered, panel, [this, first](bool shown) {
        if (shown)
            first->setFocus();
        else if (currentTab())
            currentTab()->takeFocus();
    });
}

void MainWindow::buildViewMenu()
{
    QMenu *view = menuBar()->addMenu(tr("&View"));
    addPanel(view, tr("Cell"), QKeySequence(Qt::Key_F4), m_viewer, m_viewer->pages(),
             Qt::RightDockWidgetArea);
    addPanel(view, tr("Running statements"), QKeySequence(Qt::Key_F8), m_running, m_running->ownGrid(),
             Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    QAction *system = view->addAction(tr("&System schemas"));
    system->setCheckable(true);
    connect(system, &QAction::toggled, m_schemas->schemas(), &SchemaModel::setSystemSchemas);
    view->addSeparator();
    auto *themes = new QActionGroup(view);
    const QString current = QSettings().value(QStringLiteral("theme"), QStringLiteral("system")).toString();
    const std::pair<QString, QString> names[] = {{QStringLiteral("system"), tr("As the &desktop")},
                                                 {QStringLiteral("light"), tr("&Light")},
                                                 {QStringLiteral("dark"), tr("&Dark")}};
    for (const auto &[mode, name] : names) {
        QAction *action = view->addAction(name);
        action->setCheckable(true);
        action->setChecked(mode == current);
        themes->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen = mode] { setTheme(chosen); });
    }
    view->addAction(tr("Light or dark"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L), this, [this] {
        setTheme(Theme::isDark(palette()) ? QStringLiteral("light") : QStringLiteral("dark"));
    });
}

void MainWindow::buildGoMenu()
{
    QMenu *go = menuBar()->addMenu(tr("&Go"));
    go->addAction(tr("&Schemas"), QKeySequence(Qt::ALT | Qt::Key_1), this, [this] { m_schemas->setFocus(); });
    go->addAction(tr("&Rows"), QKeySequence(Qt::ALT | Qt::Key_3), this, [this] {
        if (const WorkTab *tab = currentTab())
            tab->grid()->setFocus();
    });
}

WorkTab *MainWindow::currentTab() const
{
    return qobject_cast<WorkTab *>(m_tabs->currentWidget());
}

void MainWindow::addTab(WorkTab *tab)
{
    tab->setPool(m_pool.get());
    connect(tab, &WorkTab::titleChanged, this, [this, tab] { showTitle(tab); });
    connect(tab, &WorkTab::busyChanged, this, [this, tab] { showTitle(tab); });
    m_tabs->setCurrentIndex(m_tabs->addTab(tab, tab->title()));
    showTitle(tab);
    tab->takeFocus();
}

void MainWindow::showTitle(WorkTab *tab)
{
    const int index = m_tabs->indexOf(tab);
    // An ampersand would become a mnemonic.
    const QString title = tab->title().replace(QLatin1Char('&'), QLatin1String("&&"));
    m_tabs->setTabText(index, tab->unsaved().isEmpty() ? title : QStringLiteral("• ") + title);
    m_tabs->setTabIcon(index, tab->isBusy() ? Theme::icon(Theme::Symbol::Run) : QIcon());
}

// The menu of the current tab has its commands, and with them their shortcuts.
void MainWindow::showCommands()
{
    m_commands->clear();
    const WorkTab *tab = currentTab();
    m_commands->menuAction()->setVisible(tab != nullptr);
    if (!tab)
        return;
    m_commands->setTitle(tab->menuTitle());
    for (QAction *action : tab->commands()) {
        if (action)
            m_commands->addAction(action);
        else
            m_commands->addSeparator();
    }
}

void MainWindow::stepTab(int step)
{
    const int count = m_tabs->count();
    if (count > 0)
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + step + count) % count);
    if (WorkTab *tab = currentTab())
        tab->takeFocus();
}

QueryTab *MainWindow::newQuery(const QString &sql)
{
    auto *tab = new QueryTab(m_history, m_schemas->schemas());
    tab->setSql(sql);
    connect(tab, &QueryTab::connectionNeeded, this, [this, tab] {
        if (askForConnection())
            tab->run();
    });
    addTab(tab);
    return tab;
}

void MainWindow::querySelectedTable()
{
    const Result<QString> schema = quoteIdentifier(m_schemas->currentSchema());
    const Result<QString> table = quoteIdentifier(m_schemas->currentTable());
    if (schema && table)
        newQuery(QStringLiteral("SELECT *\nFROM %1.%2").arg(*schema, *table))->run();
}

TableTab *MainWindow::openTable(const QString &schema, const QString &table)
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        auto *tab = qobject_cast<TableTab *>(m_tabs->widget(i));
        if (tab && tab->schema() == schema && tab->table() == table) {
            m_tabs->setCurrentIndex(i);
            tab->takeFocus();
            return tab;
        }
    }
    auto *tab = new TableTab(schema, table);
    addTab(tab);
    return tab;
}

void MainWindow::exportRows()
{
    WorkTab *tab = currentTab();
    if (!tab || tab->grid()->wholeModel()->columnCount() == 0)
        return;
    auto *dialog = new ExportDialog(tab->grid()->wholeModel(), tab->title(), tab);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

bool MainWindow::closeTab(WorkTab *tab)
{
    if (!tab)
        return false;
    const QString loss = tab->unsaved();
    if (!loss.isEmpty()
        && QMessageBox::question(this, tr("Close %1?").arg(tab->title()), loss,
                                 QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Cancel)
            != QMessageBox::Discard)
        return false;
    tab->cancel();
    m_tabs->removeTab(m_tabs->indexOf(tab));
    tab->deleteLater();
    if (WorkTab *next = currentTab())
        next->takeFocus();
    return true;
}

// Closes the tabs with changes that are not written, each after a question.
bool MainWindow::mayLoseChanges()
{
    for (int i = m_tabs->count() - 1; i >= 0; --i) {
        auto *tab = qobject_cast<WorkTab *>(m_tabs->widget(i));
        if (!tab->unsaved().isEmpty() && !closeTab(tab))
            return false;
    }
    return true;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->setAccepted(mayLoseChanges());
}

void MainWindow::setTheme(const QString &mode)
{
    QSettings().setValue(QStringLiteral("theme"), mode);
    Theme::apply(*qobject_cast<QApplication *>(QCoreApplication::instance()), mode);
}

bool MainWindow::askForConnection()
{
    if (!mayLoseChanges())
        return false;
    ConnectDialog dialog(this);
    if (m_pool)
        dialog.setOptions(m_options);
    if (dialog.exec() != QDialog::Accepted)
        return false;
    connectTo(dialog.options());
    return true;
}

void MainWindow::connectTo(const ConnectOptions &options)
{
    m_options = options;
    m_options.setSliceBudget(std::chrono::milliseconds(1)); // a little smoother than the default
    auto pool = std::make_unique<Pool>(m_options);
    pool->setAcquireTimeout(std::chrono::seconds(10)); // nobody waits longer for a server that is gone
    m_pool.swap(pool); // the old one goes when nobody works on it any longer
    for (int i = m_tabs->count() - 1; i >= 0; --i) {
        auto *tab = qobject_cast<WorkTab *>(m_tabs->widget(i));
        const bool table = qobject_cast<TableTab *>(tab); // another server has other tables
        tab->setPool(table ? nullptr : m_pool.get());
        if (table)
            closeTab(tab);
    }
    m_server->setText(tr("Connecting to %1 …").arg(serverName()));
    m_schemas->setPool(m_pool.get(), options.database());
    m_running->setPool(m_pool.get());
    readServer();
}

// Where, without how.
QString MainWindow::serverName() const
{
    return m_options.toUrl().adjusted(QUrl::RemoveQuery | QUrl::RemoveScheme).toDisplayString().mid(2);
}

void MainWindow::readServer()
{
    m_pool->query(
        this,
        [this](const Result<ResultSet> &result) {
            if (!result) {
                m_server->setText(tr("Not connected: %1").arg(result.error().message()));
                return;
            }
            readCipher(result->at(0).get<QString>(0));
        },
        u"SELECT CONCAT(@@version_comment, ' ', VERSION())");
}

void MainWindow::readCipher(const QString &version)
{
    // SHOW, since performance_schema has no rows where it is switched off, as on MariaDB.
    m_pool->query(
        this,
        [this, version](const Result<ResultSet> &result) {
            const QString cipher = result && !result->isEmpty() ? result->at(0).get<QString>(1) : QString();
            m_server->setText(QStringList{serverName(), version,
                                          cipher.isEmpty() ? tr("not encrypted") : tr("TLS: %1").arg(cipher)}
                                  .join(QStringLiteral("   ·   ")));
            setWindowTitle(tr("%1 — QAsyncMySql browser").arg(serverName()));
        },
        u"SHOW SESSION STATUS LIKE 'Ssl_cipher'");
}
