// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

// qasyncmysql_component: Models

#include <QAsyncMySql/rowwindowselection.h>

#include <QtCore/QSignalBlocker>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>

/*! \file
    All in this header, so that QAsyncMySql::Models does not need Qt Widgets: a program that includes it links
    Qt6::Widgets itself.
*/

namespace QAsyncMySql {

/*!
    The vertical scroll bar of a QTableView whose model is a RowWindowModel: it spans all rows of the source,
    and moves the window as it is moved itself, or as the view is scrolled by its wheel or its keys.

    \code
    auto *window = new RowWindowModel(view);
    window->setSourceModel(model);
    view->setModel(window);
    new RowWindowScrollBar(view); // belongs to the view
    \endcode

    It lies over the view's own scroll bar, and is hidden where the window shows all rows of the source. The
    view gets a RowWindowSelection. Ctrl+Home and Ctrl+End go to the first and the last row of the source.
   What is being edited is committed before the window moves. Set the view's model before, and no other behind
   it.

    \since 1.0
*/
class RowWindowScrollBar : public QScrollBar
{
public:
    explicit RowWindowScrollBar(QTableView *view)
        : QScrollBar(Qt::Vertical, view->verticalScrollBar())
        , m_view(view)
        , m_window(qobject_cast<RowWindowModel *>(view->model()))
        , m_rows(view->verticalScrollBar())
    {
        setObjectName(QStringLiteral("rowWindowScrollBar"));
        setAutoFillBackground(true);
        hide();
        if (!m_window)
            return; // of another model: it stays hidden, and the view has its own
        if (!qobject_cast<RowWindowSelection *>(view->selectionModel())) {
            QItemSelectionModel *const before = view->selectionModel();
            view->setSelectionModel(new RowWindowSelection(m_window, view));
            delete before;
        }
        m_rows->installEventFilter(this);
        view->installEventFilter(this);
        QObject::connect(m_rows, &QScrollBar::valueChanged, this, [this] { scrolled(); });
        QObject::connect(m_rows, &QScrollBar::rangeChanged, this, [this] { measure(); });
        QObject::connect(m_window, &RowWindowModel::sourceRowsChanged, this, [this] { measure(); });
        QObject::connect(m_window, &RowWindowModel::firstChanged, this, [this] { scrolled(); });
        QObject::connect(m_window, &RowWindowModel::aboutToMove, this, [this] { hold(); });
        QObject::connect(m_window, &RowWindowModel::moved, this, [this](int rows) { letGo(rows); });
        QObject::connect(this, &QScrollBar::valueChanged, this, [this](int row) { goTo(row); });
        measure();
    }

    //! Scrolls so that row \a sourceRow of the source is the first one seen, or as far as there are rows.
    void goTo(int sourceRow)
    {
        if (!m_window || m_window->sourceRows() == 0)
            return;
        const bool last = sourceRow >= maximum();
        const int row = m_window->bringIn(last ? m_window->sourceRows() - 1 : sourceRow);
        if (row >= 0)
            m_rows->setValue(last ? m_rows->maximum() : placeOf(row));
        scrolled();
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == m_rows && event->type() == QEvent::Resize)
            resize(m_rows->size());
        else if (watched == m_view && event->type() == QEvent::KeyPress)
            keyPressed(static_cast<const QKeyEvent *>(event));
        return QScrollBar::eventFilter(watched, event);
    }

private:
    bool isPerPixel() const { return m_view->verticalScrollMode() == QAbstractItemView::ScrollPerPixel; }

    int placeOf(int row) const { return isPerPixel() ? m_view->verticalHeader()->sectionPosition(row) : row; }

    int firstSeen() const { return qMax(0, m_view->rowAt(0)); }

    int lastSeen() const
    {
        const int row = m_view->rowAt(m_view->viewport()->height() - 1);
        return row >= 0 ? row : m_window->rowCount() - 1;
    }

    void measure()
    {
        const int height = qMax(1, m_view->verticalHeader()->defaultSectionSize());
        const int rows = qMax(1, m_view->viewport()->height() / height);
        {
            const QSignalBlocker blocker(this);
            setRange(0, qMax(0, m_window->sourceRows() - rows));
            setPageStep(rows);
        }
        setGeometry(m_rows->rect());
        setVisible(m_window->rowCount() < m_window->sourceRows());
        scrolled();
    }

    // The view has: by its wheel, its keys, or by this.
    void scrolled()
    {
        if (m_moving || m_window->rowCount() == 0)
            return;
        const bool atEnd = m_rows->value() == m_rows->maximum()
            && m_window->first() + m_window->rowCount() == m_window->sourceRows();
        {
            const QSignalBlocker blocker(this);
            setValue(atEnd ? maximum() : m_window->first() + firstSeen());
        }
        m_window->follow(firstSeen(), lastSeen());
    }

    void hold()
    {
        m_moving = true;
        m_firstSeen = firstSeen();
        m_hidden = m_rows->value() - placeOf(m_firstSeen);
        m_autoScroll = m_view->hasAutoScroll();
        m_view->setAutoScroll(false); // a current index that comes back stays where it is
    }

    void letGo(int rows)
    {
        const int row = m_firstSeen - rows;
        if (row >= 0 && row < m_window->rowCount())
            m_rows->setValue(placeOf(row) + m_hidden);
        m_view->setAutoScroll(m_autoScroll);
        m_moving = false;
        scrolled();
    }

    // What the view does with a key is then what it would do with all rows.
    void keyPressed(const QKeyEvent *event)
    {
        auto *const selection = static_cast<RowWindowSelection *>(m_view->selectionModel());
        const bool all = event->modifiers().testFlag(Qt::ControlModifier);
        int row = -1;
        if (all && event->key() == Qt::Key_Home)
            row = 0;
        else if (all && event->key() == Qt::Key_End)
            row = m_window->sourceRows() - 1;
        else if (!selection->currentIndex().isValid())
            row = selection->sourceCurrent().row();
        const int column = qMax(0, selection->sourceCurrent().column());
        const QModelIndex index = m_window->index(m_window->bringIn(row), column);
        if (index.isValid() && !selection->currentIndex().isValid())
            selection->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    }

    QTableView *const m_view;
    RowWindowModel *const m_window;
    QScrollBar *const m_rows; // the view's own, of the rows of the window
    bool m_moving = false;
    bool m_autoScroll = true;
    int m_firstSeen = 0;
    int m_hidden = 0; // pixels of the first row that is seen
};

} // namespace QAsyncMySql
