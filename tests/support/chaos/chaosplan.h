// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QMetaType>

#include <array>
#include <chrono>

//! What a ChaosProxy does to one connection. The default is nothing.
class ChaosPlan
{
public:
    enum Direction : quint8
    {
        ToServer,
        ToClient
    };
    //! How a connection is cut.
    enum class Cut : quint8
    {
        Fin, //!< a regular end, on both sides
        Reset, //!< a reset towards the client, an end towards the server
        HalfClose, //!< an end in this direction only
        Silence, //!< nothing: what comes is neither read nor passed on
    };
    static constexpr qint64 Never = -1;

    //! What is done in one direction. Packets and bytes are counted from 0.
    struct Lane
    {
        std::chrono::milliseconds latency{0};
        qint64 bytesPerSecond = 0; // 0: as fast as it goes
        qint64 slice = 0; // bytes passed on at a time; 0: all
        qint64 cutAtByte = Never; // so many bytes are passed on
        qint64 cutAtPacket = Never; // so many packets are passed on
        qint64 cutAtCommand = Never; // so many packets that begin a command are passed on
        qint64 duplicatedPacket = Never;
        qint64 swappedPacket = Never; // with the one behind it
        qint64 corruptedByte = Never;
        quint8 corruption = 0xFF; // that byte is XORed with
        Cut cut = Cut::Fin;

        bool needsPackets() const
        {
            return cutAtPacket >= 0 || cutAtCommand >= 0 || duplicatedPacket >= 0 || swappedPacket >= 0;
        }
    };

    Lane &operator[](Direction direction) { return m_lanes[direction]; }
    const Lane &operator[](Direction direction) const { return m_lanes[direction]; }

private:
    std::array<Lane, 2> m_lanes;
};
Q_DECLARE_METATYPE(ChaosPlan)
