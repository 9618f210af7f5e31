// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "values/rowblock.h"

namespace QAsyncMySql::Internal {

namespace {

constexpr size_t MostRooms = 4;
constexpr size_t LeastRoom = 8 * 1024; // bytes; less is had from the allocator as cheaply
constexpr size_t LargestRoom = 512 * 1024; // more than that is only had by large rows
constexpr size_t MostWaste = 2; // so many times what is asked for

} // namespace

void SpareRoom::close()
{
    std::vector<Room> rooms;
    const std::lock_guard lock(m_mutex);
    m_open.store(false, std::memory_order_relaxed);
    m_rooms.swap(rooms);
}

void SpareRoom::put(ByteBuffer &bytes, std::vector<quint32> &ends)
{
    if (!m_open.load(std::memory_order_relaxed) || bytes.capacity() < LeastRoom
        || bytes.capacity() > LargestRoom)
        return;
    const std::lock_guard lock(m_mutex);
    if (m_rooms.size() >= MostRooms || !m_open.load(std::memory_order_relaxed))
        return;
    m_rooms.push_back({std::move(bytes), std::move(ends)});
}

void SpareRoom::take(size_t capacity, ByteBuffer &bytes, std::vector<quint32> &ends)
{
    if (!m_open.load(std::memory_order_relaxed))
        return;
    const std::lock_guard lock(m_mutex);
    if (m_rooms.empty())
        return;
    // One that does not fit makes way for others.
    Room room = std::move(m_rooms.back());
    m_rooms.pop_back();
    if (room.bytes.capacity() < capacity || room.bytes.capacity() / MostWaste > capacity)
        return;
    bytes = std::move(room.bytes);
    ends = std::move(room.ends);
    bytes.setSize(0);
    ends.clear();
}

} // namespace QAsyncMySql::Internal
