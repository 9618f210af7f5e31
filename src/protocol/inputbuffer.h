// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/bytebuffer.h"

#include <QtCore/QByteArrayView>

namespace QAsyncMySql::Protocol {

//! Bytes that were received and not yet used. Grows with what arrives, and gives back what a peak took.
class InputBuffer
{
public:
    //! Room for \a atLeast bytes behind the last; valid until the next call.
    char *space(qsizetype atLeast);
    void written(qsizetype count);
    qsizetype pending() const noexcept { return qsizetype(m_end - m_begin); }
    const char *data() const noexcept { return m_bytes.data() + m_begin; }
    QByteArrayView peek() const noexcept { return QByteArrayView(data(), pending()); }
    void consume(qsizetype count) noexcept { m_begin += size_t(count); }
    //! Frees the memory of a large buffer, if it is empty.
    void trim();

private:
    // All of its capacity is used. What is not cleared takes memory only where bytes arrive, and most
    // connections never see many.
    Internal::ByteBuffer m_bytes;
    size_t m_begin = 0; // first byte not used
    size_t m_end = 0; // behind the last byte received
};

} // namespace QAsyncMySql::Protocol
