// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "output.h"

#include "interrupt.h"

#include <QtGlobal>

#include <cerrno>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <poll.h>
#include <unistd.h>
#endif

namespace Cli {

Output::Output(int fileDescriptor)
    : m_fileDescriptor(fileDescriptor)
{
    m_buffer.reserve(2 * WriteSize);
}

bool Output::flush()
{
    if (m_state == State::Good && !m_buffer.isEmpty())
        writeAll();
    m_buffer.resize(0); // keeps its memory
    if (m_buffer.capacity() > 64 * WriteSize) {
        m_buffer = QByteArray(); // one huge value should not stay for ever
        m_buffer.reserve(2 * WriteSize);
    }
    return m_state == State::Good;
}

bool Output::writeAll()
{
    const char *data = m_buffer.constData();
    qsizetype left = m_buffer.size();
    while (left > 0) {
#ifdef Q_OS_WIN
        const auto written
            = qsizetype(_write(m_fileDescriptor, data, unsigned(std::min<qsizetype>(left, 1 << 20))));
#else
        const auto written = qsizetype(::write(m_fileDescriptor, data, size_t(left)));
#endif
        if (written >= 0) {
            data += written;
            left -= written;
            continue;
        }
        if (errno == EINTR) {
            if (!Interrupt::wasRequested())
                continue;
            m_state = State::Interrupted;
            return false;
        }
#ifndef Q_OS_WIN
        if (errno == EAGAIN) { // somebody else has made the terminal or pipe non-blocking
            pollfd waiting = {m_fileDescriptor, POLLOUT, 0};
            ::poll(&waiting, 1, -1);
            if (Interrupt::wasRequested()) {
                m_state = State::Interrupted;
                return false;
            }
            continue;
        }
#endif
        m_state = errno == EPIPE ? State::Closed : State::Failed;
        m_errorText = qt_error_string(errno);
        return false;
    }
    return true;
}

} // namespace Cli
