// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <vector>

/*!
    Measures how long the event loop is held: a precise timer of one millisecond, and how late each of its
   ticks comes.
*/
class StallMeter : public QObject
{
    Q_OBJECT

public:
    explicit StallMeter(QObject *parent = nullptr);

    void start();
    void stop();
    //! Leaves out what happens until resume(): work that is the program's demonstration, not its business.
    void pause();
    void resume();

    //! The longest time between two ticks, in milliseconds.
    double longest() const { return m_longest; }
    //! The time between two ticks that \a share (0 to 1) of all do not pass, in milliseconds.
    double percentile(double share) const { return percentile(m_histogram, share, m_longest); }
    //! The most processor time of this thread between two ticks, in milliseconds: the stall that is our own
    //! doing, and not that of other programs on a busy machine. 0 where the system does not tell.
    double longestBusy() const { return m_longestBusy; }
    double busyPercentile(double share) const { return percentile(m_busyHistogram, share, m_longestBusy); }
    qsizetype ticks() const { return m_ticks; }

private:
    void tick();
    double percentile(const std::vector<int> &histogram, double share, double longest) const;

    QTimer m_timer;
    QElapsedTimer m_sinceTick;
    std::vector<int> m_histogram; // in steps of 0.05 ms
    std::vector<int> m_busyHistogram;
    qsizetype m_ticks = 0;
    double m_longest = 0;
    double m_longestBusy = 0;
    double m_busyAtTick = 0;
};
