// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

namespace Cli {

constexpr int StandardOutput = 1;
constexpr int StandardError = 2;

bool isTerminal(int fileDescriptor);

} // namespace Cli
