// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QHash>
#include <QtWidgets/QHeaderView>

//! A header of columns with a lock before the name of those that cannot be edited; its tool tip says why.
class MarkedHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit MarkedHeader(QWidget *parent = nullptr);

    //! Locks these columns, each for a reason that is a sentence for the user, and no other.
    void setLocks(const QHash<int, QString> &reasons);
    bool isLocked(int column) const { return m_reasons.contains(column); }

protected:
    void initStyleOptionForIndex(QStyleOptionHeader *option, int column) const override;
    QSize sectionSizeFromContents(int column) const override;
    bool viewportEvent(QEvent *event) override;

private:
    QHash<int, QString> m_reasons;
};
