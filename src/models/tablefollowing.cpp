// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of TableModelCore that keeps up with what others change, by itself.

#include "models/tablemodelcore.h"

#include <QAsyncMySql/changesource.h>

namespace QAsyncMySql {

ChangeSource::ChangeSource(QObject *parent)
    : QObject(parent)
{
}

ChangeSource::~ChangeSource() = default;

namespace Internal {

namespace {

// Changes that are told one after the other make one refresh.
constexpr int GatherTime = 50; // ms
// Counting may take this part of the time: for a large table it costs more than its pages.
constexpr qint64 CountingShare = 20;
// Rows that are counted about as fast as a page is read.
constexpr qint64 SmallTable = 16'384;

} // namespace

void TableModelCore::setRefreshInterval(int milliseconds)
{
    m_refreshInterval = milliseconds;
    if (milliseconds > 0)
        m_refreshTimer.start(milliseconds, this);
    else
        m_refreshTimer.stop();
}

void TableModelCore::setChangeSource(ChangeSource *source)
{
    if (m_changeSource)
        m_changeSource->disconnect(this);
    m_changeSource = source;
    if (!source)
        return;
    connect(source, &ChangeSource::tableChanged, this, [this](const QString &schema, const QString &changed) {
        const bool mine = (changed.isEmpty() || changed == m_schema.table)
            && (schema.isEmpty() || schema == m_schema.schema);
        if (mine && !m_gatherTimer.isActive())
            m_gatherTimer.start(GatherTime, this);
    });
}

// Asks again for what is looked at, if nothing of that is under way. What is streamed would have to be read
// to its end.
void TableModelCore::follow()
{
    if (m_status != Status::Ready || m_stream || m_paused || m_changing > 0)
        return;
    if (m_fetching >= 0) {
        m_gatherTimer.start(GatherTime, this);
        return;
    }
    refreshPages();
    if (m_counting)
        return;
    const bool dueAgain = m_total <= SmallTable || !m_sinceCount.isValid()
        || m_sinceCount.elapsed() >= m_countingTime * CountingShare;
    if (dueAgain)
        startCounting();
}

} // namespace Internal

} // namespace QAsyncMySql
