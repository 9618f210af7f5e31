// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/rowwindowmodel.h>

#include <QtCore/QItemSelectionModel>
#include <QtCore/QPointer>

namespace QAsyncMySql {

/*!
    The selection of a view of a RowWindowModel, which remembers what is outside of the window: it is selected
    again when the window comes back, unless it was deselected meanwhile by selecting anything else without
    adding to it. The current index is kept, too.

    \since 1.0
*/
class QASYNCMYSQL_MODELS_EXPORT RowWindowSelection : public QItemSelectionModel
{
    Q_OBJECT

public:
    explicit RowWindowSelection(RowWindowModel *model = nullptr, QObject *parent = nullptr);
    ~RowWindowSelection() override;

    //! All that is selected, inside of the window and outside, in indexes of the source.
    QItemSelection sourceSelection() const;
    //! The current index in the source; valid also where its row is outside of the window.
    Q_INVOKABLE QModelIndex sourceCurrent() const;

    void select(const QItemSelection &selection, SelectionFlags command) override;
    using QItemSelectionModel::select;
    void setCurrentIndex(const QModelIndex &index, SelectionFlags command) override;
    void clear() override;
    void reset() override;
    void clearCurrentIndex() override;

private:
    void attach();
    void keep();
    void restore();

    QPointer<RowWindowModel> m_window;
    QItemSelectionModel m_kept; // in the source; what is in the window is right after keep() only
    QPersistentModelIndex m_current; // in the source
    bool m_moving = false;
};

} // namespace QAsyncMySql
