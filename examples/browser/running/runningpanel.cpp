// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "running/runningpanel.h"

#include "grid/celldelegate.h"
#include "grid/gridview.h"
#include "look/messagebanner.h"
#include "look/theme.h"

#include <QtGui/QAction>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

using namespace QAsyncMySql;

namespace {

constexpr int LookEvery = 2000; // ms, at the processes of the server

GridView *gridOf(QAbstractItemModel *model)
{
    auto *grid = new GridView;
    grid->setModel(model);
    grid->setSelectionBehavior(QAbstractItemView::SelectRows);
    grid->setSelectionMode(QAbstractItemView::SingleSelection);
    grid->setEditTriggers(QAbstractItemView::NoEditTriggers);
    grid->verticalHeader()->hide();
    grid->horizontalHeader()->setStretchLastSection(true);
    return grid;
}

} // namespace

RunningPanel::RunningPanel(QWidget *parent)
    : QWidget(parent)
    , m_pages(new QTabWidget)
    , m_own(gridOf(&m_connections))
    , m_server(gridOf(&m_processes))
    , m_banner(new MessageBanner)
{
    m_own->setColumnWidth(PoolModel::ServerColumn, 150);
    m_own->setColumnWidth(PoolModel::StatementColumn, 420);
    m_server->setItemDelegate(new CellDelegate(m_server)); // which tells NULL from an empty text
    m_pages->setDocumentMode(true);
    m_pages->addTab(m_own, tr("This program"));
    m_pages->addTab(m_server, tr("The server"));
    auto *cancel = new QToolButton;
    cancel->setText(tr("Cancel the statement"));
    cancel->setToolTip(tr("Del"));
    cancel->setIcon(Theme::icon(Theme::Symbol::Stop));
    cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_pages->setCornerWidget(cancel);
    auto *key = new QAction(this);
    key->setShortcut(QKeySequence(Qt::Key_Delete));
    key->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(key);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(m_pages, 1);

    m_processes.setFetchPolicy(QueryModel::FetchPolicy::All);
    m_processes.setQuery(QStringLiteral("SHOW FULL PROCESSLIST"));
    m_timer.setInterval(LookEvery);
    connect(&m_timer, &QTimer::timeout, this, &RunningPanel::readServer);
    connect(m_pages, &QTabWidget::currentChanged, this, &RunningPanel::readServer);
    connect(cancel, &QToolButton::clicked, this, &RunningPanel::cancelSelected);
    connect(key, &QAction::triggered, this, &RunningPanel::cancelSelected);
    connect(&m_processes, &QueryModel::errorChanged, this,
            [this] { m_banner->showError(m_processes.error()); });
}

RunningPanel::~RunningPanel()
{
    // The widgets go after the members: they must not look at models that have gone.
    m_processes.disconnect(this);
    m_own->setModel(nullptr);
    m_server->setModel(nullptr);
}

void RunningPanel::setPool(Pool *pool)
{
    m_pool = pool;
    m_connections.setPool(pool);
    m_processes.clear();
    m_processes.setPool(pool);
    m_banner->clear();
    readServer();
}

void RunningPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_timer.start();
    readServer();
}

void RunningPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

// Only what differs is told: selection and place stay.
void RunningPanel::readServer()
{
    if (m_pool && m_server->isVisible() && !m_processes.isLoading())
        m_processes.refresh();
}

void RunningPanel::cancelSelected()
{
    const bool own = m_pages->currentWidget() == m_own;
    const QModelIndex row = (own ? m_own : m_server)->currentIndex();
    if (!row.isValid() || !m_pool)
        return;
    const QVariant id
        = own ? row.data(PoolModel::ConnectionIdRole) : row.siblingAtColumn(0).data(Qt::EditRole);
    // The id cannot be a parameter in every version; it is a number.
    m_pool->query(
        this,
        [this](const Result<ResultSet> &result) {
            if (result)
                m_banner->clear();
            else
                m_banner->showError(result.error());
            m_connections.refresh();
            readServer();
        },
        QStringLiteral("KILL QUERY %1").arg(id.toULongLong()));
}
