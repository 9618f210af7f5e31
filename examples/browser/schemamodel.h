// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/pool.h>

#include <QtCore/QPointer>
#include <QtGui/QStandardItemModel>

//! The schemas of a server, their tables, and the tables' columns; each is asked for when it is opened.
class SchemaModel : public QStandardItemModel
{
    Q_OBJECT

public:
    enum class Kind
    {
        Schema,
        Table,
        View,
        Column
    };

    explicit SchemaModel(QObject *parent = nullptr);

    void setPool(QAsyncMySql::Pool *pool);
    //! Reads the schemas anew.
    void refresh();
    //! A statement that shows the table at \a index, or an empty string.
    QString selectStatement(const QModelIndex &index) const;

    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void failed(const QAsyncMySql::Error &error);
    void schemasLoaded();

private:
    enum Role
    {
        KindRole = Qt::UserRole + 1,
        FetchedRole
    };

    QStandardItem *makeItem(Kind kind, const QString &name, const QString &detail = {}) const;
    Kind kindOf(const QModelIndex &index) const;
    void fetchTables(const QModelIndex &schema);
    void fetchColumns(const QModelIndex &table);
    void fill(const QModelIndex &parent, const QList<QStandardItem *> &items);

    QPointer<QAsyncMySql::Pool> m_pool;
};
