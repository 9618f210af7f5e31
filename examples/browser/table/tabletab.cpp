// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "table/tabletab.h"

#include "figures.h"
#include "grid/gridview.h"
#include "grid/headersorting.h"
#include "look/messagebanner.h"
#include "look/theme.h"
#include "sql/filtertext.h"
#include "table/filterheader.h"
#include "table/tabledelegate.h"

#include <QtCore/QSettings>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

using namespace QAsyncMySql;
using Status = TableModel::Status;
using Strategy = TableModel::EditStrategy;

TableTab::TableTab(const QString &schema, const QString &table, QWidget *parent)
    : WorkTab(parent)
    , m_model(std::make_unique<TableModel>())
    , m_grid(new GridView)
    , m_filters(new FilterHeader(m_grid))
    , m_banner(new MessageBanner)
    , m_search(new QLineEdit)
    , m_strategy(new QComboBox)
    , m_state(new QLabel)
    , m_count(new QLabel)
    , m_place(new QLabel)
    , m_busy(new QProgressBar)
{
    m_model->setTable(table, schema);
    buildCommands();
    m_grid->setHorizontalHeader(m_filters);
    m_filters->setHighlightSections(false);
    m_filters->setResizeContentsPrecision(25);
    m_grid->setLongModel(m_model.get());
    m_grid->setItemDelegate(new TableDelegate(m_grid));
    m_grid->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                            | QAbstractItemView::AnyKeyPressed);
    sortByHeader(m_filters, m_model.get());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(m_banner);
    layout->addWidget(m_grid, 1);
    layout->addWidget(buildFigures());
    setTabOrder(m_strategy, m_search);
    setTabOrder(m_search, m_grid);
    connectModel();
    const int kept = QSettings().value(QStringLiteral("editStrategy"), int(Strategy::OnManualSubmit)).toInt();
    m_strategy->setCurrentIndex(qMax(0, m_strategy->findData(kept)));
    setStrategy(Strategy(m_strategy->currentData().toInt()));
    updateState();
}

TableTab::~TableTab()
{
    // The view goes before the model; an editor that is open in it would give up its text.
    m_model->disconnect(this);
    m_grid->disconnect(this);
    m_filters->disconnect(this);
    delete m_grid;
}

QWidget *TableTab::buildBar()
{
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(10, 6, 10, 6);
    for (QAction *action : {m_insert, m_delete, m_undo, m_redo, m_write, m_revert}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setFocusPolicy(Qt::TabFocus);
        const bool named = action == m_write || action == m_revert;
        button->setToolButtonStyle(named ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
        layout->addWidget(button);
    }
    m_strategy->addItem(tr("Write on Ctrl+S, all or nothing"), int(Strategy::OnManualSubmit));
    m_strategy->addItem(tr("Write each row when it is left"), int(Strategy::OnRowChange));
    m_strategy->addItem(tr("Write each cell at once"), int(Strategy::OnFieldChange));
    connect(m_strategy, &QComboBox::activated, this,
            [this] { setStrategy(Strategy(m_strategy->currentData().toInt())); });
    m_search->setPlaceholderText(tr("Search in all texts (Ctrl+F)"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(220);
    connect(m_search, &QLineEdit::textChanged, this, &TableTab::applyFilters);
    layout->addSpacing(6);
    layout->addWidget(m_strategy);
    layout->addStretch();
    layout->addWidget(m_search);
    return bar;
}

QWidget *TableTab::buildFigures()
{
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedSize(90, 8);
    m_place->setForegroundRole(QPalette::PlaceholderText);
    auto *figures = new QWidget;
    auto *layout = new QHBoxLayout(figures);
    layout->setContentsMargins(12, 5, 12, 5);
    layout->setSpacing(14);
    layout->addWidget(m_state);
    layout->addWidget(m_busy);
    layout->addStretch();
    layout->addWidget(m_place);
    layout->addWidget(m_count);
    return figures;
}

void TableTab::connectModel()
{
    TableModel *model = m_model.get();
    connect(model, &TableModel::statusChanged, this, &TableTab::selected);
    connect(model, &TableModel::countChanged, this, &TableTab::updateCount);
    connect(model, &QAbstractItemModel::rowsInserted, this, &TableTab::updateCount);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &TableTab::updateCount);
    connect(model, &QAbstractItemModel::modelReset, this, &TableTab::updateCount);
    connect(model, &TableModel::editingChanged, this, &TableTab::updateState);
    connect(model, &TableModel::errorOccurred, m_banner, &MessageBanner::showError);
    connect(model, &TableModel::editRefused, this,
            [this](const QModelIndex &, const QString &reason) { m_banner->showMessage(reason); });
    connect(model, &TableModel::writeFailed, this,
            [this](int, const Error &error) { m_banner->showError(error); });
    connect(model, &TableModel::conflictFound, this, &TableTab::conflictFound);
    connect(model, &TableModel::submitted, this, [this](const Error &error) {
        if (error.isError())
            return;
        m_banner->clear();
        m_model->refresh(); // new rows take their places
    });
    connect(m_banner, &MessageBanner::buttonPressed, this, &TableTab::resolveConflicts);
    connect(m_filters, &FilterHeader::filterEdited, this, &TableTab::applyFilters);
    connect(m_filters, &FilterHeader::left, m_grid, qOverload<>(&QWidget::setFocus));
    connect(m_grid, &GridView::currentCellChanged, this, &TableTab::updateState);
    connect(m_grid, &GridView::editRefused, this, &TableTab::tellReadOnly);
}

void TableTab::takeFocus()
{
    m_grid->setFocus();
}

void TableTab::setPool(Pool *pool)
{
    m_fitted = false;
    m_model->clear();
    m_model->setPool(pool);
    if (!pool)
        return;
    m_model->select();
    m_model->findRelations();
}

bool TableTab::isBusy() const
{
    return m_model->status() == Status::Loading || m_model->isSubmitting();
}

void TableTab::cancel()
{
    m_model->clear();
}

QString TableTab::unsaved() const
{
    return m_model->isDirty() ? tr("It has changes that are not written yet.") : QString();
}

// The schema and the first rows are there, or are not to be had.
void TableTab::selected()
{
    if (m_model->status() == Status::Ready && !m_fitted && m_model->columnCount() > 0) {
        m_fitted = true;
        QTimer::singleShot(1, m_grid, &GridView::fitColumns);
        for (int column = 0; column < m_model->columnCount(); ++column)
            m_filters->setFilterError(column, QString());
        if (!m_grid->currentCell().isValid())
            m_grid->setCurrentCell(m_model->index(0, 0));
    }
    updateState();
    updateCount();
    Q_EMIT busyChanged();
}

void TableTab::updateState()
{
    const bool editable = m_model->isEditable();
    const bool dirty = m_model->isDirty();
    const bool cell = m_grid->currentCell().isValid();
    const bool manual = m_model->editStrategy() == Strategy::OnManualSubmit;
    m_conflicts.removeIf([this](const QPersistentModelIndex &row) {
        return !row.isValid() || !m_model->conflict(row.row()).isValid();
    });
    m_insert->setEnabled(editable);
    m_delete->setEnabled(editable && cell);
    m_null->setEnabled(editable && cell);
    m_undo->setEnabled(m_model->canUndo());
    m_redo->setEnabled(m_model->canRedo());
    m_write->setEnabled(dirty && !m_model->isSubmitting());
    m_write->setVisible(manual || dirty);
    m_revert->setEnabled(dirty && !m_model->isSubmitting());
    m_resolve->setEnabled(!m_conflicts.isEmpty());
    QString text;
    if (m_model->isSubmitting())
        text = tr("Writing …");
    else if (m_model->status() == Status::Loading)
        text = tr("Reading …");
    else if (dirty)
        text = tr("Changes that are not written");
    else if (m_model->isStreaming())
        text = tr("Read-only: %1").arg(m_model->streamingReason());
    else if (m_model->status() == Status::Ready)
        text = editable ? tr("Ready") : tr("Read-only");
    m_state->setText(text);
    m_busy->setVisible(isBusy());
    m_place->setText(cell ? tr("row %1").arg(countText(m_grid->currentCell().row() + 1)) : QString());
    Q_EMIT titleChanged();
}

void TableTab::updateCount()
{
    const QString count = countText(m_model->rowCount());
    QString text = m_model->isCountExact() ? tr("%1 rows").arg(count) : tr("about %1 rows").arg(count);
    if (m_model->isCounting())
        text += tr(", counting …");
    m_count->setText(m_model->columnCount() > 0 ? text : QString());
}

void TableTab::tellReadOnly(const QModelIndex &cell)
{
    QString reason = m_model->refusal(cell.column(), cell.data(Qt::EditRole));
    if (m_model->isStreaming())
        reason = m_model->streamingReason();
    else if (reason.isEmpty() && !m_model->isLoaded(cell.row()))
        return; // in a moment
    m_banner->showMessage(reason.isEmpty() ? tr("This cell cannot be edited.")
                                           : tr("Read-only: %1").arg(reason));
}

void TableTab::conflictFound(int row)
{
    m_conflicts.append(m_model->index(row, 0));
    updateState();
    m_banner->showMessage(tr("Somebody else has changed a row that you edited. Nothing of yours is lost."),
                          tr("Decide … (Ctrl+R)"));
    resolveConflicts();
}
