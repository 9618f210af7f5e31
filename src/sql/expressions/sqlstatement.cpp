// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqlstatement.h>

#include "sql/expressions/textcache.h"
#include "sql/expressions/token.h"

#include <QAsyncMySql/sqlfragment.h>

namespace QAsyncMySql {

SqlStatement::SqlStatement(const Sql::Fragment &fragment)
    : m_parameters(fragment.parameters())
{
    if (fragment.code().contains(Sql::Internal::TokenMark))
        m_code = fragment.code();
    else
        m_text = *Sql::Internal::cachedText(fragment.code(), nullptr);
}

Result<SqlStatement> SqlStatement::forServer(Dialect dialect) const
{
    if (!dependsOnServer())
        return *this;
    const Result<QString> text = Sql::Internal::cachedText(m_code, &dialect);
    if (!text)
        return text.error();
    SqlStatement statement;
    statement.m_text = *text;
    statement.m_parameters = m_parameters;
    return statement;
}

} // namespace QAsyncMySql
