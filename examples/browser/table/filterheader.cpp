// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "table/filterheader.h"

#include "look/theme.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>

#include <algorithm>

namespace {
constexpr int Pause = 350; // ms without a key, after which a filter is taken as written
} // namespace

FilterHeader::FilterHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_pause.setSingleShot(true);
    m_pause.setInterval(Pause);
    connect(&m_pause, &QTimer::timeout, this, &FilterHeader::filterEdited);
    connect(this, &QHeaderView::sectionResized, this, &FilterHeader::placeEditors);
    connect(this, &QHeaderView::sectionMoved, this, &FilterHeader::placeEditors);
    connect(this, &QHeaderView::sectionCountChanged, this, &FilterHeader::makeEditors);
}

void FilterHeader::setModel(QAbstractItemModel *model)
{
    QHeaderView::setModel(model);
    makeEditors();
    if (auto *view = qobject_cast<QTableView *>(parentWidget()))
        connect(view->horizontalScrollBar(), &QScrollBar::valueChanged, this, &FilterHeader::placeEditors,
                Qt::UniqueConnection);
}

// Texts of another table would make no sense; a table that is filtered keeps its columns.
void FilterHeader::makeEditors()
{
    const int count = model() ? model()->columnCount() : 0;
    if (count == m_editors.size())
        return;
    qDeleteAll(m_editors);
    m_editors.clear();
    QWidget *previous = parentWidget(); // Tab leads from the rows to their filters
    for (int column = 0; column < count; ++column) {
        auto *editor = new QLineEdit(this);
        editor->setPlaceholderText(tr("filter"));
        editor->setFrame(false);
        editor->setClearButtonEnabled(true);
        editor->setAccessibleName(
            tr("Filter of %1").arg(model()->headerData(column, Qt::Horizontal).toString()));
        editor->installEventFilter(this);
        connect(editor, &QLineEdit::textEdited, &m_pause, qOverload<>(&QTimer::start));
        connect(editor, &QLineEdit::returnPressed, this, [this] {
            m_pause.stop();
            Q_EMIT filterEdited();
        });
        editor->show();
        QWidget::setTabOrder(previous, editor);
        previous = editor;
        m_editors.append(editor);
    }
    placeEditors();
}

QSize FilterHeader::sizeHint() const
{
    QSize size = QHeaderView::sizeHint();
    if (!m_editors.isEmpty())
        size.rheight() += m_editors.first()->sizeHint().height() + 4;
    return size;
}

void FilterHeader::updateGeometries()
{
    setViewportMargins(0, 0, 0, m_editors.isEmpty() ? 0 : m_editors.first()->sizeHint().height() + 4);
    QHeaderView::updateGeometries();
    placeEditors();
}

void FilterHeader::placeEditors()
{
    if (m_editors.isEmpty())
        return;
    const int height = m_editors.first()->sizeHint().height();
    const int top = this->height() - height - 3;
    for (int column = 0; column < m_editors.size() && column < count(); ++column) {
        m_editors.at(column)->setGeometry(sectionViewportPosition(column) + 2, top,
                                          qMax(0, sectionSize(column) - 4), height);
    }
}

QString FilterHeader::filterText(int column) const
{
    const QLineEdit *editor = filterEditor(column);
    return editor ? editor->text() : QString();
}

void FilterHeader::setFilterText(int column, const QString &text)
{
    if (QLineEdit *editor = filterEditor(column))
        editor->setText(text);
}

void FilterHeader::setFilterError(int column, const QString &reason)
{
    QLineEdit *editor = filterEditor(column);
    if (!editor)
        return;
    editor->setToolTip(reason.isEmpty()
                           ? tr("text, = < > <= >= <> value, a..b, ~ pattern%, NULL, !NULL").toHtmlEscaped()
                           : reason.toHtmlEscaped());
    QPalette colors;
    if (!reason.isEmpty())
        colors.setColor(QPalette::Text, Theme::bad(palette()));
    editor->setPalette(colors);
}

void FilterHeader::focusFilter(int column)
{
    if (QLineEdit *editor = filterEditor(qBound(0, column, int(m_editors.size()) - 1))) {
        editor->setFocus(Qt::ShortcutFocusReason);
        editor->selectAll();
    }
}

void FilterHeader::clearFilters()
{
    for (QLineEdit *editor : m_editors)
        editor->clear();
    Q_EMIT filterEdited();
}

bool FilterHeader::hasFilters() const
{
    return std::any_of(m_editors.begin(), m_editors.end(),
                       [](const QLineEdit *editor) { return !editor->text().isEmpty(); });
}

bool FilterHeader::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn) {
        // Tab reaches lines of columns that are out of sight.
        const auto column = int(m_editors.indexOf(qobject_cast<QLineEdit *>(watched)));
        auto *view = qobject_cast<QTableView *>(parentWidget());
        if (view && column >= 0 && model()->rowCount() > 0)
            view->scrollTo(model()->index(qMax(0, view->rowAt(0)), column));
    } else if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Down) {
            Q_EMIT left();
            return true;
        }
    }
    return QHeaderView::eventFilter(watched, event);
}
