// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <chrono>

namespace QAsyncMySql::Internal {

/*!
    How much is read at a time, and whether what has come is read at once or a little later, together with
    what comes until then.

    Servers write a result in pieces of 16 KiB, and whoever reads faster than they write is woken for each:
    half of what a large result costs then. So when many pieces have come closely after each other, those
    behind them are let gather in the kernel. The first rows of a result, and a result that comes slowly,
    never wait.
*/
class ReadPace
{
public:
    static constexpr std::chrono::milliseconds Pause{1};

    //! Bytes to be read at a time: few until there is more, since memory costs a connection more than
    //! anything else that it is opened with.
    qsizetype size() const noexcept { return m_size; }
    //! A reading has brought \a bytes.
    void took(qint64 bytes)
    {
        if (bytes == m_size) { // there is more, and no use in waiting for it
            m_size = std::min(m_size * Growth, Largest);
            m_pieces = 0;
            return;
        }
        const bool close = m_last.isValid() && m_last.elapsed() <= 4 * Pause.count();
        m_last.start();
        m_pieces = close && bytes >= LeastPiece ? m_pieces + 1 : 0;
    }
    //! The answer is whole.
    void answered() noexcept { m_pieces = 0; }
    bool waits() const noexcept { return m_pieces >= ManyPieces; }

private:
    static constexpr qsizetype Largest = 256 * 1024; // bytes: one wake-up, one system call
    static constexpr qsizetype Growth = 4;
    static constexpr qint64 LeastPiece = 4 * 1024; // bytes; less are the answers to many small statements
    static constexpr int ManyPieces = 32;

    QElapsedTimer m_last;
    qsizetype m_size = 16 * 1024;
    int m_pieces = 0;
};

} // namespace QAsyncMySql::Internal
