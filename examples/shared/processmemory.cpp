// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "processmemory.h"

#include <QtCore/QByteArray>
#include <QtCore/QFile>

namespace {

// A line of Linux's /proc/self/status such as "VmHWM:     12345 kB".
qint64 statusField(QByteArrayView name)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(name))
            return line.mid(name.size()).trimmed().split(' ').first().toLongLong() * 1024;
    }
    return 0;
}

} // namespace

qint64 currentMemory()
{
    return statusField("VmRSS:");
}

qint64 peakMemory()
{
    return statusField("VmHWM:");
}
