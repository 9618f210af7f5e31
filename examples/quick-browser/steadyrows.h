// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QAbstractProxyModel>
#include <QtQml/qqmlregistration.h>

//! A table that has, for its view, as many rows as it could ever have: those that are not there yet are
//! empty.
//!
//! A TableView makes all cells in sight anew for each insertion, wherever that is; with some hundred cells
//! this holds the event loop for longer than a frame, several times a second while rows stream in. Behind
//! this proxy it has nothing to do for rows out of sight. The view must then be told where its contents end:
//! by a bottomMargin, less than 0, for the rows that are not there.
class SteadyRows : public QAbstractProxyModel
{
    Q_OBJECT
    QML_ELEMENT

public:
    explicit SteadyRows(QObject *parent = nullptr);

    void setSourceModel(QAbstractItemModel *model) override;

    QModelIndex mapToSource(const QModelIndex &index) const override;
    QModelIndex mapFromSource(const QModelIndex &index) const override;
    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void reset();
    void fillIn(const QModelIndex &parent, int first, int last);
};
