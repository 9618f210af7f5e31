// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// What a user can do with the rows of a table.

#include "grid/gridview.h"
#include "look/messagebanner.h"
#include "look/theme.h"
#include "sql/filtertext.h"
#include "table/conflictdialog.h"
#include "table/filterheader.h"
#include "table/tabletab.h"

#include <QtCore/QSettings>
#include <QtGui/QAction>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLineEdit>

#include <algorithm>

using namespace QAsyncMySql;
using Strategy = TableModel::EditStrategy;

QAction *TableTab::addCommand(const QString &text, QKeySequence keys, void (TableTab::*does)())
{
    auto *action = new QAction(text, this);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, does);
    m_commands.append(action);
    return action;
}

void TableTab::buildCommands()
{
    QAction *refresh = new QAction(Theme::icon(Theme::Symbol::Refresh), tr("&Refresh"), this);
    refresh->setShortcut(QKeySequence(Qt::Key_F5));
    connect(refresh, &QAction::triggered, m_model.get(), &TableModel::refresh);
    m_commands = {refresh};
    addCommand(tr("&Search in all texts"), QKeySequence(Qt::CTRL | Qt::Key_F), &TableTab::searchTable);
    addCommand(tr("&Filter this column"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F),
               &TableTab::filterColumn);
    addCommand(tr("&All rows again"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A),
               &TableTab::clearFilters);
    addCommand(tr("S&ort by this column"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
               &TableTab::sortColumn);
    addCommand(tr("&Go to row …"), QKeySequence(Qt::CTRL | Qt::Key_G), &TableTab::goToRow);
    m_commands.append(nullptr);
    m_insert = addCommand(tr("&Insert a row"), QKeySequence(Qt::CTRL | Qt::Key_I), &TableTab::insertRow);
    m_insert->setIcon(Theme::icon(Theme::Symbol::Add));
    m_delete
        = addCommand(tr("&Delete the rows"), QKeySequence(Qt::CTRL | Qt::Key_Delete), &TableTab::deleteRows);
    m_delete->setIcon(Theme::icon(Theme::Symbol::Remove));
    m_null = addCommand(tr("Set to &NULL"), QKeySequence(Qt::CTRL | Qt::Key_0), &TableTab::setNull);
    m_undo = new QAction(Theme::icon(Theme::Symbol::Undo), tr("&Undo"), this);
    m_undo->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Z));
    connect(m_undo, &QAction::triggered, m_model.get(), &TableModel::undo);
    m_redo = new QAction(Theme::icon(Theme::Symbol::Redo), tr("R&edo"), this);
    m_redo->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    connect(m_redo, &QAction::triggered, m_model.get(), &TableModel::redo);
    m_commands += {m_undo, m_redo, nullptr};
    m_write = addCommand(tr("&Write"), QKeySequence(Qt::CTRL | Qt::Key_S), &TableTab::write);
    m_write->setIcon(Theme::icon(Theme::Symbol::Write));
    m_revert = addCommand(tr("Re&vert"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R), &TableTab::revert);
    m_resolve = addCommand(tr("Decide a &conflict …"), QKeySequence(Qt::CTRL | Qt::Key_R),
                           &TableTab::resolveConflicts);
}

QList<QAction *> TableTab::commands() const
{
    return m_commands;
}

void TableTab::setStrategy(Strategy strategy)
{
    m_model->setEditStrategy(strategy);
    QSettings().setValue(QStringLiteral("editStrategy"), int(strategy));
    updateState();
}

void TableTab::applyFilters()
{
    const QList<Column> columns = m_model->columns();
    RowFilter all;
    for (int column = 0; column < columns.size(); ++column) {
        const Result<RowFilter> filter = FilterText::parse(columns.at(column), m_filters->filterText(column));
        m_filters->setFilterError(column, filter ? QString() : filter.error().message());
        if (!filter)
            return; // what was shown stays until the filter makes sense
        all = all && *filter;
    }
    m_model->setFilter(all);
    m_model->setSearchText(m_search->text());
}

void TableTab::searchTable()
{
    m_search->setFocus();
    m_search->selectAll();
}

void TableTab::filterColumn()
{
    m_filters->focusFilter(qMax(0, m_grid->currentCell().column()));
}

void TableTab::clearFilters()
{
    m_search->clear();
    m_filters->clearFilters();
}

void TableTab::sortColumn()
{
    const int column = m_grid->currentCell().column();
    if (column < 0)
        return;
    const bool again = m_model->sortColumn() == column;
    if (again && m_model->sortOrder() == Qt::DescendingOrder)
        m_model->sort(-1);
    else
        m_model->sort(column, again ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void TableTab::goToRow()
{
    if (m_model->rowCount() == 0)
        return;
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Go to row"));
    dialog->setLabelText(tr("Row, 1 to %L1:").arg(m_model->rowCount()));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(1, m_model->rowCount());
    dialog->setIntValue(qMax(0, m_grid->currentCell().row()) + 1);
    connect(dialog, &QInputDialog::intValueSelected, this, [this](int number) {
        const QModelIndex cell
            = m_model->index(qMin(number, m_model->rowCount()) - 1, qMax(0, m_grid->currentCell().column()));
        m_grid->setCurrentCell(cell);
        m_grid->scrollTo(m_grid->currentIndex(), QAbstractItemView::PositionAtCenter);
        m_grid->setFocus();
    });
    dialog->open();
}

void TableTab::insertRow()
{
    const int row = m_model->rowCount();
    if (!m_model->insertRows(row, 1))
        return;
    // The first cell that is not filled in by the server.
    const QList<Column> columns = m_model->columns();
    int column = 0;
    while (column + 1 < columns.size() && columns.at(column).isAutoIncrement())
        ++column;
    m_grid->setCurrentCell(m_model->index(row, column));
    m_grid->scrollToBottom();
    m_grid->setFocus();
    m_grid->edit(m_grid->currentIndex());
}

void TableTab::deleteRows()
{
    QList<int> rows;
    for (const QItemSelectionRange &range : m_grid->selectedCells()) {
        for (int row = range.top(); row <= range.bottom() && rows.size() < 10'000; ++row)
            rows.append(row);
    }
    std::sort(rows.begin(), rows.end(), std::greater<>()); // from the end: what is above keeps its number
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (const int row : rows)
        m_model->removeRows(row, 1);
}

void TableTab::setNull()
{
    for (const QModelIndex &cell : m_grid->selectedCells().indexes())
        m_model->setData(cell, QVariant());
}

void TableTab::write()
{
    m_grid->setFocus(); // an open editor gives up its text
    m_banner->clear();
    m_model->submitAll();
}

void TableTab::revert()
{
    m_grid->setFocus();
    m_banner->clear();
    m_model->revertAll();
}

// One after the other; a dialog that is left open is for the first.
void TableTab::resolveConflicts()
{
    if (m_dialog || m_conflicts.isEmpty())
        return;
    const int row = m_conflicts.first().row();
    m_grid->setCurrentCell(m_model->index(row, qMax(0, m_grid->currentCell().column())));
    const QPersistentModelIndex first = m_model->index(row, 0);
    const bool removed
        = TableModel::RowState(first.data(TableModel::RowStateRole).toInt()) == TableModel::RowState::Removed;
    m_dialog = new ConflictDialog(m_model->conflict(row), m_model->columns(), row, removed, this);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &ConflictDialog::decided, m_model.get(),
            [this, first](TableModel::Resolution resolution) {
                if (first.isValid())
                    m_model->resolve(first.row(), resolution);
            });
    // Decided elsewhere, or gone with the rows.
    connect(m_model.get(), &TableModel::editingChanged, m_dialog, [this, first, dialog = m_dialog.get()] {
        if (!first.isValid() || !m_model->conflict(first.row()).isValid())
            dialog->withdraw();
    });
    connect(m_model.get(), &QAbstractItemModel::modelReset, m_dialog, &ConflictDialog::withdraw);
    connect(m_dialog, &QDialog::finished, this, [this](int decided) {
        m_dialog.clear();
        m_grid->setFocus();
        if (decided != QDialog::Accepted)
            return; // later, by the button or by its key
        m_banner->clear();
        QTimer::singleShot(0, this, &TableTab::resolveConflicts);
    });
    m_dialog->open();
}
