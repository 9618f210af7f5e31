// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/errorplace.h"

#include <QAsyncMySql/error.h>

#include <QtCore/QRegularExpression>

using QAsyncMySql::Error;

namespace {

// "… near 'FORM orders' at line 2": the text from there on, cut, and the line that it begins in.
ErrorPlace placeOfSyntaxError(const QString &message, const QString &statement)
{
    static const QRegularExpression pattern(QStringLiteral("near '(.*)' at line (\\d+)"),
                                            QRegularExpression::DotMatchesEverythingOption
                                                | QRegularExpression::InvertedGreedinessOption);
    const QRegularExpressionMatch match = pattern.match(message);
    if (!match.hasMatch())
        return {};
    ErrorPlace place;
    const QString near = match.captured(1);
    if (near.isEmpty()) { // the end came too early
        place.position = int(qMax(qsizetype(0), statement.size() - 1));
        place.length = 1;
        return place;
    }
    qsizetype line = 0;
    for (int i = match.captured(2).toInt(); i > 1 && line >= 0; --i)
        line = statement.indexOf(QLatin1Char('\n'), line) + 1;
    qsizetype found = statement.indexOf(near, line);
    if (found < 0)
        found = statement.indexOf(near);
    if (found < 0)
        return {};
    static const QRegularExpression word(QStringLiteral("\\A\\s*([\\w.`]+|\\S)"));
    place.position = int(found);
    place.length = int(qMax(qsizetype(1), word.match(near).capturedLength()));
    return place;
}

// "Unknown column 'o.prise' in 'field list'", "Table 'demo.ordres' doesn't exist".
ErrorPlace placeOfName(const QString &message, const QString &statement)
{
    static const QRegularExpression quoted(QStringLiteral("'([^']+)'"));
    const QString name = quoted.match(message).captured(1);
    for (const QString &wanted : {name, name.section(QLatin1Char('.'), -1)}) {
        if (wanted.isEmpty())
            continue;
        const QRegularExpression whole(
            QStringLiteral("(?<!\\w)%1(?!\\w)").arg(QRegularExpression::escape(wanted)),
            QRegularExpression::CaseInsensitiveOption);
        const QRegularExpressionMatch match = whole.match(statement);
        if (match.hasMatch()) {
            ErrorPlace place;
            place.position = int(match.capturedStart());
            place.length = int(match.capturedLength());
            return place;
        }
    }
    return {};
}

} // namespace

ErrorPlace ErrorPlace::find(const Error &error, const QString &statement)
{
    switch (error.code()) {
    case 1064: // ER_PARSE_ERROR
    case 1149: // ER_SYNTAX_ERROR
        return placeOfSyntaxError(error.message(), statement);
    case 1046: // ER_NO_DB_ERROR
        return {};
    default:
        return error.kind() == Error::Kind::Server ? placeOfName(error.message(), statement) : ErrorPlace();
    }
}
