// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "stallmeter.h"

#include <algorithm>
#include <cmath>
#include <ctime>

namespace {
constexpr double Step = 0.05; // ms
constexpr size_t Steps = 40'000; // up to two seconds

// Processor time of this thread, in milliseconds.
double busyTime()
{
#ifdef CLOCK_THREAD_CPUTIME_ID
    timespec time = {};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0)
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
#endif
    return 0;
}
} // namespace

StallMeter::StallMeter(QObject *parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(1);
    connect(&m_timer, &QTimer::timeout, this, &StallMeter::tick);
}

void StallMeter::start()
{
    m_histogram.assign(Steps, 0);
    m_busyHistogram.assign(Steps, 0);
    m_ticks = 0;
    m_longest = 0;
    m_longestBusy = 0;
    resume();
}

void StallMeter::stop()
{
    m_timer.stop();
}

void StallMeter::pause()
{
    // What was late until now still counts.
    if (m_timer.isActive())
        tick();
    m_timer.stop();
}

void StallMeter::resume()
{
    m_sinceTick.start();
    m_busyAtTick = busyTime();
    m_timer.start();
}

void StallMeter::tick()
{
    const double gap = double(m_sinceTick.nsecsElapsed()) / 1e6;
    m_sinceTick.start();
    const double busy = busyTime();
    const double worked = busy - m_busyAtTick;
    m_busyAtTick = busy;
    ++m_ticks;
    m_longest = std::max(m_longest, gap);
    m_longestBusy = std::max(m_longestBusy, worked);
    ++m_histogram[std::min(size_t(gap / Step), Steps - 1)];
    ++m_busyHistogram[std::min(size_t(worked / Step), Steps - 1)];
}

double StallMeter::percentile(const std::vector<int> &histogram, double share, double longest) const
{
    const auto wanted = qsizetype(std::ceil(share * double(m_ticks)));
    qsizetype seen = 0;
    for (size_t i = 0; i < histogram.size(); ++i) {
        seen += histogram[i];
        if (seen >= wanted)
            return double(i + 1) * Step;
    }
    return longest;
}
