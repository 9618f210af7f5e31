// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/querymodel.h>

namespace QAsyncMySql {

namespace Internal {
class TableModelCore;
}

/*!
    A whole table behind a view, whatever its size.

    Only the rows that a view looks at are fetched, found by the table's key: scrolling and jumping anywhere
    take a few milliseconds in a table of a hundred million rows, and memory stays small. The number of rows
    is an estimate at first; it is counted in the background, and with it places in the table are
    remembered by which every position is reached exactly.

    A table without a key that can be walked (see isStreaming()) is read to its end instead, into
    memory and a temporary file.

    Nothing blocks; signals are emitted from the event loop. The model holds no connection at rest, and two
    at most while it is used.

    \since 1.0
*/
class QASYNCMYSQL_MODELS_EXPORT TableModel : public QAbstractTableModel
{
    Q_OBJECT
    Q_PROPERTY(QString table READ table NOTIFY tableChanged FINAL)
    Q_PROPERTY(QString schema READ schema NOTIFY tableChanged FINAL)
    Q_PROPERTY(Status status READ status NOTIFY statusChanged FINAL)
    Q_PROPERTY(bool streaming READ isStreaming NOTIFY statusChanged FINAL)
    Q_PROPERTY(QString streamingReason READ streamingReason NOTIFY statusChanged FINAL)
    Q_PROPERTY(bool counting READ isCounting NOTIFY countChanged FINAL)
    Q_PROPERTY(bool countExact READ isCountExact NOTIFY countChanged FINAL)
    Q_PROPERTY(int sortColumn READ sortColumn NOTIFY sortChanged FINAL)
    Q_PROPERTY(Qt::SortOrder sortOrder READ sortOrder NOTIFY sortChanged FINAL)
    Q_PROPERTY(QString searchText READ searchText WRITE setSearchText NOTIFY filterChanged FINAL)
    Q_PROPERTY(QAsyncMySql::Error error READ error NOTIFY errorChanged FINAL)
    Q_PROPERTY(QString errorString READ errorString NOTIFY errorChanged FINAL)

public:
    enum class Status : quint8
    {
        Empty, //!< select() was not called
        Loading, //!< the schema and the first rows are being asked for
        Ready, //!< rows are there, and others come when they are looked at
        Failed, //!< error() says why
    };
    Q_ENUM(Status)

    //! Besides those of QueryModel, the same for every column.
    enum Role
    {
        LoadedRole
        = QueryModel::ColumnNameRole + 1, //!< whether the row has arrived; its cells are empty before
        FirstColumnRole = QueryModel::FirstColumnRole,
    };
    Q_ENUM(Role)

    explicit TableModel(QObject *parent = nullptr);
    ~TableModel() override;

    //! Where its statements run: a pool, or one connection. Neither is owned; setting one unsets the other.
    void setPool(Pool *pool);
    Pool *pool() const;
    void setConnection(Connection *connection);
    Connection *connection() const;

    //! The table or view, in \a schema or else in the default schema of the connection; select() reads it.
    void setTable(const QString &table, const QString &schema = {});
    QString table() const;
    QString schema() const;
    /*! Columns that together are different in every row and never NULL, for a view, or a table whose schema
       does not tell. The model relies on it. */
    void setKeyColumns(const QStringList &columns);
    //! The columns by which rows are found; empty before they are known and where there are none.
    QStringList keyColumns() const;

    //! Which rows are shown. Selects again if the table was selected.
    void setFilter(const RowFilter &filter);
    RowFilter filter() const;
    //! Only rows that have this text in one of their columns of text; besides the filter.
    void setSearchText(const QString &text);
    QString searchText() const;
    int sortColumn() const;
    Qt::SortOrder sortOrder() const;
    /*! Sorts by \a column, with the key to tell equal rows apart; -1 sorts by the key. Selects again. Without
       an index on the column a large table is streamed, sorted by the server once. */
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    Status status() const;
    //! All rows are read from first to last, for streamingReason().
    bool isStreaming() const;
    QString streamingReason() const;
    //! The rows are being counted in the background.
    bool isCounting() const;
    //! rowCount() was counted, and is no estimate.
    bool isCountExact() const;
    Error error() const;
    QString errorString() const;
    //! The table's columns, once it is Ready.
    QList<Column> columns() const;
    //! The row as it was read; invalid while it has not arrived, and asked for by this.
    Row row(int index) const;
    bool isLoaded(int row) const;

    //! Bytes of rows that are held in memory, about; 32 MiB by default.
    qint64 memoryLimit() const;
    void setMemoryLimit(qint64 bytes);
    qint64 memoryBytes() const;
    //! Places that were gathered so far.
    int anchorCount() const;

    /*! Looks for the next row behind \a fromRow (or before it) that \a condition lets pass, among those
       shown; found() or notFound() follows. -1 begins at the beginning. A search ends the one before. */
    void find(const RowFilter &condition, int fromRow, bool backwards = false);

    // QAbstractItemModel
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

public Q_SLOTS:
    //! Reads the schema and the first rows.
    void select();
    /*! Asks again for the rows that views look at, and counts again. What is the same is not told, so that
        selection and scroll position stay. */
    void refresh();
    //! Stops whatever runs and removes rows and columns.
    void clear();

Q_SIGNALS:
    void tableChanged();
    void filterChanged();
    void sortChanged();
    void statusChanged();
    //! rowCount() has become exact or another estimate, or counting has begun or ended.
    void countChanged();
    void errorChanged();
    //! A statement failed: of select(), of a window, of counting or of a search.
    void errorOccurred(const QAsyncMySql::Error &error);
    void found(int row);
    void notFound();

private:
    friend class Internal::TableModelCore;
    std::unique_ptr<Internal::TableModelCore> m_core;
};

} // namespace QAsyncMySql
