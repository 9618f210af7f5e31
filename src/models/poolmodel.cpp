// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/poolmodel.h>

#include <QtCore/QMetaEnum>
#include <QtCore/QMetaMethod>
#include <QtCore/QTimerEvent>

namespace QAsyncMySql {

namespace {

//! "850 ms", "12.3 s", "3:05 min", "2:03:05 h".
QString duration(qint64 ms)
{
    const auto twoDigits
        = [](qint64 number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    const qint64 seconds = ms / 1'000;
    if (seconds == 0)
        return QStringLiteral("%1 ms").arg(ms);
    if (seconds < 60)
        return QStringLiteral("%1.%2 s").arg(seconds).arg(ms % 1'000 / 100);
    if (seconds < 3'600)
        return QStringLiteral("%1:%2 min").arg(seconds / 60).arg(twoDigits(seconds % 60));
    return QStringLiteral("%1:%2:%3 h")
        .arg(seconds / 3'600)
        .arg(twoDigits(seconds / 60 % 60), twoDigits(seconds % 60));
}

QString stateName(PoolConnectionInfo::State state)
{
    return QString::fromLatin1(QMetaEnum::fromType<PoolConnectionInfo::State>().valueToKey(int(state)));
}

//! The value in \a column, which its text is made of.
QVariant valueOf(const PoolConnectionInfo &info, int column)
{
    switch (column) {
    case PoolModel::StateColumn:
        return int(info.state);
    case PoolModel::ConnectionColumn:
        return info.connectionId;
    case PoolModel::ServerColumn:
        return info.server;
    case PoolModel::StatementColumn:
        return info.statement;
    case PoolModel::TimeColumn:
        return info.stateMs;
    case PoolModel::BorrowerColumn:
        return info.borrower;
    case PoolModel::LoansColumn:
        return info.loans;
    case PoolModel::AgeColumn:
        return info.ageMs;
    default:
        return {};
    }
}

QVariant textOf(const PoolConnectionInfo &info, int column)
{
    switch (column) {
    case PoolModel::StateColumn:
        return stateName(info.state);
    case PoolModel::ConnectionColumn:
        return info.connectionId == 0 ? QVariant(QString()) : QVariant(info.connectionId);
    case PoolModel::TimeColumn:
        return duration(info.stateMs);
    case PoolModel::AgeColumn:
        return duration(info.ageMs);
    default:
        return valueOf(info, column);
    }
}

bool isNumber(int column)
{
    return column == PoolModel::ConnectionColumn || column == PoolModel::TimeColumn
        || column == PoolModel::LoansColumn || column == PoolModel::AgeColumn;
}

} // namespace

PoolModel::PoolModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

PoolModel::~PoolModel() = default;

void PoolModel::setPool(Pool *pool)
{
    if (pool && pool->thread() != thread()) {
        qWarning("PoolModel::setPool: the model and its pool must live in the same thread.");
        return;
    }
    if (m_pool)
        m_pool->disconnect(this);
    m_pool = pool;
    if (pool) {
        connect(pool, &Pool::countsChanged, this, &PoolModel::refreshIfObserved);
        connect(pool, &QObject::destroyed, this, &PoolModel::refresh);
    }
    refresh();
    watch();
}

void PoolModel::setRefreshInterval(std::chrono::milliseconds interval)
{
    if (m_interval == interval)
        return;
    m_interval = interval;
    m_timer.stop();
    watch();
    Q_EMIT refreshIntervalChanged();
}

bool PoolModel::isObserved() const
{
    static const QMetaMethod changed = QMetaMethod::fromSignal(&QAbstractItemModel::dataChanged);
    static const QMetaMethod inserted = QMetaMethod::fromSignal(&QAbstractItemModel::rowsInserted);
    return isSignalConnected(changed) || isSignalConnected(inserted);
}

//! Ticks if somebody looks and there is something to see.
void PoolModel::watch()
{
    if (m_interval.count() <= 0 || !m_pool || !isObserved())
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start(int(m_interval.count()), this);
}

void PoolModel::connectNotify(const QMetaMethod &signal)
{
    QAbstractTableModel::connectNotify(signal);
    // Called while the connection is being made: what there is to tell, it is to hear.
    if (std::exchange(m_watchPending, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_watchPending = false;
            refreshIfObserved();
            watch();
        },
        Qt::QueuedConnection);
}

void PoolModel::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId()) {
        QAbstractTableModel::timerEvent(event);
        return;
    }
    watch();
    refreshIfObserved();
}

void PoolModel::refreshIfObserved()
{
    if (isObserved())
        refresh();
}

void PoolModel::refresh()
{
    const QList<PoolConnectionInfo> now = m_pool ? m_pool->connections() : QList<PoolConnectionInfo>();
    // Both are in the order of their numbers, which no two connections share.
    int row = 0;
    for (const PoolConnectionInfo &info : now) {
        int last = row;
        while (last < m_rows.size() && m_rows[last].serial < info.serial)
            ++last;
        if (last > row) {
            beginRemoveRows({}, row, last - 1);
            m_rows.remove(row, last - row);
            endRemoveRows();
        }
        if (row < m_rows.size() && m_rows[row].serial == info.serial) {
            tellChanges(row, info);
        } else {
            beginInsertRows({}, row, row);
            m_rows.insert(row, info);
            endInsertRows();
        }
        ++row;
    }
    if (row < m_rows.size()) {
        beginRemoveRows({}, row, int(m_rows.size()) - 1);
        m_rows.remove(row, m_rows.size() - row);
        endRemoveRows();
    }
}

//! One signal for each run of columns that have changed.
void PoolModel::tellChanges(int row, const PoolConnectionInfo &now)
{
    const PoolConnectionInfo before = std::exchange(m_rows[row], now);
    int first = -1;
    for (int column = 0; column <= ColumnCount; ++column) {
        const bool changed = column < ColumnCount && valueOf(before, column) != valueOf(now, column);
        if (changed && first < 0)
            first = column;
        if (!changed && first >= 0) {
            Q_EMIT dataChanged(index(row, first), index(row, column - 1));
            first = -1;
        }
    }
}

int PoolModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PoolModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PoolModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const PoolConnectionInfo &info = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(info, index.column());
    case Qt::ToolTipRole:
        return index.column() == StatementColumn || index.column() == BorrowerColumn
            ? textOf(info, index.column())
            : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(isNumber(index.column()) ? Qt::AlignRight | Qt::AlignVCenter
                                                 : Qt::AlignLeft | Qt::AlignVCenter);
    case StateRole:
        return int(info.state);
    case StateNameRole:
        return stateName(info.state);
    case ConnectionIdRole:
        return info.connectionId;
    case StatementRole:
        return info.statement;
    case TimeRole:
        return info.stateMs;
    case BorrowerRole:
        return info.borrower;
    case LoansRole:
        return info.loans;
    case AgeRole:
        return info.ageMs;
    case ServerRole:
        return info.server;
    case SerialRole:
        return info.serial;
    default:
        return {};
    }
}

QVariant PoolModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case StateColumn:
        return tr("State");
    case ConnectionColumn:
        return tr("Session");
    case ServerColumn:
        return tr("Server");
    case StatementColumn:
        return tr("Statement");
    case TimeColumn:
        return tr("For");
    case BorrowerColumn:
        return tr("Borrower");
    case LoansColumn:
        return tr("Loans");
    case AgeColumn:
        return tr("Age");
    default:
        return {};
    }
}

QHash<int, QByteArray> PoolModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    // Not "state", which every Item has.
    names.insert(StateRole, "connectionState");
    names.insert(StateNameRole, "stateName");
    names.insert(ConnectionIdRole, "connectionId");
    names.insert(StatementRole, "statement");
    names.insert(TimeRole, "stateMs");
    names.insert(BorrowerRole, "borrower");
    names.insert(LoansRole, "loans");
    names.insert(AgeRole, "ageMs");
    names.insert(ServerRole, "server");
    names.insert(SerialRole, "serial");
    return names;
}

} // namespace QAsyncMySql
