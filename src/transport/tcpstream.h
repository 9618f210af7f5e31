// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transport/socketstream.h"

namespace QAsyncMySql::Transport {

//! Plain TCP. Unbuffered: half the system calls of a buffered socket, and what is not read waits in the
//! kernel.
class TcpStream final : public SocketStream
{
public:
    TcpStream(Observer &observer, const TcpTarget &target);
    void write(const QByteArray &data) override;

private:
    QAbstractSocket *m_tcp;
};

} // namespace QAsyncMySql::Transport
