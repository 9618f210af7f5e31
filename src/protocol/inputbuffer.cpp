// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/inputbuffer.h"

#include <algorithm>
#include <cstring>

namespace QAsyncMySql::Protocol {

namespace {

constexpr size_t KeptBuffer = 512u << 10; // a buffer up to this size is not worth shrinking

} // namespace

char *InputBuffer::space(qsizetype atLeast)
{
    const auto wanted = size_t(std::max<qsizetype>(atLeast, 1));
    if (m_begin == m_end)
        m_begin = m_end = 0;
    if (m_bytes.capacity() - m_end >= wanted)
        return m_bytes.data() + m_end;

    if (m_begin > 0) {
        std::memmove(m_bytes.data(), m_bytes.data() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    // At most doubled, so that the memory follows what has come and not what was announced.
    if (m_bytes.capacity() - m_end < wanted)
        m_bytes.reserve(std::max(m_end + wanted, std::min(m_bytes.capacity() * 2, m_end * 2)));
    return m_bytes.data() + m_end;
}

void InputBuffer::written(qsizetype count)
{
    Q_ASSERT(count >= 0 && size_t(count) <= m_bytes.capacity() - m_end);
    m_end += size_t(count);
}

void InputBuffer::trim()
{
    if (m_begin != m_end)
        return;
    m_begin = m_end = 0;
    if (m_bytes.capacity() > KeptBuffer)
        m_bytes = {};
}

} // namespace QAsyncMySql::Protocol
