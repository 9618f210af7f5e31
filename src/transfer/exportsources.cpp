// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/exportrun.h"

#include <QtCore/QAbstractItemModel>
#include <QtCore/QMetaProperty>

namespace QAsyncMySql::Internal {

namespace {

constexpr qsizetype RowsAtATime = 200;

} // namespace

CursorSource::CursorSource(std::unique_ptr<Cursor> cursor)
    : m_cursor(std::move(cursor))
{
}

void CursorSource::start(std::function<void()> wake)
{
    for (const auto signal : {&Cursor::rowsAvailable, &Cursor::resultFinished, &Cursor::finished})
        QObject::connect(m_cursor.get(), signal, m_cursor.get(), wake);
    QObject::connect(m_cursor.get(), &Cursor::errorOccurred, m_cursor.get(), wake);
    QObject::connect(m_cursor.get(), &Cursor::columnsReady, m_cursor.get(), wake);
}

ExportSource::Status CursorSource::write(RowFormatter &formatter, QByteArray &text, qint64 &rows)
{
    const RowBatch batch = m_cursor->takeBatch(RowsAtATime);
    if (!m_begun && !m_cursor->columns().isEmpty()) {
        m_begun = true;
        formatter.begin(text, m_cursor->columns());
    }
    if (!batch.isEmpty()) {
        if (!m_ended) {
            for (const Row &row : batch)
                formatter.appendRow(text, row);
            rows += batch.size();
        }
        return Status::Rows;
    }
    if (m_cursor->hasNextResult()) {
        m_ended = m_begun;
        m_cursor->nextResult();
        return Status::Rows;
    }
    if (!m_cursor->isFinished())
        return Status::Waiting;
    return m_cursor->error() ? Status::Failed : Status::End;
}

ModelSource::ModelSource(QAbstractItemModel *model)
    : m_model(model)
    , m_columns(model->columnCount())
{
    const QHash<int, QByteArray> roles = model->roleNames();
    for (auto it = roles.begin(); it != roles.end(); ++it) {
        if (it.value() == "loaded")
            m_loadedRole = it.key();
    }
}

void ModelSource::start(std::function<void()> wake)
{
    const auto changed = [this, wake] {
        fail(QStringLiteral("The model was reset, or its rows were moved, while it was exported."));
        wake();
    };
    QObject::connect(m_model, &QAbstractItemModel::rowsInserted, &m_context,
                     [this, wake, changed](const QModelIndex &, int first) {
                         if (first < m_row)
                             changed();
                         else
                             wake();
                     });
    QObject::connect(m_model, &QAbstractItemModel::rowsRemoved, &m_context,
                     [this, wake, changed](const QModelIndex &, int first) {
                         if (first < m_row)
                             changed();
                         else
                             wake();
                     });
    QObject::connect(m_model, &QAbstractItemModel::dataChanged, &m_context, wake);
    QObject::connect(m_model, &QAbstractItemModel::modelReset, &m_context, changed);
    QObject::connect(m_model, &QAbstractItemModel::layoutChanged, &m_context, changed);
    QObject::connect(m_model, &QAbstractItemModel::rowsMoved, &m_context, changed);
    QObject::connect(m_model, &QObject::destroyed, &m_context, wake);
}

void ModelSource::fail(const QString &why)
{
    if (!m_error)
        m_error = Error(Error::Kind::Usage, why, Error::Outcome::Executed, Error::Phase::Result);
}

bool ModelSource::isLoaded(int row) const
{
    if (m_loadedRole < 0 || m_columns == 0)
        return true;
    // Asking for its value makes the model fetch the row.
    (void)m_model->index(row, 0).data();
    return m_model->index(row, 0).data(m_loadedRole).toBool();
}

bool ModelSource::appendRow(RowFormatter &formatter, QByteArray &text)
{
    Parameters values;
    for (int column = 0; column < m_columns; ++column) {
        const Parameter value = Parameter::fromVariant(m_model->index(m_row, column).data(Qt::EditRole));
        if (!value.isValid()) {
            fail(QStringLiteral("Row %1, column %2: %3").arg(m_row).arg(column).arg(value.error().message()));
            return false;
        }
        values.append(value);
    }
    formatter.appendRow(text, values);
    ++m_row;
    return true;
}

// Our models say by properties whether more rows are to come.
ExportSource::Status ModelSource::ended()
{
    const QMetaObject *meta = m_model->metaObject();
    const QMetaProperty status = meta->property(meta->indexOfProperty("status"));
    const int value = status.isEnumType() ? status.read(m_model).toInt() : 0;
    if (status.isEnumType() && qstrcmp(status.enumerator().valueToKey(value), "Loading") == 0)
        return Status::Waiting;
    if (m_model->property("counting").toBool())
        return Status::Waiting;
    m_error = m_model->property("error").value<Error>();
    return m_error ? Status::Failed : Status::End;
}

ExportSource::Status ModelSource::write(RowFormatter &formatter, QByteArray &text, qint64 &rows)
{
    if (!m_model)
        fail(QStringLiteral("The model was destroyed while it was exported."));
    if (m_error)
        return Status::Failed;
    if (!m_begun) {
        m_begun = true;
        QStringList names;
        for (int column = 0; column < m_columns; ++column)
            names.append(m_model->headerData(column, Qt::Horizontal).toString());
        formatter.begin(text, names);
    }
    for (qsizetype i = 0; i < RowsAtATime; ++i) {
        if (m_row >= m_model->rowCount()) {
            if (!m_model->canFetchMore({}))
                return i > 0 ? Status::Rows : ended();
            m_model->fetchMore({});
            return m_model && m_row < m_model->rowCount() ? Status::Rows : Status::Waiting;
        }
        if (!isLoaded(m_row))
            return Status::Waiting;
        if (!appendRow(formatter, text))
            return Status::Failed;
        ++rows;
    }
    return Status::Rows;
}

} // namespace QAsyncMySql::Internal
