// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "stdindevice.h"

#include <QSocketNotifier>

#include <cstring>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace Cli {

static constexpr qsizetype BufferSize = 256 * 1024; // bytes held; beyond that the writer waits

StdinDevice::StdinDevice(QObject *parent)
    : QIODevice(parent)
{
    m_file.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered);
#ifdef Q_OS_UNIX
    m_notifier = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { fill(); });
#endif
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

StdinDevice::~StdinDevice() = default;

void StdinDevice::fill()
{
#ifdef Q_OS_UNIX
    char part[64 * 1024];
    const ssize_t count = ::read(STDIN_FILENO, part, sizeof part);
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (count > 0) {
        m_buffer.append(part, count);
        m_notifier->setEnabled(m_buffer.size() < BufferSize);
        Q_EMIT readyRead();
        return;
    }
    if (count < 0)
        setErrorString(QString::fromLocal8Bit(std::strerror(errno)));
    m_ended = true;
    m_notifier->setEnabled(false);
    Q_EMIT readChannelFinished();
#endif
}

qint64 StdinDevice::readData(char *data, qint64 maxSize)
{
    if (!m_notifier)
        return m_file.read(data, maxSize); // waits
    if (m_buffer.isEmpty())
        return m_ended ? -1 : 0;
    const qsizetype count = qMin(maxSize, m_buffer.size());
    std::memcpy(data, m_buffer.constData(), size_t(count));
    m_buffer.remove(0, count);
    m_notifier->setEnabled(!m_ended && m_buffer.size() < BufferSize);
    return count;
}

} // namespace Cli
