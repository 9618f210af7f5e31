// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/wrappedquery.h"

#include <QAsyncMySql/script.h>
#include <QAsyncMySql/sql.h>

namespace QAsyncMySql::Internal {

namespace {

// The first word of a statement, behind blanks and comments.
QByteArray firstWord(QByteArrayView sql)
{
    qsizetype at = 0;
    const auto skipLine = [&sql, &at] {
        while (at < sql.size() && sql.at(at) != '\n')
            ++at;
    };
    for (;;) {
        while (at < sql.size() && (sql.at(at) == ' ' || (sql.at(at) >= '\t' && sql.at(at) <= '\r')))
            ++at;
        const QByteArrayView rest = sql.sliced(at);
        if (rest.startsWith('#') || rest.startsWith("--")) {
            skipLine();
        } else if (rest.startsWith("/*") && !rest.startsWith("/*!") && !rest.startsWith("/*M!")) {
            const qsizetype end = rest.toByteArray().indexOf("*/", 2);
            at = end < 0 ? sql.size() : at + end + 2;
        } else {
            break;
        }
    }
    if (at < sql.size() && sql.at(at) == '(')
        return QByteArrayLiteral("(");
    qsizetype end = at;
    while (end < sql.size() && ((sql.at(end) | 0x20) >= 'a' && (sql.at(end) | 0x20) <= 'z'))
        ++end;
    return sql.sliced(at, end - at).toByteArray().toUpper();
}

} // namespace

Result<SqlStatement> wrappedQuery(const SqlStatement &query, const RowFilter &filter, int sortColumn,
                                  Qt::SortOrder order)
{
    if (filter.isEmpty() && sortColumn < 0)
        return query;
    const QByteArray code = query.code();
    const QList<QByteArrayView> statements = splitStatements(code);
    const QByteArray word = statements.size() == 1 ? firstWord(statements.first()) : QByteArray();
    static const QByteArray queries[] = {"SELECT", "WITH", "VALUES", "TABLE", "("};
    if (std::find(std::begin(queries), std::end(queries), word) == std::end(queries)) {
        return Error(Error::Kind::Usage,
                     QStringLiteral("Only a single SELECT can be sorted or filtered by the server: put a "
                                    "QSortFilterProxyModel before the model for other statements."),
                     Error::Outcome::NotSent, Error::Phase::None)
            .withStatement(query.text());
    }
    // A line of its own for what follows: the statement may end in a comment.
    QByteArray wrapped = "(\n" + statements.first().toByteArray() + "\n)";
    // Without a filter, columns of one name are no problem.
    if (!filter.isEmpty() || word == "WITH" || word == "VALUES" || word == "TABLE")
        wrapped = "SELECT * FROM " + wrapped + " AS q";
    if (!filter.isEmpty()) {
        Parameters values;
        const Result<QString> condition = filter.toSql(values);
        if (!condition)
            return condition.error();
        const Result<QString> literal = render(*condition, values);
        if (!literal)
            return literal.error();
        wrapped += " WHERE " + literal->toUtf8();
    }
    if (sortColumn >= 0) {
        wrapped += " ORDER BY " + QByteArray::number(sortColumn + 1)
            + (order == Qt::DescendingOrder ? " DESC" : "");
    }
    if (query.dependsOnServer())
        return SqlStatement(Sql::Fragment(wrapped, query.parameters(), Sql::Precedence::List));
    return SqlStatement(QString::fromUtf8(wrapped), query.parameters());
}

} // namespace QAsyncMySql::Internal
