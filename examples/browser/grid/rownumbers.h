// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "grid/textcache.h"

#include <QtWidgets/QHeaderView>

//! The header on the left of a result: the numbers of its rows, on a plain ground.
class RowNumbers : public QHeaderView
{
    Q_OBJECT

public:
    explicit RowNumbers(QWidget *parent = nullptr);

protected:
    QSize sectionSizeFromContents(int section) const override;
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;

private:
    mutable TextCache m_texts;
};
