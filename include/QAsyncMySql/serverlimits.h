// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QtGlobal>

namespace QAsyncMySql {

/*!
    What a server may make the client hold or do, beside ConnectOptions::maxPacketSize() and
    maxBufferedResult(). A value; the defaults are far above what honest servers need. Passing one is an Error
    of kind Limit that names it, and closes the connection; but for maxErrorText(), which cuts.

    \since 1.0
*/
class ServerLimits
{
public:
    //! Columns of one result: 81,919 by default. Servers give at most 4,096 per table, and 70,000 in a
    //! SELECT.
    int maxColumns() const noexcept { return m_columns; }
    ServerLimits &setMaxColumns(int count) noexcept
    {
        m_columns = count;
        return *this;
    }
    //! Bytes of the definitions of all columns of one result: 16 MiB by default.
    qint64 maxMetadata() const noexcept { return m_metadata; }
    ServerLimits &setMaxMetadata(qint64 bytes) noexcept
    {
        m_metadata = bytes;
        return *this;
    }
    //! Results of one statement (CALL, several statements): 10,000 by default.
    int maxResults() const noexcept { return m_results; }
    ServerLimits &setMaxResults(int count) noexcept
    {
        m_results = count;
        return *this;
    }
    //! Packets that a server may send until it lets one in or refuses: 16 by default.
    int maxLoginPackets() const noexcept { return m_loginPackets; }
    ServerLimits &setMaxLoginPackets(int count) noexcept
    {
        m_loginPackets = count;
        return *this;
    }
    //! Bytes of any packet before that: 16 KiB by default.
    qint64 maxLoginPacketSize() const noexcept { return m_loginPacketSize; }
    ServerLimits &setMaxLoginPacketSize(qint64 bytes) noexcept
    {
        m_loginPacketSize = bytes;
        return *this;
    }
    //! Bytes that are kept of an error's text: 4,096 by default.
    int maxErrorText() const noexcept { return m_errorText; }
    ServerLimits &setMaxErrorText(int bytes) noexcept
    {
        m_errorText = bytes;
        return *this;
    }

    friend bool operator==(const ServerLimits &a, const ServerLimits &b) noexcept = default;

private:
    qint64 m_metadata = 16 << 20;
    qint64 m_loginPacketSize = 16 << 10;
    int m_columns = 65'535 + 16'384;
    int m_results = 10'000;
    int m_loginPackets = 16;
    int m_errorText = 4096;
};

} // namespace QAsyncMySql
