// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QPointer>

namespace QAsyncMySql::Internal {

//! Counts in \a depth for as long as a change of a model is being announced; \a owner, which holds it, may
//! go.
class ModelChange
{
public:
    ModelChange(QObject *owner, int *depth)
        : m_owner(owner)
        , m_depth(depth)
    {
        ++*m_depth;
    }
    ~ModelChange()
    {
        if (m_owner)
            --*m_depth;
    }
    Q_DISABLE_COPY_MOVE(ModelChange)
    bool alive() const { return !m_owner.isNull(); }

private:
    const QPointer<QObject> m_owner;
    int *const m_depth;
};

} // namespace QAsyncMySql::Internal
