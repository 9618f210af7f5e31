// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

// qasyncmysql_component: Models

#include <QAsyncMySql/lookupmodel.h>
#include <QAsyncMySql/tablemodel.h>

#include <QtCore/QAbstractProxyModel>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStyledItemDelegate>

/*! \file
    All in this header, so that QAsyncMySql::Models does not need Qt Widgets: a program that includes it links
    Qt6::Widgets itself.
*/

namespace QAsyncMySql {

/*!
    Edits the columns of a TableModel that have a relation (TableModel::setRelation()) by looking for the row
   they refer to: the user types, the rows with that text are listed as they arrive, and one is taken with the
   arrow keys and Return, or with the mouse. Other columns are edited as usual.

    \code
    model->setRelation(u"customer_id"_s, TableRelation(u"name"_s));
    view->setItemDelegate(new RelationDelegate(view));
    \endcode

    Text that is left empty is NULL. Text that is the whole text of exactly one row of the list takes that
   row; any other leaves the cell as it was. The view's model may be a proxy of the TableModel.

    \since 1.0
*/
class RelationDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    //! \a index in the model behind all proxies.
    static QModelIndex sourceIndex(QModelIndex index)
    {
        while (const auto *const proxy = qobject_cast<const QAbstractProxyModel *>(index.model()))
            index = proxy->mapToSource(index);
        return index;
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        const QModelIndex source = sourceIndex(index);
        const auto *const model = qobject_cast<const TableModel *>(source.model());
        LookupModel *const lookup
            = model ? model->createLookup(source.column(), const_cast<TableModel *>(model)) : nullptr;
        if (!lookup)
            return QStyledItemDelegate::createEditor(parent, option, index);
        auto *const editor = new QLineEdit(parent);
        lookup->setParent(editor);
        auto *const completer = new QCompleter(lookup, editor);
        // The server has chosen the rows: all of them are shown.
        completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
        editor->setCompleter(completer);
        editor->setProperty(LookupProperty, QVariant::fromValue<QObject *>(lookup));
        const auto *const delegate = this;
        QObject::connect(editor, &QLineEdit::textEdited, lookup, [editor, lookup](const QString &text) {
            editor->setProperty(KeysProperty, QVariant()); // what was taken before
            lookup->setSearchText(text);
        });
        QObject::connect(lookup, &LookupModel::loaded, editor, [editor, lookup, completer] {
            if (!editor->hasFocus() || !editor->isModified() || lookup->rowCount() == 0)
                return;
            // As wide as its texts, where the cell is narrow.
            QAbstractItemView *const popup = completer->popup();
            popup->setMinimumWidth(
                qMin(popup->sizeHintForColumn(0) + popup->verticalScrollBar()->sizeHint().width() + 8,
                     MostPopupWidth));
            completer->complete();
        });
        QObject::connect(completer, qOverload<const QModelIndex &>(&QCompleter::activated), editor,
                         [delegate, editor](const QModelIndex &taken) {
                             editor->setProperty(KeysProperty, taken.data(LookupModel::KeysRole));
                             auto *const self = const_cast<RelationDelegate *>(delegate);
                             Q_EMIT self->commitData(editor);
                             Q_EMIT self->closeEditor(editor);
                         });
        return editor;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        auto *const line = qobject_cast<QLineEdit *>(editor);
        if (!line || !lookupOf(editor)) {
            QStyledItemDelegate::setEditorData(editor, index);
        } else if (!line->isModified()) { // a refresh must not undo what is being typed
            line->setText(index.data(Qt::DisplayRole).toString());
            line->selectAll();
        }
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override
    {
        auto *const line = qobject_cast<QLineEdit *>(editor);
        const LookupModel *const lookup = lookupOf(editor);
        if (!line || !lookup) {
            QStyledItemDelegate::setModelData(editor, model, index);
            return;
        }
        if (!line->isModified() && !line->property(KeysProperty).isValid())
            return;
        QVariantList keys = line->property(KeysProperty).toList();
        if (keys.isEmpty() && !line->text().isEmpty()) {
            // An answer to an earlier text may lack other rows with the same text.
            const int row = lookup->isLoading() ? -1 : lookup->rowOf(line->text());
            if (row < 0)
                return;
            keys = lookup->keys(row);
        }
        const QModelIndex source = sourceIndex(index);
        auto *const behind = const_cast<QAbstractItemModel *>(source.model());
        if (auto *const table = qobject_cast<TableModel *>(behind))
            table->setKeys(source, keys);
    }

private:
    static constexpr int MostPopupWidth = 600; // pixels
    static constexpr const char *LookupProperty = "_qasyncmysql_lookup";
    static constexpr const char *KeysProperty = "_qasyncmysql_keys";

    static LookupModel *lookupOf(const QWidget *editor)
    {
        return qobject_cast<LookupModel *>(editor->property(LookupProperty).value<QObject *>());
    }
};

} // namespace QAsyncMySql
