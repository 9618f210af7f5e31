// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "terminal.h"

#include <QtGlobal>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

namespace Cli {

bool isTerminal(int fileDescriptor)
{
#ifdef Q_OS_WIN
    return _isatty(fileDescriptor) != 0;
#else
    return ::isatty(fileDescriptor) != 0;
#endif
}

} // namespace Cli
