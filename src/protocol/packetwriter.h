// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/framing.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace QAsyncMySql::Protocol {

/*!
    Appends packets to a buffer: begin(), the fields, end(). It writes the headers, counts the
    sequence numbers, and splits payloads of 16 MiB - 1 and more.
*/
class PacketWriter
{
public:
    //! Appends to \a out; the first packet gets \a sequence.
    PacketWriter(QByteArray &out, quint8 sequence) noexcept
        : m_out(out)
        , m_sequence(sequence)
    {
    }
    Q_DISABLE_COPY_MOVE(PacketWriter)

    void begin();
    void end();
    //! begin(), \a payload, end(); for payloads that exist already.
    void packet(QByteArrayView payload);

    void u8(quint8 value);
    void u16(quint16 value);
    void u24(quint32 value);
    void u32(quint32 value);
    void u64(quint64 value);
    void f32(float value);
    void f64(double value);
    void lenenc(quint64 value);
    void bytes(QByteArrayView value);
    void zeros(qsizetype count);
    void nulString(QByteArrayView value); //!< must hold no NUL: the caller has checked
    void lenencString(QByteArrayView value);
    //! Makes room for \a size more bytes, to spare reallocations.
    void reserve(qsizetype size);

    quint8 nextSequence() const noexcept { return m_sequence; }
    bool wroteAnything() const noexcept { return m_wrote; }

private:
    QByteArray &m_out;
    qsizetype m_header = 0; // where the header of the packet under way stands
    quint8 m_sequence = 0;
    bool m_wrote = false;
};

} // namespace QAsyncMySql::Protocol
