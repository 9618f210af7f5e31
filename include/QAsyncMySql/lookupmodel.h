// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/rowfilter.h>
#include <QAsyncMySql/tablerelation.h>

#include <QtCore/QAbstractListModel>

#include <memory>

namespace QAsyncMySql {

class Connection;
class Pool;

namespace Internal {
class LookupModelCore;
}

/*!
    The rows of a table that have a text in them, for a field in which a user looks for one of them: a combo
   box, a completer, a popup in QML.

    Set setSearchText() with each key that is typed: the table is asked once nothing was typed for delay(),
   and an answer that is overtaken by the next text is not waited for (its statement is stopped on the
   server). Only the first limit() rows are fetched, in the order of what is shown. Nothing blocks.

    The text is looked for anywhere, by the column's collation; setPrefixSearch() looks at the beginning only,
   for which a server can use an index.

    \since 1.0
*/
class QASYNCMYSQL_MODELS_EXPORT LookupModel : public QAbstractListModel
{
    Q_OBJECT
    Q_PROPERTY(QString table READ table WRITE setTable NOTIFY relationChanged FINAL)
    Q_PROPERTY(QString schema READ schema WRITE setSchema NOTIFY relationChanged FINAL)
    Q_PROPERTY(QString keyColumn READ keyColumn WRITE setKeyColumn NOTIFY relationChanged FINAL)
    Q_PROPERTY(QStringList furtherKeyColumns READ furtherKeyColumns WRITE setFurtherKeyColumns NOTIFY
                   relationChanged FINAL)
    Q_PROPERTY(QString displayColumn READ displayColumn WRITE setDisplayColumn NOTIFY relationChanged FINAL)
    Q_PROPERTY(QString searchText READ searchText WRITE setSearchText NOTIFY searchTextChanged FINAL)
    Q_PROPERTY(bool prefixSearch READ isPrefixSearch WRITE setPrefixSearch NOTIFY settingsChanged FINAL)
    Q_PROPERTY(int limit READ limit WRITE setLimit NOTIFY settingsChanged FINAL)
    Q_PROPERTY(int delay READ delay WRITE setDelay NOTIFY settingsChanged FINAL)
    Q_PROPERTY(bool loading READ isLoading NOTIFY statusChanged FINAL)
    Q_PROPERTY(bool complete READ isComplete NOTIFY statusChanged FINAL)
    Q_PROPERTY(QAsyncMySql::Error error READ error NOTIFY statusChanged FINAL)
    Q_PROPERTY(QString errorString READ errorString NOTIFY statusChanged FINAL)

public:
    //! Besides Qt::DisplayRole and Qt::EditRole, the text.
    enum Role
    {
        KeyRole = Qt::UserRole + 48, //!< "key": the value of the key column
        KeysRole, //!< "keys": the values of all key columns, that one first
    };
    Q_ENUM(Role)

    explicit LookupModel(QObject *parent = nullptr);
    ~LookupModel() override;

    //! Where its statements run: a pool, or one connection. Neither is owned; setting one unsets the other.
    void setPool(Pool *pool);
    Pool *pool() const;
    void setConnection(Connection *connection);
    Connection *connection() const;

    //! Which rows are looked for; it is to be complete.
    void setRelation(const TableRelation &relation);
    TableRelation relation() const;
    QString table() const { return relation().table; }
    void setTable(const QString &table);
    QString schema() const { return relation().schema; }
    void setSchema(const QString &schema);
    QString keyColumn() const { return relation().keyColumn; }
    void setKeyColumn(const QString &column);
    //! Those of a key of several columns, besides keyColumn().
    QStringList furtherKeyColumns() const { return relation().furtherKeyColumns; }
    void setFurtherKeyColumns(const QStringList &columns);
    QString displayColumn() const { return relation().displayColumn; }
    void setDisplayColumn(const QString &column);
    //! Only these rows, besides those with the text.
    void setFilter(const RowFilter &filter);

    //! Asks the table after delay(); with an empty text for its first rows.
    void setSearchText(const QString &text);
    QString searchText() const;
    bool isPrefixSearch() const;
    void setPrefixSearch(bool on);
    //! 50 rows by default.
    int limit() const;
    void setLimit(int rows);
    //! 150 milliseconds by default.
    int delay() const;
    void setDelay(int milliseconds);

    //! A text was set, and its rows are not there yet.
    bool isLoading() const;
    //! There are no more rows with the text than the model has.
    bool isComplete() const;
    Error error() const;
    QString errorString() const;
    //! The value of the key column in \a row.
    Q_INVOKABLE QVariant key(int row) const;
    //! The values of all key columns in \a row, for TableModel::setKeys(); keyColumn() first.
    Q_INVOKABLE QVariantList keys(int row) const;
    //! The only row with exactly this text, or -1.
    Q_INVOKABLE int rowOf(const QString &text) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

public Q_SLOTS:
    //! Asks at once, also for a text that has been asked for.
    void refresh();

Q_SIGNALS:
    void relationChanged();
    void searchTextChanged();
    void settingsChanged();
    void statusChanged();
    //! The rows for searchText() are there, or error() says why not.
    void loaded();

private:
    friend class Internal::LookupModelCore;
    std::unique_ptr<Internal::LookupModelCore> m_core;
};

} // namespace QAsyncMySql
