// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QtGlobal>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace QAsyncMySql::Internal {

/*!
    Bytes that grow at their end. New room is not cleared, and large buffers grow without being copied, as the
    system can move their pages (realloc()).
*/
class ByteBuffer
{
public:
    ByteBuffer() noexcept = default;
    ByteBuffer(ByteBuffer &&other) noexcept { swap(other); }
    ByteBuffer &operator=(ByteBuffer &&other) noexcept
    {
        ByteBuffer(std::move(other)).swap(*this);
        return *this;
    }
    ~ByteBuffer() { std::free(m_data); }
    void swap(ByteBuffer &other) noexcept
    {
        std::swap(m_data, other.m_data);
        std::swap(m_size, other.m_size);
        std::swap(m_capacity, other.m_capacity);
    }

    char *data() noexcept { return m_data; }
    const char *data() const noexcept { return m_data; }
    char *end() noexcept { return m_data + m_size; }
    size_t size() const noexcept { return m_size; }
    size_t capacity() const noexcept { return m_capacity; }
    bool empty() const noexcept { return m_size == 0; }
    QByteArrayView view() const noexcept { return QByteArrayView(m_data, qsizetype(m_size)); }

    void reserve(size_t capacity)
    {
        if (capacity > m_capacity)
            reallocate(capacity);
    }
    //! Room for \a count bytes behind the last; grows by doubling.
    void makeRoom(size_t count)
    {
        if (m_capacity - m_size < count)
            reallocate(std::max(m_size + count, m_size * 2));
    }
    //! \a size may be anything up to capacity(); what is new has any value.
    void setSize(size_t size) noexcept
    {
        Q_ASSERT(size <= m_capacity);
        m_size = size;
    }
    void resize(size_t size)
    {
        reserve(size);
        m_size = size;
    }
    void append(QByteArrayView bytes)
    {
        makeRoom(size_t(bytes.size()));
        if (!bytes.isEmpty())
            std::memcpy(m_data + m_size, bytes.data(), size_t(bytes.size()));
        m_size += size_t(bytes.size());
    }
    void shrink_to_fit()
    {
        if (m_size == 0)
            ByteBuffer().swap(*this);
        else if (m_size < m_capacity)
            reallocate(m_size);
    }

private:
    void reallocate(size_t capacity)
    {
        char *data = static_cast<char *>(std::realloc(m_data, capacity));
        Q_CHECK_PTR(data);
        m_data = data;
        m_capacity = capacity;
    }

    char *m_data = nullptr;
    size_t m_size = 0;
    size_t m_capacity = 0;
};

} // namespace QAsyncMySql::Internal
