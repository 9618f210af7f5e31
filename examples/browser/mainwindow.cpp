// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "mainwindow.h"

#include "connectdialog.h"
#include "resultview.h"
#include "schemamodel.h"
#include "sqleditor.h"
#include "theme.h"

#include <QAsyncMySql/pool.h>

#include <QtGui/QAction>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QVBoxLayout>

using namespace QAsyncMySql;
using Status = QueryModel::Status;

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent)
    , m_model(std::make_unique<QueryModel>())
    , m_schemas(new SchemaModel(this))
    , m_tree(new QTreeView)
    , m_editor(new SqlEditor)
    , m_result(new ResultView(m_model.get()))
    , m_policy(new QComboBox)
    , m_server(new QLabel(tr("Not connected")))
{
    setWindowTitle(tr("QAsyncMySql browser"));
    resize(1280, 800);
    buildActions();

    auto *work = new QSplitter(Qt::Vertical);
    work->setChildrenCollapsible(false);
    work->setHandleWidth(1);
    work->addWidget(buildQuery());
    work->addWidget(m_result);
    work->setSizes({190, 610});
    auto *whole = new QSplitter(Qt::Horizontal);
    whole->setHandleWidth(1);
    whole->addWidget(buildSchemas());
    whole->addWidget(work);
    whole->setStretchFactor(1, 1);
    whole->setSizes({230, 1050});
    setCentralWidget(whole);

    m_server->setTextFormat(Qt::PlainText);
    m_server->setMargin(4);
    statusBar()->addWidget(m_server, 1);
    statusBar()->setSizeGripEnabled(false);

    connect(m_model.get(), &QueryModel::statusChanged, this, &MainWindow::updateActions);
    connect(m_schemas, &SchemaModel::failed, m_result, &ResultView::showError);
    connect(m_schemas, &SchemaModel::schemasLoaded, this, &MainWindow::openSchema);
    connect(m_editor, &SqlEditor::runRequested, this, &MainWindow::run);
    setFetchPolicy(QueryModel::FetchPolicy::All);
    updateActions();
    m_editor->setFocus();
}

MainWindow::~MainWindow()
{
    // The widgets go after the members: they must not look at a model that has gone.
    m_result->table()->setModel(nullptr);
    m_model->disconnect();
}

void MainWindow::buildActions()
{
    QMenu *server = menuBar()->addMenu(tr("&Server"));
    server->addAction(tr("&Connect …"), QKeySequence(Qt::CTRL | Qt::Key_O), this,
                      &MainWindow::askForConnection);
    server->addAction(Theme::icon(Theme::Symbol::Refresh, palette()), tr("&Refresh schemas"),
                      QKeySequence(QKeySequence::Refresh), m_schemas, &SchemaModel::refresh);
    server->addSeparator();
    server->addAction(tr("&Quit"), QKeySequence(QKeySequence::Quit), this, &QWidget::close);

    QMenu *query = menuBar()->addMenu(tr("&Query"));
    m_run = query->addAction(Theme::icon(Theme::Symbol::Run, palette()), tr("&Run"),
                             QKeySequence(Qt::CTRL | Qt::Key_Return), this, &MainWindow::run);
    m_cancel = query->addAction(Theme::icon(Theme::Symbol::Stop, palette()), tr("&Cancel"),
                                QKeySequence(Qt::Key_Escape), this, &MainWindow::cancel);

    QMenu *go = menuBar()->addMenu(tr("&Go"));
    go->addAction(tr("&Schemas"), QKeySequence(Qt::ALT | Qt::Key_1), this, [this] { m_tree->setFocus(); });
    go->addAction(tr("&Editor"), QKeySequence(Qt::ALT | Qt::Key_2), this, [this] { m_editor->setFocus(); });
    go->addAction(tr("&Rows"), QKeySequence(Qt::ALT | Qt::Key_3), this,
                  [this] { m_result->table()->setFocus(); });
}

QWidget *MainWindow::buildSchemas()
{
    m_tree->setModel(m_schemas);
    m_tree->setHeaderHidden(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(16);
    QPalette colors = m_tree->palette();
    colors.setColor(QPalette::Base, palette().color(QPalette::Window));
    m_tree->setPalette(colors);
    connect(m_tree, &QTreeView::activated, this, &MainWindow::openTable);
    return m_tree;
}

QWidget *MainWindow::buildRunBar()
{
    auto *run = new QToolButton;
    run->setDefaultAction(m_run);
    run->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *cancel = new QToolButton;
    cancel->setDefaultAction(m_cancel);
    cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *hint = new QLabel(tr("Ctrl+Enter runs, Esc cancels"));
    QPalette quiet = hint->palette();
    quiet.setColor(QPalette::WindowText, Theme::quiet(palette()));
    hint->setPalette(quiet);
    m_policy->addItem(tr("Read all rows"), int(QueryModel::FetchPolicy::All));
    m_policy->addItem(tr("Read as you scroll"), int(QueryModel::FetchPolicy::OnDemand));
    connect(m_policy, &QComboBox::currentIndexChanged, m_model.get(),
            [this] { m_model->setFetchPolicy(QueryModel::FetchPolicy(m_policy->currentData().toInt())); });

    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(10, 6, 10, 6);
    layout->addWidget(run);
    layout->addWidget(cancel);
    layout->addSpacing(8);
    layout->addWidget(hint);
    layout->addStretch();
    layout->addWidget(m_policy);
    return bar;
}

QWidget *MainWindow::buildQuery()
{
    auto *query = new QWidget;
    auto *layout = new QVBoxLayout(query);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_editor, 1);
    layout->addWidget(buildRunBar());
    return query;
}

bool MainWindow::askForConnection()
{
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
    m_model->clear();
    m_pool = std::make_unique<Pool>(m_options);
    m_pool->setMaximumSize(4);
    m_model->setPool(m_pool.get());
    m_server->setText(tr("Connecting to %1 …").arg(options.toString()));
    m_schemas->setPool(m_pool.get());
    readServer();
    updateActions();
}

void MainWindow::readServer()
{
    m_pool->query(
        this,
        [this](const Result<ResultSet> &result) {
            if (!result) {
                m_server->setText(tr("Not connected"));
                m_result->showError(result.error());
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
            m_server->setText(QStringList{m_options.toString(), version,
                                          cipher.isEmpty() ? tr("not encrypted") : tr("TLS: %1").arg(cipher)}
                                  .join(QStringLiteral("   ·   ")));
            setWindowTitle(tr("%1 — QAsyncMySql browser").arg(m_options.toString()));
        },
        u"SHOW SESSION STATUS LIKE 'Ssl_cipher'");
}

void MainWindow::openSchema()
{
    // The default schema, or the first.
    QModelIndex schema = m_schemas->index(0, 0);
    for (int i = 0; i < m_schemas->rowCount(); ++i) {
        if (m_schemas->index(i, 0).data().toString() == m_options.database())
            schema = m_schemas->index(i, 0);
    }
    m_tree->expand(schema);
    m_tree->setCurrentIndex(schema);
}

void MainWindow::openTable(const QModelIndex &index)
{
    const QString sql = m_schemas->selectStatement(index);
    if (sql.isEmpty())
        return;
    setSql(sql);
    run();
}

void MainWindow::setSql(const QString &sql)
{
    m_editor->setPlainText(sql);
    m_editor->moveCursor(QTextCursor::End);
}

void MainWindow::setFetchPolicy(QueryModel::FetchPolicy policy)
{
    m_policy->setCurrentIndex(m_policy->findData(int(policy)));
    m_model->setFetchPolicy(policy);
}

void MainWindow::run()
{
    if (!m_pool && !askForConnection())
        return;
    m_model->setQuery(m_editor->statement());
    m_model->load();
}

void MainWindow::cancel()
{
    m_model->cancel();
}

void MainWindow::updateActions()
{
    const Status status = m_model->status();
    m_cancel->setEnabled(status == Status::Loading || status == Status::Waiting);
    m_run->setEnabled(true);
}
