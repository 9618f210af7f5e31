// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/qasyncmysql_models_export.h>
#include <QAsyncMySql/row.h>

#include <QtCore/QHash>

namespace QAsyncMySql {

/*!
    A row that somebody else has changed or deleted since it was read, while it was edited here: what it was
    (base), what it was to be (mine), and what it is (theirs). Nothing was written.

    \since 1.0
*/
class QASYNCMYSQL_MODELS_EXPORT RowConflict
{
    Q_GADGET
    Q_PROPERTY(bool valid READ isValid CONSTANT FINAL)
    Q_PROPERTY(bool gone READ isGone CONSTANT FINAL)
    Q_PROPERTY(QList<int> columns READ columns CONSTANT FINAL)

public:
    RowConflict() = default;
    RowConflict(const Row &base, const QHash<int, QVariant> &mine, const Row &theirs)
        : m_base(base)
        , m_theirs(theirs)
        , m_mine(mine)
    {
    }

    bool isValid() const noexcept { return m_base.isValid(); }
    //! The row was deleted.
    bool isGone() const noexcept { return isValid() && !m_theirs.isValid(); }
    //! The columns that were edited here or changed there.
    QList<int> columns() const;
    Q_INVOKABLE QVariant base(int column) const { return m_base.value(column); }
    //! The edited value, or that of the base where it was not edited.
    Q_INVOKABLE QVariant mine(int column) const { return m_mine.value(column, base(column)); }
    //! Null if the row is gone.
    Q_INVOKABLE QVariant theirs(int column) const
    {
        return m_theirs.isValid() ? m_theirs.value(column) : QVariant();
    }
    Row baseRow() const { return m_base; }
    Row theirRow() const { return m_theirs; }

private:
    Row m_base;
    Row m_theirs;
    QHash<int, QVariant> m_mine;
};

} // namespace QAsyncMySql
