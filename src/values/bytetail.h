// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

namespace QAsyncMySql::Internal {

/*!
    What is written behind the end of a byte array: room for it is made once, and what was not used of that is
   given back. Dear calls are spared where much is made of small pieces.
*/
class ByteTail
{
public:
    //! \a room: the most bytes that will be written.
    ByteTail(QByteArray &to, qsizetype room)
        : m_to(to)
    {
        const qsizetype size = to.size();
        to.resize(size + room); // grows by more than that, and does not clear it
        at = to.data() + size;
    }
    ~ByteTail() { m_to.resize(at - m_to.constData()); }
    Q_DISABLE_COPY_MOVE(ByteTail)

    char *at; //!< where the next byte goes

private:
    QByteArray &m_to;
};

} // namespace QAsyncMySql::Internal
