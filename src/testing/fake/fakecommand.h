// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>

namespace QAsyncMySql::Internal {

//! The numbers of the commands (MySQL source documentation, "Command Phase").
namespace FakeCommand {
inline constexpr quint8 Quit = 0x01;
inline constexpr quint8 InitDb = 0x02;
inline constexpr quint8 Query = 0x03;
inline constexpr quint8 Ping = 0x0E;
inline constexpr quint8 ChangeUser = 0x11;
inline constexpr quint8 Prepare = 0x16;
inline constexpr quint8 Execute = 0x17;
inline constexpr quint8 SendLongData = 0x18;
inline constexpr quint8 CloseStatement = 0x19;
inline constexpr quint8 SetOption = 0x1B;
inline constexpr quint8 Fetch = 0x1C;
inline constexpr quint8 ResetConnection = 0x1F;
} // namespace FakeCommand

} // namespace QAsyncMySql::Internal
