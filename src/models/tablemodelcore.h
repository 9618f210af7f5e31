// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/modelchange.h"
#include "models/modelchannel.h"
#include "models/rowanchors.h"
#include "models/tablepages.h"

#include <QAsyncMySql/changesource.h>
#include <QAsyncMySql/tablemodel.h>

#include <QtCore/QElapsedTimer>

#include <functional>

namespace QAsyncMySql::Internal {

/*!
    What a TableModel does: reads the schema, fetches the pages that views look at, and walks the table in the
   background to count its rows and to gather places.

    A page is found, in this order: behind or before a neighbour that is here; from an anchor, by skipping at
   most a few thousand rows; from the end of the table; by a guess, where the key is a number. Pages at
   guessed places are asked for again once their place is known. Answers of an earlier selection are told by
   m_epoch. As in QueryModelCore nothing is used after an emission before it is known to be alive.
*/
class TableModelCore : public QObject
{
public:
    using Status = TableModel::Status;
    using Handler = std::function<void(const Result<ResultSet> &)>;

    explicit TableModelCore(TableModel *model);
    ~TableModelCore() override;
    //! For tests.
    static TableModelCore *of(TableModel *model) { return model->m_core.get(); }

    // What to show, and where from; the model's setters write these.
    QPointer<Pool> pool;
    QPointer<Connection> connection;
    QString table;
    QString schemaName;
    QStringList keyOverride;
    RowFilter filter;
    QString searchText;
    int sortColumn = -1;
    Qt::SortOrder sortOrder = Qt::AscendingOrder;

    void select();
    void refresh();
    void setRefreshInterval(int milliseconds);
    int refreshInterval() const noexcept { return m_refreshInterval; }
    void setChangeSource(ChangeSource *source);
    ChangeSource *changeSource() const { return m_changeSource; }
    void clear();
    //! Selects again if there was a selection.
    void reselect();
    void find(const RowFilter &condition, int fromRow, bool backwards);

    Status status() const noexcept { return m_status; }
    Error error() const { return m_error; }
    bool isStreaming() const noexcept { return bool(m_stream); }
    QString streamingReason() const { return m_streamingReason; }
    bool isCounting() const noexcept { return m_counting; }
    bool isCountExact() const noexcept { return m_countExact; }
    int rowCount() const noexcept { return int(m_total); }
    const QList<Column> &columns() const noexcept { return m_columns; }
    const QList<QByteArray> &roleNames() const noexcept { return m_roleNames; }
    const QStringList &key() const noexcept { return m_key; }
    const TableSchema &tableSchema() const noexcept { return m_schema; }
    const RowOrder &order() const noexcept { return m_order; }
    TablePages &pages() noexcept { return m_pages; }
    int anchorCount() const noexcept { return int(m_anchors.size()); }
    //! The row at \a position; if it is not here, it is asked for and an invalid one is returned.
    const Row &row(qint64 position);
    bool isLoaded(qint64 position);
    //! The row at \a position, of those that are here, was deleted.
    void rowRemoved(qint64 position);
    //! While rows are being deleted no pages are read; a count that goes on begins anew behind it.
    void setPaused(bool paused);
    //! Called inside of a reset, with whether all is forgotten.
    std::function<void(bool)> onReset;
    //! Called when the rows were counted again, before the model says how many there are.
    std::function<void()> onCounted;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    //! How a page is to be found.
    struct Plan
    {
        SqlFragment condition;
        qint64 offset = 0;
        int limit = 0;
        int chain = 0;
        quint64 refreshes = 0; // when it was asked for
        bool backwards = false;
        bool fromEnd = false;
        bool possible = false;
    };

    // tablemodelcore.cpp
    template <class Signal, class... Args> bool tell(Signal signal, const Args &...args)
    {
        const QPointer<TableModelCore> self(this);
        const quint64 epoch = m_epoch;
        (m_model->*signal)(args...);
        return self && m_epoch == epoch;
    }
    void ask(ModelChannel &channel, const SqlFragment &query, Handler handler);
    void stop();
    bool setStatus(Status status, const Error &error);
    void fail(const Error &error);
    void report(const Error &error);
    bool setTotal(qint64 rows, bool exact);
    SqlFragment selectFrom(const QString &what, const SqlFragment &condition) const;

    // tableselection.cpp
    void readSchema();
    void begin();
    Result<SqlFragment> makeCondition(const RowFilter &extra) const;
    void readFirstPage();
    void adopt(const ResultSet &first);
    void startStream(const QString &reason);

    // tablewindows.cpp
    void touch(qint64 page);
    void serve();
    Plan planFor(qint64 page);
    void fetch(qint64 page, const Plan &plan);
    void received(qint64 page, const Plan &plan, RowBatch rows);
    void markSeams(qint64 page, int chain);
    bool tellChanged(qint64 page, const RowBatch &before, const RowBatch &rows);

    void refreshPages();

    // tablefollowing.cpp
    void follow();

    // tablecounting.cpp
    void startCounting();
    void walk();
    void countRest();
    void endCounting();

    TableModel *const m_model;
    ModelChannel m_windows;
    ModelChannel m_background;
    ModelChannel m_extra; // searches
    quint64 m_epoch = 0;
    int m_changing = 0;
    std::vector<std::function<void()>> m_tasks; // answers that came while a change was being announced

    Status m_status = Status::Empty;
    Error m_error;
    Dialect m_dialect = Dialect::mySql(0); // of the server that the schema was read from
    TableSchema m_schema;
    QStringList m_key;
    SqlFragment m_condition; // of the filter and the search
    RowOrder m_order;
    QList<Column> m_columns;
    QList<QByteArray> m_roleNames;
    std::unique_ptr<QueryModel> m_stream;
    Row m_streamRow;
    QString m_streamingReason;

    qint64 m_total = 0;
    bool m_countExact = false;
    bool m_counting = false;
    RowAnchors m_anchors;
    RowAnchors m_recount; // of a count that is to replace that of m_anchors
    bool m_recounting = false;
    qint64 m_step = 0; // rows between two anchors
    RowOrder::Place m_firstPlace;
    RowOrder::Place m_lastPlace; // empty if it is not known

    TablePages m_pages;
    QList<qint64> m_wanted; // pages, the last wanted first
    QList<qint64> m_touched; // pages that were looked at last
    qint64 m_fetching = -1;
    qint64 m_lastFetched = -1;
    int m_lastChain = 0;
    quint64 m_refreshes = 0;
    bool m_paused = false;
    QElapsedTimer m_sinceFetch;
    QElapsedTimer m_sinceCount; // since counting began, or ended
    qint64 m_countingTime = 0; // ms that it took
    QPointer<ChangeSource> m_changeSource;
    int m_refreshInterval = 0; // ms
    QBasicTimer m_refreshTimer;
    QBasicTimer m_gatherTimer;
    QBasicTimer m_serveTimer;
    QBasicTimer m_taskTimer;
    QBasicTimer m_walkTimer;
};

} // namespace QAsyncMySql::Internal
