// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/chaos/chaosplan.h"

#include <QtCore/QtGlobal>

#include <utility>

/*!
    The places at which a conversation is cut, one after the other, in one direction: at each, the whole
    conversation is had again. The first time it goes through, and is measured.

    Every \a step-th byte; QASYNCMYSQL_CUTS=all makes it every byte.
*/
class CutCourse
{
public:
    CutCourse(ChaosPlan::Direction direction, ChaosPlan::Cut how, int step)
        : m_direction(direction)
        , m_how(how)
        , m_step(qEnvironmentVariable("QASYNCMYSQL_CUTS") == QLatin1String("all") ? 1 : step)
    {
        if (how == ChaosPlan::Cut::Silence) // each takes as long as the timeouts do
            m_step = m_step * 2 - 1;
    }

    bool isMeasured() const { return m_length >= 0; }
    //! An uncut conversation takes \a bytes bytes.
    void setLength(qint64 bytes) { m_length = bytes; }
    qint64 length() const { return m_length; }
    bool atEnd() const { return isMeasured() && m_next > m_length; }
    ChaosPlan::Direction direction() const { return m_direction; }
    //! The plan of the next cut, and where it is; nothing is cut before setLength().
    std::pair<ChaosPlan, qint64> next()
    {
        ChaosPlan plan;
        if (!isMeasured())
            return {plan, -1};
        const qint64 place = std::exchange(m_next, m_next + m_step);
        plan[m_direction].cutAtByte = place;
        plan[m_direction].cut = m_how;
        return {plan, place};
    }

private:
    ChaosPlan::Direction m_direction;
    ChaosPlan::Cut m_how;
    int m_step;
    qint64 m_length = -1; // over TLS it varies by a few bytes
    qint64 m_next = 0;
};
