// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/statementoptionsdata.h"

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

} // namespace QAsyncMySql
