// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

namespace QAsyncMySql {

/*!
    Which server a statement is written for: MySQL or MariaDB, and its version.

    \since 1.0
*/
class Dialect
{
public:
    //! \a version is major * 10000 + minor * 100 + patch, as Connection::serverVersionNumber() gives it.
    constexpr Dialect(bool mariaDb, int version) noexcept
        : m_version(version)
        , m_mariaDb(mariaDb)
    {
    }
    static constexpr Dialect mySql(int version) noexcept { return Dialect(false, version); }
    static constexpr Dialect mariaDb(int version) noexcept { return Dialect(true, version); }

    constexpr bool isMariaDb() const noexcept { return m_mariaDb; }
    constexpr int version() const noexcept { return m_version; }

    friend constexpr bool operator==(Dialect, Dialect) noexcept = default;

private:
    int m_version;
    bool m_mariaDb;
};

} // namespace QAsyncMySql
