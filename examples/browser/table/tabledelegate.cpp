// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "table/tabledelegate.h"

#include "look/theme.h"

#include <QtGui/QHelpEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QToolTip>

using namespace QAsyncMySql;
using CellState = TableModel::CellState;
using RowState = TableModel::RowState;

namespace {

constexpr qsizetype LongestEditedBytes = 4096; // of what is edited as hexadecimal digits

CellState cellState(const QModelIndex &index)
{
    return CellState(index.data(TableModel::CellStateRole).toInt());
}

RowState rowState(const QModelIndex &index)
{
    return RowState(index.data(TableModel::RowStateRole).toInt());
}

QColor groundOf(const QModelIndex &index, const QPalette &palette)
{
    switch (cellState(index)) {
    case CellState::Pending:
        return Theme::busyBackground(palette);
    case CellState::Failed:
    case CellState::Conflict:
        return Theme::badBackground(palette);
    case CellState::Dirty:
        return rowState(index) == RowState::Removed ? Theme::badBackground(palette)
                                                    : Theme::editedBackground(palette);
    case CellState::Clean:
        break;
    }
    return rowState(index) == RowState::New ? Theme::goodBackground(palette) : QColor();
}

// Those of a query are written at once, those of a table may wait.
bool writesAtOnce(const QModelIndex &index)
{
    return qobject_cast<const QueryModel *>(TableDelegate::sourceIndex(index).model());
}

QString stateText(const QModelIndex &index)
{
    switch (cellState(index)) {
    case CellState::Pending:
        return TableDelegate::tr("Being written …");
    case CellState::Failed:
        return TableDelegate::tr("Not written: %1").arg(index.data(TableModel::ErrorRole).toString());
    case CellState::Conflict:
        return TableDelegate::tr("Somebody else has changed this row (Ctrl+R shows how).");
    case CellState::Dirty:
        if (rowState(index) == RowState::Removed)
            return TableDelegate::tr("To be deleted (Ctrl+S).");
        if (rowState(index) == RowState::Changed) {
            const QVariant base = index.data(TableModel::BaseValueRole);
            return (writesAtOnce(index) ? TableDelegate::tr("Not written yet. It was: %1")
                                        : TableDelegate::tr("Not written yet (Ctrl+S). It was: %1"))
                .arg(base.isNull() ? QStringLiteral("NULL") : base.toString().left(200));
        }
        break;
    case CellState::Clean:
        break;
    }
    if (rowState(index) == RowState::New)
        return TableDelegate::tr("A new row, not written yet (Ctrl+S).");
    return QString();
}

QList<Column> columnsOf(const QAbstractItemModel *model)
{
    if (const auto *table = qobject_cast<const TableModel *>(model))
        return table->columns();
    const auto *query = qobject_cast<const QueryModel *>(model);
    return query ? query->columns() : QList<Column>();
}

bool holdsBytes(const QModelIndex &index)
{
    const QList<Column> columns = columnsOf(TableDelegate::sourceIndex(index).model());
    return index.column() < columns.size() && columns.at(index.column()).isBinary();
}

// Why it cannot be edited, where its model knows.
QString readOnlyText(const QModelIndex &index)
{
    const auto *query = qobject_cast<const QueryModel *>(TableDelegate::sourceIndex(index).model());
    const QString reason
        = query && query->isEditable() ? query->readOnlyReason(TableDelegate::sourceIndex(index)) : QString();
    return reason.isEmpty() ? QString() : TableDelegate::tr("Read-only: %1").arg(reason);
}

// The value as it is to be written again: exact, and whole.
QString editText(const QModelIndex &index)
{
    const QVariant value = index.data(Qt::EditRole);
    if (value.isNull())
        return QString();
    if (value.typeId() == QMetaType::QByteArray)
        return QLatin1String("0x") + QString::fromLatin1(value.toByteArray().toHex().toUpper());
    return value.typeId() == QMetaType::QString ? value.toString() : index.data(Qt::DisplayRole).toString();
}

bool isRelated(const QModelIndex &index)
{
    const auto *model = qobject_cast<const TableModel *>(TableDelegate::sourceIndex(index).model());
    return model
        && !model->relation(index.data(TableModel::Role(QueryModel::ColumnNameRole)).toString()).isNull();
}

} // namespace

void TableDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const QColor ground = groundOf(index, option.palette);
    if (ground.isValid())
        painter->fillRect(option.rect, ground);
    const bool removed = rowState(index) == RowState::Removed;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    m_cells.paint(painter, option, index);
    if (removed)
        painter->fillRect(option.rect.left(), option.rect.center().y(), option.rect.width(), 1,
                          selected ? option.palette.color(QPalette::HighlightedText)
                                   : Theme::bad(option.palette));
    // A selected cell shows its state at its edge.
    if (ground.isValid() && selected)
        painter->fillRect(option.rect.left(), option.rect.top(), 4, option.rect.height(), ground);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::Highlight));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
}

QWidget *TableDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                     const QModelIndex &index) const
{
    if (isRelated(index))
        return RelationDelegate::createEditor(parent, option, index);
    const QVariant choices = index.data(TableModel::ChoicesRole);
    if (choices.isValid() && index.data(QueryModel::TypeNameRole).toString() == QLatin1String("ENUM")) {
        auto *editor = new QComboBox(parent);
        editor->addItems(choices.toStringList());
        return editor;
    }
    if (holdsBytes(index) && index.data(Qt::EditRole).toByteArray().size() > LongestEditedBytes)
        return nullptr;
    auto *editor = new QLineEdit(parent);
    editor->setFrame(false);
    editor->setPlaceholderText(index.data(QueryModel::IsNullRole).toBool() ? QStringLiteral("NULL")
                                                                           : QString());
    return editor;
}

void TableDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    auto *line = qobject_cast<QLineEdit *>(editor);
    if (auto *list = qobject_cast<QComboBox *>(editor)) {
        list->setCurrentIndex(list->findText(index.data(Qt::EditRole).toString()));
    } else if (!line || isRelated(index)) {
        RelationDelegate::setEditorData(editor, index);
    } else if (!line->isModified()) { // a refresh must not undo what is being typed
        line->setText(editText(index));
        line->selectAll();
    }
}

void TableDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    const auto *line = qobject_cast<QLineEdit *>(editor);
    if (const auto *list = qobject_cast<QComboBox *>(editor)) {
        if (list->currentIndex() >= 0 && list->currentText() != index.data(Qt::EditRole).toString())
            model->setData(index, list->currentText());
    } else if (!line || isRelated(index)) {
        RelationDelegate::setModelData(editor, model, index);
    } else if (line->isModified()) {
        const QString text = line->text();
        const bool hex = holdsBytes(index) && text.startsWith(QLatin1String("0x"), Qt::CaseInsensitive);
        model->setData(index, hex ? QVariant(QByteArray::fromHex(text.mid(2).toLatin1())) : QVariant(text));
    }
}

bool TableDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    QString state = event->type() == QEvent::ToolTip ? stateText(index) : QString();
    if (state.isEmpty() && event->type() == QEvent::ToolTip)
        state = readOnlyText(index);
    if (state.isEmpty())
        return RelationDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), state.toHtmlEscaped(), view, view->visualRect(index));
    return true;
}
