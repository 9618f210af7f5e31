// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/schemamodelcore.h"

#include "models/modelchange.h"

#include <QtCore/QTimer>

#include <algorithm>

namespace QAsyncMySql::Internal {

SchemaModelCore::SchemaModelCore(SchemaModel *model)
    : m_model(model)
{
}

SchemaModelCore::~SchemaModelCore() = default;

SchemaNode *SchemaModelCore::nodeOf(const QModelIndex &index)
{
    return index.isValid() ? static_cast<SchemaNode *>(index.internalPointer()) : &m_root;
}

QModelIndex SchemaModelCore::indexOf(const SchemaNode &node, int column) const
{
    return &node == &m_root ? QModelIndex() : m_model->createIndex(node.row, column, &node);
}

bool SchemaModelCore::canRead(const SchemaNode &node) const
{
    return node.state == SchemaNode::State::Unread && !node.busy && mayHaveChildren(node)
        && (pool || connection);
}

bool SchemaModelCore::mayHaveChildren(const SchemaNode &node) const
{
    if (!node.isBranch() || (node.isTable() && !contents))
        return false;
    return node.state == SchemaNode::State::Unread || !node.children.empty();
}

//! Emits a signal of the model; false if this object has gone or was cleared meanwhile.
template <class Signal, class... Args> bool SchemaModelCore::tell(Signal signal, const Args &...args)
{
    const QPointer<SchemaModelCore> self(this);
    const quint64 epoch = m_epoch;
    (m_model->*signal)(args...);
    return self && m_epoch == epoch;
}

void SchemaModelCore::read(SchemaNode &node)
{
    if (canRead(node))
        start(node, false);
}

void SchemaModelCore::refresh()
{
    if (!m_root.busy)
        start(m_root, true);
}

void SchemaModelCore::clear()
{
    ++m_epoch;
    m_channel.cancel();
    const bool wasLoading = std::exchange(m_reading, 0) > 0;
    if (m_changing > 0) { // asked for from inside a change that is being announced
        QTimer::singleShot(0, this, [this] { clear(); });
        return;
    }
    const QPointer<SchemaModelCore> self(this);
    {
        const ModelChange change(this, &m_changing);
        m_model->beginResetModel();
        if (!change.alive())
            return;
        m_root.children.clear();
        m_root.state = SchemaNode::State::Unread;
        m_root.busy = false;
        m_model->endResetModel();
    }
    if (self && wasLoading)
        tell(&SchemaModel::loadingChanged);
}

void SchemaModelCore::start(SchemaNode &node, bool again)
{
    const auto reading = std::make_shared<Reading>();
    reading->index = indexOf(node);
    reading->ofRoot = &node == &m_root;
    reading->again = again;
    if (node.isTable()) {
        for (const auto content : {SchemaModel::Columns, SchemaModel::Indexes, SchemaModel::ForeignKeys}) {
            if (contents.testFlag(content))
                reading->statements.emplace_back(
                    tableContentsQuery(content, node.schemaName(), node.name),
                    [content](const ResultSet &rows) { return contentNodes(content, rows); });
        }
    } else if (node.name.isEmpty()) {
        reading->statements.emplace_back(schemasQuery(systemSchemas), schemaNodes);
    } else {
        reading->statements.emplace_back(tablesQuery(node.name), tableNodes);
    }
    if (!connection)
        m_channel.setPool(pool);
    else if (m_channel.connection() != connection)
        m_channel.setConnection(connection);
    node.busy = true;
    if (m_reading++ == 0 && !tell(&SchemaModel::loadingChanged))
        return;
    if (tellBusy(reading->index))
        proceed(reading);
}

bool SchemaModelCore::tellBusy(const QPersistentModelIndex &index)
{
    if (!index.isValid())
        return true;
    const QModelIndex changed(index);
    return tell(&SchemaModel::dataChanged, changed, changed, QList<int>{SchemaModel::BusyRole});
}

void SchemaModelCore::proceed(const std::shared_ptr<Reading> &reading)
{
    if (reading->next >= reading->statements.size()) {
        finish(reading, Error());
        return;
    }
    const SqlFragment &statement = reading->statements.at(reading->next).first;
    m_channel.run(statement.text, statement.values,
                  [this, reading, epoch = m_epoch](const Result<ResultSet> &result) {
                      if (m_epoch == epoch)
                          arrived(reading, result);
                  });
}

void SchemaModelCore::arrived(const std::shared_ptr<Reading> &reading, const Result<ResultSet> &result)
{
    // In a nested event loop inside of a change that is being announced: later.
    if (m_changing > 0) {
        QTimer::singleShot(10, this, [this, reading, result, epoch = m_epoch] {
            if (m_epoch == epoch)
                arrived(reading, result);
        });
        return;
    }
    if (!result) {
        finish(reading, result.error());
        return;
    }
    SchemaNode::Nodes nodes = reading->statements.at(reading->next++).second(*result);
    std::move(nodes.begin(), nodes.end(), std::back_inserter(reading->nodes));
    proceed(reading);
}

void SchemaModelCore::finish(const std::shared_ptr<Reading> &reading, const Error &error)
{
    const bool isGone = !reading->ofRoot && !reading->index.isValid();
    if (!isGone) {
        SchemaNode &node = *nodeOf(reading->index);
        node.busy = false;
        node.state = error ? SchemaNode::State::Failed : SchemaNode::State::Read;
        if (!error && !replace(node, std::move(reading->nodes)))
            return;
        if (!tellBusy(reading->index))
            return;
    }
    const quint64 epoch = m_epoch;
    const QPointer<SchemaModelCore> self(this);
    if (reading->again && !error && !isGone) {
        // What is open below, too. What could not be read may be asked for again.
        std::vector<QPersistentModelIndex> below;
        for (const auto &child : nodeOf(reading->index)->children) {
            if (child->state == SchemaNode::State::Failed)
                child->state = SchemaNode::State::Unread;
            else if (child->state == SchemaNode::State::Read && !child->busy)
                below.emplace_back(indexOf(*child));
        }
        for (const QPersistentModelIndex &index : below) {
            if (index.isValid())
                start(*nodeOf(index), true);
            if (!self || m_epoch != epoch)
                return;
        }
    }
    const bool errorIsNew = !(m_error == error) && (error || m_reading == 1);
    if (errorIsNew) {
        m_error = error;
        if (!tell(&SchemaModel::errorChanged))
            return;
    }
    if (error && !tell(&SchemaModel::errorOccurred, error))
        return;
    if (--m_reading == 0 && !tell(&SchemaModel::loadingChanged))
        return;
    if (!error && !isGone)
        tell(&SchemaModel::loaded, QModelIndex(reading->index));
}

//! \a announce and \a carryOut a change; false if this object has gone or was cleared by a slot.
template <class Begin, class Change>
bool SchemaModelCore::change(const Begin &announce, const Change &carryOut)
{
    const ModelChange change(this, &m_changing);
    const quint64 epoch = m_epoch;
    announce();
    if (!change.alive())
        return false;
    carryOut();
    return change.alive() && m_epoch == epoch;
}

// Both lists have the server's order, so that what is in both is found by walking along.
bool SchemaModelCore::replace(SchemaNode &node, SchemaNode::Nodes fresh)
{
    const QPersistentModelIndex parent(indexOf(node));
    const auto remove = [&](size_t from, size_t count) {
        return change([&] { m_model->beginRemoveRows(parent, int(from), int(from + count) - 1); },
                      [&] {
                          node.remove(from, count);
                          m_model->endRemoveRows();
                      });
    };
    size_t at = 0;
    for (size_t i = 0; i < fresh.size(); ++i) {
        size_t found = at;
        while (found < node.children.size() && !node.children[found]->isSame(*fresh[i]))
            ++found;
        if (found < node.children.size()) {
            if (found > at && !remove(at, found - at))
                return false;
            const SchemaNode &child = *node.children[at];
            if (node.children[at]->update(*fresh[i])
                && !tell(&SchemaModel::dataChanged, indexOf(child), indexOf(child, 1), QList<int>()))
                return false;
            ++at;
            continue;
        }
        // All those in a row that are new.
        SchemaNode::Nodes added;
        const auto isKnown = [&](const SchemaNode &candidate) {
            return std::any_of(node.children.begin() + std::ptrdiff_t(at), node.children.end(),
                               [&](const auto &child) { return child->isSame(candidate); });
        };
        do
            added.push_back(std::move(fresh[i]));
        while (i + 1 < fresh.size() && !isKnown(*fresh[i + 1]) && ++i);
        const size_t count = added.size();
        if (!change([&] { m_model->beginInsertRows(parent, int(at), int(at + count) - 1); },
                    [&] {
                        node.insert(at, std::move(added));
                        m_model->endInsertRows();
                    }))
            return false;
        at += count;
    }
    return at >= node.children.size() || remove(at, node.children.size() - at);
}

} // namespace QAsyncMySql::Internal
