// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "poolproperty.h"

#include <QAsyncMySql/querymodel.h>

#include <QtCore/QTimer>

namespace QAsyncMySql {

namespace Internal {

//! Describes the base of SqlQueryModel to the tools of QML.
struct QueryModelForeign
{
    Q_GADGET
    QML_FOREIGN(QAsyncMySql::QueryModel)
    QML_ANONYMOUS
};

} // namespace Internal

/*!
    \qmltype SqlQueryModel
    The rows of a query for a TableView or a ListView, streamed in while the view shows them.

    With \c active (the default) it runs as soon as it has a pool and a query, and again when one of
    them or the parameters change. Delegates find the text to show as \c display, and the value of
    each column under the column's name, made an identifier.

    \since 1.0
*/
class SqlQueryModel : public QAsyncMySql::QueryModel,
                      public QQmlParserStatus // in full: qmltyperegistrar needs it so
{
    Q_OBJECT
    Q_INTERFACES(QQmlParserStatus)
    Q_PROPERTY(QAsyncMySql::SqlPool *pool READ sqlPool WRITE setSqlPool NOTIFY poolChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(QStringList columnNames READ columnNames NOTIFY columnNamesChanged FINAL)
    QML_ELEMENT

public:
    explicit SqlQueryModel(QObject *parent = nullptr);

    SqlPool *sqlPool() const { return m_sqlPool.value(); }
    void setSqlPool(SqlPool *pool);
    bool isActive() const noexcept { return m_active; }
    void setActive(bool active);
    QStringList columnNames() const;

    //! The value in \a row and \a column: null for NULL, an integer of more than 53 bits as a string.
    Q_INVOKABLE QVariant value(int row, int column) const;
    //! The value in \a row of the column with this \a name; undefined where there is none.
    Q_INVOKABLE QVariant value(int row, const QString &name) const;
    //! The row as an object with the column's names; an empty one outside of the rows.
    Q_INVOKABLE QVariantMap get(int row) const;
    //! Has the server sort by a column; -1 for the query's own order (see sort()).
    Q_INVOKABLE void sortBy(int column, Qt::SortOrder order = Qt::AscendingOrder) { sort(column, order); }
    //! Edits a cell, if the model is \c editable; null is NULL. False, and editRefused() says why.
    Q_INVOKABLE bool edit(int row, int column, const QVariant &value);

    void classBegin() override;
    void componentComplete() override;

Q_SIGNALS:
    void poolChanged();
    void activeChanged();
    void columnNamesChanged();

private:
    void loadSoon();

    Internal::PoolProperty m_sqlPool;
    QTimer m_loadTimer; // several properties set at once make one run
    bool m_active = true;
    bool m_complete = true;
};

} // namespace QAsyncMySql
