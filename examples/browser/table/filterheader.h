// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QTimer>
#include <QtWidgets/QHeaderView>

QT_BEGIN_NAMESPACE
class QLineEdit;
QT_END_NAMESPACE

//! The header of a table with a line below each name, to write a filter into. filterEdited() comes when the
//! writing pauses, and at once with Return.
class FilterHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit FilterHeader(QWidget *parent = nullptr);

    QString filterText(int column) const;
    void setFilterText(int column, const QString &text);
    //! Says what is wrong with the filter of \a column; an empty text says that nothing is.
    void setFilterError(int column, const QString &reason);
    QLineEdit *filterEditor(int column) const { return m_editors.value(column); }
    void focusFilter(int column);
    void clearFilters();
    bool hasFilters() const;

    void setModel(QAbstractItemModel *model) override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void filterEdited();
    //! Escape, or the arrow down: the user wants to go on below.
    void left();

protected:
    void updateGeometries() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeEditors();
    void placeEditors();

    QList<QLineEdit *> m_editors; // one for each column
    QTimer m_pause;
};
