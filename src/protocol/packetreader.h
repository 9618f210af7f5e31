// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QtEndian>

namespace QAsyncMySql::Protocol {

/*!
    Reads the fields of one packet: the only code that touches the bytes of a server.

    Every access is checked. The first one that does not fit makes the reader fail for good: it then
    gives zeros and empty views, so that a parser may read on and look at failed() once, at its end.
    All views point into the packet.
*/
class PacketReader
{
public:
    explicit PacketReader(QByteArrayView packet) noexcept
        : m_pos(reinterpret_cast<const uchar *>(packet.data()))
        , m_end(m_pos + packet.size())
    {
    }

    bool failed() const noexcept { return m_failed; }
    //! True if all bytes were read, and read well.
    bool finished() const noexcept { return !m_failed && m_pos == m_end; }
    bool atEnd() const noexcept { return m_pos == m_end; }
    quint64 remaining() const noexcept { return quint64(m_end - m_pos); }
    void fail() noexcept
    {
        m_failed = true;
        m_pos = m_end;
    }

    //! The next byte without taking it; 0 at the end.
    quint8 peek() const noexcept { return m_pos == m_end ? quint8(0) : *m_pos; }
    quint8 u8() noexcept { return integer<quint8>(); }
    quint16 u16() noexcept { return integer<quint16>(); }
    quint32 u24() noexcept;
    quint32 u32() noexcept { return integer<quint32>(); }
    quint64 u64() noexcept { return integer<quint64>(); }

    //! A length-encoded integer. NULL (0xFB) and 0xFF have no business here and fail.
    quint64 lenenc() noexcept
    {
        if (m_pos != m_end && *m_pos < 0xFB)
            return *m_pos++;
        return longLenenc();
    }
    QByteArrayView bytes(quint64 count) noexcept
    {
        if (count > remaining()) {
            fail();
            return {};
        }
        const auto *from = reinterpret_cast<const char *>(m_pos);
        m_pos += count;
        return QByteArrayView(from, qsizetype(count));
    }
    void skip(quint64 count) noexcept
    {
        if (count > remaining())
            fail();
        else
            m_pos += count;
    }
    QByteArrayView lenencString() noexcept { return bytes(lenenc()); }
    //! Like lenencString(), but 0xFB is read as NULL: a view whose data() is null.
    QByteArrayView lenencStringOrNull() noexcept;
    //! Up to the next NUL, which must be there and is taken.
    QByteArrayView nulString() noexcept;
    //! Up to the next NUL, which is taken, or to the end.
    QByteArrayView nulStringOrRest() noexcept;
    QByteArrayView rest() noexcept { return bytes(remaining()); }

    //! Skips \a count cells of a text row.
    void skipTextCells(qsizetype count) noexcept
    {
        for (; count > 0; --count) {
            if (m_pos == m_end)
                return fail();
            const quint8 first = *m_pos;
            if (first < 0xFB)
                skip(quint64(first) + 1);
            else if (first == 0xFB)
                ++m_pos;
            else
                skip(longLenenc());
        }
    }

private:
    template <class T> T integer() noexcept
    {
        if (remaining() < sizeof(T)) {
            fail();
            return 0;
        }
        const T value = qFromLittleEndian<T>(m_pos);
        m_pos += sizeof(T);
        return value;
    }
    quint64 longLenenc() noexcept;

    const uchar *m_pos;
    const uchar *m_end;
    bool m_failed = false;
};

} // namespace QAsyncMySql::Protocol
