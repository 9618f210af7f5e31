// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QString>

#include <optional>

namespace QAsyncMySql {

/*!
    The numbers in the server's words on a statement (ResultSet::info()).

    UPDATE tells matched, changed and warnings; INSERT ... SELECT and INSERT of several rows records,
    duplicates and warnings; LOAD DATA records, deleted, skipped and warnings; ALTER TABLE records, duplicates
    and warnings (MySQL manual, "mysql_info()"). What the server did not tell is empty: all of it for other
    statements, and where lc_messages is not English. A value.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT ResultInfo
{
public:
    ResultInfo() noexcept { }
    //! Takes \a text apart; words that are not known are passed over.
    static ResultInfo fromText(QStringView text);

    std::optional<quint64> matched; //!< rows that WHERE found
    std::optional<quint64> changed; //!< rows that are different now
    std::optional<quint64> warnings;
    std::optional<quint64> records;
    std::optional<quint64> duplicates;
    std::optional<quint64> deleted;
    std::optional<quint64> skipped;
};

} // namespace QAsyncMySql
