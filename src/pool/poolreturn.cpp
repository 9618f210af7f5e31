// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of PoolCore that takes connections back, makes them clean, and lets go of those that cannot stay.

#include "client/connectioncore.h"
#include "client/simplecommand.h"
#include "pool/controlconnections.h"
#include "pool/poolcore.h"

namespace QAsyncMySql::Internal {

void PoolCore::giveBack(quint64 id, SessionLeft left)
{
    if (!isAtHome()) {
        m_port->mail([self = shared_from_this(), id, left] { self->giveBack(id, left); });
        return;
    }
    Entry *entry = find(id);
    if (!entry || entry->state != EntryState::Leased)
        return;
    takeBack(*entry, left);
    serve();
    fill();
    checkClosed();
}

bool PoolCore::canStay(const Entry &entry) const
{
    if (m_closing || entry.generation != m_settings.generation || entry.expiry.hasExpired()
        || !entry.connection->isOpen() || !isCurrent(entry)
        || qsizetype(m_entries.size()) > m_settings.maximumSize)
        return false;
    // A reset cannot leave a schema, and may leave locks behind where XA transactions were.
    const bool schemaStays
        = m_settings.options.database().isEmpty() && !entry.connection->currentDatabase().isEmpty();
    return !schemaStays && !core(entry)->isTainted();
}

void PoolCore::takeBack(Entry &entry, SessionLeft left)
{
    entry.borrower = {};
    if (core(entry)->pendingCommands() > 0)
        left = SessionLeft::Used;
    // What its borrower left running or queued must not go on, and the next must not meet it.
    core(entry)->endEpoch();
    core(entry)->statements().nextBorrower();
    core(entry)->cancelAll();
    if (!canStay(entry)) {
        retire(entry.id);
        return;
    }
    entry.setState(EntryState::Resetting);
    countsChanged();
    if (!m_settings.releaseHook) {
        clean(entry.id, left);
        return;
    }
    // It is the program's, and so is run from the event loop.
    m_port->call([weak = weak_from_this(), id = entry.id, left, hook = m_settings.releaseHook] {
        const auto self = weak.lock();
        Entry *found = self ? self->find(id) : nullptr;
        if (!found)
            return;
        hook.start(*found->connection, [weak, id, left](const Error &error) {
            const auto pool = weak.lock();
            if (!pool || !pool->find(id))
                return;
            if (!error) {
                pool->clean(id, left);
                return;
            }
            pool->retire(id);
            pool->serve();
            pool->fill();
            pool->checkClosed();
        });
    });
}

//! Makes it ready for the next borrower.
void PoolCore::clean(quint64 id, SessionLeft left)
{
    Entry &entry = *find(id);
    if (left == SessionLeft::Unchanged && core(entry)->pendingCommands() == 0 && canStay(entry)
        && !entry.connection->isInTransaction() && !core(entry)->sessionHasChanged())
        makeIdle(entry);
    else
        reset(id);
}

void PoolCore::reset(quint64 id)
{
    Entry &returned = *find(id);
    core(returned)->enqueue(SimpleCommand::resetThen(
        returned.roleStatement,
        std::make_unique<InternalCompletion<void>>([weak = weak_from_this(), id](const Result<void> &result) {
            const auto self = weak.lock();
            Entry *entry = self ? self->find(id) : nullptr;
            if (!entry)
                return;
            if (result && self->canStay(*entry)) {
                self->count([](PoolStatistics &s) { ++s.resets; });
                self->makeIdle(*entry);
            } else {
                self->retire(id);
            }
            self->fill();
            self->checkClosed();
        })));
}

void PoolCore::makeIdle(Entry &entry)
{
    entry.setState(EntryState::Idle);
    if (m_closing) {
        retire(entry.id);
        checkClosed();
        return;
    }
    countsChanged();
    serve();
    tick();
}

//! Asks one that was idle for long whether it is still there.
void PoolCore::validate(Entry &entry)
{
    entry.setState(EntryState::Validating);
    count([](PoolStatistics &s) { ++s.validations; });
    countsChanged();
    core(entry)->enqueue(SimpleCommand::ping(std::make_unique<InternalCompletion<void>>(
        [weak = weak_from_this(), id = entry.id](const Result<void> &result) {
            const auto self = weak.lock();
            Entry *found = self ? self->find(id) : nullptr;
            if (!found)
                return;
            if (result) {
                self->makeIdle(*found);
                return;
            }
            self->evict(id);
            self->serve();
            self->fill();
        })));
}

//! It was found dead.
void PoolCore::evict(quint64 id)
{
    count([](PoolStatistics &s) { ++s.evictions; });
    find(id)->connection->abort();
    retire(id);
}

void PoolCore::lost(quint64 id)
{
    const Entry *entry = find(id);
    if (!entry)
        return;
    if (entry->wasOpen)
        doubtServer(*entry);
    // A borrower keeps what is left of it until it is given back; a failed attempt is told by opened().
    const bool opening
        = entry->state == EntryState::Opening && !entry->connection->isOpen() && !entry->wasOpen;
    if (entry->state == EntryState::Leased || opening)
        return;
    if (entry->state == EntryState::Idle || entry->state == EntryState::Validating)
        count([](PoolStatistics &s) { ++s.evictions; });
    retire(id);
    serve();
    fill();
    checkClosed();
}

/*
    Takes a connection out of the pool. It says farewell; where something still runs on it, that is
    stopped first, so that the server sees no broken connection.
*/
void PoolCore::retire(quint64 id)
{
    Entry *entry = find(id);
    if (!entry || entry->state == EntryState::Closing)
        return;
    const std::shared_ptr<ConnectionCore> connection = core(*entry);
    if (entry->wasOpen)
        count([](PoolStatistics &s) { ++s.connectionsClosed; });
    if (entry->connection->isOpen() && connection->pendingCommands() > 0) {
        entry->setState(EntryState::Closing);
        connection->cancelAll();
        connection->close(std::make_unique<InternalCompletion<void>>([](const Result<void> &) {}));
        connection->onClosed = [weak = weak_from_this(), id](const Error &) {
            const auto self = weak.lock();
            Entry *found = self ? self->find(id) : nullptr;
            if (!found)
                return;
            found->setState(EntryState::Idle); // now it can be let go of
            found->wasOpen = false;
            self->retire(id);
            self->serve();
            self->fill();
            self->checkClosed();
        };
        countsChanged();
        return;
    }
    connection->onClosed = nullptr;
    m_discarded.push_back(std::move(entry->connection));
    std::erase_if(m_entries, [id](const std::unique_ptr<Entry> &e) { return e->id == id; });
    m_port->postWork();
    countsChanged();
}

void PoolCore::onWork()
{
    // The destructor of a connection that is ready sends COM_QUIT.
    for (std::vector<std::unique_ptr<Connection>> gone = std::exchange(m_discarded, {}); !gone.empty();)
        gone.pop_back();
    if (m_entries.empty())
        m_control->clear();
}

} // namespace QAsyncMySql::Internal
