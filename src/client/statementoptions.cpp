// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/statementoptionsdata.h"

#include "client/preparedhandle.h"

#include <algorithm>

namespace QAsyncMySql {

StatementOptions::StatementOptions() noexcept = default;
StatementOptions::~StatementOptions() = default;
StatementOptions::StatementOptions(const StatementOptions &) noexcept = default;
StatementOptions::StatementOptions(StatementOptions &&) noexcept = default;
StatementOptions &StatementOptions::operator=(const StatementOptions &) noexcept = default;
StatementOptions &StatementOptions::operator=(StatementOptions &&) noexcept = default;

StatementOptionsData &StatementOptions::edit()
{
    if (!d)
        d = new StatementOptionsData;
    return *d;
}

std::chrono::milliseconds StatementOptions::timeout() const noexcept
{
    return d ? d->timeout : std::chrono::milliseconds(0);
}

StatementOptions &StatementOptions::setTimeout(std::chrono::milliseconds timeout)
{
    edit().timeout = std::max(timeout, std::chrono::milliseconds(0));
    return *this;
}

LocalInfile StatementOptions::localInfile() const
{
    return d ? d->localInfile : LocalInfile();
}

StatementOptions &StatementOptions::setLocalInfile(const LocalInfile &source)
{
    edit().localInfile = source;
    return *this;
}

bool StatementOptions::multiStatements() const noexcept
{
    return d && d->multiStatements;
}

StatementOptions &StatementOptions::setMultiStatements(bool on)
{
    edit().multiStatements = on;
    return *this;
}

ServerAccess StatementOptions::serverAccess() const noexcept
{
    return d ? d->serverAccess : ServerAccess::ReadWrite;
}

StatementOptions &StatementOptions::setServerAccess(ServerAccess access)
{
    edit().serverAccess = access;
    return *this;
}

StatementOptions StatementOptionsData::withHandle(const StatementOptions &options,
                                                  std::shared_ptr<Internal::PreparedHandle> handle)
{
    StatementOptions changed = options;
    changed.edit().prepared = std::move(handle);
    return changed;
}

std::shared_ptr<Internal::PreparedHandle> StatementOptionsData::handle(const StatementOptions &options)
{
    return options.d ? options.d->prepared : nullptr;
}

} // namespace QAsyncMySql
