// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "shortcutlist.h"

#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

namespace {

QString plainText(QString text)
{
    return text.remove(QLatin1Char('&'));
}

void addRow(QTreeWidgetItem *group, const QString &what, const QString &keys)
{
    auto *row = new QTreeWidgetItem(group, {what, keys});
    row->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
}

} // namespace

void ShortcutList::show(QMainWindow *window)
{
    auto *list = new ShortcutList(window);
    list->setAttribute(Qt::WA_DeleteOnClose);
    list->open();
}

ShortcutList::ShortcutList(QMainWindow *window)
    : QDialog(window)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(560, 620);
    auto *list = new QTreeWidget;
    list->setHeaderHidden(true);
    list->setColumnCount(2);
    list->setRootIsDecorated(false);
    for (const QAction *menu : window->menuBar()->actions()) {
        if (!menu->menu() || !menu->isVisible())
            continue;
        auto *group = new QTreeWidgetItem(list, {plainText(menu->text())});
        for (const QAction *action : menu->menu()->actions()) {
            const QString keys = QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText);
            if (!keys.isEmpty())
                addRow(group, plainText(action->text()), keys);
        }
    }
    auto *more = new QTreeWidgetItem(list, {tr("Elsewhere")});
    addRow(more, tr("Open a table, from the schemas"), tr("Return"));
    addRow(more, tr("Complete a word of SQL"), QKeySequence(Qt::CTRL | Qt::Key_Space).toString());
    addRow(more, tr("Statement that was run before, or after"), tr("Ctrl+Up, Ctrl+Down"));
    addRow(more, tr("Copy the selected cells"), QKeySequence(QKeySequence::Copy).toString());
    addRow(more, tr("To the next part of the window, or back"), tr("Tab, Shift+Tab"));
    list->expandAll();
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list->header()->setStretchLastSection(false);
    list->setCurrentItem(list->topLevelItem(0));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(list);
    layout->addWidget(buttons);
}
