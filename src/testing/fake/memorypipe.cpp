// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/fake/memorypipe.h"

#include <algorithm>
#include <cstring>

namespace QAsyncMySql::Internal {

std::pair<std::unique_ptr<MemoryPipe>, std::unique_ptr<MemoryPipe>> MemoryPipe::makePair()
{
    std::unique_ptr<MemoryPipe> one(new MemoryPipe);
    std::unique_ptr<MemoryPipe> other(new MemoryPipe);
    one->m_other = other.get();
    other->m_other = one.get();
    one->open(ReadWrite | Unbuffered);
    other->open(ReadWrite | Unbuffered);
    return {std::move(one), std::move(other)};
}

MemoryPipe::~MemoryPipe()
{
    MemoryPipe::close();
}

void MemoryPipe::close()
{
    if (!isOpen())
        return;
    QIODevice::close();
    if (MemoryPipe *other = std::exchange(m_other, nullptr)) {
        other->m_other = nullptr;
        // Queued, and behind what was written before.
        QMetaObject::invokeMethod(
            other, [other] { other->ended(); }, Qt::QueuedConnection);
    }
}

void MemoryPipe::ended()
{
    Q_EMIT readChannelFinished();
}

qint64 MemoryPipe::bytesToWrite() const
{
    return m_other ? m_other->m_incoming.size() : 0;
}

qint64 MemoryPipe::readData(char *data, qint64 max)
{
    const auto count = std::min<qint64>(max, m_incoming.size());
    if (count == 0)
        return m_other ? 0 : -1;
    std::memcpy(data, m_incoming.constData(), size_t(count));
    m_incoming.remove(0, qsizetype(count));
    if (MemoryPipe *other = m_other) {
        QMetaObject::invokeMethod(
            other, [other, count] { Q_EMIT other->bytesWritten(count); }, Qt::QueuedConnection);
    }
    return count;
}

qint64 MemoryPipe::writeData(const char *data, qint64 size)
{
    if (!m_other)
        return -1;
    m_other->m_incoming.append(data, qsizetype(size));
    m_other->arrived();
    return size;
}

void MemoryPipe::arrived()
{
    if (std::exchange(m_announced, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_announced = false;
            if (bytesAvailable() > 0)
                Q_EMIT readyRead();
        },
        Qt::QueuedConnection);
}

} // namespace QAsyncMySql::Internal
