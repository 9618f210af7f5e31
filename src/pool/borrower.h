// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "sql/excerpt.h"

#include <QAsyncMySql/callsite.h>

namespace QAsyncMySql::Internal {

//! Who borrows a connection: a place in the program, or a single statement.
class Borrower
{
public:
    Borrower() = default;
    explicit Borrower(const CallSite &place)
        : m_place(place)
    {
    }
    explicit Borrower(const QString &statement)
        : m_statement(statement)
    {
    }

    //! "importer.cpp:42 (loadAll)", or the beginning of the statement in quotes, without what is quoted in
    //! it.
    QString toString() const
    {
        constexpr qsizetype Shown = 60;
        if (m_statement.isNull())
            return m_place.isValid() ? m_place.toString() : QStringLiteral("an unknown place");
        return u'"' + sqlExcerpt(m_statement, Shown) + u'"';
    }

private:
    CallSite m_place;
    QString m_statement;
};

} // namespace QAsyncMySql::Internal
