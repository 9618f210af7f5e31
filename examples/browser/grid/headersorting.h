// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QHeaderView>

//! Has clicks on \a header sort \a model, a QueryModel or TableModel: up, down, and at the third click as the
//! rows come.
template <class Model> void sortByHeader(QHeaderView *header, Model *model)
{
    header->setSectionsClickable(true);
    header->setSortIndicatorClearable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    QObject::connect(header, &QHeaderView::sortIndicatorChanged, model,
                     [model](int column, Qt::SortOrder order) {
                         if (column != model->sortColumn() || order != model->sortOrder())
                             model->sort(column, order);
                     });
    QObject::connect(model, &Model::sortChanged, header,
                     [header, model] { header->setSortIndicator(model->sortColumn(), model->sortOrder()); });
}
