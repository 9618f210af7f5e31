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

int StatementOptions::fetchSize() const noexcept
{
    return d ? d->fetchSize : 0;
}

StatementOptions &StatementOptions::setFetchSize(int rows)
{
    edit().fetchSize = std::max(rows, 0);
    return *this;
}

bool StatementOptions::warnings() const noexcept
{
    return d && d->warnings;
}

StatementOptions &StatementOptions::setWarnings(bool on)
{
    edit().warnings = on;
    return *this;
}

Parameters StatementOptions::attributes() const
{
    return d ? d->attributes : Parameters();
}

StatementOptions &StatementOptions::setAttribute(const QString &name, const Parameter &value)
{
    Parameters &attributes = edit().attributes;
    const auto known = std::find_if(attributes.begin(), attributes.end(),
                                    [&name](const Parameter &p) { return p.name() == name; });
    if (known == attributes.end())
        attributes.append(value.withName(name));
    else
        *known = value.withName(name);
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
