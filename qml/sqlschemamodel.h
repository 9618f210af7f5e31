// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "poolproperty.h"

#include <QAsyncMySql/schemamodel.h>

namespace QAsyncMySql {

namespace Internal {

//! Describes the base of SqlSchemaModel to the tools of QML.
struct SchemaModelForeign
{
    Q_GADGET
    QML_FOREIGN(QAsyncMySql::SchemaModel)
    QML_ANONYMOUS
};

} // namespace Internal

/*!
    \qmltype SqlSchemaModel
    The schemas of a server with their tables, columns, indexes and foreign keys, for a TreeView. Nothing is
   read before a view shows it.

    Delegates find the name as \c display, what it is as \c kind (\c{SqlSchemaModel.Table} …), and a text on
   it as \c description.

    \since 1.0
*/
class SqlSchemaModel : public QAsyncMySql::SchemaModel // in full: qmltyperegistrar needs it so
{
    Q_OBJECT
    Q_PROPERTY(QAsyncMySql::SqlPool *pool READ sqlPool WRITE setSqlPool NOTIFY poolChanged FINAL)
    QML_ELEMENT

public:
    explicit SqlSchemaModel(QObject *parent = nullptr);

    SqlPool *sqlPool() const { return m_sqlPool.value(); }
    void setSqlPool(SqlPool *pool);

Q_SIGNALS:
    void poolChanged();

private:
    Internal::PoolProperty m_sqlPool;
};

} // namespace QAsyncMySql
