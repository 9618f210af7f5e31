// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QAbstractItemModel>
#include <QtCore/QVariantMap>
#include <QtQml/qqmlregistration.h>

//! The lines above the columns of a table that a user filters it by: see FilterText.
class TableFilters : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    //! Filters a SqlTableModel by \a texts, by the names of their columns. Where one makes no sense the rows
    //! stay, and what is wrong is returned, by the column.
    Q_INVOKABLE QVariantMap apply(QAbstractItemModel *model, const QVariantMap &texts) const;
};
