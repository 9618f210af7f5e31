// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QFile>

/*!
    The most memory that was resident since the last mark(), where the system tells (Linux); elsewhere and
    under sanitizers growth() is always 0.
*/
class MemoryWatch
{
public:
    void mark()
    {
        QFile file(QStringLiteral("/proc/self/clear_refs")); // 5 resets the peak (proc(5))
        if (file.open(QIODevice::WriteOnly))
            file.write("5");
        m_before = read("VmRSS:");
    }
    //! In bytes.
    qint64 growth() const
    {
#if defined(__SANITIZE_ADDRESS__)
        return 0;
#else
        const qint64 peak = read("VmHWM:");
        return m_before > 0 && peak > m_before ? peak - m_before : 0;
#endif
    }

private:
    static qint64 read(QByteArrayView name)
    {
        QFile file(QStringLiteral("/proc/self/status"));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        while (!file.atEnd()) {
            const QByteArray line = file.readLine();
            if (line.startsWith(name))
                return line.sliced(name.size()).chopped(3).trimmed().toLongLong() * 1024;
            if (line.isEmpty())
                break;
        }
        return 0;
    }

    qint64 m_before = 0;
};
