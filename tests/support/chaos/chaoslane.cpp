// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/chaos/chaoslane.h"

#include <algorithm>
#include <utility>

namespace {

constexpr qsizetype HeaderSize = 4;
constexpr qint64 TickMs = 10; // between two portions where the bandwidth is limited

constexpr auto LongestEnd = std::chrono::milliseconds(200); // of a connection that is closed

} // namespace

ChaosLane::ChaosLane(QTcpSocket *from, QTcpSocket *to, const ChaosPlan::Lane &plan,
                     std::function<void(ChaosPlan::Cut)> cut)
    : m_from(from)
    , m_to(to)
    , m_plan(plan)
    , m_cut(std::move(cut))
{
    m_clock.start();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { pump(); });
    connect(from, &QIODevice::readyRead, this, [this] { readable(); });
}

void ChaosLane::silence()
{
    m_silent = true;
    m_timer.stop();
}

void ChaosLane::holdAt(qint64 byte)
{
    m_holdAt = byte;
    pump();
}

void ChaosLane::sourceEnded()
{
    readable();
    m_ended = true;
    pump();
}

QString ChaosLane::describe() const
{
    return QStringLiteral("passed %1, waiting %2%3%4%5; from %6 with %7 to read, to %8 with %9 to write")
        .arg(m_passed)
        .arg(m_queue.size())
        .arg(QLatin1String(m_silent ? ", silent" : ""), QLatin1String(m_ended ? ", ended" : ""),
             QLatin1String(m_closed ? ", not open" : ""))
        .arg(int(m_from->state()))
        .arg(m_from->bytesAvailable())
        .arg(int(m_to->state()))
        .arg(m_to->bytesToWrite());
}

void ChaosLane::open(const QByteArray &bytes)
{
    m_closed = false;
    take(bytes);
    readable();
}

void ChaosLane::readable()
{
    if (!m_silent && !m_cutQueued && !m_closed)
        take(m_from->readAll());
}

void ChaosLane::take(QByteArray bytes)
{
    if (m_plan.corruptedByte >= m_taken && m_plan.corruptedByte < m_taken + bytes.size()) {
        const qsizetype at = qsizetype(m_plan.corruptedByte - m_taken);
        bytes[at] = char(quint8(bytes[at]) ^ m_plan.corruption);
    }
    m_taken += bytes.size();
    if (m_plan.needsPackets()) {
        m_input += bytes;
        takePackets();
    } else {
        pass(bytes);
    }
    pump();
}

void ChaosLane::takePackets()
{
    while (m_input.size() >= HeaderSize && !m_cutQueued) {
        const auto *header = reinterpret_cast<const uchar *>(m_input.constData());
        const qsizetype size = HeaderSize + (header[0] | header[1] << 8 | header[2] << 16);
        if (m_input.size() < size)
            return;
        const bool isCommand = header[3] == 0;
        takePacket(m_input.first(size), isCommand);
        m_input.remove(0, size);
    }
}

void ChaosLane::takePacket(QByteArray packet, bool isCommand)
{
    if (m_packets == m_plan.cutAtPacket || (isCommand && m_commands == m_plan.cutAtCommand)) {
        m_cutQueued = true;
        return;
    }
    m_commands += isCommand ? 1 : 0;
    const qint64 number = m_packets++;
    if (number == m_plan.swappedPacket) {
        m_held = packet;
        return;
    }
    pass(packet);
    if (number == m_plan.duplicatedPacket)
        pass(packet);
    if (!m_held.isEmpty())
        pass(std::exchange(m_held, {}));
}

void ChaosLane::pass(QByteArray bytes)
{
    if (!bytes.isEmpty())
        m_queue.push_back({std::move(bytes), m_clock.elapsed() + m_plan.latency.count()});
}

void ChaosLane::pump()
{
    if (m_silent || m_timer.isActive())
        return;
    while (!m_queue.empty()) {
        Piece &piece = m_queue.front();
        const qint64 wait = piece.due - m_clock.elapsed();
        if (wait > 0) {
            m_timer.start(int(wait));
            return;
        }
        qint64 count = piece.bytes.size();
        if (m_plan.slice > 0)
            count = std::min(count, m_plan.slice);
        if (m_plan.bytesPerSecond > 0)
            count = std::min(count, std::max<qint64>(1, m_plan.bytesPerSecond * TickMs / 1000));
        if (m_plan.cutAtByte >= 0)
            count = std::min(count, m_plan.cutAtByte - m_passed);
        if (m_holdAt >= 0)
            count = std::min(count, m_holdAt - m_passed);
        if (count <= 0 && m_holdAt >= 0)
            return;
        m_to->write(piece.bytes.constData(), count);
        m_passed += count;
        if (m_plan.cutAtByte >= 0 && m_passed == m_plan.cutAtByte) {
            m_cutQueued = true;
            m_queue.clear();
            break;
        }
        piece.bytes.remove(0, qsizetype(count));
        if (piece.bytes.isEmpty())
            m_queue.pop_front();
        if (m_plan.slice > 0 || m_plan.bytesPerSecond > 0) {
            m_to->flush();
            m_timer.start(m_plan.bytesPerSecond > 0 ? int(TickMs) : 0);
            return;
        }
    }
    if (m_cutQueued || (m_plan.cutAtByte == 0 && m_passed == 0)) {
        silence();
        m_to->flush();
        m_cut(m_plan.cut);
    } else if (m_ended) {
        silence();
        m_to->flush(); // else it can wait for ever to close
        m_to->disconnectFromHost();
        // And even so, it can; then nobody would hear of the end, and a server's session would keep its
        // locks.
        QTimer::singleShot(LongestEnd, m_to, [to = m_to] {
            if (to->state() != QAbstractSocket::UnconnectedState)
                to->abort();
        });
    }
}
