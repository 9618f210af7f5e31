// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/schemamodel.h>

#include <QtWidgets/QTreeView>

//! The schemas of a server, their tables, and what these consist of; each is read when it is opened.
class SchemaTree : public QTreeView
{
    Q_OBJECT

public:
    explicit SchemaTree(QWidget *parent = nullptr);

    //! Shows the server of \a pool, with the schema opened that is called \a schema, or the first.
    void setPool(QAsyncMySql::Pool *pool, const QString &schema);
    QAsyncMySql::SchemaModel *schemas() const { return m_schemas; }
    //! The schema that is selected, or something of which is.
    QString currentSchema() const;
    //! The table or view that is selected, or something of which is; empty if none is.
    QString currentTable() const;

Q_SIGNALS:
    void tableActivated(const QString &schema, const QString &table);

private:
    void activate(const QModelIndex &index);
    void opened(const QModelIndex &parent);

    QAsyncMySql::SchemaModel *const m_schemas;
    QString m_first;
};
