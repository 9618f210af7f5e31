// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "poolproperty.h"

#include <QAsyncMySql/lookupmodel.h>

namespace QAsyncMySql {

namespace Internal {

//! Describes the base of SqlLookupModel to the tools of QML.
struct LookupModelForeign
{
    Q_GADGET
    QML_FOREIGN(QAsyncMySql::LookupModel)
    QML_ANONYMOUS
};

} // namespace Internal

/*!
    \qmltype SqlLookupModel
    The rows of a table that have \c searchText in their \c displayColumn, as a user types it: for the list
   below a field. At most \c limit rows, once nothing was typed for \c delay milliseconds.

    Delegates find the text as \c display and the value of \c keyColumn as \c key.

    \since 1.0
*/
class SqlLookupModel : public QAsyncMySql::LookupModel // in full: qmltyperegistrar needs it so
{
    Q_OBJECT
    Q_PROPERTY(QAsyncMySql::SqlPool *pool READ sqlPool WRITE setSqlPool NOTIFY poolChanged FINAL)
    QML_ELEMENT

public:
    explicit SqlLookupModel(QObject *parent = nullptr);

    SqlPool *sqlPool() const { return m_sqlPool.value(); }
    void setSqlPool(SqlPool *pool);

Q_SIGNALS:
    void poolChanged();

private:
    Internal::PoolProperty m_sqlPool;
};

} // namespace QAsyncMySql
