// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transport/freshname.h"

#include <QtNetwork/QHostAddress>

#include <atomic>

namespace QAsyncMySql::Transport {

QString freshName(const QString &host)
{
    if (host.contains(u':') || !QHostAddress(host).isNull())
        return host;
    static std::atomic<quint32> calls = 0;
    quint32 bits = calls++;
    QString name = host;
    for (QChar &c : name) {
        const bool letter = (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
        if (!letter)
            continue;
        c = bits & 1 ? c.toUpper() : c.toLower();
        bits >>= 1;
    }
    return name;
}

} // namespace QAsyncMySql::Transport
