// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "poolproperty.h"

#include <QAsyncMySql/tablemodel.h>

#include <QtCore/QTimer>

namespace QAsyncMySql {

namespace Internal {

//! Describes the base of SqlTableModel to the tools of QML.
struct TableModelForeign
{
    Q_GADGET
    QML_FOREIGN(QAsyncMySql::TableModel)
    QML_ANONYMOUS
};

} // namespace Internal

/*!
    \qmltype SqlTableModel
    A whole table of any size for a TableView, editable.

    With \c active (the default) it reads the table as soon as it has a pool and a name, and again when they
    change. Delegates find the text to show as \c display, whether it has arrived as \c loaded, how its
    editing stands as \c cellState and \c rowState, and the value of each column under the column's name, made
    an identifier.

    \since 1.0
*/
class SqlTableModel : public QAsyncMySql::TableModel,
                      public QQmlParserStatus // in full: qmltyperegistrar needs it so
{
    Q_OBJECT
    Q_INTERFACES(QQmlParserStatus)
    Q_PROPERTY(QAsyncMySql::SqlPool *pool READ sqlPool WRITE setSqlPool NOTIFY poolChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(int rows READ rowsNow NOTIFY rowsChanged FINAL)
    Q_PROPERTY(QStringList columnNames READ columnNames NOTIFY columnNamesChanged FINAL)
    Q_PROPERTY(QVariantMap filter READ filterMap WRITE setFilterMap NOTIFY filterMapChanged FINAL)
    Q_PROPERTY(Locking locking READ locking WRITE setLockingOf NOTIFY lockingChanged FINAL)
    Q_PROPERTY(QString versionColumn READ versionColumn WRITE setVersionColumnOf NOTIFY lockingChanged FINAL)
    Q_PROPERTY(QVariantMap relations READ relationMap WRITE setRelationMap NOTIFY relationMapChanged FINAL)
    QML_ELEMENT

public:
    explicit SqlTableModel(QObject *parent = nullptr);

    SqlPool *sqlPool() const { return m_sqlPool.value(); }
    void setSqlPool(SqlPool *pool);
    bool isActive() const noexcept { return m_active; }
    void setActive(bool active);
    int rowsNow() const { return rowCount(); }
    QStringList columnNames() const;
    QVariantMap filterMap() const { return m_filter; }
    /*! Which rows are shown, by column name: a value that the column equals (null for NULL), a list of
       values, or an object with some of \c{equal, notEqual, less, lessOrEqual, greater, greaterOrEqual,
       contains, startsWith, endsWith, like}. All must be met. */
    void setFilterMap(const QVariantMap &filter);

    void setLockingOf(Locking locking);
    QString versionColumn() const { return m_versionColumn; }
    //! A column that changes with each write; sets locking to VersionColumn.
    void setVersionColumnOf(const QString &column);

    QVariantMap relationMap() const { return m_relations; }
    /*! What keys are shown as, by column name: the column of the other table that its foreign key refers to,
       or an object with \c{table, key, display} and, if it is not the default, \c{schema}. */
    void setRelationMap(const QVariantMap &relations);
    /*! The relation of a column, whoever has set it (findRelations(), too), for a SqlLookupModel: an object
       with \c{schema, table, key, display, furtherKeys}; an empty one if there is none. */
    Q_INVOKABLE QVariantMap relationOf(int column) const;

    //! The value in \a row and \a column; undefined while the row has not arrived, and asked for by this.
    Q_INVOKABLE QVariant value(int row, int column) const;
    //! The row as an object with the column's names; an empty one while it has not arrived.
    Q_INVOKABLE QVariantMap get(int row) const;
    //! Edits a cell; null is NULL. False, and editRefused() says why, for what the schema does not allow.
    Q_INVOKABLE bool edit(int row, int column, const QVariant &value);
    //! Makes a new row at the end, and says where it is; -1 if that is not possible.
    Q_INVOKABLE int appendRow();
    Q_INVOKABLE bool removeRow(int row);
    Q_INVOKABLE void sortBy(int column, Qt::SortOrder order = Qt::AscendingOrder) { sort(column, order); }
    //! Looks for the next row behind \a fromRow whose column contains \a text: found() or notFound() follows.
    Q_INVOKABLE void findText(const QString &columnName, const QString &text, int fromRow,
                              bool backwards = false);
    //! What has become of a row that is in conflict: {gone, columns: [{name, base, mine, theirs}]}.
    Q_INVOKABLE QVariantMap conflictOf(int row) const;
    Q_INVOKABLE void keepMine(int row) { resolve(row, Resolution::KeepMine); }
    Q_INVOKABLE void takeTheirs(int row) { resolve(row, Resolution::TakeTheirs); }
    Q_INVOKABLE void revertOne(int row) { revertRow(row); }

    void classBegin() override;
    void componentComplete() override;

Q_SIGNALS:
    void poolChanged();
    void activeChanged();
    void rowsChanged();
    void columnNamesChanged();
    void filterMapChanged();
    void relationMapChanged();
    void lockingChanged();

private:
    void selectSoon();
    void applyRelations();

    Internal::PoolProperty m_sqlPool;
    QTimer m_selectTimer; // several properties set at once make one selection
    QVariantMap m_filter;
    QVariantMap m_relations;
    QString m_versionColumn;
    bool m_active = true;
    bool m_complete = true;
};

} // namespace QAsyncMySql
