// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/modelchannel.h"

#include <QAsyncMySql/lookupmodel.h>

namespace QAsyncMySql::Internal {

//! What a LookupModel does: asks once nothing was typed for a while, and forgets what is overtaken.
class LookupModelCore : public QObject
{
public:
    explicit LookupModelCore(LookupModel *model)
        : m_model(model)
    {
    }

    // What to look for; the model's setters write these.
    ModelChannel channel;
    TableRelation relation;
    RowFilter filter;
    QString searchText;
    int limit = 50;
    int delay = 150; // ms
    bool prefix = false;

    //! Asks after \a milliseconds, unless told so again before.
    void ask(int milliseconds);
    bool isLoading() const noexcept { return m_loading; }
    bool isComplete() const noexcept { return m_complete; }
    const Error &error() const noexcept { return m_error; }
    const ResultSet &rows() const noexcept { return m_rows; }
    int rowCount() const noexcept { return m_shown; }

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void start();
    void arrived(const Result<ResultSet> &result);

    LookupModel *const m_model;
    ResultSet m_rows;
    Error m_error;
    QBasicTimer m_timer;
    int m_shown = 0;
    bool m_loading = false;
    bool m_complete = false;
};

} // namespace QAsyncMySql::Internal
