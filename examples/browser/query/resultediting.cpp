// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "query/resultediting.h"

#include "grid/gridview.h"
#include "grid/markedheader.h"
#include "look/elidedlabel.h"
#include "look/messagebanner.h"
#include "query/resultview.h"

#include <QtCore/QTimer>
#include <QtGui/QAction>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace QAsyncMySql;
using CellState = TableModel::CellState;

namespace {

CellState stateOf(const QModelIndex &cell)
{
    return CellState(cell.data(TableModel::CellStateRole).toInt());
}

// Why no cell of the column can be edited, by the first rows: in an outer join some may have nothing to edit.
QString reasonOfColumn(const QueryModel &model, int column)
{
    constexpr int MostRows = 20;
    QString reason;
    for (int row = 0; row < qMin(MostRows, model.rowCount()); ++row) {
        reason = model.readOnlyReason(model.index(row, column));
        if (reason.isEmpty())
            break;
    }
    return reason;
}

} // namespace

ResultEditing::ResultEditing(QueryModel *model, ResultView *view, QObject *parent)
    : QObject(parent)
    , m_model(model)
    , m_view(view)
    , m_null(addCommand(tr("Set to &NULL"), Qt::CTRL | Qt::Key_0, &ResultEditing::setNull))
    , m_again(addCommand(tr("&Write again"), Qt::CTRL | Qt::Key_S, &ResultEditing::writeAgain))
    , m_forget(addCommand(tr("&Forget what could not be written"), Qt::CTRL | Qt::SHIFT | Qt::Key_R,
                          &ResultEditing::forget))
    , m_resolve(
          addCommand(tr("Decide a c&onflict …"), Qt::CTRL | Qt::Key_R, &ResultEditing::resolveConflicts))
{
    model->setEditable(true);
    connect(model, &QueryModel::editableChanged, this, &ResultEditing::showLocks);
    connect(model, &QueryModel::statusChanged, this, &ResultEditing::showLocks);
    connect(model, &QAbstractItemModel::modelReset, this, &ResultEditing::showLocks);
    connect(model, &QAbstractItemModel::dataChanged, this, &ResultEditing::showHint);
    connect(model, &QueryModel::editRefused, this,
            [this](const QModelIndex &, const QString &reason) { m_view->banner()->showMessage(reason); });
    connect(model, &QueryModel::writeFailed, this, &ResultEditing::failed);
    connect(model, &QueryModel::conflictFound, this, &ResultEditing::conflictFound);
    connect(model, &QueryModel::submitted, this, [this](const Error &error) {
        if (!error.isError())
            m_view->banner()->clear();
        showHint();
    });
    connect(view->table(), &GridView::currentCellChanged, this, &ResultEditing::showHint);
    connect(view->table(), &GridView::editRefused, this, &ResultEditing::tellReadOnly);
    connect(view->banner(), &MessageBanner::buttonPressed, this, &ResultEditing::resolveConflicts);
    showHint();
}

QAction *ResultEditing::addCommand(const QString &text, QKeySequence keys, void (ResultEditing::*does)())
{
    auto *action = new QAction(text, this);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, does);
    m_commands.append(action);
    return action;
}

bool ResultEditing::hasUnwritten() const
{
    return std::any_of(m_unwritten.begin(), m_unwritten.end(), [](const QPersistentModelIndex &cell) {
        return cell.isValid() && stateOf(cell) != CellState::Clean;
    });
}

void ResultEditing::forgetSettled()
{
    m_unwritten.removeIf([](const QPersistentModelIndex &cell) {
        return !cell.isValid() || stateOf(cell) == CellState::Clean;
    });
}

// Of the current cell: why it cannot be edited, or how it stands.
void ResultEditing::showHint()
{
    const bool before = !m_unwritten.isEmpty();
    forgetSettled();
    const QModelIndex cell = m_view->table()->currentIndex();
    const QString reason = cell.isValid() ? m_model->readOnlyReason(cell) : QString();
    const bool editable = cell.isValid() && reason.isEmpty();
    QString text;
    if (!reason.isEmpty())
        text = tr("Read-only: %1").arg(reason);
    else if (cell.isValid() && stateOf(cell) == CellState::Pending)
        text = tr("Writing …");
    else if (editable)
        text = tr("F2 edits this cell; it is written at once");
    m_view->hint()->setLine(text);
    m_null->setEnabled(editable);
    m_again->setEnabled(!m_unwritten.isEmpty());
    m_forget->setEnabled(!m_unwritten.isEmpty());
    m_resolve->setEnabled(std::any_of(m_unwritten.begin(), m_unwritten.end(), [](const auto &unwritten) {
        return stateOf(unwritten) == CellState::Conflict;
    }));
    if (before != !m_unwritten.isEmpty())
        Q_EMIT changed();
}

// Where some columns can be edited and some cannot; where none can, the hint is enough.
void ResultEditing::showLocks()
{
    QHash<int, QString> reasons;
    const int columns = m_model->rowCount() > 0 ? m_model->columnCount() : 0;
    for (int column = 0; column < columns; ++column) {
        const QString reason = reasonOfColumn(*m_model, column);
        if (!reason.isEmpty())
            reasons.insert(column, reason);
    }
    if (reasons.size() == columns)
        reasons.clear();
    qobject_cast<MarkedHeader *>(m_view->table()->horizontalHeader())->setLocks(reasons);
    showHint();
}

void ResultEditing::tellReadOnly(const QModelIndex &cell)
{
    m_view->banner()->showMessage(tr("Read-only: %1").arg(m_model->readOnlyReason(cell)));
}

void ResultEditing::note(const QModelIndex &cell)
{
    if (!m_unwritten.contains(cell))
        m_unwritten.append(cell);
}

void ResultEditing::failed(const QModelIndex &cell, const Error &error)
{
    note(cell);
    m_view->banner()->showError(error);
    Q_EMIT changed();
    showHint();
}

void ResultEditing::conflictFound(const QModelIndex &cell)
{
    note(cell);
    m_view->banner()->showMessage(
        tr("Somebody else has changed a row that you edited. Nothing of yours is lost."),
        tr("Decide … (Ctrl+R)"));
    Q_EMIT changed();
    showHint();
    resolveConflicts();
}

void ResultEditing::setNull()
{
    for (const QModelIndex &cell : m_view->table()->selectionModel()->selectedIndexes())
        m_model->setData(cell, QVariant());
}

void ResultEditing::writeAgain()
{
    m_view->table()->setFocus(); // an open editor gives up its text
    const QList<QPersistentModelIndex> cells = m_unwritten;
    for (const QPersistentModelIndex &cell : cells) {
        if (cell.isValid() && stateOf(cell) == CellState::Failed)
            m_model->keepMine(cell);
    }
}

void ResultEditing::forget()
{
    m_view->table()->setFocus();
    m_view->banner()->clear();
    const QList<QPersistentModelIndex> cells = m_unwritten;
    for (const QPersistentModelIndex &cell : cells) {
        if (cell.isValid())
            m_model->takeTheirs(cell);
    }
    showHint();
}

// One after the other; a dialog that is left open is for the first.
void ResultEditing::resolveConflicts()
{
    const auto found = std::find_if(m_unwritten.begin(), m_unwritten.end(), [](const auto &cell) {
        return cell.isValid() && stateOf(cell) == CellState::Conflict;
    });
    if (m_dialog || found == m_unwritten.end())
        return;
    const QPersistentModelIndex cell = *found;
    m_view->table()->setCurrentIndex(cell);
    const RowConflict conflict = m_model->conflict(cell);
    m_dialog = new ConflictDialog(conflict, m_model->columns(), cell.row(), false, m_view);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->keepMineButton()->setEnabled(!conflict.isGone()); // there is nothing left to write to
    connect(m_dialog, &ConflictDialog::decided, this, [this, cell](TableModel::Resolution resolution) {
        if (!cell.isValid())
            return;
        if (resolution == TableModel::Resolution::KeepMine)
            m_model->keepMine(cell);
        else
            m_model->takeTheirs(cell);
        showHint();
    });
    connect(m_model, &QAbstractItemModel::modelReset, m_dialog, &ConflictDialog::withdraw);
    connect(m_dialog, &QDialog::finished, this, [this](int decided) {
        m_dialog.clear();
        m_view->table()->setFocus();
        if (decided != QDialog::Accepted)
            return; // later, by the button or by its key
        m_view->banner()->clear();
        QTimer::singleShot(0, this, &ResultEditing::resolveConflicts);
    });
    m_dialog->open();
}
