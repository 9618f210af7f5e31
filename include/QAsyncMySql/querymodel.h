// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/pool.h>
#include <QAsyncMySql/qasyncmysql_models_export.h>
#include <QAsyncMySql/rowconflict.h>
#include <QAsyncMySql/rowfilter.h>

#include <QtCore/QAbstractTableModel>

#include <functional>
#include <memory>

namespace QAsyncMySql {

namespace Internal {
class QueryModelCore;
class QueryEditor;
} // namespace Internal

/*!
    The rows of a query in a table model, streamed in while the view already shows them.

    Nothing blocks: load() returns at once, rows are inserted in batches as they arrive, and values
    are decoded when a view asks for them. A pool lends it a connection for as long as it reads.
    Setting another query, reload() or destroying the model cancels what runs.

    With setEditable() the cells that are those of tables can be edited, in joins too.

    \since 1.0
*/
class QASYNCMYSQL_MODELS_EXPORT QueryModel : public QAbstractTableModel
{
    Q_OBJECT
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged FINAL)
    Q_PROPERTY(
        QVariantList parameters READ parameterValues WRITE setParameterValues NOTIFY queryChanged FINAL)
    Q_PROPERTY(FetchPolicy fetchPolicy READ fetchPolicy WRITE setFetchPolicy NOTIFY fetchPolicyChanged FINAL)
    Q_PROPERTY(int batchSize READ batchSize WRITE setBatchSize NOTIFY batchSizeChanged FINAL)
    Q_PROPERTY(int holdTime READ holdTime WRITE setHoldTime NOTIFY holdTimeChanged FINAL)
    Q_PROPERTY(int sortColumn READ sortColumn NOTIFY sortChanged FINAL)
    Q_PROPERTY(Qt::SortOrder sortOrder READ sortOrder NOTIFY sortChanged FINAL)
    Q_PROPERTY(Status status READ status NOTIFY statusChanged FINAL)
    Q_PROPERTY(bool loading READ isLoading NOTIFY statusChanged FINAL)
    Q_PROPERTY(int loadedRows READ loadedRows NOTIFY progressChanged FINAL)
    Q_PROPERTY(double loadedBytes READ loadedBytesAsNumber NOTIFY progressChanged FINAL) // QML has no qint64
    Q_PROPERTY(double spilledBytes READ spilledBytesAsNumber NOTIFY progressChanged FINAL)
    Q_PROPERTY(bool complete READ isComplete NOTIFY statusChanged FINAL)
    Q_PROPERTY(double rowsPerSecond READ rowsPerSecond NOTIFY progressChanged FINAL)
    Q_PROPERTY(bool editable READ isEditable WRITE setEditable NOTIFY editableChanged FINAL)
    Q_PROPERTY(QAsyncMySql::Error error READ error NOTIFY errorChanged FINAL)
    Q_PROPERTY(QString errorString READ errorString NOTIFY errorChanged FINAL)

public:
    enum class FetchPolicy
    {
        OnDemand, //!< read on while the view asks for more (fetchMore())
        All, //!< read to the end
        FirstPage, //!< read batchSize rows and leave the rest to the server
    };
    Q_ENUM(FetchPolicy)

    enum class Status
    {
        Empty, //!< no query was run
        Loading, //!< rows are coming
        Waiting, //!< more rows are there to be fetched
        Ready, //!< all rows are here
        Failed, //!< error() says why; the rows that came stay
        Cancelled, //!< cancel() was called; the rows that came stay
    };
    Q_ENUM(Status)

    /*! Besides Qt's roles and one role for each column (Qt::UserRole + 64 + column, by the column's name). An
        editable model has those of TableModel, too: CellStateRole, RowStateRole, ErrorRole, BaseValueRole and
        ChoicesRole. No role of another model of this library has the same number. */
    enum Role
    {
        RawRole = Qt::UserRole + 1, //!< the bytes as the server sent them
        IsNullRole,
        TypeNameRole, //!< "BIGINT UNSIGNED", "VARCHAR" …
        ColumnNameRole,
        FirstColumnRole = Qt::UserRole + 64,
    };
    Q_ENUM(Role)

    explicit QueryModel(QObject *parent = nullptr);
    ~QueryModel() override;

    //! Where the query runs: a pool, or one connection. Neither is owned; setting one unsets the other.
    void setPool(Pool *pool);
    Pool *pool() const;
    void setConnection(Connection *connection);
    Connection *connection() const;

    //! The statement's text; empty where it is written differently for different servers.
    QString query() const;
    QVariantList parameterValues() const;
    void setParameterValues(const QVariantList &values);
    //! Sets the query, which load() runs.
    void setQuery(const QString &sql);
    template <class... Args>
    requires(sizeof...(Args) > 0) void setQuery(const QString &sql, Args &&...args)
    {
        const Parameters parameters = Internal::makeParameters(std::forward<Args>(args)...);
        setQuery(sql, parameters); // const, hence the overload below
    }
    void setQuery(const QString &sql, const Parameters &parameters);
    /*! A typed select as the query, with its values. A filter() may then be a typed condition on the columns
       of its tables, which joins its where(). */
    template <Sql::AnyQuery Select> void setQuery(const Select &select)
    {
        setStatement(select.statement(), [select](const Sql::Condition &condition) {
            return select.where(condition).statement();
        });
    }

    FetchPolicy fetchPolicy() const;
    void setFetchPolicy(FetchPolicy policy);
    /*! The most rows that one fetchMore() of OnDemand fetches, and that are inserted at once; 1,000 by
       default. With All, insertions grow beyond it while views take less than a millisecond for each. */
    int batchSize() const;
    void setBatchSize(int rows);
    /*! Milliseconds for which a waiting model holds its connection; 30,000 by default, -1 for ever. Then it
        reads the rest, which views are shown when they ask, and gives the connection back. */
    int holdTime() const;
    void setHoldTime(int milliseconds);
    /*! Bytes of rows held in memory, about; 256 MiB by default, 0 for no limit. Rows beyond it are kept in a
        temporary file, which is gone with the model. */
    qint64 memoryLimit() const;
    void setMemoryLimit(qint64 bytes);

    //! The column that the server sorts by (see sort()), or -1.
    int sortColumn() const;
    Qt::SortOrder sortOrder() const;
    /*! Which rows the server is to send; columns by their names in the result. load() runs the query with it.
        The query must be a single SELECT, which becomes a derived table; or a typed one, whose where() a
       typed filter joins. */
    void setFilter(const RowFilter &filter);
    RowFilter filter() const;

    Status status() const;
    bool isLoading() const { return status() == Status::Loading; }
    int loadedRows() const;
    //! Memory that the rows take, in bytes.
    qint64 loadedBytes() const;
    //! Bytes written to the temporary file.
    qint64 spilledBytes() const;
    //! All rows of the query are in the model: loadedRows() is their number.
    bool isComplete() const;
    double rowsPerSecond() const;
    Error error() const;
    QString errorString() const;
    const QList<Column> &columns() const;
    //! The row as it lies in the model; invalid outside of 0 to rowCount() - 1.
    Row row(int index) const;

    /*! Has the cells that can be written be edited: those of columns of a table that the query itself names,
       if the whole of a key of the table is among the columns. The server is asked about the tables; then
        editableChanged() follows. Not those of views and of queries inside of the query, nor any of a query
        with DISTINCT, GROUP BY or UNION, or with a filter() by names. False by default.

        setData() writes at once, and only where the cell is as it was read on the server; otherwise there is
        a conflict(). All rows of the result that the written row is in then show it. A query with the changes
        (which rows it has, and in which order) is what load() or refresh() makes. */
    void setEditable(bool on);
    bool isEditable() const;
    //! Why the cell at \a index cannot be edited, a sentence for the user; empty if it can.
    Q_INVOKABLE QString readOnlyReason(const QModelIndex &index) const;
    //! The conflict of the cell at \a index, in the columns of this model, or an invalid one.
    Q_INVOKABLE QAsyncMySql::RowConflict conflict(const QModelIndex &index) const;
    /*! Writes what was edited over what somebody else has written, or once more if writing has failed. False
        if there is nothing to write, or no row any more to write it to. */
    Q_INVOKABLE bool keepMine(const QModelIndex &index);
    //! Forgets what was edited of the row and not written, and shows what somebody else has written.
    Q_INVOKABLE void takeTheirs(const QModelIndex &index);

    // QAbstractItemModel
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    //! Edits a cell, see setEditable(); a null or invalid \a value is NULL.
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool setHeaderData(int section, Qt::Orientation orientation, const QVariant &value,
                       int role = Qt::EditRole) override;
    QHash<int, QByteArray> roleNames() const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    /*! Has the server sort by \a column and runs the query again if it was run; -1 for the query's own order.
        The query must be a single SELECT. */
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

public Q_SLOTS:
    //! Runs the query; the rows of an earlier run go when the first of the new arrive.
    void load();
    void reload() { load(); }
    /*! Runs the query again without a reset: the new rows take the place of the old, and only what differs is
        told, so that selection and scroll position stay. With other columns it is as load(). */
    void refresh();
    //! Stops the query; the rows that came stay.
    void cancel();
    //! Stops the query and removes rows and columns.
    void clear();

Q_SIGNALS:
    void queryChanged();
    void fetchPolicyChanged();
    void batchSizeChanged();
    void holdTimeChanged();
    void sortChanged();
    void statusChanged();
    //! At most 10 times a second while rows come, and once at the end.
    void progressChanged();
    void errorChanged();
    //! isEditable(), or which cells can be edited.
    void editableChanged();
    //! setData() has refused a value; \a reason is a sentence for the user.
    void editRefused(const QModelIndex &index, const QString &reason);
    //! A cell could not be written; it stays edited.
    void writeFailed(const QModelIndex &index, const QAsyncMySql::Error &error);
    //! Somebody else has changed or deleted the row: see conflict().
    void conflictFound(const QModelIndex &index);
    //! All that was edited is written, but for what \a error says of the first that is not.
    void submitted(const QAsyncMySql::Error &error);
    //! The query has ended, well or not.
    void loadFinished(const QAsyncMySql::Error &error);

private:
    double loadedBytesAsNumber() const { return static_cast<double>(loadedBytes()); }
    double spilledBytesAsNumber() const { return static_cast<double>(spilledBytes()); }

    void setStatement(const SqlStatement &statement,
                      std::function<SqlStatement(const Sql::Condition &)> narrowed);

    friend class Internal::QueryModelCore;
    friend class Internal::QueryEditor;
    std::unique_ptr<Internal::QueryModelCore> m_core;
};

} // namespace QAsyncMySql
