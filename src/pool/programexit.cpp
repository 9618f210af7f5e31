// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "pool/programexit.h"

#include "pool/poolcore.h"
#include "pool/sessionender.h"

#include <algorithm>
#include <cstdlib>
#include <mutex>

namespace QAsyncMySql::Internal {

namespace {

struct Watched
{
    std::mutex mutex;
    std::vector<std::weak_ptr<PoolCore>> pools;
    bool registered = false;
    bool registeredAfterTls = false;
};

//! Never destroyed: it is asked for when other things have been.
Watched &watched()
{
    static Watched *const all = new Watched;
    return *all;
}

void programExits()
{
    std::vector<std::weak_ptr<PoolCore>> pools;
    {
        const std::lock_guard lock(watched().mutex);
        pools = std::exchange(watched().pools, {});
    }
    for (const std::weak_ptr<PoolCore> &weak : pools) {
        if (const std::shared_ptr<PoolCore> pool = weak.lock())
            pool->programExits();
    }
    SessionEnder::wait();
}

} // namespace

void watchProgramExit(const std::weak_ptr<PoolCore> &pool, bool encrypted)
{
    Watched &all = watched();
    const std::lock_guard lock(all.mutex);
    const auto isSame = [&pool](const std::weak_ptr<PoolCore> &other) {
        return !other.owner_before(pool) && !pool.owner_before(other);
    };
    if (std::none_of(all.pools.begin(), all.pools.end(), isSame)) {
        std::erase_if(all.pools, [](const std::weak_ptr<PoolCore> &other) { return other.expired(); });
        all.pools.push_back(pool);
    }
    // What is registered later is called earlier: before the clean-up of the library of TLS, which registers
    // it when it is first used.
    bool &done = encrypted ? all.registeredAfterTls : all.registered;
    if (std::exchange(done, true))
        return;
    SessionEnder::wait(); // makes what must live longer than that
    std::atexit(&programExits);
}

} // namespace QAsyncMySql::Internal
