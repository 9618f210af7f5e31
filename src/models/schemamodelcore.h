// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/modelchannel.h"
#include "models/schemanode.h"

#include <QtCore/QPersistentModelIndex>

namespace QAsyncMySql::Internal {

/*!
    What a SchemaModel does: reads what is below a node, and puts it in the place of what was there with the
    fewest changes.

    Nodes are told by persistent indexes while their answers are under way. Answers of before a clear() are
    told by m_epoch. Nothing is used after an emission before it is known to be alive.
*/
class SchemaModelCore : public QObject
{
public:
    explicit SchemaModelCore(SchemaModel *model);
    ~SchemaModelCore() override;

    // What is shown, and from where; the model's setters write these.
    QPointer<Pool> pool;
    QPointer<Connection> connection;
    SchemaModel::Contents contents = SchemaModel::AllContents;
    bool systemSchemas = false;

    SchemaNode &root() noexcept { return m_root; }
    SchemaNode *nodeOf(const QModelIndex &index);
    QModelIndex indexOf(const SchemaNode &node, int column = 0) const;
    bool canRead(const SchemaNode &node) const;
    bool mayHaveChildren(const SchemaNode &node) const;
    void read(SchemaNode &node);
    void refresh();
    void clear();
    bool isLoading() const noexcept { return m_reading > 0; }
    const Error &error() const noexcept { return m_error; }

private:
    //! One reading of what is below a node: its statements, and what they have given so far.
    struct Reading
    {
        QPersistentModelIndex index;
        bool ofRoot = false;
        bool again = false; // what is below its children too
        std::vector<std::pair<SqlFragment, std::function<SchemaNode::Nodes(const ResultSet &)>>> statements;
        size_t next = 0;
        SchemaNode::Nodes nodes;
    };

    void start(SchemaNode &node, bool again);
    void proceed(const std::shared_ptr<Reading> &reading);
    void arrived(const std::shared_ptr<Reading> &reading, const Result<ResultSet> &result);
    void finish(const std::shared_ptr<Reading> &reading, const Error &error);
    bool tellBusy(const QPersistentModelIndex &index);
    bool replace(SchemaNode &node, SchemaNode::Nodes fresh);
    template <class Begin, class Change> bool change(const Begin &announce, const Change &carryOut);
    template <class Signal, class... Args> bool tell(Signal signal, const Args &...args);

    SchemaModel *const m_model;
    ModelChannel m_channel;
    SchemaNode m_root;
    Error m_error;
    quint64 m_epoch = 0;
    int m_reading = 0;
    int m_changing = 0;
};

} // namespace QAsyncMySql::Internal
