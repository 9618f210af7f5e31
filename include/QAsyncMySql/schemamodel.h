// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/pool.h>
#include <QAsyncMySql/qasyncmysql_models_export.h>

#include <QtCore/QAbstractItemModel>

#include <memory>

namespace QAsyncMySql {

namespace Internal {
class SchemaModelCore;
}

/*!
    The schemas of a server, their tables and views, and the columns, indexes and foreign keys of these, as a
    tree: for tree views, and for completers.

    Nothing is read before a view asks for it (fetchMore()), which views do when a node is opened; and nothing
    blocks. The second column has a description: a column's type, an index's columns, a table's comment.

    \since 1.0
*/
class QASYNCMYSQL_MODELS_EXPORT SchemaModel : public QAbstractItemModel
{
    Q_OBJECT
    Q_PROPERTY(QString schema READ schema WRITE setSchema NOTIFY schemaChanged FINAL)
    Q_PROPERTY(Contents contents READ contents WRITE setContents NOTIFY contentsChanged FINAL)
    Q_PROPERTY(bool systemSchemas READ systemSchemas WRITE setSystemSchemas NOTIFY systemSchemasChanged FINAL)
    Q_PROPERTY(bool loading READ isLoading NOTIFY loadingChanged FINAL)
    Q_PROPERTY(QAsyncMySql::Error error READ error NOTIFY errorChanged FINAL)
    Q_PROPERTY(QString errorString READ errorString NOTIFY errorChanged FINAL)

public:
    //! What a node is.
    enum class Kind
    {
        Schema,
        Table,
        View,
        Column,
        Index,
        ForeignKey,
    };
    Q_ENUM(Kind)

    //! What a table has below it.
    enum Content : quint8
    {
        NoContents = 0, //!< tables are leaves
        Columns = 1,
        Indexes = 2,
        ForeignKeys = 4,
        AllContents = Columns | Indexes | ForeignKeys,
    };
    Q_DECLARE_FLAGS(Contents, Content)
    Q_FLAG(Contents)

    //! Besides Qt::DisplayRole and Qt::EditRole, which are the name.
    enum Role
    {
        KindRole = Qt::UserRole + 16, //!< a Kind
        DescriptionRole, //!< the text of the second column
        SchemaRole, //!< the name of the schema that it is in
        TableRole, //!< the name of the table that it is, or is in
        CommentRole,
        PrimaryRole, //!< a column of the primary key, or that key's index
        NullableRole, //!< of a column
        ReferencedTableRole, //!< of a foreign key: "schema.table"
        BusyRole, //!< what is below is being read
    };
    Q_ENUM(Role)

    explicit SchemaModel(QObject *parent = nullptr);
    ~SchemaModel() override;

    //! Where its statements run: a pool, or one connection. Neither is owned; setting one unsets the other.
    void setPool(Pool *pool);
    Pool *pool() const;
    void setConnection(Connection *connection);
    Connection *connection() const;

    //! One schema, whose tables then are the tree's top; empty, the default, for all that the account may
    //! see.
    QString schema() const;
    void setSchema(const QString &schema);
    Contents contents() const;
    void setContents(Contents contents);
    //! Whether information_schema, mysql, performance_schema and sys are shown; false by default.
    bool systemSchemas() const;
    void setSystemSchemas(bool shown);

    bool isLoading() const;
    //! Why something could not be read last; refresh() tries again.
    Error error() const;
    QString errorString() const;

    //! The node of a schema, or of a table, among those that were read; an invalid index if there is none.
    Q_INVOKABLE QModelIndex find(const QString &schema, const QString &table = {}) const;

    // QAbstractItemModel
    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    using QObject::parent;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

public Q_SLOTS:
    /*! Reads anew what was read: what is as it was stays, with its selection and what is open below it.
       Begins with the schemas if nothing was. */
    void refresh();
    //! Forgets all of it, and reads it when it is asked for.
    void clear();

Q_SIGNALS:
    void schemaChanged();
    void contentsChanged();
    void systemSchemasChanged();
    void loadingChanged();
    void errorChanged();
    //! Something could not be read.
    void errorOccurred(const QAsyncMySql::Error &error);
    //! What is below \a parent has arrived.
    void loaded(const QModelIndex &parent);

private:
    friend class Internal::SchemaModelCore;
    std::unique_ptr<Internal::SchemaModelCore> m_core;
};

Q_DECLARE_OPERATORS_FOR_FLAGS(SchemaModel::Contents)

} // namespace QAsyncMySql
