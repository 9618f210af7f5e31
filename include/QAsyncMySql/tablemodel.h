// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/querymodel.h>
#include <QAsyncMySql/rowconflict.h>
#include <QAsyncMySql/tablerelation.h>

QT_BEGIN_NAMESPACE
class QUndoStack;
QT_END_NAMESPACE

namespace QAsyncMySql {

class ChangeSource;
class LookupModel;

namespace Internal {
class TableModelCore;
class TableEditor;
class RelationTexts;
} // namespace Internal

/*!
    A whole table behind a view, whatever its size.

    Only the rows that a view looks at are fetched, found by the table's key: scrolling and jumping anywhere
    take a few milliseconds in a table of a hundred million rows, and memory stays small. The number of rows
    is an estimate at first; it is counted in the background, and with it places in the table are
    remembered by which every position is reached exactly.

    Cells are edited as in any model; see EditStrategy. An edited row is written only where nobody else has
    changed it since it was read (see Locking); otherwise there is a conflict() to resolve(), and nothing is
    lost. Edits stay, by the key of their row, while the model is sorted, filtered and scrolled.

    A table without a key that can be walked (see isStreaming()) is read to its end instead, into
    memory and a temporary file.

    Nothing blocks; signals are emitted from the event loop. The model holds no connection at rest, and two
    at most while it is used.

    \since 1.0
*/
class QASYNCMYSQL_MODELS_EXPORT TableModel : public QAbstractTableModel
{
    Q_OBJECT
    Q_PROPERTY(QString table READ table WRITE setTableName NOTIFY tableChanged FINAL)
    Q_PROPERTY(QString schema READ schema WRITE setSchemaName NOTIFY tableChanged FINAL)
    Q_PROPERTY(Status status READ status NOTIFY statusChanged FINAL)
    Q_PROPERTY(bool streaming READ isStreaming NOTIFY statusChanged FINAL)
    Q_PROPERTY(QString streamingReason READ streamingReason NOTIFY statusChanged FINAL)
    Q_PROPERTY(bool counting READ isCounting NOTIFY countChanged FINAL)
    Q_PROPERTY(bool countExact READ isCountExact NOTIFY countChanged FINAL)
    Q_PROPERTY(int sortColumn READ sortColumn NOTIFY sortChanged FINAL)
    Q_PROPERTY(Qt::SortOrder sortOrder READ sortOrder NOTIFY sortChanged FINAL)
    Q_PROPERTY(QString searchText READ searchText WRITE setSearchText NOTIFY filterChanged FINAL)
    Q_PROPERTY(
        int refreshInterval READ refreshInterval WRITE setRefreshInterval NOTIFY refreshIntervalChanged FINAL)
    Q_PROPERTY(bool editable READ isEditable NOTIFY statusChanged FINAL)
    Q_PROPERTY(EditStrategy editStrategy READ editStrategy WRITE setEditStrategy NOTIFY editingChanged FINAL)
    Q_PROPERTY(bool dirty READ isDirty NOTIFY editingChanged FINAL)
    Q_PROPERTY(bool submitting READ isSubmitting NOTIFY editingChanged FINAL)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY editingChanged FINAL)
    Q_PROPERTY(bool canRedo READ canRedo NOTIFY editingChanged FINAL)
    Q_PROPERTY(QAsyncMySql::Error error READ error NOTIFY errorChanged FINAL)
    Q_PROPERTY(QString errorString READ errorString NOTIFY errorChanged FINAL)

public:
    enum class Status
    {
        Empty, //!< select() was not called
        Loading, //!< the schema and the first rows are being asked for
        Ready, //!< rows are there, and others come when they are looked at
        Failed, //!< error() says why
    };
    Q_ENUM(Status)

    //! When edits are written.
    enum class EditStrategy
    {
        OnFieldChange, //!< at once
        OnRowChange, //!< when another row is edited, or by submit(), which views call
        OnManualSubmit, //!< by submitAll(), all in one transaction or none
    };
    Q_ENUM(EditStrategy)

    //! How it is made sure that nobody else's change is overwritten.
    enum class Locking
    {
        EditedColumns, //!< the columns that were edited must be as they were read
        AllColumns, //!< all columns must be
        VersionColumn, //!< the version column must be, which changes with each write (see setVersionColumn())
        None, //!< the last write wins
    };
    Q_ENUM(Locking)

    //! How an edited cell stands.
    enum class CellState
    {
        Clean, //!< as it was read
        Dirty, //!< edited, not written
        Pending, //!< being written
        Failed, //!< could not be written; ErrorRole says why
        Conflict, //!< somebody else has changed the row
    };
    Q_ENUM(CellState)

    enum class RowState
    {
        Clean,
        Changed,
        New, //!< not written yet
        Removed, //!< to be removed by submitAll()
    };
    Q_ENUM(RowState)

    //! What becomes of a conflict.
    enum class Resolution
    {
        KeepMine, //!< write mine over theirs
        TakeTheirs, //!< forget mine
    };
    Q_ENUM(Resolution)

    //! Besides those of QueryModel, the same for every column.
    enum Role
    {
        LoadedRole
        = QueryModel::ColumnNameRole + 1, //!< whether the row has arrived; its cells are empty before
        CellStateRole, //!< a CellState
        RowStateRole, //!< a RowState
        ErrorRole, //!< why the row could not be written, or an empty text
        BaseValueRole, //!< the value as it was read
        ChoicesRole, //!< the values of an ENUM or SET
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
    //! The same for a table that is a type (see Sql::Table).
    template <class Table, class = decltype(Table::tableName())> void setTable(const Table &)
    {
        const std::string_view table = Table::tableName();
        const std::string_view schema = Table::schema();
        setTable(QString::fromUtf8(table.data(), qsizetype(table.size())),
                 QString::fromUtf8(schema.data(), qsizetype(schema.size())));
    }
    void setTableName(const QString &table);
    void setSchemaName(const QString &schema);
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

    /*! Shows in \a column, for Qt::DisplayRole, what its keys stand for: the texts of another table. They are
       looked up for the rows that are looked at, many at a time, and kept; the key is shown until its text is
       there, and where there is no such row. Qt::EditRole stays the key. A null relation ends that. May be
       set before the table is selected.

       A key may have several columns (TableRelation::with(), or the foreign key): its text is then shown in
       \a column, and setKeys() edits all of them. */
    void setRelation(const QString &column, const TableRelation &relation);
    TableRelation relation(const QString &column) const;
    /*! Asks the schema for the foreign keys of the table and sets a relation for each, where there is none
       yet: in its last column, by the column of the other table that is called a name, title or label, or by
       its first one with short texts. A key of a table without texts stays as it is. relationsFound()
       follows. */
    Q_INVOKABLE void findRelations();
    /*! A model of the rows that \a column may refer to, on the same pool or connection, for an editor; null
       if the column has no relation. The caller, or \a parent, owns it. */
    LookupModel *createLookup(int column, QObject *parent) const;
    /*! Has the row of \a index refer to the row with these keys (see LookupModel::keys()), by the relation of
       its column: all columns of the key are edited in one step, and written by one statement. An invalid or
       null first key sets the column itself to NULL, which ends the reference. Otherwise as setData(). */
    Q_INVOKABLE bool setKeys(const QModelIndex &index, const QVariantList &keys);

    /*! How often the rows that views look at are asked for again, in milliseconds; 0, the default, is never.
        Rows are counted again as far as that takes no more than a small part of the time. Only what differs
       is told, and edits stay. Tables that are streamed are left alone. */
    int refreshInterval() const;
    void setRefreshInterval(int milliseconds);
    //! Has the model ask again when \a source tells of a change of its table; it is not owned.
    void setChangeSource(ChangeSource *source);
    ChangeSource *changeSource() const;

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

    /*! Whether rows can be written: the table has a key, and is not streamed. Views can be edited if
        setKeyColumns() names their key and the server allows it. */
    bool isEditable() const;
    EditStrategy editStrategy() const;
    void setEditStrategy(EditStrategy strategy);
    Locking locking() const;
    void setLocking(Locking locking);
    //! A column that changes with each write, such as a TIMESTAMP(6) ON UPDATE; sets Locking::VersionColumn.
    void setVersionColumn(const QString &column);
    bool isDirty() const;
    bool isSubmitting() const;
    bool canUndo() const;
    bool canRedo() const;
    /*! The edits as commands, for a QUndoGroup, a QUndoView, or QUndoStack::createUndoAction(); canUndo(),
       undo() and redo() are those of this stack. It is clean when all was written. Edits between its
       beginMacro() and endMacro() are one step. The model owns it; it needs Qt6::Gui. */
    QUndoStack *undoStack() const;
    //! Why \a value cannot be written to \a column, by what the schema says, or an empty text.
    QString refusal(int column, const QVariant &value) const;
    //! The conflict of \a row, or an invalid one.
    RowConflict conflict(int row) const;
    void resolve(int row, Resolution resolution);
    //! Forgets the edits of \a row; a new row goes.
    void revertRow(int row);

    // QAbstractItemModel
    /*! Edits a cell; a null or invalid \a value is NULL. False, and editRefused() says why, for what the
       schema does not allow. Generated columns are read-only. */
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    //! New rows, at the end only: \a row must be rowCount(). They are written once a cell is set.
    bool insertRows(int row, int count, const QModelIndex &parent = {}) override;
    //! Deletes rows: at once, or with OnManualSubmit by submitAll().
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;
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
    //! Writes what is edited, but for OnManualSubmit; views call it when another row becomes the current one.
    bool submit() override;
    //! Forgets the edits of OnRowChange that were not written.
    void revert() override;
    //! Writes all that is edited; submitted() follows.
    void submitAll();
    void revertAll();
    void undo();
    void redo();

Q_SIGNALS:
    void tableChanged();
    void filterChanged();
    void sortChanged();
    void refreshIntervalChanged();
    void statusChanged();
    //! rowCount() has become exact or another estimate, or counting has begun or ended.
    void countChanged();
    void errorChanged();
    //! A statement failed: of select(), of a window, of counting or of a search.
    void errorOccurred(const QAsyncMySql::Error &error);
    //! Whether there are edits, whether they are being written, what can be undone.
    void editingChanged();
    //! setData() has refused a value; \a reason is a sentence for the user.
    void editRefused(const QModelIndex &index, const QString &reason);
    //! A row could not be written; it stays edited.
    void writeFailed(int row, const QAsyncMySql::Error &error);
    //! Somebody else has changed or deleted the row: see conflict().
    void conflictFound(int row);
    //! What was to be written is written, or \a error says why not; with OnManualSubmit nothing is then.
    void submitted(const QAsyncMySql::Error &error);
    void found(int row);
    void notFound();
    //! findRelations() is at its end; \a columns are those that have got a relation.
    void relationsFound(const QStringList &columns);

private:
    friend class Internal::TableModelCore;
    friend class Internal::TableEditor;
    std::unique_ptr<Internal::TableModelCore> m_core;
    std::unique_ptr<Internal::TableEditor> m_editor;
    std::unique_ptr<Internal::RelationTexts> m_relations;
};

} // namespace QAsyncMySql
