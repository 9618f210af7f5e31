// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/modelchannel.h"
#include "models/progressclock.h"
#include "models/rowstore.h"

#include <QAsyncMySql/querymodel.h>

#include <QtCore/QBasicTimer>
#include <QtCore/QElapsedTimer>
#include <QtCore/QPointer>

#include <functional>

namespace QAsyncMySql::Internal {

class QueryEditor;

/*!
    What a QueryModel does: runs the query, takes rows from its cursor and puts them into the model.

    All changes to the model are made in turn(), from a timer of its own: never from inside a signal of the
   cursor, never while another change is being announced, and for no longer than a few milliseconds at a time.
   Whatever is emitted may end in a slot that loads again, clears, or destroys the model; so nothing of this
   object is used after an emission before \c{alive()} was asked.
*/
class QueryModelCore : public QObject
{
public:
    using Status = QueryModel::Status;
    using FetchPolicy = QueryModel::FetchPolicy;

    explicit QueryModelCore(QueryModel *model);
    ~QueryModelCore() override;
    //! For tests.
    static QueryModelCore *of(QueryModel *model) { return model->m_core.get(); }

    // What to run, and where; the model's setters write these.
    QPointer<Pool> pool;
    QPointer<Connection> connection;
    SqlStatement query;
    //! Of a typed query: the same with one more condition.
    std::function<SqlStatement(const Sql::Condition &)> narrowed;
    QVariantList parameterValues;
    FetchPolicy policy = FetchPolicy::OnDemand;
    int batchSize = 1000;
    int holdTime = 30'000; // ms that a waiting model holds its connection; -1 for ever
    int sortColumn = -1;
    Qt::SortOrder sortOrder = Qt::AscendingOrder;
    RowFilter filter;

    //! For tests: where cursors come from, instead of a pool or connection.
    std::function<std::unique_ptr<Cursor>()> source;

    //! Runs the query; \a keepRows: the rows there are give way one by one, and are told only where they
    //! differ.
    void load(bool keepRows = false);
    void cancel();
    void clear();
    bool canFetchMore() const noexcept { return m_status == Status::Waiting; }
    void fetchMore();
    //! The policy or the batch size has changed: reads on if that is what it means.
    void settingsChanged();

    Status status() const noexcept { return m_status; }
    Error error() const { return m_error; }
    double rowsPerSecond() const { return m_progress.rate(); }
    const QList<Column> &columns() const noexcept { return m_columns; }
    const QList<QByteArray> &roleNames() const noexcept { return m_roleNames; }
    RowStore &rows() noexcept { return m_rows; }
    //! Rows that views see.
    qsizetype rowCount() const noexcept { return qMax(m_shown, m_earlier.size()); }
    const Row &row(qsizetype index) const
    {
        return index < m_shown ? m_rows.row(index) : m_earlier.row(index);
    }
    //! All rows of the query are in the model, and no more will come.
    bool isComplete() const noexcept { return m_status == Status::Ready && !m_cutOff; }
    //! The statement is being read, or waits to be.
    bool holdsStatement() const noexcept { return bool(m_cursor); }
    QHash<int, QVariant> &headers() noexcept { return m_headers; }

    //! Null while the model is not to be edited.
    QueryEditor *editor() const noexcept { return m_editor.get(); }
    void setEditable(bool on);
    //! How often load() was called so far; of the run whose columns are here; and of that which row is from.
    quint64 loads() const noexcept { return m_loads; }
    quint64 adoptedLoad() const noexcept { return m_adoptedLoad; }
    quint64 loadOf(qsizetype row) const noexcept { return row < m_shown ? m_adoptedLoad : 0; }
    //! The statement that the columns are from.
    const QByteArray &ranCode() const noexcept { return m_adoptedCode; }
    //! Has \a channel use the pool or the connection; the query lets go of the latter.
    void useChannel(ModelChannel &channel);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void start();
    Result<SqlStatement> statement() const;
    void schedule();
    void turn();
    bool takeRows();
    void insert(const RowBatch &batch, qsizetype most);
    void adaptStep(qint64 nanoseconds);
    void replace(const RowBatch &batch);
    void reveal();
    void readAhead();
    void dropEarlier();
    bool checkRoom();
    void adoptColumns(const QList<Column> &columns, const RowBatch &rows);
    void settle();
    void finish(Status status, const Error &error, bool cutOff = false);
    void setState(Status status, const Error &error);
    void noteProgress();
    qsizetype wantedRows() const noexcept;
    void stop();

    //! Emits a signal of the model; false if this object has gone or another run has begun meanwhile.
    template <class Signal, class... Args> bool tell(Signal signal, const Args &...args)
    {
        const QPointer<QueryModelCore> self(this);
        const quint64 run = m_run;
        (m_model->*signal)(args...);
        return self && m_run == run;
    }

    QueryModel *const m_model;
    std::unique_ptr<Cursor> m_cursor;
    quint64 m_run = 0; // counts the runs, so that whatever belongs to an earlier one is known
    Error m_startError; // why the run could not begin
    bool m_adopted = false; // the columns of this run are in the model
    bool m_keepRows = false; // the rows of the run before stay until those of this one take their place
    bool m_buffering = false; // the view waits; what comes is put by, so that the connection is free
    bool m_cutOff = false; // FirstPage left rows on the server
    bool m_draining = false; // what still comes is of further results, which are not shown
    bool m_clearing = false; // clear() was called while a change was being announced
    int m_changing = 0; // between a begin...() and its end...()
    qsizetype m_demand = 0; // rows that OnDemand may still take
    qsizetype m_step = 0; // rows that All inserts at once

    Status m_status = Status::Empty;
    Error m_error;
    QList<Column> m_columns;
    QList<QByteArray> m_roleNames;
    QHash<int, QVariant> m_headers;
    RowStore m_rows;
    qsizetype m_shown = 0; // of these, the rows that views know of
    RowStore m_earlier; // the rows of the run before, while they give way
    Error m_ending; // how the statement ended while rows were put by

    std::unique_ptr<QueryEditor> m_editor;
    quint64 m_loads = 0;
    quint64 m_adoptedLoad = 0;
    QByteArray m_ranCode; // of the run that goes on
    QByteArray m_adoptedCode;

    QBasicTimer m_turnTimer;
    QBasicTimer m_holdTimer;
    QBasicTimer m_progressTimer;
    QElapsedTimer m_sinceInsert;
    ProgressClock m_progress;
};

} // namespace QAsyncMySql::Internal
