// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "table/conflictdialog.h"

#include "look/theme.h"

#include <QAsyncMySql/rowformatter.h>

#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QVBoxLayout>

using namespace QAsyncMySql;

namespace {

enum Field
{
    NameField,
    BaseField,
    MineField,
    TheirsField
};

QString nullText()
{
    return QStringLiteral("NULL");
}

QString textOf(const Row &row, int column)
{
    if (!row.isValid())
        return ConflictDialog::tr("(deleted)");
    return row.isNull(column) ? nullText() : QString::fromUtf8(RowFormatter::plainText(row.cell(column)));
}

} // namespace

ConflictDialog::ConflictDialog(const RowConflict &conflict, const QList<Column> &columns, int row,
                               bool removed, QWidget *parent)
    : QDialog(parent)
    , m_comparison(new QTableWidget)
    , m_keepMine(new QPushButton(tr("Keep &mine")))
{
    setWindowTitle(tr("Somebody else has changed row %1").arg(row + 1));
    resize(680, 320);
    auto *text = new QLabel(
        conflict.isGone() ? tr("Since you read this row, somebody has deleted it. Nothing was written.")
                          : tr("Since you read this row, somebody has changed it. Nothing was written."));
    text->setWordWrap(true);
    fill(conflict, columns, removed);

    auto *takeTheirs = new QPushButton(tr("Take &theirs"));
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(m_keepMine, QDialogButtonBox::AcceptRole);
    buttons->addButton(takeTheirs, QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("Decide &later"), QDialogButtonBox::RejectRole);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 14);
    layout->setSpacing(12);
    layout->addWidget(text);
    layout->addWidget(m_comparison, 1);
    layout->addWidget(buttons);
    connect(m_keepMine, &QPushButton::clicked, this, [this] { decide(TableModel::Resolution::KeepMine); });
    connect(takeTheirs, &QPushButton::clicked, this, [this] { decide(TableModel::Resolution::TakeTheirs); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ConflictDialog::fill(const RowConflict &conflict, const QList<Column> &columns, bool removed)
{
    const QList<int> changed = conflict.columns();
    m_comparison->setColumnCount(4);
    m_comparison->setRowCount(int(changed.size()));
    m_comparison->setHorizontalHeaderLabels({tr("Column"), tr("As you read it"), tr("Mine"), tr("Theirs")});
    m_comparison->verticalHeader()->hide();
    m_comparison->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_comparison->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_comparison->setSelectionMode(QAbstractItemView::NoSelection);
    m_comparison->setTabKeyNavigation(false);
    for (int i = 0; i < changed.size(); ++i) {
        const int column = changed.at(i);
        const QVariant mine = conflict.mine(column);
        const QString base = textOf(conflict.baseRow(), column);
        const QString mineText = removed    ? tr("(deleted)")
            : mine == conflict.base(column) ? base
            : mine.isNull()                 ? nullText()
                                            : mine.toString();
        const QString texts[]
            = {columns.at(column).name(), base, mineText, textOf(conflict.theirRow(), column)};
        for (int field = 0; field < 4; ++field) {
            auto *item = new QTableWidgetItem(texts[field]);
            if (field > BaseField && texts[field] != base)
                item->setBackground(field == MineField ? Theme::editedBackground(palette())
                                                       : Theme::badBackground(palette()));
            if (texts[field] == nullText() && field != NameField)
                item->setForeground(Theme::quiet(palette()));
            m_comparison->setItem(i, field, item);
        }
    }
}

void ConflictDialog::withdraw()
{
    if (isVisible())
        reject();
}

void ConflictDialog::decide(TableModel::Resolution resolution)
{
    accept();
    Q_EMIT decided(resolution);
}
