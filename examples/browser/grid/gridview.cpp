// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "grid/gridview.h"

#include "grid/markedheader.h"
#include "grid/rownumbers.h"
#include "grid/textcache.h"

#include <QAsyncMySql/rowwindowscrollbar.h>

#include <QtCore/QTimer>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>

#include <algorithm>

using namespace QAsyncMySql;

namespace {
constexpr qint64 MostCopiedCells = 200'000; // beyond that it is an export
} // namespace

GridView::GridView(QWidget *parent)
    : QTableView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setShowGrid(false);
    setCornerButtonEnabled(false);
    setTabKeyNavigation(false); // Tab leaves for the next widget
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    // Rows of one height: the header need not look at each.
    QHeaderView *rows = new RowNumbers(this);
    setVerticalHeader(rows);
    rows->setSectionResizeMode(QHeaderView::Fixed);
    rows->setDefaultSectionSize(fontMetrics().height() + 8);
    setHorizontalHeader(new MarkedHeader(this));
    QHeaderView *columns = horizontalHeader();
    columns->setHighlightSections(false);
    columns->setMinimumHeight(fontMetrics().height() + 10);
    columns->setResizeContentsPrecision(25);
    QFont italic = font();
    italic.setItalic(true);
    TextCache::loadGlyphs(italic); // NULL
    TextCache::loadGlyphs(font());
}

void GridView::setLongModel(QAbstractItemModel *model)
{
    m_window = new RowWindowModel(this);
    m_window->setSourceModel(model);
    setModel(m_window);
    new RowWindowScrollBar(this);
}

QAbstractItemModel *GridView::wholeModel() const
{
    return m_window ? m_window->sourceModel() : model();
}

QModelIndex GridView::currentCell() const
{
    const auto *selection = qobject_cast<const RowWindowSelection *>(selectionModel());
    return selection ? selection->sourceCurrent() : currentIndex();
}

void GridView::setCurrentCell(const QModelIndex &cell)
{
    setCurrentIndex(m_window ? m_window->index(m_window->bringIn(cell.row()), cell.column()) : cell);
}

QItemSelection GridView::selectedCells() const
{
    const auto *selection = qobject_cast<const RowWindowSelection *>(selectionModel());
    return selection ? selection->sourceSelection() : selectionModel()->selection();
}

void GridView::fitColumns()
{
    setUpdatesEnabled(false);
    const int character = fontMetrics().averageCharWidth();
    resizeColumnsToContents();
    for (int i = 0; model() && i < model()->columnCount(); ++i)
        setColumnWidth(i, qBound(character * 12, columnWidth(i) + 12, character * 42));
    QTimer::singleShot(1, this, [this] { setUpdatesEnabled(true); });
}

QString GridView::selectedText() const
{
    if (!selectionModel())
        return QString();
    qint64 count = 0;
    const QItemSelection selection = selectedCells();
    for (const QItemSelectionRange &range : selection)
        count += qint64(range.width()) * range.height();
    if (count > MostCopiedCells)
        return QString();
    QModelIndexList cells = selection.indexes();
    std::sort(cells.begin(), cells.end()); // by row, then by column
    QString text;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (i > 0)
            text += QLatin1Char(cells.at(i).row() == cells.at(i - 1).row() ? '\t' : '\n');
        text += cells.at(i).data(Qt::DisplayRole).toString();
    }
    return text;
}

bool GridView::edit(const QModelIndex &index, EditTrigger trigger, QEvent *event)
{
    const bool wanted = index.isValid() && editTriggers().testFlag(trigger) && state() != EditingState;
    if (wanted && !index.flags().testFlag(Qt::ItemIsEditable))
        Q_EMIT editRefused(m_window ? m_window->mapToSource(index) : index);
    return QTableView::edit(index, trigger, event);
}

void GridView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT currentCellChanged(current);
}

void GridView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        const QString text = selectedText();
        if (text.isNull())
            QApplication::beep();
        else
            QGuiApplication::clipboard()->setText(text);
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}
