// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/tlssessions.h"

#include <QAsyncMySql/connectoptions.h>

#include <algorithm>
#include <deque>
#include <mutex>

namespace QAsyncMySql::Internal {

namespace {

constexpr size_t MaxSessions = 64; // servers and sets of options; the one not used for longest goes first

struct Entry
{
    QString key;
    QSslConfiguration configuration;
    QByteArray ticket;
};

struct Store
{
    std::mutex mutex;
    std::deque<Entry> entries; // the last used is the first

    std::deque<Entry>::iterator find(const QString &key, const QSslConfiguration &configuration)
    {
        return std::find_if(entries.begin(), entries.end(), [&](const Entry &entry) {
            return entry.key == key && entry.configuration == configuration;
        });
    }
};

Store &sessions()
{
    static Store instance;
    return instance;
}

} // namespace

TlsSessions::TlsSessions(const ConnectOptions &options, const QSslConfiguration &configuration)
    : m_key(QStringLiteral("%1:%2 %3 %4 %5")
                .arg(options.host())
                .arg(options.port())
                .arg(int(options.effectiveSslMode()))
                .arg(int(options.verifiesByPassword()))
                .arg(options.sslPins().join(u',')))
    , m_configuration(configuration)
{
}

QByteArray TlsSessions::ticket() const
{
    Store &all = sessions();
    const std::lock_guard lock(all.mutex);
    const auto found = all.find(m_key, m_configuration);
    if (found == all.entries.end())
        return {};
    const QByteArray ticket = found->ticket;
    std::rotate(all.entries.begin(), found, found + 1);
    return ticket;
}

void TlsSessions::store(const QByteArray &ticket) const
{
    Store &all = sessions();
    const std::lock_guard lock(all.mutex);
    const auto found = all.find(m_key, m_configuration);
    if (found != all.entries.end())
        all.entries.erase(found);
    all.entries.push_front(Entry{m_key, m_configuration, ticket});
    if (all.entries.size() > MaxSessions)
        all.entries.pop_back();
}

} // namespace QAsyncMySql::Internal
