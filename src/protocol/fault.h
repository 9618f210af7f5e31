// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace QAsyncMySql::Protocol {

//! Why the core gave a conversation up. The connection is of no use afterwards.
struct Fault
{
    enum class Kind : quint8
    {
        None,
        Malformed, // a packet is not what its kind demands
        Sequence, // a packet has the wrong sequence number
        Unexpected, // a well-formed packet where it has no business
        Limit, // a limit was passed
        Unsupported, // a server too old or of another protocol
        Security, // going on would betray a secret or trust an unproven peer
        Refused, // cannot be done as the options stand (no user, NUL in a name, ...)
    };
    Kind kind = Kind::None;
    QString text; // a full sentence

    explicit operator bool() const noexcept { return kind != Kind::None; }
};

} // namespace QAsyncMySql::Protocol
