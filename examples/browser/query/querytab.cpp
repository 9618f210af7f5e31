// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "query/querytab.h"

#include "grid/gridview.h"
#include "look/messagebanner.h"
#include "look/theme.h"
#include "query/historydialog.h"
#include "query/resultediting.h"
#include "query/resultview.h"
#include "query/sqleditor.h"
#include "sql/statementhistory.h"

#include <QtGui/QAction>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

using namespace QAsyncMySql;
using Status = QueryModel::Status;

QueryTab::QueryTab(StatementHistory *history, SchemaModel *schemas, QWidget *parent)
    : WorkTab(parent)
    , m_history(history)
    , m_schemas(schemas)
    , m_model(std::make_unique<QueryModel>())
    , m_editor(new SqlEditor)
    , m_result(new ResultView(m_model.get()))
    , m_editing(new ResultEditing(m_model.get(), m_result, this))
    , m_policy(new QComboBox)
{
    buildCommands();
    auto *parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->setHandleWidth(1);
    parts->addWidget(buildQuery());
    parts->addWidget(m_result);
    parts->setSizes({190, 610});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(parts);

    connect(m_model.get(), &QueryModel::statusChanged, this, &QueryTab::statusChanged);
    connect(m_model.get(), &QueryModel::errorChanged, this,
            [this] { m_editor->showError(m_model->error()); });
    connect(m_editing, &ResultEditing::changed, this, &QueryTab::titleChanged);
    connect(m_editor, &SqlEditor::runRequested, this, &QueryTab::run);
    connect(m_editor, &SqlEditor::historyRequested, this, &QueryTab::stepInHistory);
    setFetchPolicy(QueryModel::FetchPolicy::All);
    statusChanged();
}

QueryTab::~QueryTab()
{
    // The widgets go after the members: they must not look at a model that has gone.
    grid()->setModel(nullptr);
    m_model->disconnect();
}

void QueryTab::buildCommands()
{
    m_run = new QAction(Theme::icon(Theme::Symbol::Run), tr("&Run"), this);
    m_run->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(m_run, &QAction::triggered, this, &QueryTab::run);
    m_cancel = new QAction(Theme::icon(Theme::Symbol::Stop), tr("&Cancel"), this);
    m_cancel->setShortcut(QKeySequence(Qt::Key_Escape));
    connect(m_cancel, &QAction::triggered, this, &QueryTab::cancel);
    auto *history = new QAction(tr("Statements that were run …"), this);
    history->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_H));
    connect(history, &QAction::triggered, this, &QueryTab::searchHistory);
    auto *editor = new QAction(tr("Go to the &editor"), this);
    editor->setShortcut(QKeySequence(Qt::ALT | Qt::Key_2));
    connect(editor, &QAction::triggered, this, [this] { m_editor->setFocus(); });
    auto *refresh = new QAction(Theme::icon(Theme::Symbol::Refresh), tr("Run again, &staying here"), this);
    refresh->setShortcut(QKeySequence(Qt::Key_F5));
    connect(refresh, &QAction::triggered, m_model.get(), &QueryModel::refresh);
    m_commands = {m_run, refresh, m_cancel, nullptr, history, editor, nullptr};
    m_commands += m_editing->commands();
}

QWidget *QueryTab::buildRunBar()
{
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(10, 6, 10, 6);
    for (QAction *action : {m_run, m_cancel}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button);
    }
    auto *hint = new QLabel(tr("Ctrl+Enter runs, Esc cancels"));
    hint->setForegroundRole(QPalette::PlaceholderText);
    m_policy->addItem(tr("Read all rows"), int(QueryModel::FetchPolicy::All));
    m_policy->addItem(tr("Read as you scroll"), int(QueryModel::FetchPolicy::OnDemand));
    connect(m_policy, &QComboBox::currentIndexChanged, m_model.get(),
            [this] { m_model->setFetchPolicy(QueryModel::FetchPolicy(m_policy->currentData().toInt())); });
    layout->addSpacing(8);
    layout->addWidget(hint);
    layout->addStretch();
    layout->addWidget(m_policy);
    return bar;
}

QWidget *QueryTab::buildQuery()
{
    auto *query = new QWidget;
    auto *layout = new QVBoxLayout(query);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_editor, 1);
    layout->addWidget(buildRunBar());
    return query;
}

void QueryTab::setSql(const QString &sql)
{
    m_editor->replaceText(sql);
    Q_EMIT titleChanged();
}

void QueryTab::setFetchPolicy(QueryModel::FetchPolicy policy)
{
    m_policy->setCurrentIndex(m_policy->findData(int(policy)));
    m_model->setFetchPolicy(policy);
}

QString QueryTab::title() const
{
    const QString sql = m_model->query().simplified();
    if (sql.isEmpty())
        return tr("Query");
    constexpr qsizetype Longest = 24;
    return sql.size() <= Longest ? sql : sql.left(Longest - 1) + QChar(0x2026);
}

void QueryTab::takeFocus()
{
    m_editor->setFocus();
}

GridView *QueryTab::grid() const
{
    return m_result->table();
}

void QueryTab::setPool(Pool *pool)
{
    m_model->clear();
    m_model->setPool(pool);
    m_editor->setSchemas(pool ? m_schemas : nullptr, pool ? pool->options().database() : QString());
}

bool QueryTab::isBusy() const
{
    return m_model->status() == Status::Loading || m_model->status() == Status::Waiting;
}

void QueryTab::run()
{
    if (!m_model->pool()) {
        Q_EMIT connectionNeeded();
        return;
    }
    const QString sql = m_editor->takeStatement();
    if (sql.isEmpty()) {
        m_result->banner()->showMessage(tr("There is no statement to run yet."));
        return;
    }
    m_result->banner()->clear();
    m_history->add(sql);
    m_age = -1;
    m_model->setQuery(sql);
    m_model->load();
    Q_EMIT titleChanged();
}

void QueryTab::cancel()
{
    m_model->cancel();
}

QString QueryTab::unsaved() const
{
    return m_editing->hasUnwritten() ? tr("It has changes that could not be written.") : QString();
}

void QueryTab::statusChanged()
{
    m_cancel->setEnabled(isBusy());
    Q_EMIT busyChanged();
}

void QueryTab::stepInHistory(int step)
{
    const int age = m_age - step;
    if (age < -1 || (age >= 0 && m_history->at(age).isEmpty()))
        return;
    if (m_age < 0)
        m_draft = m_editor->toPlainText();
    m_age = age;
    m_editor->replaceText(age < 0 ? m_draft : m_history->at(age));
}

void QueryTab::searchHistory()
{
    auto *dialog = new HistoryDialog(m_history, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        setSql(dialog->statement());
        m_editor->setFocus();
    });
    dialog->open();
}
