// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/querysources.h"
#include "models/rowjob.h"

#include <QAsyncMySql/querymodel.h>
#include <QAsyncMySql/rowconflict.h>

#include <QtCore/QBasicTimer>
#include <QtCore/QPersistentModelIndex>

#include <deque>
#include <map>

namespace QAsyncMySql::Internal {

class QueryModelCore;

/*!
    The edits of a QueryModel: which cells are those of rows of tables, and writing these.

    A column is written where its table is named by the query itself, and the whole of a key of the table is
    among the columns of the result; the schema tells the rest. Edits and what was written belong to a row of
   a table, told by its key, and lie over the rows of the result, which stay as they came: so all rows of the
    result that the row of the table is in show them.
*/
class QueryEditor : public QObject
{
public:
    using CellState = TableModel::CellState;

    QueryEditor(QueryModel *model, QueryModelCore *core);

    //! The result has the columns of the core now. What was written before its rows were asked for is in
    //! them.
    void adopt(bool sameColumns);
    //! The rows of the run before have given way.
    void forgetWritten();

    //! Whether there is anything to be shown over the rows.
    bool isEmpty() const noexcept { return m_entries.empty(); }
    bool isBusy() const noexcept { return m_running || m_asking > 0 || !m_queue.empty(); }
    //! Why the cell cannot be edited, or an empty text; with row -1: any of its column.
    QString refusal(int row, int column) const;
    //! What lies over the cell for \a role; invalid where nothing does.
    QVariant data(int row, int column, int role) const;
    //! Whether something lies over this row of the result.
    bool covers(const Row &row) const;
    bool setData(const QModelIndex &index, const QVariant &value);
    RowConflict conflict(const QModelIndex &index) const;
    bool keepMine(const QModelIndex &index);
    void takeTheirs(const QModelIndex &index);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    //! A table as the query names it: in a join with itself there are two.
    struct Origin
    {
        QString alias;
        TableSchema schema; // with the columns only that the result has
        QList<Column> columns; // of these, as the result describes them
        QList<int> places; // where they are in the result
        QList<int> key; // of these, those of the key
        QStringList keyNames;
        QString reason; // why it cannot be edited
        bool ready = false;
    };
    struct Entry
    {
        int origin = 0;
        RowEdit edit; // its key: as the rows of the result have it
        quint64 load
            = 0; // the run of the query that was newest when edit.base was read, or 0: it is the result's
        QPersistentModelIndex cell; // that was edited last
    };
    struct Search
    {
        int origin = 0;
        QByteArray key;
        int next = 0; // row of the result
    };

    QVariant plainData(int row, int column, int role) const;
    void findOrigins();
    void ask(int origin);
    void asked(int origin);
    QString tableName(const Origin &origin) const;
    RowWriter writerOf(const Origin &origin) const;
    QByteArray keyIn(const Row &row, const Origin &origin) const;
    QByteArray currentKey(const Entry &entry) const;
    Row rowIn(const Row &row, const Origin &origin) const;
    const Entry *find(int row, int column) const;
    Entry *find(int row, int column, bool make);
    Entry *byId(quint64 id);
    void put(Entry entry);
    void drop(quint64 id);
    void enqueue(quint64 id);
    void next();
    void ended(quint64 id, const Row &before, const RowOutcome &outcome);
    void spread(quint64 id, const Row &before, int origin);
    void spreadTo(int from, int origin, const Row &before, const Row &fresh);
    bool tellFailure(const Entry &entry, const RowOutcome &outcome);
    bool tell(const Entry &entry);
    void search();

    QueryModel *const m_model;
    QueryModelCore *const m_core;
    ModelChannel m_channel;
    QuerySources m_sources;
    std::vector<Origin> m_origins;
    QList<int> m_originOf; // of each column of the result, or -1
    QList<int> m_placeOf; // of each column, among those of its origin
    quint64 m_generation = 0; // of the origins
    int m_asking = 0; // questions about schemas that are not answered

    std::map<quint64, Entry> m_entries;
    QHash<std::pair<int, QByteArray>, quint64> m_byKey;
    quint64 m_lastId = 0;
    std::deque<quint64> m_queue; // to be written
    bool m_running = false;
    Error m_firstError;
    std::deque<Search> m_searches; // rows of the result that are to be told of
    QBasicTimer m_searchTimer;
};

} // namespace QAsyncMySql::Internal
