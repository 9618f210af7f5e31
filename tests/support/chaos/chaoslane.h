// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/chaos/chaosplan.h"

#include <QtCore/QByteArray>
#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <QtNetwork/QTcpSocket>

#include <deque>
#include <functional>

//! One direction of one connection of a ChaosProxy.
class ChaosLane final : public QObject
{
public:
    ChaosLane(QTcpSocket *from, QTcpSocket *to, const ChaosPlan::Lane &plan,
              std::function<void(ChaosPlan::Cut)> cut);

    //! Bytes passed on so far.
    qint64 passed() const { return m_passed; }
    //! Reads nothing until open(); \a bytes that were read by somebody else come first then.
    void close() { m_closed = true; }
    void open(const QByteArray &bytes);
    //! Passes on no more than \a byte bytes in all, until release(); what comes meanwhile is kept.
    void holdAt(qint64 byte);
    void release() { holdAt(ChaosPlan::Never); }
    bool isHeld() const { return m_holdAt >= 0 && m_passed >= m_holdAt && !m_queue.empty(); }
    //! Nothing more is read or passed on.
    void silence();
    //! The source has ended: passes on what is left, then the end.
    void sourceEnded();
    //! For messages.
    QString describe() const;

private:
    struct Piece
    {
        QByteArray bytes;
        qint64 due; // ms of the clock
    };

    void readable();
    void take(QByteArray bytes);
    void takePackets();
    void takePacket(QByteArray packet, bool isCommand);
    void pass(QByteArray bytes);
    void pump();

    QTcpSocket *m_from;
    QTcpSocket *m_to;
    const ChaosPlan::Lane m_plan;
    std::function<void(ChaosPlan::Cut)> m_cut;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::deque<Piece> m_queue;
    QByteArray m_input; // packets that are not complete
    QByteArray m_held; // the packet to be swapped with the next
    qint64 m_holdAt = ChaosPlan::Never;
    qint64 m_passed = 0;
    qint64 m_taken = 0; // bytes taken from the source
    qint64 m_packets = 0;
    qint64 m_commands = 0;
    bool m_closed = false;
    bool m_ended = false;
    bool m_silent = false;
    bool m_cutQueued = false; // what is queued is the last
};
