// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/callresult.h>

namespace QAsyncMySql {

CallResult::CallResult(ResultSet results)
{
    for (;;) {
        if (results.isOutParameters())
            m_out = results;
        else if (results.hasColumns())
            m_resultSets.append(results);
        if (!results.hasNext()) {
            m_affectedRows = results.affectedRows();
            m_warningCount = results.warningCount();
            return;
        }
        results = results.next();
    }
}

CallResult::CallResult(ResultSet results, const ResultSet &out)
    : CallResult(std::move(results))
{
    m_out = out;
}

int CallResult::outIndex(QAnyStringView name) const
{
    return m_out.indexOf(name);
}

Error CallResult::noSuchParameter() const
{
    QStringList names;
    for (const Column &column : m_out.columns())
        names.append(column.name());
    return Error(Error::Kind::Conversion,
                 names.isEmpty() ? QStringLiteral("The procedure has no OUT parameters.")
                                 : QStringLiteral("The procedure has no such OUT parameter; it has: %1.")
                                       .arg(names.join(QStringLiteral(", "))),
                 Error::Outcome::Executed, Error::Phase::Value);
}

} // namespace QAsyncMySql
