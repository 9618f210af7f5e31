// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/pool.h>
#include <QAsyncMySql/qasyncmysql_models_export.h>

#include <QtCore/QAbstractTableModel>
#include <QtCore/QBasicTimer>
#include <QtCore/QPointer>

#include <chrono>

namespace QAsyncMySql {

/*!
    The connections of a Pool and what runs on them, for a panel that shows what a program does.

    A row is a connection, in the order in which they were opened. While something is connected to the
    model's signals, such as a view, it follows the pool's signals, and looks for what has none (statements,
    times) every refreshInterval(); else it does nothing, and shows what it saw last. Only what has changed
    is told. Of statements it shows what PoolConnectionInfo does: nothing that is quoted in them.

    Lives in the thread of its pool.

    \since 1.0
*/
class QASYNCMYSQL_MODELS_EXPORT PoolModel : public QAbstractTableModel
{
    Q_OBJECT
    Q_PROPERTY(int refreshInterval READ refreshIntervalMs WRITE setRefreshIntervalMs NOTIFY
                   refreshIntervalChanged FINAL)

public:
    enum Column
    {
        StateColumn,
        ConnectionColumn, //!< the server's number of the session
        ServerColumn,
        StatementColumn, //!< what runs now
        TimeColumn, //!< how long it has been in its state
        BorrowerColumn, //!< who has it
        LoansColumn, //!< how often it was lent
        AgeColumn, //!< since it was opened
        ColumnCount,
    };
    Q_ENUM(Column)

    //! Besides Qt's roles: the values behind the texts, for every column alike.
    enum Role
    {
        StateRole = Qt::UserRole + 32, //!< PoolConnectionInfo::State as a number ("connectionState" for QML)
        StateNameRole, //!< "Idle"
        ConnectionIdRole,
        StatementRole,
        TimeRole, //!< in ms ("stateMs")
        BorrowerRole,
        LoansRole,
        AgeRole, //!< in ms ("ageMs")
        ServerRole, //!< "host:port"
        SerialRole, //!< the pool's own number of the connection
    };
    Q_ENUM(Role)

    explicit PoolModel(QObject *parent = nullptr);
    ~PoolModel() override;

    Pool *pool() const { return m_pool; }
    //! What is shown from now on; null shows nothing. Not owned.
    void setPool(Pool *pool);
    //! How often to look for what no signal tells; 500 ms by default, 0 never.
    std::chrono::milliseconds refreshInterval() const noexcept { return m_interval; }
    void setRefreshInterval(std::chrono::milliseconds interval);
    int refreshIntervalMs() const noexcept { return int(m_interval.count()); }
    void setRefreshIntervalMs(int interval) { setRefreshInterval(std::chrono::milliseconds(interval)); }
    //! The connection in \a row, as it was seen last.
    PoolConnectionInfo connectionAt(int row) const { return m_rows.value(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

public Q_SLOTS:
    //! Looks now.
    void refresh();

Q_SIGNALS:
    void refreshIntervalChanged();

protected:
    void connectNotify(const QMetaMethod &signal) override;
    void timerEvent(QTimerEvent *event) override;

private:
    bool isObserved() const;
    void watch();
    void refreshIfObserved();
    void tellChanges(int row, const PoolConnectionInfo &now);

    QPointer<Pool> m_pool;
    QList<PoolConnectionInfo> m_rows;
    QBasicTimer m_timer;
    std::chrono::milliseconds m_interval{500};
    bool m_watchPending = false;
};

} // namespace QAsyncMySql
