// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QElapsedTimer>

namespace QAsyncMySql::Internal {

//! How fast rows come, and when it is time to say so.
class ProgressClock
{
public:
    //! Between two reports, in milliseconds.
    static constexpr qint64 Interval = 100;

    void start()
    {
        m_sinceStart.start();
        m_sinceReport.start();
        m_lastRows = 0;
        m_lastNanoseconds = 0;
    }
    //! \a rows rows are there now, in this run.
    void setRows(qsizetype rows)
    {
        m_lastRows = rows;
        m_lastNanoseconds = m_sinceStart.isValid() ? m_sinceStart.nsecsElapsed() : 0;
    }
    //! Rows per second, from the start to the last rows that came.
    double rate() const
    {
        return m_lastNanoseconds > 0 ? double(m_lastRows) * 1e9 / double(m_lastNanoseconds) : 0;
    }
    //! Milliseconds until the next report may be made; 0 if it may be made now.
    qint64 untilReport() const
    {
        return m_sinceReport.isValid() ? qMax(Q_INT64_C(0), Interval - m_sinceReport.elapsed()) : 0;
    }
    void reported() { m_sinceReport.start(); }

private:
    QElapsedTimer m_sinceStart;
    QElapsedTimer m_sinceReport;
    qsizetype m_lastRows = 0;
    qint64 m_lastNanoseconds = 0;
};

} // namespace QAsyncMySql::Internal
