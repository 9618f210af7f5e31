// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "poolproperty.h"

#include <QAsyncMySql/poolmodel.h>

namespace QAsyncMySql {

namespace Internal {

//! Describes the base of SqlPoolModel to the tools of QML.
struct PoolModelForeign
{
    Q_GADGET
    QML_FOREIGN(QAsyncMySql::PoolModel)
    QML_ANONYMOUS
};

} // namespace Internal

/*!
    \qmltype SqlPoolModel
    The connections of a SqlPool and what runs on them, for a TableView or ListView.

    Delegates find the text of a cell as \c display, and the values of the row as \c connectionState,
    \c stateName, \c connectionId, \c server, \c statement, \c stateMs, \c borrower, \c loans, \c ageMs and \c
   serial.

    \since 1.0
*/
class SqlPoolModel : public QAsyncMySql::PoolModel
{
    Q_OBJECT
    Q_PROPERTY(QAsyncMySql::SqlPool *pool READ sqlPool WRITE setSqlPool NOTIFY poolChanged FINAL)
    QML_ELEMENT

public:
    explicit SqlPoolModel(QObject *parent = nullptr)
        : PoolModel(parent)
    {
    }

    SqlPool *sqlPool() const { return m_sqlPool.value(); }
    void setSqlPool(SqlPool *pool);

Q_SIGNALS:
    void poolChanged();

private:
    Internal::PoolProperty m_sqlPool;
};

} // namespace QAsyncMySql
